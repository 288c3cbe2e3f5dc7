//! Runs all patterns of the lexicon over a sentence in one pass.

use serde::{Deserialize, Serialize};

use super::anchor::{Chooser, FARTHEST, Needs};
use super::pattern::{Kind, Op, Program};
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
    programs: Vec<Program>,
    /// By word: where its patterns begin in `filed`; they end where those of the next word begin.
    starts: Vec<u32>,
    filed: Vec<Filed>,
    /// By pattern: what a sentence must hold besides.
    needs: Vec<Vec<Needs>>,
    /// Patterns that can do without words, under what they can begin with.
    by_shape: Vec<(Op, u32)>,
    /// Words before which a clause begins, and after which one does.
    boundaries: ClassSet,
}

/// A pattern to be tried from some tokens before a word.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Filed {
    pattern: u32,
    nearest: u8,
    farthest: u8,
}

/// Memory that scans of many sentences share.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    /// Number of the sentence that is scanned, from 1; it spares clearing `ends` for each.
    sentence: usize,
    /// By pattern: the sentence of its last match, and the token where it ends.
    ends: Vec<(usize, usize)>,
    /// `(instruction, token)` still to be tried.
    waiting: Vec<(usize, usize)>,
    /// `(token, pattern)`: places where a pattern may match.
    places: Vec<(u32, u32)>,
}

/// Steps one attempt may take: enough for any pattern of the lexicon, and a bound on a hostile one.
const FUEL: usize = 4_000;

/// Places that wait before they are tried, so that an endless sentence needs no endless memory.
const MOST_PLACES: usize = 1 << 14;

impl Scanner {
    /// Files `programs`; `boundaries` are the classes of words at which a clause begins, `counts` tells by word how
    /// often it occurs in ordinary text.
    pub fn new(
        programs: Vec<Program>,
        vocabulary: &Vocabulary,
        boundaries: ClassSet,
        counts: &[usize],
    ) -> Self {
        let mut scanner = Self { boundaries, ..Self::default() };
        let mut chooser = Chooser::new(vocabulary, counts);
        let mut by_word = vec![Vec::new(); vocabulary.len()];
        for (pattern, program) in (0..).zip(&programs) {
            if let Some(anchor) = chooser.choose(program) {
                let byte = |number| u8::try_from(number).unwrap_or(u8::MAX);
                let (nearest, farthest) = (byte(anchor.nearest), byte(anchor.farthest));
                let filed = Filed { pattern, nearest, farthest };
                anchor.words.iter().for_each(|word| by_word[usize::from(*word)].push(filed));
                scanner.needs.push(anchor.needs);
            } else {
                scanner.needs.push(Vec::new());
                let first = program.first_ops().into_iter();
                scanner.by_shape.extend(first.map(|op| (op.clone(), pattern)));
            }
        }
        for filed in by_word {
            scanner.starts.push(u32::try_from(scanner.filed.len()).unwrap_or(u32::MAX));
            scanner.filed.extend(filed);
        }
        scanner.starts.push(u32::try_from(scanner.filed.len()).unwrap_or(u32::MAX));
        scanner.programs = programs;
        scanner
    }

