//! Runs all patterns of the lexicon over a sentence in one pass.

use serde::{Deserialize, Serialize};

use super::anchor::{Chooser, FARTHEST, Needs};
use super::code::{Code, Waiting, small};
use super::program::Program;
use super::table::{self, Row};
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
/// There are tens of thousands, so they are small; distances are at most [`FARTHEST`], which five bits hold.
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
    /// Number of the sentence that is scanned, from 1; it spares clearing `ends` for each.
    sentence: usize,
    /// By pattern: the sentence of its last match, and the token where it ends.
    ends: Vec<(usize, usize)>,
    /// `(instruction, token)` still to be tried.
    waiting: Waiting,
    /// `(token, pattern)`: places where a pattern may match.
    places: Vec<(u32, u32)>,
}

/// Places that wait before they are tried, so that an endless sentence needs no endless memory.
const MOST_PLACES: usize = 1 << 14;

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
            scanner.starts.push(small(scanner.filed.len()));
            scanner.filed.extend(filed);
        }
        scanner.starts.push(small(scanner.filed.len()));
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
                let instruction = self.code.start(pattern as usize) + small(at);
                self.by_shape.push(ByShape { instruction, pattern });
            }
        }
        filed
    }

    /// Every match of every pattern, by place and pattern; of matches of one pattern that overlap, the first.
    pub fn scan(&self, tokens: &Tokens, scratch: &mut Scratch) -> Vec<Hit> {
        scratch.sentence += 1;
        scratch.ends.resize(self.code.len(), (0, 0));
        scratch.places.clear();
        let held = Needs::of_sentence(tokens);
        let (mut hits, mut most) = (Vec::new(), MOST_PLACES);
        for at in 0..tokens.all.len() {
            self.find_places(tokens, &held, at, &mut scratch.places);
            if scratch.places.len() > most {
                self.try_places(tokens, at.saturating_sub(FARTHEST), scratch, &mut hits);
                most = MOST_PLACES.max(2 * scratch.places.len());
            }
        }
        self.try_places(tokens, tokens.all.len(), scratch, &mut hits);
        hits
    }

    /// The places of patterns that have their anchor at a token.
    fn find_places(&self, tokens: &Tokens, held: &Needs, at: usize, places: &mut Vec<(u32, u32)>) {
        for filed in self.filed(tokens.all[at].word) {
            let pattern = filed.pattern() as usize;
            if at < filed.nearest() || !self.needs[pattern].meets(held) {
                continue;
            }
            let starts = at.saturating_sub(filed.farthest())..=at - filed.nearest();
            let opening = self.code.instruction(self.code.start(pattern));
            let starts = starts.filter(|&start| self.code.begins(opening, tokens, start));
            places.extend(starts.map(|start| (small(start), filed.pattern())));
        }
        if tokens.all[at].shape == Shape::Small {
            return;
        }
        for by_shape in &self.by_shape {
            if self.code.begins(self.code.instruction(by_shape.instruction), tokens, at) {
                places.push((small(at), by_shape.pattern));
            }
        }
    }

    /// Tries the places before a token, in order.
    fn try_places(&self, tokens: &Tokens, before: usize, scratch: &mut Scratch, hits: &mut Vec<Hit>) {
        scratch.places.sort_unstable();
        scratch.places.dedup();
        let ready = scratch.places.partition_point(|&(start, _)| (start as usize) < before);
        for (start, pattern) in scratch.places.drain(..ready) {
            let (start, pattern) = (start as usize, pattern as usize);
            let (sentence, end) = scratch.ends[pattern];
            if sentence == scratch.sentence && end > start {
                continue;
            }
            if let Some(end) = self.code.run(pattern, tokens, start, &mut scratch.waiting) {
                scratch.ends[pattern] = (scratch.sentence, end);
                hits.push(Hit { pattern, start, end });
            }
        }
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
        Self(pattern << 10 | small(nearest) << 5 | small(farthest))
    }

    const fn pattern(self) -> u32 {
        self.0 >> 10
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
