//! A pattern as a program: the instructions that a match executes.

use serde::{Deserialize, Serialize};

use crate::text::vocabulary::{ClassId, WordId};

/// One part of a pattern.
pub(super) enum Step {
    /// One instruction.
    One(Op),
    /// All of these, in order.
    Sequence(Vec<Step>),
    /// The first of these that leads to a match.
    Choice(Vec<Vec<Step>>),
    /// This, or nothing.
    Optional(Box<Step>),
}

/// One instruction. Numbers are indices of instructions; all lead forward, so that every program ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Op {
    /// This word.
    Word(WordId),
    /// One of these words, which are sorted.
    OneOf(Vec<WordId>),
    /// An entry of this class, of one or more words.
    Class(ClassId),
    /// A token of a built-in kind.
    Kind(Kind),
    /// This mark.
    Mark(char),
    /// At most this many words, as few as possible.
    Gap { most: u8, across_marks: bool },
    /// Tries the next instruction first, and then this one.
    Fork(usize),
    /// Continues at this instruction.
    Jump(usize),
    /// The start of a clause.
    ClauseStart,
    /// The start of the sentence.
    SentenceStart,
    /// The end of the sentence, not counting punctuation marks.
    SentenceEnd,
    /// The pattern has matched.
    Match,
}

/// Built-in token kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Kind {
    /// Digits.
    Number,
    /// Inline code, paths, addresses.
    Code,
    /// A capitalised word that is in no class.
    Name,
    /// Any word.
    Any,
}

/// A compiled pattern, which runs from its first instruction.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Program {
    pub(super) ops: Vec<Op>,
    /// The instructions that can consume the first token of a match.
    pub(super) first: Vec<usize>,
}

/// How a program can continue.
pub(super) struct Next {
    /// The instructions that can consume the next token.
    pub(super) takers: Vec<usize>,
    /// True if a match may end before consuming a token.
    pub(super) may_end: bool,
}

impl Program {
    pub(super) fn from_steps(steps: &[Step]) -> Self {
        let mut ops = Vec::new();
        emit(steps, &mut ops);
        ops.push(Op::Match);
        let mut program = Self { ops, first: Vec::new() };
        program.first = program.next(0).takers;
        program
    }

    /// Returns what can come next when a match has reached the instruction `from`.
    pub(super) fn next(&self, from: usize) -> Next {
        let mut next = Next { takers: Vec::new(), may_end: false };
        let mut waiting = vec![from];
        let mut seen = vec![false; self.ops.len()];
        while let Some(pc) = waiting.pop() {
            if std::mem::replace(&mut seen[pc], true) {
                continue;
            }
            match &self.ops[pc] {
                Op::Fork(second) => waiting.extend([pc + 1, *second]),
                Op::Jump(to) => waiting.push(*to),
                Op::ClauseStart | Op::SentenceStart | Op::SentenceEnd => waiting.push(pc + 1),
                Op::Match => next.may_end = true,
                Op::Gap { .. } => {
                    next.takers.push(pc);
                    waiting.push(pc + 1);
                }
                _ => next.takers.push(pc),
            }
        }
        next
    }
}

fn emit(steps: &[Step], ops: &mut Vec<Op>) {
    for step in steps {
        match step {
            Step::One(op) => ops.push(op.clone()),
            Step::Sequence(inner) => emit(inner, ops),
            Step::Optional(inner) => emit_optional(inner, ops),
            Step::Choice(choices) => emit_choice(choices, ops),
        }
    }
}

fn emit_optional(step: &Step, ops: &mut Vec<Op>) {
    let fork = placeholder(ops);
    emit(std::slice::from_ref(step), ops);
    ops[fork] = Op::Fork(ops.len());
}

/// Emits a choice. Choices are tried in order, except consecutive single words, of which at most one can match.
fn emit_choice(choices: &[Vec<Step>], ops: &mut Vec<Op>) {
    let mut exits = Vec::new();
    let mut groups =
        choices.chunk_by(|one, next| single_words(one).is_some() && single_words(next).is_some()).peekable();
    while let Some(group) = groups.next() {
        let fork = groups.peek().map(|_| placeholder(ops));
        match group {
            [alone] => emit(alone, ops),
            words => ops.push(one_of(words)),
        }
        if let Some(fork) = fork {
            exits.push(placeholder(ops));
            ops[fork] = Op::Fork(ops.len());
        }
    }
    let end = ops.len();
    for exit in exits {
        ops[exit] = Op::Jump(end);
    }
}

/// Returns the words of a choice that takes exactly one word; `None` for any other choice.
fn single_words(choice: &[Step]) -> Option<&[WordId]> {
    match choice {
        [Step::One(Op::Word(word))] => Some(std::slice::from_ref(word)),
        [Step::One(Op::OneOf(words))] => Some(words),
        [Step::Sequence(inner)] => single_words(inner),
        _ => None,
    }
}

fn one_of(choices: &[Vec<Step>]) -> Op {
    let mut words: Vec<WordId> =
        choices.iter().filter_map(|choice| single_words(choice)).flatten().copied().collect();
    words.sort_unstable();
    words.dedup();
    Op::OneOf(words)
}

/// Reserves space for an instruction that is filled in later.
fn placeholder(ops: &mut Vec<Op>) -> usize {
    ops.push(Op::Match);
    ops.len() - 1
}
