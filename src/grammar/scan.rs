//! Runs all patterns of the lexicon over a sentence in one pass.

use std::collections::BTreeMap;

use super::pattern::{Kind, Op, Program};
use super::tokens::{Shape, Tokens};
use super::vocabulary::{ClassId, ClassSet, Vocabulary, WordId};

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

/// All patterns, filed under the words they can begin with.
#[derive(Clone, Debug, Default)]
pub struct Scanner {
    programs: Vec<Program>,
    /// By word: patterns that can begin there.
    by_word: Vec<Vec<PatternId>>,
    /// Patterns that can begin with a token of a built-in kind or a mark.
    by_shape: Vec<(Op, PatternId)>,
    /// Words before which a clause begins, and after which one does.
    boundaries: ClassSet,
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
}

/// Steps one attempt may take: enough for any pattern of the lexicon, and a bound on a hostile one.
const FUEL: usize = 4_000;

impl Scanner {
    /// Files `programs`; `boundaries` are the classes of words at which a clause begins.
    pub fn new(programs: Vec<Program>, vocabulary: &Vocabulary, boundaries: ClassSet) -> Self {
        let mut scanner = Self { by_word: vec![Vec::new(); vocabulary.len()], boundaries, ..Self::default() };
        let mut classes = Beginners { vocabulary, known: BTreeMap::new() };
        for (id, program) in programs.iter().enumerate() {
            scanner.file(id, program, &mut classes);
        }
        for ids in &mut scanner.by_word {
            ids.sort_unstable();
            ids.dedup();
        }
        scanner.programs = programs;
        scanner
    }

    /// Every match of every pattern, by place and pattern; of matches of one pattern that overlap, the first.
    pub fn scan(&self, tokens: &Tokens, scratch: &mut Scratch) -> Vec<Hit> {
        scratch.sentence += 1;
        scratch.ends.resize(self.programs.len(), (0, 0));
        let mut hits = Vec::new();
        for start in 0..tokens.all.len() {
            for pattern in self.candidates(tokens, start) {
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
        hits
    }

    fn candidates<'a>(&'a self, tokens: &'a Tokens, start: usize) -> impl Iterator<Item = PatternId> + 'a {
        let token = &tokens.all[start];
        let known = token.word != WordId::UNKNOWN;
        let by_word = if known { self.by_word[usize::from(token.word)].as_slice() } else { &[] };
        let begins = move |(op, _): &&(Op, PatternId)| one(op, tokens, start);
        by_word.iter().copied().chain(self.by_shape.iter().filter(begins).map(|&(_, id)| id))
    }

    fn file(&mut self, id: PatternId, program: &Program, classes: &mut Beginners<'_>) {
        for op in program.first_ops() {
            match op {
                Op::Word(word) => self.by_word[usize::from(*word)].push(id),
                Op::OneOf(words) => words.iter().for_each(|word| self.by_word[usize::from(*word)].push(id)),
                Op::Class(class) => {
                    for word in classes.of(*class) {
                        self.by_word[usize::from(*word)].push(id);
                    }
                }
                other => self.by_shape.push((other.clone(), id)),
            }
        }
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
        waiting.push((0, start));
        for _ in 0..FUEL {
            let (pc, at) = waiting.pop()?;
            match &ops[pc] {
                Op::Done => return (at > start).then_some(at),
                Op::Fork(first, second) => waiting.extend([(*second, at), (*first, at)]),
                Op::Jump(to) => waiting.push((*to, at)),
                Op::Class(class) if at < tokens.all.len() => {
                    let from = waiting.len();
                    waiting.extend(tokens.lengths(at, *class).map(|length| (pc + 1, at + length)));
                    waiting[from..].reverse();
                }
                Op::ClauseStart if self.begins_clause(tokens, at) => waiting.push((pc + 1, at)),
                Op::SentenceStart if at == first_word(tokens) => waiting.push((pc + 1, at)),
                Op::SentenceEnd if only_marks(tokens, at) => waiting.push((pc + 1, at)),
                op if at < tokens.all.len() && one(op, tokens, at) => waiting.push((pc + 1, at + 1)),
                _ => {}
            }
        }
        None
    }

    /// Whether a clause begins at `at`: at the sentence's start, after a mark, after a connective.
    pub fn begins_clause(&self, tokens: &Tokens, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|before| &tokens.all[before]) else { return true };
        matches!(before.shape, Shape::Mark(_)) || before.classes.meets(self.boundaries)
    }
}

/// The words at which entries of a class can begin; each class is looked up once, for many patterns.
struct Beginners<'v> {
    vocabulary: &'v Vocabulary,
    known: BTreeMap<ClassId, Vec<WordId>>,
}

impl Beginners<'_> {
    fn of(&mut self, class: ClassId) -> &[WordId] {
        self.known.entry(class).or_insert_with(|| self.vocabulary.beginners(class).collect())
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
