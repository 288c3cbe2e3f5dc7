//! Guards: patterns that suppress matches of rules and buckets in a sentence.

use std::collections::BTreeMap;

use crate::analysis::sentences::Analysis;
use crate::lexicon::pattern::scan::Hit;
use crate::lexicon::{Owner, Scope};
use crate::model::SentenceId;

/// The guard for sentences that end with a question mark.
const QUESTION: &str = "question";

/// The guard for matches in quotation marks.
const QUOTED: &str = "quoted";

/// The guards of one sentence.
#[derive(Debug)]
pub(super) struct Guards<'r> {
    analysis: &'r Analysis<'r>,
    sentence: SentenceId,
    /// The matches of each guard in the sentence, by position.
    matches: BTreeMap<&'r str, Vec<&'r Hit>>,
}

impl<'r> Guards<'r> {
    /// Collects the guards of a sentence.
    pub(super) fn new(analysis: &'r Analysis<'r>, sentence: SentenceId) -> Self {
        let mut matches: BTreeMap<&str, Vec<&Hit>> = BTreeMap::new();
        for hit in &analysis.matches(sentence).hits {
            if let Owner::Guard(name) = analysis.owner(hit) {
                matches.entry(name).or_default().push(hit);
            }
        }
        Self { analysis, sentence, matches }
    }

    /// True if the sentence is a question.
    pub(super) fn is_question(&self) -> bool {
        self.analysis.prose(self.sentence).ends_with('?')
    }

    /// True if a guard matches anywhere in the sentence.
    pub(super) fn has(&self, guard: &str) -> bool {
        self.matches.contains_key(guard)
    }

    /// True if one of the named guards suppresses a match.
    pub(super) fn silence(&self, guards: &[String], hit: &Hit) -> bool {
        guards.iter().any(|guard| self.silences(guard, hit))
    }

    fn silences(&self, guard: &str, hit: &Hit) -> bool {
        match self.analysis.lexicon.guards.get(guard) {
            None if guard == QUESTION => self.is_question(),
            None => guard == QUOTED && self.analysis.is_quoted(self.sentence, hit),
            Some(Scope::Block) => self.analysis.has_block_guard(self.sentence, guard),
            Some(scope) => self.matches.get(guard).is_some_and(|found| self.reaches(found, *scope, hit)),
        }
    }

    /// True if a match of a guard is within reach of another match. The nearest ones are tried first.
    fn reaches(&self, found: &[&Hit], scope: Scope, hit: &Hit) -> bool {
        let reaches = |guard: &&Hit| self.analysis.reaches(self.sentence, scope, guard, hit);
        let before = |end: usize| found.partition_point(|guard| guard.start < end);
        match scope {
            Scope::Before(_) | Scope::Clause(_) => found[..before(hit.start)].iter().rev().any(reaches),
            Scope::After(_) => found[before(hit.end)..].first().is_some_and(reaches),
            Scope::Sentence | Scope::Block | Scope::Overlap => found.iter().any(reaches),
        }
    }
}
