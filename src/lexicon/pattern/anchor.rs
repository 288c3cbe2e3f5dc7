//! Where a pattern is looked for: at the rarest words that each of its matches must hold.

use std::collections::BTreeMap;

use crate::lexicon::pattern::program::{Op, Program};
use crate::text::table::Row;
use crate::text::tokens::Token;
use crate::text::vocabulary::{ClassId, ClassSet, Vocabulary, WordId};

/// Where a pattern is looked for, and what a sentence must hold besides.
#[derive(Clone, Debug)]
pub(crate) struct Anchor {
    /// Words of which each match holds one, sorted.
    pub(crate) words: Vec<WordId>,
    /// Tokens between the start of a match and the word: at least,
    pub(crate) nearest: usize,
    /// and at most.
    pub(crate) farthest: usize,
    /// The instructions that take one of them.
    pub(crate) next: Vec<usize>,
    /// Of what comes next to these words in rarity, a sentence with a match holds something.
    pub(crate) needs: Needs,
}

/// A few words and classes, of which a sentence has one or more; for words that only may be so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Needs {
    /// A bit for each word, which it may share with others, and one for the sentence's end.
    words: u128,
    classes: ClassSet,
}

impl Needs {
    /// What every token and every end of a sentence meets.
    pub(crate) const ANYTHING: Self = Self { words: u128::MAX, classes: ClassSet::EMPTY };

    /// What nothing meets.
    pub(crate) const NOTHING: Self = Self { words: 0, classes: ClassSet::EMPTY };

    /// The end of a sentence.
    pub(crate) const END: Self = Self { words: 1 << WORD_BITS, classes: ClassSet::EMPTY };

    /// A word.
    pub(crate) fn of_word(word: WordId) -> Self {
        Self { words: bit(word), classes: ClassSet::EMPTY }
    }

    /// A token by itself.
    pub(crate) fn of_token(token: &Token) -> Self {
        Self { words: bit(token.word), classes: token.classes }
    }

    /// With one class more.
    #[must_use]
    pub(crate) const fn with(self, class: ClassId) -> Self {
        Self { words: self.words, classes: self.classes.with(class) }
    }

    /// What either is or asks for.
    pub(crate) const fn or(self, other: Self) -> Self {
        Self { words: self.words | other.words, classes: self.classes.and(other.classes) }
    }

    /// Whether the two share a class, or perhaps a word.
    pub(crate) const fn meets(&self, other: &Self) -> bool {
        self.words & other.words != 0 || self.classes.meets(other.classes)
    }

    /// What an instruction takes that takes a word or an entry of a class.
    pub(crate) fn of(op: &Op) -> Self {
        let any =
            |words: &mut dyn Iterator<Item = WordId>| words.map(Self::of_word).fold(Self::NOTHING, Self::or);
        match op {
            Op::Word(word) => Self::of_word(*word),
            Op::OneOf(words) => any(&mut words.iter().copied()),
            Op::Choose(cases) => any(&mut cases.iter().map(|(word, _)| *word)),
            Op::Class(class) => Self::NOTHING.with(*class),
            _ => Self::NOTHING,
        }
    }
}

impl Row<8> for Needs {
    fn to_row(&self) -> [u32; 8] {
        let halves = [self.words.to_row(), self.classes.to_row()];
        std::array::from_fn(|at| halves[at / 4][at % 4])
    }

    fn of_row([one, two, three, four, classes @ ..]: [u32; 8]) -> Self {
        Self { words: u128::of_row([one, two, three, four]), classes: ClassSet::of_row(classes) }
    }
}

/// Bits that words share; the one beyond them is for the sentence's end.
const WORD_BITS: usize = 127;

/// Neighbouring numbers have different bits.
fn bit(word: WordId) -> u128 {
    1 << (usize::from(word) % WORD_BITS)
}

/// Tokens that an anchor may stand after the start; farther ones would have to be tried from too many starts.
pub(crate) const FARTHEST: usize = 24;

