//! Where analyses stop: findings by rule, and the questions that stay open.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::collection::data::{AskedQuestion, Place, QuestionExample, RuleSeries};
use crate::collection::entry::{Entry, RuleUse};
use crate::collection::period::Periods;
use crate::lexicon::Lexicon;
use crate::lexicon::kinds::{DocumentRole, RuleKind};

/// Counts findings by rule, of the rules that are [about the analysis](is_about_analysis).
pub(super) fn rules_over_time(entries: &[Entry], periods: &Periods, lexicon: &Lexicon) -> Vec<RuleSeries> {
    let mut found: BTreeMap<&str, Vec<(usize, &RuleUse)>> = BTreeMap::new();
    for (document, entry) in entries.iter().enumerate() {
        for (id, uses) in entry.rules.iter().filter(|(id, _)| is_about_analysis(lexicon, id)) {
            found.entry(id).or_default().push((document, uses));
        }
    }
    let series = |(id, uses): (&str, Vec<(usize, &RuleUse)>)| RuleSeries {
        id: id.to_owned(),
        summary: lexicon.rule(id).map_or_else(|| id.to_owned(), |rule| rule.summary.clone()),
        findings: uses.iter().map(|(_, uses)| uses.findings).sum(),
        documents: uses.len(),
        by_period: periods.tally(uses.iter().map(|&(document, _)| &entries[document])),
        places: uses.iter().map(|&(document, uses)| uses.place(document)).collect(),
    };
    let mut all: Vec<RuleSeries> = found.into_iter().map(series).collect();
    all.sort_by_key(|rule| Reverse(rule.documents));
    all
}

/// True for a rule whose findings are counted. Those about comments of this program are not, and neither are missing
/// buckets, which have a table of their own.
pub(super) fn is_about_analysis(lexicon: &Lexicon, id: &str) -> bool {
    let apart =
        [DocumentRole::MissingBuckets, DocumentRole::UnusedComment, DocumentRole::CommentWithoutReason];
    lexicon.rule(id).is_none_or(|rule| !apart.map(RuleKind::Document).contains(&rule.kind))
}

/// Returns the questions that are open in more than one document, those of most documents first.
pub(super) fn most_asked(entries: &[Entry]) -> Vec<AskedQuestion> {
    let mut found: BTreeMap<&str, Vec<QuestionExample>> = BTreeMap::new();
    for (document, entry) in entries.iter().enumerate() {
        let mut known = BTreeSet::new();
        for asked in entry.questions.iter().filter(|asked| known.insert(&asked.pattern)) {
            let example = QuestionExample { document, text: asked.text.clone() };
            found.entry(&asked.pattern).or_default().push(example);
        }
    }
    let question = |(pattern, examples): (&str, Vec<QuestionExample>)| AskedQuestion {
        pattern: pattern.to_owned(),
        documents: examples.len(),
        examples,
    };
    let mut all: Vec<AskedQuestion> =
        found.into_iter().filter(|(_, examples)| examples.len() > 1).map(question).collect();
    all.sort_by_key(|question| Reverse(question.documents));
    all
}

impl RuleUse {
    fn place(&self, document: usize) -> Place {
        Place { document, line: self.line, quote: self.quote.clone() }
    }
}
