//! Two facts that the author left apart, and what they say side by side.

use std::ops::Range;

use crate::analysis::document_rules::DocumentFacts;
use crate::analysis::findings::TextFinding;
use crate::analysis::questions::choice::fill;
use crate::analysis::questions::nouns::Prose;
use crate::analysis::questions::quotes;
use crate::analysis::questions::slots::{self, Slots};
use crate::analysis::sentences::Analysis;
use crate::document::BlockKind;
use crate::lexicon::Owner;
use crate::lexicon::questions::{Join, Part, Side};
use crate::model::Role;
use crate::model::Verdict;
use crate::report::Conflict;

/// The theme of remedies that change systems beside a cause that stops at a person.
pub(super) const REMEDIES_AHEAD: &str = "remedies-ahead";

/// Ids of the rules that blame somebody by role or name begin with this.
const BLAMES: &str = "blamed-";

/// Two facts that the document tells apart from each other.
pub(super) struct Joined<'r> {
    pub(super) theme: &'r str,
    first: Fact,
    second: Fact,
}

impl Joined<'_> {
    /// Quotes of both.
    pub(super) fn slots(&self) -> Slots {
        Slots::from([("first", self.first.quote.clone()), ("second", self.second.quote.clone())])
    }
}

/// Every join whose two facts the document tells.
pub(super) fn all<'r>(prose: Prose<'r>, findings: &[TextFinding]) -> Vec<Joined<'r>> {
    let facts = Facts { prose, findings, told: told(prose.analysis) };
    let both = |(index, join): (usize, &'r Join)| {
        let first = facts.find(join.first_in, Part::First(index))?;
        let second = facts.find(join.second_in, Part::Second(index))?;
        let apart = first.sentence != second.sentence;
        apart.then_some(Joined { theme: &join.theme, first, second })
    };
    prose.analysis.lexicon.questions.join.iter().enumerate().filter_map(both).collect()
}

/// One kind sentence for each way in which the document disagrees with itself.
pub(super) fn conflicts(
    analysis: &Analysis<'_>,
    joined: &[Joined<'_>],
    facts: &DocumentFacts<'_>,
) -> Vec<Conflict> {
    let of = |theme: &str, slots: &Slots, lines: Vec<usize>| {
        let entry = analysis.lexicon.questions.conflict.iter().find(|entry| entry.theme == theme)?;
        let slot = |name: &str| slots.get(name).map(String::as_str);
        Some(Conflict { theme: theme.to_owned(), text: fill(&entry.text, slot)?, lines })
    };
    let joined = joined.iter().filter_map(|joined| {
        let lines = [&joined.first, &joined.second].map(|fact| analysis.line(fact.sentence));
        of(joined.theme, &joined.slots(), lines.to_vec())
    });
    let ahead = remedies_ahead(facts).then(|| {
        let lines = facts.judgement.causes.iter().map(|&sentence| analysis.line(sentence)).collect();
        of(REMEDIES_AHEAD, &Slots::new(), lines)
    });
    joined.chain(ahead.flatten()).collect()
}

/// Whether remedies change tools and systems while the cause stops at a person.
pub(super) fn remedies_ahead(facts: &DocumentFacts<'_>) -> bool {
    facts.judgement.verdict == Verdict::StartOver && facts.actions.stronger > 0
}

/// A fact: its sentence, and its words in quotation marks.
struct Fact {
    sentence: usize,
    quote: String,
}

/// Where facts are looked for.
struct Facts<'r> {
    prose: Prose<'r>,
    findings: &'r [TextFinding],
    /// Each side of a join with the sentences that tell it and their first words for it, in document order.
    told: Vec<(Part, usize, Range<usize>)>,
}

impl Facts<'_> {
    fn find(&self, side: Side, part: Part) -> Option<Fact> {
        if side == Side::Blame {
            return self.findings.iter().find_map(|found| self.blamed(found));
        }
        let told = self.told.iter().filter(|(of, ..)| *of == part);
        let standing = told.filter(|(_, sentence, _)| stands(self.prose.analysis, *sentence, side));
        standing.into_iter().find_map(|(_, sentence, words)| {
            let quote = quotes::fact(&self.prose.words(*sentence), words.clone())?;
            Some(Fact { sentence: *sentence, quote })
        })
    }

    /// What a finding blames, when it stands as a cause.
    fn blamed(&self, found: &TextFinding) -> Option<Fact> {
        let rule = &self.prose.analysis.lexicon.rules[found.rule].id;
        let blames = found.cause && !found.deepened && rule.starts_with(BLAMES);
        let words = self.prose.words(found.sentence);
        let quote = blames.then(|| quotes::quote(&words, slots::tokens_of(&words, found), true))??;
        Some(Fact { sentence: found.sentence, quote })
    }
}

/// Where the sides of joins are told, each once a sentence.
fn told(analysis: &Analysis<'_>) -> Vec<(Part, usize, Range<usize>)> {
    let mut told: Vec<(Part, usize, Range<usize>)> = Vec::new();
    for (sentence, read) in analysis.sentences.iter().enumerate() {
        let from = told.len();
        for hit in &read.hits {
            let Owner::Question(part @ (Part::First(_) | Part::Second(_))) = *analysis.owner(hit) else {
                continue;
            };
            if told[from..].iter().all(|(known, ..)| *known != part) {
                told.push((part, sentence, hit.start..hit.end));
            }
        }
    }
    told
}

fn stands(analysis: &Analysis<'_>, sentence: usize, side: Side) -> bool {
    let (role, remedy) = (analysis.role(sentence), analysis.is_remedy(sentence));
    let heading = analysis.block(sentence).kind == BlockKind::Heading;
    match side {
        Side::Anywhere => true,
        Side::Remedy => remedy && !heading,
        Side::Fix => !remedy && !heading && matches!(role, Role::Response | Role::Timeline | Role::Cause),
        Side::Account => !remedy && !heading,
        Side::Blame => false,
    }
}