/// Chooses anchors; what it learns of word classes serves many patterns.
pub(crate) struct Chooser<'v> {
    vocabulary: &'v Vocabulary,
    /// By word: how often it occurs in ordinary text.
    counts: &'v [usize],
    classes: BTreeMap<ClassId, (Vec<WordId>, usize)>,
}

impl<'v> Chooser<'v> {
    pub(crate) const fn new(vocabulary: &'v Vocabulary, counts: &'v [usize]) -> Self {
        Self { vocabulary, counts, classes: BTreeMap::new() }
    }

    /// The anchor that ordinary text has fewest of; of equal ones the first. None if every match can do without words.
    pub(crate) fn choose(&mut self, program: &Program) -> Option<Anchor> {
        let steps = self.mandatory(program);
        let mut anchors: Vec<Anchor> =
            steps.into_iter().filter_map(|step| self.anchor(program, step)).collect();
        anchors.sort_by_key(|anchor| self.weight(anchor));
        let chosen = anchors.iter().position(|anchor| anchor.farthest <= FARTHEST)?;
        let anchor = anchors.remove(chosen);
        // The rarest of the others tells nearly all that a look at each of them would.
        let needs = anchors.first().map_or(Needs::ANYTHING, |other| other.needs);
        Some(Anchor { needs, ..anchor })
    }

    /// Tries per so many words of text. A word that the text does not have still counts a little.
    fn weight(&self, anchor: &Anchor) -> usize {
        let words =
            anchor.words.iter().map(|word| 16 * self.counts.get(usize::from(*word)).unwrap_or(&0) + 1);
        words.sum::<usize>() * (anchor.farthest - anchor.nearest + 1)
    }

    fn anchor(&mut self, program: &Program, step: Step) -> Option<Anchor> {
        let Step { pc, nearest, farthest } = step;
        let (next, may_end) = program.next(pc);
        if may_end && pc > 0 {
            return None;
        }
        let mut words = Vec::new();
        for at in &next {
            words.extend(self.words(&program.ops[*at])?);
        }
        words.sort_unstable();
        words.dedup();
        let needs = next.iter().map(|at| Needs::of(&program.ops[*at])).fold(Needs::NOTHING, Needs::or);
        Some(Anchor { words, nearest, farthest, next, needs })
    }

    /// The words of which an operation takes one; None if it can do without.
    pub(crate) fn words(&mut self, op: &Op) -> Option<Vec<WordId>> {
        match op {
            Op::Word(word) => Some(vec![*word]),
            Op::OneOf(words) => Some(words.clone()),
            Op::Choose(cases) => Some(cases.iter().map(|(word, _)| *word).collect()),
            Op::Class(class) => Some(self.class(*class).0.clone()),
            _ => None,
        }
    }

    /// The instructions that every match passes, in order. All instructions lead forward, so one is passed by every
    /// match unless an earlier one leads beyond it.
    fn mandatory(&mut self, program: &Program) -> Vec<Step> {
        let mut reached: Vec<Option<Step>> = vec![None; program.ops.len()];
        reached[0] = Some(Step { pc: 0, nearest: 0, farthest: 0 });
        let (mut passed, mut beyond) = (Vec::new(), 0);
        for (pc, op) in program.ops.iter().enumerate() {
            let Some(step) = reached[pc] else { continue };
            if beyond <= pc {
                passed.push(step);
            }
            let (least, most) = self.width(op);
            for to in leads_to(pc, op) {
                beyond = beyond.max(to);
                let there = Step { pc: to, nearest: step.nearest + least, farthest: step.farthest + most };
                reached[to] = Some(reached[to].map_or(there, |known| known.or(there)));
            }
        }
        passed
    }

    /// How many tokens an operation takes, at least and at most.
    fn width(&mut self, op: &Op) -> (usize, usize) {
        match op {
            Op::Fork(..) | Op::Jump(_) | Op::ClauseStart | Op::SentenceStart | Op::SentenceEnd | Op::Done => {
                (0, 0)
            }
            Op::Class(class) => (1, self.class(*class).1),
            Op::Gap { most, .. } => (0, usize::from(*most)),
            _ => (1, 1),
        }
    }

