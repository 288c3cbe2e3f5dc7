//! Runs all patterns of the lexicon over a sentence in one pass.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::lexicon::pattern::anchor::Needs;
use crate::lexicon::pattern::code::{Code, Waiting};
use crate::lexicon::pattern::index::{Filed, Held, Index};
use crate::lexicon::pattern::program::Program;
use crate::text::tokens::Tokens;
use crate::text::vocabulary::{ClassSet, Vocabulary};

/// Number of a pattern within a [`Scanner`].
pub type PatternId = usize;

/// A place where a pattern matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Which pattern.
    pub pattern: PatternId,
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
}

/// All patterns, and where to look for them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Scanner {
    code: Code,
    index: Index,
}

/// Memory that scans of many sentences share.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    /// Number of the sentence that is scanned, from 1; it spares clearing `next` for each.
    sentence: usize,
    /// By pattern: a sentence, and the first token in it at which the pattern is still to be tried.
    next: Vec<(usize, usize)>,
    /// By token: what it is to a filter; after the last one, the end.
    each: Vec<Needs>,
    /// `(instruction, token)` still to be tried.
    waiting: Waiting,
}

impl Scanner {
    /// Lays out and files `programs`; `boundaries` are the classes of words at which a clause begins, `counts` tells by
    /// word how often it occurs in ordinary text.
    pub fn new(
        programs: &[Program],
        vocabulary: &Vocabulary,
        boundaries: ClassSet,
        counts: &[usize],
    ) -> Self {
        Self { code: Code::new(programs, boundaries), index: Index::new(programs, vocabulary, counts) }
    }

    /// Every match of every pattern, by place and pattern; of matches of one pattern that overlap, the first.
    pub fn scan(&self, tokens: &Tokens, scratch: &mut Scratch) -> Vec<Hit> {
        scratch.begin(tokens, self.code.len());
        let Scratch { sentence, next, each, waiting } = scratch;
        let all = each.iter().copied().fold(Needs::NOTHING, Needs::or);
        let held = Held { tokens, each, all };
        let mut attempts =
            Attempts { code: &self.code, tokens, sentence: *sentence, next, waiting, hits: Vec::new() };
        for at in 0..tokens.all.len() {
            for filed in self.index.around(&held, at) {
                attempts.near(filed, at);
            }
            for (pattern, instruction) in self.index.by_shape(&held, at) {
                attempts.from(pattern, instruction, at);
            }
        }
        let mut hits = attempts.hits;
        hits.sort_unstable_by_key(|hit| (hit.start, hit.pattern));
        hits
    }

    /// Whether a clause begins at `at`: at the sentence's start, after a mark, after a connective.
    pub fn begins_clause(&self, tokens: &Tokens, at: usize) -> bool {
        self.code.begins_clause(tokens, at)
    }
}

impl Scratch {
    fn begin(&mut self, tokens: &Tokens, patterns: usize) {
        self.sentence += 1;
        self.next.resize(patterns, (0, 0));
        self.each.clear();
        self.each.extend(tokens.all.iter().map(Needs::of_token));
        for &(at, _, class) in &tokens.phrases {
            self.each[at] = self.each[at].with(class);
        }
        self.each.push(Needs::END);
    }
}

/// Patterns tried in one sentence.
struct Attempts<'s> {
    code: &'s Code,
    tokens: &'s Tokens,
    sentence: usize,
    next: &'s mut [(usize, usize)],
    waiting: &'s mut Waiting,
    hits: Vec<Hit>,
}

