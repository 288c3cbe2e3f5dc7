//! Runs all patterns of the lexicon over a sentence in one pass.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::anchor::{Chooser, Needs};
use super::code::{Code, Waiting};
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
struct Filed(u32);

/// A pattern to be tried wherever this instruction of it takes a token that need not be a known word.
#[derive(Clone, Copy, Debug)]
struct ByShape {
    instruction: u32,
    pattern: u32,
}

/// Memory that scans of many sentences share.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    /// Number of the sentence that is scanned, from 1; it spares clearing `next` for each.
    sentence: usize,
    /// By pattern: a sentence, and the first token in it at which the pattern is still to be tried.
    next: Vec<(usize, usize)>,
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
        for (pattern, program) in (0..).zip(programs) {
            for (words, filed) in scanner.file(pattern, program, &mut chooser) {
                for word in words {
                    by_word[usize::from(word)].push(filed);
                }
            }
        }
        for filed in by_word {
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
    ) -> Vec<(Vec<WordId>, Filed)> {
        if let Some(anchor) = chooser.choose(program) {
            self.needs.push(anchor.needs);
            return vec![(anchor.words, Filed::new(pattern, anchor.nearest, anchor.farthest))];
        }
        self.needs.push(Needs::NONE);
        let mut filed = Vec::new();
        for at in program.first() {
            if let Some(words) = chooser.words(&program.ops[at]) {
                filed.push((words, Filed::new(pattern, 0, 0)));
            } else {
                let instruction = self.code.start(pattern as usize) + cell(at);
                self.by_shape.push(ByShape { instruction, pattern });
            }
        }
        filed
    }

    /// Every match of every pattern, by place and pattern; of matches of one pattern that overlap, the first.
    pub fn scan(&self, tokens: &Tokens, scratch: &mut Scratch) -> Vec<Hit> {
        scratch.sentence += 1;
        scratch.next.resize(self.code.len(), (0, 0));
        let held = Needs::of_sentence(tokens);
        let mut hits = Vec::new();
        for (at, token) in tokens.all.iter().enumerate() {
            for filed in self.filed(token.word).iter().filter(|filed| at >= filed.nearest()) {
                if self.needs[filed.pattern()].meets(&held) {
                    let starts = at.saturating_sub(filed.farthest())..at - filed.nearest() + 1;
                    self.attempt(filed.pattern(), starts, tokens, scratch, &mut hits);
                }
            }
            for pattern in self.by_shape(tokens, at) {
                self.attempt(pattern, at..at + 1, tokens, scratch, &mut hits);
            }
        }
        hits.sort_unstable_by_key(|hit| (hit.start, hit.pattern));
        hits
    }

    /// Tries a pattern at these tokens, but for those where it was tried or has matched. What a later word asks for is
    /// never before what an earlier one did, so the first of several matches is found first.
    fn attempt(
        &self,
        pattern: PatternId,
        starts: Range<usize>,
        tokens: &Tokens,
        scratch: &mut Scratch,
        hits: &mut Vec<Hit>,
    ) {
        let opening = self.code.instruction(self.code.start(pattern));
        let (sentence, next) = scratch.next[pattern];
        let mut next = if sentence == scratch.sentence { next.max(starts.start) } else { starts.start };
        while next < starts.end {
            let start = next;
            next += 1;
            if !self.code.begins(opening, tokens, start) {
                continue;
            }
            if let Some(end) = self.code.run(pattern, tokens, start, &mut scratch.waiting) {
                hits.push(Hit { pattern, start, end });
                next = end;
            }
        }
        scratch.next[pattern] = (scratch.sentence, next);
    }

    /// The patterns that can begin with what a token is besides a word.
    fn by_shape<'s>(&'s self, tokens: &'s Tokens, at: usize) -> impl Iterator<Item = PatternId> + 's {
        let known = tokens.all[at].shape == Shape::Small;
        let all = if known { &[] } else { self.by_shape.as_slice() };
        let begins =
            move |entry: &&ByShape| self.code.begins(self.code.instruction(entry.instruction), tokens, at);
        all.iter().filter(begins).map(|entry| entry.pattern as usize)
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

impl Filed {
    fn new(pattern: u32, nearest: usize, farthest: usize) -> Self {
        Self(pattern << 10 | cell(nearest) << 5 | cell(farthest))
    }

    const fn pattern(self) -> PatternId {
        (self.0 >> 10) as usize
    }

    const fn nearest(self) -> usize {
        (self.0 >> 5 & 31) as usize
    }

    const fn farthest(self) -> usize {
        (self.0 & 31) as usize
    }
}

impl Row<1> for Filed {
    fn to_row(&self) -> [u32; 1] {
        [self.0]
    }

    fn of_row([packed]: [u32; 1]) -> Self {
        Self(packed)
    }
}

impl Row<2> for ByShape {
    fn to_row(&self) -> [u32; 2] {
        [self.instruction, self.pattern]
    }

    fn of_row([instruction, pattern]: [u32; 2]) -> Self {
        Self { instruction, pattern }
    }
}