    /// The words at which entries of a class can begin, and the length of its longest entry.
    fn class(&mut self, class: ClassId) -> &(Vec<WordId>, usize) {
        let vocabulary = self.vocabulary;
        self.classes.entry(class).or_insert_with(|| {
            let words: Vec<WordId> = vocabulary.beginners(class).collect();
            let phrases = words.iter().flat_map(|word| vocabulary.phrases(*word));
            let longest = phrases.filter(|(_, of)| *of == class).map(|(rest, _)| rest.len() + 1).max();
            (words, longest.unwrap_or(1))
        })
    }
}

/// An instruction, and how many tokens a match has taken before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Step {
    pc: usize,
    nearest: usize,
    farthest: usize,
}

impl Step {
    fn or(self, other: Self) -> Self {
        let (nearest, farthest) = (self.nearest.min(other.nearest), self.farthest.max(other.farthest));
        Self { pc: self.pc, nearest, farthest }
    }
}

fn leads_to(pc: usize, op: &Op) -> Vec<usize> {
    match op {
        Op::Fork(second) => vec![pc + 1, *second],
        Op::Choose(cases) => cases.iter().map(|(_, to)| *to).collect(),
        Op::Jump(to) => vec![*to],
        Op::Done => Vec::new(),
        _ => vec![pc + 1],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::pattern::parse::{Irregular, compile};

    /// The anchor of a pattern in a text where "the" and "failed" are frequent and all else is rare.
    fn anchor(pattern: &str) -> Option<(Vec<String>, usize, usize)> {
        let mut vocabulary = Vocabulary::default();
        let person = vocabulary.add_class("person").unwrap();
        vocabulary.add(&["engineer".to_owned()], person);
        vocabulary.add(&["on".to_owned(), "call".to_owned()], person);
        let program = compile(pattern, &mut vocabulary, &Irregular::new()).unwrap();
        let known = ["the", "failed", "engineer", "on", "check", "forgot", "to"];
        let frequent = [("the", 50), ("failed", 9), ("to", 30), ("on", 20)];
        let frequent = frequent.map(|(word, count)| (usize::from(vocabulary.intern(word)), count));
        let mut counts = vec![0; vocabulary.len()];
        for (word, count) in frequent {
            counts[word] = count;
        }
        let found = Chooser::new(&vocabulary, &counts).choose(&program)?;
        let words = known.iter().filter(|word| found.words.contains(&vocabulary.id(word)));
        Some((words.map(|word| (*word).to_owned()).collect(), found.nearest, found.farthest))
    }

    fn at(words: &[&str], nearest: usize, farthest: usize) -> (Vec<String>, usize, usize) {
        (words.iter().map(|word| (*word).to_owned()).collect(), nearest, farthest)
    }

    #[test]
    fn the_rarest_word_that_must_be_there_is_chosen() {
        assert_eq!(anchor("failed to check"), Some(at(&["check"], 2, 2)));
        assert_eq!(anchor("failed (to check)?"), Some(at(&["failed"], 0, 0)));
        assert_eq!(anchor("the (check|forgot)"), Some(at(&["check", "forgot"], 1, 1)));
        assert_eq!(anchor("the ..2 check"), Some(at(&["check"], 1, 3)));
    }

    #[test]
    fn entries_of_several_words_move_what_follows() {
        assert_eq!(anchor("{person} check"), Some(at(&["check"], 1, 2)));
        assert_eq!(anchor("the {person}?"), Some(at(&["the"], 0, 0)));
    }

    #[test]
    fn a_pattern_without_words_has_no_anchor() {
        assert_eq!(anchor("{number} {code}"), None);
        assert_eq!(anchor("{number} check"), Some(at(&["check"], 1, 1)));
    }
}