impl Attempts<'_> {
    /// Tries a pattern around the word `at` that it is filed under.
    fn near(&mut self, filed: Filed, at: usize) {
        let starts = at.saturating_sub(filed.farthest())..(at + 1).saturating_sub(filed.nearest());
        if filed.farthest() == 0 {
            return self.attempt(filed.pattern(), starts, |_| true);
        }
        let (code, tokens) = (self.code, self.tokens);
        let opening = code.instruction(code.start(filed.pattern()));
        self.attempt(filed.pattern(), starts, |start| code.begins(opening, tokens, start));
    }

    /// Tries a pattern at the token `at`, if an instruction of it takes that one.
    fn from(&mut self, pattern: PatternId, instruction: u32, at: usize) {
        let opening = self.code.instruction(self.code.start(pattern) + instruction);
        if self.code.begins(opening, self.tokens, at) {
            self.attempt(pattern, at..at + 1, |_| true);
        }
    }

    /// Tries a pattern at the tokens where it can begin, but for those where it was tried or has matched. What a later
    /// word asks for is never before what an earlier one did, so the first of several matches is found first.
    fn attempt(&mut self, pattern: PatternId, starts: Range<usize>, begins: impl Fn(usize) -> bool) {
        let (sentence, next) = self.next[pattern];
        let tried = if sentence == self.sentence { next } else { 0 };
        let mut next = tried.max(starts.start);
        while next < starts.end {
            let start = next;
            next += 1;
            let run = || self.code.run(pattern, self.tokens, start, self.waiting);
            if let Some(end) = begins(start).then(run).flatten() {
                self.hits.push(Hit { pattern, start, end });
                next = end;
            }
        }
        self.next[pattern] = (self.sentence, next);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::lexicon::pattern::parse::{Irregular, compile};
    use crate::model::Span;

    impl Scanner {
        /// What [`Scanner::scan`] finds, by trying every pattern everywhere.
        fn scan_everywhere(&self, tokens: &Tokens) -> Vec<Hit> {
            let mut hits = Vec::new();
            for pattern in 0..self.code.len() {
                let mut start = 0;
                while start < tokens.all.len() {
                    let end = self.code.run(pattern, tokens, start, &mut Waiting::new());
                    hits.extend(end.map(|end| Hit { pattern, start, end }));
                    start = end.unwrap_or(start + 1);
                }
            }
            hits.sort_unstable_by_key(|hit| (hit.start, hit.pattern));
            hits
        }
    }

    /// Patterns of a few words and of two classes, one of which has entries of several words.
    fn pattern() -> impl Strategy<Value = String> {
        let one = prop::sample::select(vec![
            "a", "b", "c", "{one}", "{two}", "{number}", "{any}", "..2", "...1", ",", "^", "$",
        ]);
        let step = one.prop_map(str::to_owned).prop_recursive(2, 12, 3, |inner| {
            let choice = prop::collection::vec(prop::collection::vec(inner, 1..3), 1..4);
            (choice, any::<bool>()).prop_map(|(choices, optional)| {
                let choices: Vec<String> = choices.iter().map(|steps| steps.join(" ")).collect();
                format!("({}){}", choices.join("|"), if optional { "?" } else { "" })
            })
        });
        prop::collection::vec(step, 1..5).prop_map(|steps| steps.join(" "))
    }

    fn sentence() -> impl Strategy<Value = String> {
        let word = prop::sample::select(vec!["a", "b", "c", "d", "7", ","]);
        prop::collection::vec(word, 1..9).prop_map(|words| words.join(" "))
    }

    fn vocabulary() -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        for (class, entries) in [("one", vec!["b", "b c", "c a b"]), ("two", vec!["a", "d a"])] {
            let class = vocabulary.add_class(class).unwrap();
            for entry in entries {
                let words: Vec<String> = entry.split(' ').map(str::to_owned).collect();
                vocabulary.add(&words, class);
            }
        }
        vocabulary
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4_000) })]

        #[test]
        fn looking_near_rare_words_finds_what_trying_everywhere_finds(
            patterns in prop::collection::vec(pattern(), 1..4),
            text in sentence(),
            counts in prop::collection::vec(0_usize..3, 8),
        ) {
            let mut vocabulary = vocabulary();
            let programs: Vec<Program> = patterns
                .iter()
                .filter_map(|pattern| compile(pattern, &mut vocabulary, &Irregular::new()).ok())
                .collect();
            let scanner = Scanner::new(&programs, &vocabulary, ClassSet::default(), &counts);
            let tokens = Tokens::cut(&text, Span::new(0, text.len()), &vocabulary);
            let hits = scanner.scan(&tokens, &mut Scratch::default());
            prop_assert_eq!(hits, scanner.scan_everywhere(&tokens), "{:?} in {:?}", patterns, text);
        }
    }
}
