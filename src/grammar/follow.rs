//! What can come after the word at which a pattern is looked for. Most words that begin something are followed by
//! something else, and one look at the next token tells.

use std::collections::BTreeMap;

use super::anchor::Needs;
use super::program::{Op, Program};
use super::table::Row;
use super::vocabulary::{Vocabulary, WordId};

/// What stands after an anchor, with at most so many tokens between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Follow {
    one_of: Needs,
    between: u32,
}

impl Follow {
    /// Any token, or the end of the sentence.
    pub(super) const ANYTHING: Self = Self { one_of: Needs::NONE, between: 0 };
    const NOTHING: Self = Self { one_of: Needs::NOTHING, between: 0 };

    /// What a match takes next from an instruction on.
    pub(super) fn from(program: &Program, pc: usize) -> Self {
        let (next, may_end) = program.next(pc);
        let mut follow = if may_end { Self::ANYTHING } else { Self::NOTHING };
        for op in next.iter().map(|at| &program.ops[*at]) {
            let one_of = match op {
                Op::Gap { most, .. } => {
                    follow.between += u32::from(*most);
                    Needs::NOTHING
                }
                Op::Kind(_) => Needs::NONE,
                // To a filter, all marks are one unknown word.
                Op::Mark(_) => Needs::of_word(WordId::UNKNOWN),
                op => Needs::of(std::iter::once(op)),
            };
            follow.one_of = follow.one_of.or(one_of);
        }
        follow
    }

    fn or(self, other: Self) -> Self {
        Self { one_of: self.one_of.or(other.one_of), between: self.between.max(other.between) }
    }

    /// Whether a match can go on with these, the tokens after the word and the sentence's end.
    pub(super) fn meets(&self, after: &[Needs]) -> bool {
        let Some((next, others)) = after.split_first() else { return false };
        let is = |token: &Needs| self.one_of.meets(token);
        is(next) || self.between > 0 && others.iter().take(self.between as usize).any(is)
    }
}

/// What follows the words of one pattern.
pub(super) struct Follows<'p> {
    program: &'p Program,
    vocabulary: &'p Vocabulary,
    /// By instruction, what [`Follow::from`] said: many words lead to the same one.
    known: BTreeMap<usize, Follow>,
}

impl<'p> Follows<'p> {
    pub(super) const fn new(program: &'p Program, vocabulary: &'p Vocabulary) -> Self {
        Self { program, vocabulary, known: BTreeMap::new() }
    }

    /// What may follow `word` where one of the instructions `anchors` takes it.
    pub(super) fn after(&mut self, anchors: &[usize], word: WordId) -> Follow {
        anchors.iter().fold(Follow::NOTHING, |follow, at| follow.or(self.one(*at, word)))
    }

    fn one(&mut self, at: usize, word: WordId) -> Follow {
        match &self.program.ops[at] {
            Op::Choose(cases) => {
                let first = cases.partition_point(|(known, _)| *known < word);
                let same = cases[first..].iter().take_while(|(known, _)| *known == word);
                same.fold(Follow::NOTHING, |follow, (_, to)| follow.or(self.from(*to)))
            }
            Op::Class(class) => {
                let entries = self.vocabulary.phrases(word).filter(|(_, of)| of == class);
                let seconds = entries.filter_map(|(rest, _)| rest.first());
                let one_of = seconds.map(|second| Needs::of_word(*second)).fold(Needs::NOTHING, Needs::or);
                let alone = self.vocabulary.classes(word).has(*class);
                let after = if alone { self.from(at + 1) } else { Follow::NOTHING };
                Follow { one_of, between: 0 }.or(after)
            }
            Op::Word(known) if *known != word => Follow::NOTHING,
            Op::OneOf(known) if known.binary_search(&word).is_err() => Follow::NOTHING,
            _ => self.from(at + 1),
        }
    }

    fn from(&mut self, pc: usize) -> Follow {
        *self.known.entry(pc).or_insert_with(|| Follow::from(self.program, pc))
    }
}

impl Row<9> for Follow {
    fn to_row(&self) -> [u32; 9] {
        let needs = self.one_of.to_row();
        std::array::from_fn(|at| *needs.get(at).unwrap_or(&self.between))
    }

    fn of_row([needs @ .., between]: [u32; 9]) -> Self {
        Self { one_of: Needs::of_row(needs), between }
    }
}
