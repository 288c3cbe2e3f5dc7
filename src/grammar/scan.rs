//! Runs all patterns of the lexicon over a sentence in one pass.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::anchor::{Anchor, Chooser, Needs};
use super::code::{Code, Waiting};
use super::follow::{Follow, Follows};
use super::program::Program;
use super::table::{self, Row, cell};
use super::tokens::{Shape, Tokens};
use super::vocabulary::{ClassSet, Vocabulary, WordId};

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

/// All patterns, filed under the rarest words that their matches must hold.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Scanner {
    code: Code,
    /// By word: where its patterns begin in `filed`; they end where those of the next word begin.
    #[serde(with = "table")]
    starts: Vec<u32>,
    #[serde(with = "table")]
    filed: Vec<Filed>,
    /// What follows the words that patterns are filed under.
    #[serde(with = "table")]
    follows: Vec<Follow>,
    /// By pattern: what a sentence must hold besides.
    #[serde(with = "table")]
    needs: Vec<Needs>,
    /// Patterns that can do without words.
    #[serde(with = "table")]
    by_shape: Vec<ByShape>,
}

/// A pattern to be tried from some tokens before a word: its number, and the least and the most tokens between.
///
/// There are tens of thousands, so they are small; distances are at most [`super::anchor::FARTHEST`], which five bits
/// hold.
#[derive(Clone, Copy, Debug)]
struct Filed {
    packed: u32,
    /// What follows the word, by number in [`Scanner::follows`].
    follow: u32,
}

/// A pattern to be tried wherever this instruction of it takes a token that need not be a known word.
#[derive(Clone, Copy, Debug)]
struct ByShape {
    instruction: u32,
    pattern: u32,
    /// What follows the token, by number in [`Scanner::follows`].
    follow: u32,
}

/// Memory that scans of many sentences share.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    /// Number of the sentence that is scanned, from 1; it spares clearing `next` for each.
    sentence: usize,
    /// By pattern: a sentence, and the first token in it at which the pattern is still to be tried.
    next: Vec<(usize, usize)>,
    /// By token: what it is to a filter; after the last one, the end.
    held: Vec<Needs>,
    /// `(instruction, token)` still to be tried.
    waiting: Waiting,
}

impl Scanner {
    /// Files `programs`; `boundaries` are the classes of words at which a clause begins, `counts` tells by word how
    /// often it occurs in ordinary text.
    pub fn new(
        programs: &[Program],
        vocabulary: &Vocabulary,
        boundaries: ClassSet,
        counts: &[usize],
    ) -> Self {
        let mut scanner = Self { code: Code::new(programs, boundaries), ..Self::default() };
        let mut chooser = Chooser::new(vocabulary, counts);
        let mut by_word = vec![Vec::new(); vocabulary.len()];
        let mut follows = BTreeMap::new();
        for (pattern, program) in (0..).zip(programs) {
            let mut after = Follows::new(program, vocabulary);
            for place in scanner.file(pattern, program, &mut chooser, &mut follows) {
                for &word in &place.words {
                    let follow = scanner.number(after.after(&place.next, word), &mut follows);
                    by_word[usize::from(word)].push(Filed::new(pattern, &place, follow));
                }
            }
        }
        for mut filed in by_word {
            filed.sort_by_key(|filed: &Filed| filed.follow);
            scanner.starts.push(cell(scanner.filed.len()));
            scanner.filed.extend(filed);
        }
        scanner.starts.push(cell(scanner.filed.len()));
        scanner
    }

    /// The words under which a pattern belongs; where it can do without them, it is kept by shape.
    fn file(
        &mut self,
        pattern: u32,
        program: &Program,
        chooser: &mut Chooser<'_>,
        follows: &mut BTreeMap<Follow, u32>,
    ) -> Vec<Anchor> {
        if let Some(anchor) = chooser.choose(program) {
            self.needs.push(anchor.needs);
            return vec![anchor];
        }
        self.needs.push(Needs::NONE);
        let mut filed = Vec::new();
        for at in program.first() {
            if let Some(words) = chooser.words(&program.ops[at]) {
                filed.push(Anchor { words, nearest: 0, farthest: 0, next: vec![at], needs: Needs::NONE });
            } else {
                let instruction = self.code.start(pattern as usize) + cell(at);
                let follow = self.number(Follow::from(program, at + 1), follows);
                self.by_shape.push(ByShape { instruction, pattern, follow });
            }
        }
        filed
    }

