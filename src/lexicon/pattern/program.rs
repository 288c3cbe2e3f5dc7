//! A pattern as a program: what a match goes through, instruction by instruction. `anchor` reads it,
//! `code` lays it out for running.

use crate::text::vocabulary::{ClassId, WordId};

/// What a pattern says, step by step.
pub(crate) enum Step {
    /// One instruction.
    One(Op),
    /// All of these.
    Sequence(Vec<Step>),
    /// The first of these that leads to a match.
    Choice(Vec<Vec<Step>>),
    /// This, or else nothing.
    Optional(Box<Step>),
}

/// One instruction. Numbers are indices of instructions; all lead forward.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    /// This word.
    Word(WordId),
    /// One of these words, sorted.
    OneOf(Vec<WordId>),
    /// One of these words, and on from the instruction it names; sorted by word, of one word the preferred first.
    Choose(Vec<(WordId, usize)>),
    /// An entry of this class, of one or more words.
    Class(ClassId),
    /// A token of a built-in kind.
    Kind(Kind),
    /// This mark.
    Mark(char),
    /// At most so many words, the fewest first; `across` also marks.
    Gap { most: u8, across: bool },
    /// Try what follows, then from there on.
    Fork(usize),
    /// Go there.
    Jump(usize),
    /// Where a clause begins.
    ClauseStart,
    /// Where the sentence begins.
    SentenceStart,
    /// Where the sentence ends, but for marks.
    SentenceEnd,
    /// The pattern has matched.
    Done,
}

/// Built-in token kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Digits.
    Number,
    /// Inline code, paths, addresses.
    Code,
    /// A capitalised word that no class knows.
    Name,
    /// Any word.
    Any,
}

/// A pattern, ready to be laid out; the first instruction is its start, the last its end.
#[derive(Clone, Debug)]
pub struct Program {
    pub(crate) ops: Vec<Op>,
}

impl Program {
    pub(crate) fn of(steps: &[Step]) -> Self {
        let mut ops = Vec::new();
        emit(steps, &mut ops);
        ops.push(Op::Done);
        Self { ops }
    }

    /// The instructions that can take the first token of a match.
    pub(crate) fn first(&self) -> Vec<usize> {
        self.next(0).0
    }

    /// The instructions that can take the next token from one on, and whether a match may end before any does.
    pub(crate) fn next(&self, from: usize) -> (Vec<usize>, bool) {
        let mut found = Vec::new();
        let mut waiting = vec![from];
        let mut may_end = false;
        // Choices that may be empty lead to the same place in ever more ways.
        let mut seen = vec![false; self.ops.len()];
        while let Some(pc) = waiting.pop() {
            if std::mem::replace(&mut seen[pc], true) {
                continue;
            }
            match &self.ops[pc] {
                Op::Fork(second) => waiting.extend([pc + 1, *second]),
                Op::Jump(to) => waiting.push(*to),
                Op::ClauseStart | Op::SentenceStart | Op::SentenceEnd => waiting.push(pc + 1),
                Op::Done => may_end = true,
                Op::Gap { .. } => {
                    found.push(pc);
                    waiting.push(pc + 1);
                }
                _ => found.push(pc),
            }
        }
        (found, may_end)
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
    let fork = ops.len();
    ops.push(Op::Done);
    emit(std::slice::from_ref(step), ops);
    ops[fork] = Op::Fork(ops.len());
}

/// Neighbouring choices that begin with a word are told apart by it at once, the others are tried one after the other.
fn emit_choice(choices: &[Vec<Step>], ops: &mut Vec<Op>) {
    let mut exits = Vec::new();
    let mut groups =
        choices.chunk_by(|one, next| opening(one).is_some() && opening(next).is_some()).peekable();
    while let Some(group) = groups.next() {
        let fork = groups.peek().map(|_| hole(ops));
        match group {
            [alone] => emit(alone, ops),
            _ => emit_cases(group, ops, &mut exits),
        }
        if let Some(fork) = fork {
            exits.push(hole(ops));
            ops[fork] = Op::Fork(ops.len());
        }
    }
    let end = ops.len();
    for exit in exits {
        ops[exit] = Op::Jump(end);
    }
}

/// Choices that all begin with a word. Those that are nothing else lead straight to what follows them all.
fn emit_cases(choices: &[Vec<Step>], ops: &mut Vec<Op>, exits: &mut Vec<usize>) {
    let choose = hole(ops);
    let (mut cases, mut bare) = (Vec::new(), Vec::new());
    for (rank, choice) in choices.iter().enumerate() {
        let Some((words, inner)) = opening(choice) else { continue };
        if inner.is_empty() && choice.len() == 1 {
            bare.extend(words.iter().map(|word| (*word, rank)));
            continue;
        }
        cases.extend(words.iter().map(|word| (*word, rank, ops.len())));
        emit(inner, ops);
        emit(&choice[1..], ops);
        exits.push(hole(ops));
    }
    cases.extend(bare.into_iter().map(|(word, rank)| (word, rank, ops.len())));
    cases.sort_unstable();
    ops[choose] = Op::Choose(cases.into_iter().map(|(word, _, to)| (word, to)).collect());
}

/// Room for an instruction that is known later.
fn hole(ops: &mut Vec<Op>) -> usize {
    ops.push(Op::Done);
    ops.len() - 1
}

/// The words that steps begin with, and what follows them within the first step; None if they can begin otherwise.
fn opening(steps: &[Step]) -> Option<(&[WordId], &[Step])> {
    match steps.first()? {
        Step::One(Op::Word(word)) => Some((std::slice::from_ref(word), &[])),
        Step::One(Op::OneOf(words)) => Some((words, &[])),
        Step::Sequence(inner) => match inner.first()? {
            Step::One(Op::Word(word)) => Some((std::slice::from_ref(word), &inner[1..])),
            _ => None,
        },
        _ => None,
    }
}
