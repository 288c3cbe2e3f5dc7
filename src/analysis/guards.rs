//! Guards: patterns that suppress matches of rules and buckets in a sentence.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::analysis::sentences::Analysis;
use crate::lexicon::pattern::scan::Hit;
use crate::lexicon::{Owner, Scope};
use crate::model::SentenceId;
use crate::text::tokens::{Shape, Token};

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
            None => guard == QUOTED && self.is_quoted(hit),
            Some(Scope::Block) => self.analysis.has_block_guard(self.sentence, guard),
            Some(scope) => self.matches.get(guard).is_some_and(|found| self.reaches(found, *scope, hit)),
        }
    }

    /// True if a match of a guard is within reach of another match. The nearest ones are tried first.
    fn reaches(&self, found: &[&Hit], scope: Scope, hit: &Hit) -> bool {
        let reaches = |guard: &&Hit| self.is_near(guard, scope, hit);
        let before = |end: usize| found.partition_point(|guard| guard.start < end);
        match scope {
            Scope::Before(_) | Scope::Clause(_) => found[..before(hit.start)].iter().rev().any(reaches),
            Scope::After(_) => found[before(hit.end)..].first().is_some_and(reaches),
            Scope::Sentence | Scope::Block | Scope::Overlap => found.iter().any(reaches),
        }
    }

    /// True if a match of a guard is close enough to another match to suppress it.
    fn is_near(&self, guard: &Hit, scope: Scope, hit: &Hit) -> bool {
        let between = guard.end..hit.start.max(guard.end);
        match scope {
            Scope::Sentence | Scope::Block => true,
            Scope::Overlap => guard.start < hit.end && hit.start < guard.end,
            Scope::Before(words) => {
                guard.start < hit.start && between.len() <= words && !self.is_parted(between)
            }
            Scope::Clause(words) => {
                guard.start < hit.start
                    && between.len() <= words
                    && !self.is_parted(between.clone())
                    && !self.has_connective(between)
            }
            Scope::After(words) => guard.start >= hit.end && guard.start - hit.end <= words,
        }
    }

    /// True if a punctuation mark among some tokens ends a thought.
    fn is_parted(&self, tokens: Range<usize>) -> bool {
        let ends =
            |token: &Token| matches!(token.shape, Shape::Mark(',' | ';' | '.' | ':' | '-' | '!' | '?'));
        self.tokens()[tokens].iter().any(ends)
    }

    /// True if one of some tokens is a connective that begins a clause.
    fn has_connective(&self, tokens: Range<usize>) -> bool {
        let boundaries = self.analysis.lexicon.agents.boundaries();
        self.tokens()[tokens].iter().any(|token| token.classes.meets(boundaries))
    }

    /// True if a match is in quotation marks.
    fn is_quoted(&self, hit: &Hit) -> bool {
        if self.analysis.document.is_quoted(self.analysis.span(self.sentence, hit)) {
            return true;
        }
        let tokens = self.tokens();
        let marks = |range: Range<usize>| {
            tokens[range].iter().filter(|token| token.shape == Shape::Mark('"')).count()
        };
        marks(0..hit.start) % 2 == 1 && marks(hit.end..tokens.len()) > 0
    }

    fn tokens(&self) -> &[Token] {
        &self.analysis.matches(self.sentence).tokens.all
    }
}
