//! Facts that are worth a question, and pairs of facts that the author mentions apart and that say more when they are
//! compared.

use std::ops::Range;

use crate::analysis::findings::TextFinding;
use crate::analysis::sentences::Analysis;
use crate::analysis::wording::quotes;
use crate::analysis::wording::words::SentenceWords;
use crate::document::BlockKind;
use crate::lexicon::Owner;
use crate::lexicon::kinds::TextKind;
use crate::lexicon::questions::{Join, QuestionPattern, Side};
use crate::model::{Role, SentenceId};

/// A fact that the document states, or two in different places.
pub struct JoinedFacts<'r> {
    /// The theme of the join.
    pub theme: &'r str,
    /// The first fact of the join.
    pub first: Fact,
    /// The second fact, if the join has two.
    pub second: Option<Fact>,
}

/// A fact that the document states.
pub struct Fact {
    /// Its sentence.
    pub sentence: SentenceId,
    /// Its words in quotation marks.
    pub quote: String,
}

/// Finds every join for which the document states all facts.
pub fn find<'r>(analysis: &'r Analysis<'r>, findings: &[TextFinding]) -> Vec<JoinedFacts<'r>> {
    let facts = Facts { analysis, findings, matches: matches(analysis) };
    let joins = analysis.lexicon.questions.join.iter().enumerate();
    joins.filter_map(|(index, join)| facts.join(index, join)).collect()
}

/// The facts of a document, for finding joins.
struct Facts<'r, 'f> {
    analysis: &'r Analysis<'r>,
    findings: &'f [TextFinding],
    matches: Vec<Match>,
}

/// A sentence that states one fact of a join.
struct Match {
    part: QuestionPattern,
    sentence: SentenceId,
    /// The tokens of the first match.
    tokens: Range<usize>,
}

impl<'r> Facts<'r, '_> {
    fn join(&self, index: usize, join: &'r Join) -> Option<JoinedFacts<'r>> {
        let first_part = QuestionPattern::First(index);
        let Some(second_in) = join.second_in else {
            let first = self.find(join.first_in, first_part, |words, hit| quotes::clause(words, &hit))?;
            return Some(JoinedFacts { theme: &join.theme, first, second: None });
        };
        let first = self.find(join.first_in, first_part, quotes::fact)?;
        let second = self.find(second_in, QuestionPattern::Second(index), quotes::fact)?;
        let apart = first.sentence != second.sentence;
        apart.then_some(JoinedFacts { theme: &join.theme, first, second: Some(second) })
    }

    fn find(
        &self,
        side: Side,
        part: QuestionPattern,
        quote: impl Fn(&SentenceWords<'_>, Range<usize>) -> Option<String>,
    ) -> Option<Fact> {
        if side == Side::Blame {
            return self.findings.iter().find_map(|finding| self.blame(finding));
        }
        let stated = self.matches.iter().filter(|found| found.part == part);
        stated.filter(|found| is_on_side(self.analysis, found.sentence, side)).find_map(|found| {
            let words = SentenceWords::new(self.analysis, found.sentence);
            let quote = quote(&words, found.tokens.clone())?;
            Some(Fact { sentence: found.sentence, quote })
        })
    }

    /// Returns the fact that a finding states, if it blames somebody as a cause.
    fn blame(&self, finding: &TextFinding) -> Option<Fact> {
        let blames = finding.text_kind(self.analysis.lexicon).is_some_and(TextKind::blames_somebody);
        if !finding.cause || finding.deepened || !blames {
            return None;
        }
        let words = SentenceWords::new(self.analysis, finding.sentence);
        let quote = quotes::quote(&words, words.tokens_within(finding.span))?;
        Some(Fact { sentence: finding.sentence, quote })
    }
}

/// Returns every match for a fact of a join, the first one per sentence and fact, in document order.
fn matches(analysis: &Analysis<'_>) -> Vec<Match> {
    let mut found: Vec<Match> = Vec::new();
    for sentence in analysis.ids() {
        let before = found.len();
        for hit in &analysis.matches(sentence).hits {
            let Owner::Question(part @ (QuestionPattern::First(_) | QuestionPattern::Second(_))) =
                *analysis.owner(hit)
            else {
                continue;
            };
            if found[before..].iter().all(|known| known.part != part) {
                found.push(Match { part, sentence, tokens: hit.start..hit.end });
            }
        }
    }
    found
}

fn is_on_side(analysis: &Analysis<'_>, sentence: SentenceId, side: Side) -> bool {
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