    fn number(&mut self, follow: Follow, known: &mut BTreeMap<Follow, u32>) -> u32 {
        *known.entry(follow).or_insert_with(|| {
            self.follows.push(follow);
            cell(self.follows.len() - 1)
        })
    }

    /// Every match of every pattern, by place and pattern; of matches of one pattern that overlap, the first.
    pub fn scan(&self, tokens: &Tokens, scratch: &mut Scratch) -> Vec<Hit> {
        scratch.begin(tokens, self.code.len());
        let Scratch { sentence, next, held, waiting } = scratch;
        let all = held.iter().copied().fold(Needs::NOTHING, Needs::or);
        let mut attempts =
            Attempts { code: &self.code, tokens, sentence: *sentence, next, waiting, hits: Vec::new() };
        for (at, token) in tokens.all.iter().enumerate() {
            let after = &held[at + 1..];
            for filed in self.going_on(token.word, after) {
                if self.needs[filed.pattern()].meets(&all) {
                    attempts.near(filed, at);
                }
            }
            for entry in self.by_shape(tokens, at) {
                if self.follows[entry.follow as usize].meets(after) {
                    attempts.attempt(entry.pattern as usize, at..at + 1, |_| true);
                }
            }
        }
        let mut hits = attempts.hits;
        hits.sort_unstable_by_key(|hit| (hit.start, hit.pattern));
        hits
    }

    /// What is filed under a word and goes on as the sentence does after it.
    fn going_on(&self, word: WordId, after: &[Needs]) -> impl Iterator<Item = Filed> {
        let (mut last, mut goes_on) = (u32::MAX, false);
        // Neighbours in the list often have the same things follow.
        self.filed(word).iter().copied().filter(move |filed| {
            if filed.follow != last {
                (last, goes_on) = (filed.follow, self.follows[filed.follow as usize].meets(after));
            }
            goes_on
        })
    }

    /// The patterns that can begin with what a token is besides a word.
    fn by_shape<'s>(&'s self, tokens: &'s Tokens, at: usize) -> impl Iterator<Item = &'s ByShape> + 's {
        let known = tokens.all[at].shape == Shape::Small;
        let all = if known { &[] } else { self.by_shape.as_slice() };
        let begins =
            move |entry: &&ByShape| self.code.begins(self.code.instruction(entry.instruction), tokens, at);
        all.iter().filter(begins)
    }

    fn filed(&self, word: WordId) -> &[Filed] {
        let at = usize::from(word);
        &self.filed[self.starts[at] as usize..self.starts[at + 1] as usize]
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
        self.held.clear();
        self.held.extend(tokens.all.iter().map(Needs::of_token));
        for &(at, _, class) in &tokens.phrases {
            self.held[at] = self.held[at].with(class);
        }
        self.held.push(Needs::END);
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

impl Filed {
    fn new(pattern: u32, anchor: &Anchor, follow: u32) -> Self {
        Self { packed: pattern << 10 | cell(anchor.nearest) << 5 | cell(anchor.farthest), follow }
    }

    const fn pattern(self) -> PatternId {
        (self.packed >> 10) as usize
    }

    const fn nearest(self) -> usize {
        (self.packed >> 5 & 31) as usize
    }

    const fn farthest(self) -> usize {
        (self.packed & 31) as usize
    }
}

impl Row<2> for Filed {
    fn to_row(&self) -> [u32; 2] {
        [self.packed, self.follow]
    }

    fn of_row([packed, follow]: [u32; 2]) -> Self {
        Self { packed, follow }
    }
}

impl Row<3> for ByShape {
    fn to_row(&self) -> [u32; 3] {
        [self.instruction, self.pattern, self.follow]
    }

    fn of_row([instruction, pattern, follow]: [u32; 3]) -> Self {
        Self { instruction, pattern, follow }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::grammar::pattern::{Irregular, compile};
    use crate::span::Span;

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
