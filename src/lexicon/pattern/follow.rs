//! What can come after the word at which a pattern is looked for. Most words that begin something are followed by
//! something else, and one look at the next token tells.

use crate::lexicon::pattern::anchor::Needs;
use crate::lexicon::pattern::program::{Op, Program};
use crate::text::table::Row;
use crate::text::vocabulary::{ClassId, Vocabulary, WordId};

/// What stands after an anchor, with at most so many tokens between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Follow {
    one_of: Needs,
    between: u32,
}

impl Follow {
    /// Any token, or the end of the sentence.
    const ANYTHING: Self = Self { one_of: Needs::ANYTHING, between: 0 };
    /// No token, and no end.
    pub(crate) const NOTHING: Self = Self { one_of: Needs::NOTHING, between: 0 };

    /// What a match takes next from an instruction on.
    pub(crate) fn after(program: &Program, pc: usize) -> Self {
        let (next, may_end) = program.next(pc);
        let mut follow = if may_end { Self::ANYTHING } else { Self::NOTHING };
        for op in next.iter().map(|at| &program.ops[*at]) {
            let one_of = match op {
                Op::Gap { most, .. } => {
                    follow.between += u32::from(*most);
                    Needs::NOTHING
                }
                Op::Kind(_) => Needs::ANYTHING,
                // To a filter, all marks are one unknown word.
                Op::Mark(_) => Needs::of_word(WordId::UNKNOWN),
                op => Needs::of(op),
            };
            follow.one_of = follow.one_of.or(one_of);
        }
        follow
    }

    /// What may follow `word` as the beginning of an entry of `class`: the next word of the entry, or what may `follow` it.
    pub(crate) fn entry(word: WordId, class: ClassId, vocabulary: &Vocabulary, follow: Self) -> Self {
        let entries = vocabulary.phrases(word).filter(|(_, of)| *of == class);
        let seconds = entries.filter_map(|(rest, _)| rest.first());
        let one_of = seconds.map(|second| Needs::of_word(*second)).fold(Needs::NOTHING, Needs::or);
        let alone = vocabulary.classes(word).has(class);
        Self { one_of, between: 0 }.or(if alone { follow } else { Self::NOTHING })
    }

    /// What may follow one or the other.
    pub(crate) fn or(self, other: Self) -> Self {
        Self { one_of: self.one_of.or(other.one_of), between: self.between.max(other.between) }
    }

    /// Whether a match can go on with these, the tokens after the word and the sentence's end.
    pub(crate) fn meets(&self, after: &[Needs]) -> bool {
        let Some((next, others)) = after.split_first() else { return false };
        let is = |token: &Needs| self.one_of.meets(token);
        is(next) || self.between > 0 && others.iter().take(self.between as usize).any(is)
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