    /// Every match of every pattern, by place and pattern; of matches of one pattern that overlap, the first.
    pub fn scan(&self, tokens: &Tokens, scratch: &mut Scratch) -> Vec<Hit> {
        scratch.sentence += 1;
        scratch.ends.resize(self.programs.len(), (0, 0));
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
        let number = |token| u32::try_from(token).unwrap_or(u32::MAX);
        for filed in self.filed(tokens.all[at].word) {
            let (nearest, farthest) = (usize::from(filed.nearest), usize::from(filed.farthest));
            if at < nearest || !self.needs[filed.pattern as usize].iter().all(|needs| needs.meets(held)) {
                continue;
            }
            let starts = at.saturating_sub(farthest)..=at - nearest;
            let opening = &self.programs[filed.pattern as usize].ops[0];
            let starts = starts.filter(|&start| may_begin(opening, tokens, start));
            places.extend(starts.map(|start| (number(start), filed.pattern)));
        }
        let begins = self.by_shape.iter().filter(|(op, _)| begins(op, tokens, at));
        places.extend(begins.map(|&(_, pattern)| (number(at), pattern)));
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
            if let Some(end) = self.run(pattern, tokens, start, &mut scratch.waiting) {
                scratch.ends[pattern] = (scratch.sentence, end);
                hits.push(Hit { pattern, start, end });
            }
        }
    }

    fn filed(&self, word: WordId) -> &[Filed] {
        let at = usize::from(word);
        &self.filed[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// Backtracks through a program; gives the end of the first match in order of preference.
    fn run(
        &self,
        pattern: PatternId,
        tokens: &Tokens,
        start: usize,
        waiting: &mut Vec<(usize, usize)>,
    ) -> Option<usize> {
        let ops = &self.programs[pattern].ops;
        waiting.clear();
        let mut next = Some((0, start));
        for _ in 0..FUEL {
            let (pc, at) = next.or_else(|| waiting.pop())?;
            let after = |holds: bool, taken: usize| holds.then_some((pc + 1, at + taken));
            next = match &ops[pc] {
                Op::Done => return (at > start).then_some(at),
                Op::Fork(first, second) => {
                    waiting.push((*second, at));
                    Some((*first, at))
                }
                Op::Jump(to) => Some((*to, at)),
                Op::Class(class) if at < tokens.all.len() && !tokens.phrases.is_empty() => {
                    let from = waiting.len();
                    waiting.extend(tokens.lengths(at, *class).map(|length| (pc + 1, at + length)));
                    waiting[from..].reverse();
                    None
                }
                Op::Class(class) => {
                    after(tokens.all.get(at).is_some_and(|token| token.classes.has(*class)), 1)
                }
                Op::ClauseStart => after(self.begins_clause(tokens, at), 0),
                Op::SentenceStart => after(at == first_word(tokens), 0),
                Op::SentenceEnd => after(only_marks(tokens, at), 0),
                op => after(at < tokens.all.len() && one(op, tokens, at), 1),
            };
        }
        None
    }

    /// Whether a clause begins at `at`: at the sentence's start, after a mark, after a connective.
    pub fn begins_clause(&self, tokens: &Tokens, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|before| &tokens.all[before]) else { return true };
        matches!(before.shape, Shape::Mark(_)) || before.classes.meets(self.boundaries)
    }
}

/// Whether the first instruction of a pattern does not rule out a match at `at`.
fn may_begin(opening: &Op, tokens: &Tokens, at: usize) -> bool {
    match opening {
        Op::Fork(..) | Op::Jump(_) | Op::ClauseStart | Op::SentenceStart | Op::SentenceEnd | Op::Done => true,
        op => begins(op, tokens, at),
    }
}

/// Whether a match that begins with this operation can begin at `at`.
fn begins(op: &Op, tokens: &Tokens, at: usize) -> bool {
    match op {
        Op::Class(class) => tokens.is(at, *class),
        op => one(op, tokens, at),
    }
}

/// Whether an operation that takes exactly one token takes the one at `at`.
fn one(op: &Op, tokens: &Tokens, at: usize) -> bool {
    let token = &tokens.all[at];
    let is_word = !matches!(token.shape, Shape::Mark(_));
    match op {
        Op::Word(word) => token.word == *word,
        Op::OneOf(words) => words.binary_search(&token.word).is_ok(),
        Op::Mark(mark) => token.shape == Shape::Mark(*mark),
        Op::Any { across } => is_word || *across,
        Op::Kind(Kind::Any) => is_word,
        Op::Kind(Kind::Number) => token.shape == Shape::Number,
        Op::Kind(Kind::Code) => token.shape == Shape::Code,
        Op::Kind(Kind::Name) => token.shape == Shape::Capital && token.classes == ClassSet::default(),
        _ => false,
    }
}

fn first_word(tokens: &Tokens) -> usize {
    let is_word = |token: &super::tokens::Token| !matches!(token.shape, Shape::Mark(_));
    tokens.all.iter().position(is_word).unwrap_or(0)
}

fn only_marks(tokens: &Tokens, at: usize) -> bool {
    tokens.all[at..].iter().all(|token| matches!(token.shape, Shape::Mark(_)))
}
