//! The programs of all patterns, laid out in one table, and the machine that runs them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::lexicon::pattern::program::{Kind, Op, Program};
use crate::lexicon::pattern::scan::PatternId;
use crate::text::table::{self, Row, to_u32};
use crate::text::tokens::{Shape, Token, Tokens};
use crate::text::vocabulary::{ClassId, ClassSet, WordId};

/// All programs, one after the other.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Code {
    /// By pattern: its first instruction.
    #[serde(with = "table")]
    starts: Vec<u32>,
    #[serde(with = "table")]
    instructions: Vec<Instruction>,
    /// Words, then as many instructions where there is a choice: both behind their number.
    #[serde(with = "table")]
    lists: Vec<u32>,
    /// Words before which a clause begins, and after which one does.
    boundaries: ClassSet,
}

/// One instruction; numbers are indices of instructions, lists begin with their length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Instruction {
    Word(WordId),
    OneOf(List),
    Choose(List),
    Class(ClassId),
    Kind(Kind),
    Mark(char),
    Gap { most: u8, across: bool },
    Fork(u32),
    Jump(u32),
    ClauseStart,
    SentenceStart,
    SentenceEnd,
    Done,
}

/// Where a list begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct List(u32);

/// `(instruction, token)` still to be tried.
pub(crate) type Waiting = Vec<(u32, u32)>;

/// Steps one attempt may take: enough for any pattern of the lexicon, and a bound on a hostile one.
const FUEL: usize = 4_000;

impl Code {
    /// Lays out `programs`; `boundaries` are the classes of words at which a clause begins.
    pub(crate) fn new(programs: &[Program], boundaries: ClassSet) -> Self {
        let mut code = Self { boundaries, ..Self::default() };
        let mut known = BTreeMap::<Vec<u32>, List>::new();
        for program in programs {
            let start = code.instructions.len();
            code.starts.push(to_u32(start));
            for op in &program.ops {
                let instruction = code.lay_out(op, start, &mut known);
                code.instructions.push(instruction);
            }
        }
        code
    }

    /// Number of the instruction that a pattern begins with.
    pub(crate) fn start(&self, pattern: PatternId) -> u32 {
        self.starts[pattern]
    }

    pub(crate) fn instruction(&self, number: u32) -> Instruction {
        self.instructions[number as usize]
    }

    /// How many patterns there are.
    pub(crate) fn len(&self) -> usize {
        self.starts.len()
    }

    /// The instruction for an operation of a program that begins at `start`; `known` are the lists there are.
    fn lay_out(&mut self, op: &Op, start: usize, known: &mut BTreeMap<Vec<u32>, List>) -> Instruction {
        let at = |to: &usize| to_u32(start + to);
        match op {
            Op::Word(word) => Instruction::Word(*word),
            Op::OneOf(words) => Instruction::OneOf(self.list(numbers(words.iter()), known)),
            Op::Choose(cases) => {
                let words = numbers(cases.iter().map(|(word, _)| word));
                let row = words.into_iter().chain(cases.iter().map(|(_, to)| at(to)));
                Instruction::Choose(self.list(row.collect(), known))
            }
            Op::Class(class) => Instruction::Class(*class),
            Op::Kind(kind) => Instruction::Kind(*kind),
            Op::Mark(mark) => Instruction::Mark(*mark),
            Op::Gap { most, across } => Instruction::Gap { most: *most, across: *across },
            Op::Fork(second) => Instruction::Fork(at(second)),
            Op::Jump(to) => Instruction::Jump(at(to)),
            Op::ClauseStart => Instruction::ClauseStart,
            Op::SentenceStart => Instruction::SentenceStart,
            Op::SentenceEnd => Instruction::SentenceEnd,
            Op::Done => Instruction::Done,
        }
    }

    fn list(&mut self, row: Vec<u32>, known: &mut BTreeMap<Vec<u32>, List>) -> List {
        *known.entry(row).or_insert_with_key(|row| {
            let next = List(to_u32(self.lists.len()));
            self.lists.extend(row);
            next
        })
    }

    /// Backtracks through a program; gives the end of the first match in order of preference.
    pub(crate) fn run(
        &self,
        pattern: PatternId,
        tokens: &Tokens,
        start: usize,
        waiting: &mut Waiting,
    ) -> Option<usize> {
        waiting.clear();
        let mut next = Some((self.starts[pattern], to_u32(start)));
        for _ in 0..FUEL {
            let (pc, token) = next.or_else(|| waiting.pop())?;
            let at = token as usize;
            let after = |holds: bool, taken: u32| holds.then_some((pc + 1, token + taken));
            next = match self.instructions[pc as usize] {
                Instruction::Done => return (at > start).then_some(at),
                Instruction::Jump(to) => Some((to, token)),
                Instruction::Fork(second) => {
                    waiting.push((second, token));
                    Some((pc + 1, token))
                }
                Instruction::Choose(list) => self.choose(list, tokens, token, waiting),
                Instruction::Gap { most, across } => {
                    self.skip(pc + 1, most, across, tokens, token, waiting);
                    None
                }
                Instruction::Class(class) if at < tokens.all.len() && !tokens.phrases.is_empty() => {
                    let from = waiting.len();
                    waiting.extend(tokens.lengths(at, class).map(|length| (pc + 1, to_u32(at + length))));
                    waiting[from..].reverse();
                    None
                }
                Instruction::ClauseStart => after(self.begins_clause(tokens, at), 0),
                Instruction::SentenceStart => after(at == first_word(tokens), 0),
                Instruction::SentenceEnd => after(only_marks(tokens, at), 0),
                one => after(tokens.all.get(at).is_some_and(|token| self.takes(one, token)), 1),
            };
        }
        None
    }

    /// Takes the word at `token` if the list has it; of several ways on, all but the preferred one wait.
    fn choose(&self, list: List, tokens: &Tokens, token: u32, waiting: &mut Waiting) -> Option<(u32, u32)> {
        let word = tokens.all.get(token as usize)?.word;
        let words = self.words(list);
        let first = words.partition_point(|known| *known < word.number());
        let same = words[first..].iter().take_while(|known| **known == word.number()).count();
        let targets = &self.lists[list.start() + words.len() + first..][..same];
        let (preferred, others) = targets.split_first()?;
        waiting.extend(others.iter().rev().map(|to| (*to, token + 1)));
        Some((*preferred, token + 1))
    }

    /// Lets wait, the nearest on top, the places within a gap at which what follows it can be.
    fn skip(&self, pc: u32, most: u8, across: bool, tokens: &Tokens, token: u32, waiting: &mut Waiting) {
        let follows = self.instructions[pc as usize];
        let from = waiting.len();
        for (skipped, at) in (0..=u32::from(most)).zip(token as usize..) {
            if follows.is_open() || tokens.all.get(at).is_some_and(|_| self.begins(follows, tokens, at)) {
                waiting.push((pc, token + skipped));
            }
            let Some(next) = tokens.all.get(at) else { break };
            if !across && matches!(next.shape, Shape::Mark(_)) {
                break;
            }
        }
        waiting[from..].reverse();
    }

    /// Whether a match can go on with this instruction at `at`, a token of the sentence.
    pub(crate) fn begins(&self, instruction: Instruction, tokens: &Tokens, at: usize) -> bool {
        match instruction {
            Instruction::Class(class) => tokens.is(at, class),
            open if open.is_open() => true,
            one => self.takes(one, &tokens.all[at]),
        }
    }

    /// Whether an instruction that takes exactly one token takes this one.
    #[inline]
    fn takes(&self, instruction: Instruction, token: &Token) -> bool {
        let is_word = !matches!(token.shape, Shape::Mark(_));
        match instruction {
            Instruction::Word(word) => token.word == word,
            Instruction::OneOf(list) | Instruction::Choose(list) => {
                self.words(list).binary_search(&token.word.number()).is_ok()
            }
            Instruction::Class(class) => token.classes.has(class),
            Instruction::Mark(mark) => token.shape == Shape::Mark(mark),
            Instruction::Kind(Kind::Any) => is_word,
            Instruction::Kind(Kind::Number) => token.shape == Shape::Number,
            Instruction::Kind(Kind::Code) => token.shape == Shape::Code,
            Instruction::Kind(Kind::Name) => {
                token.shape == Shape::Capital && token.classes == ClassSet::default()
            }
            _ => false,
        }
    }

    fn words(&self, list: List) -> &[u32] {
        &self.lists[list.start()..][..self.lists[list.start() - 1] as usize]
    }

    /// Whether a clause begins at `at`: at the sentence's start, after a mark, after a connective.
    pub(crate) fn begins_clause(&self, tokens: &Tokens, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|before| &tokens.all[before]) else { return true };
        matches!(before.shape, Shape::Mark(_)) || before.classes.meets(self.boundaries)
    }
}

impl Instruction {
    /// Whether it may take no token, so that it does not say what comes next.
    const fn is_open(self) -> bool {
        use Instruction::{ClauseStart, Done, Fork, Gap, Jump, SentenceEnd, SentenceStart};
        matches!(self, Fork(_) | Jump(_) | Gap { .. } | ClauseStart | SentenceStart | SentenceEnd | Done)
    }
}

impl List {
    /// Where its words begin, behind their number.
    const fn start(self) -> usize {
        self.0 as usize + 1
    }
}

impl Row<2> for Instruction {
    fn to_row(&self) -> [u32; 2] {
        match *self {
            Self::Word(word) => [0, word.number()],
            Self::OneOf(list) => [1, list.0],
            Self::Choose(list) => [2, list.0],
            Self::Class(class) => [3, class.number()],
            Self::Mark(mark) => [4, mark.into()],
            Self::Gap { most, across: false } => [5, most.into()],
            Self::Gap { most, across: true } => [6, most.into()],
            Self::Fork(to) => [7, to],
            Self::Jump(to) => [8, to],
            Self::Kind(Kind::Number) => [9, 0],
            Self::Kind(Kind::Code) => [10, 0],
            Self::Kind(Kind::Name) => [11, 0],
            Self::Kind(Kind::Any) => [12, 0],
            Self::ClauseStart => [13, 0],
            Self::SentenceStart => [14, 0],
            Self::SentenceEnd => [15, 0],
            Self::Done => [16, 0],
        }
    }

    fn of_row([operation, operand]: [u32; 2]) -> Self {
        let most = u8::try_from(operand).unwrap_or_default();
        match operation {
            0 => Self::Word(WordId::of_row([operand])),
            1 => Self::OneOf(List(operand)),
            2 => Self::Choose(List(operand)),
            3 => Self::Class(ClassId::of_row([operand])),
            4 => Self::Mark(char::from_u32(operand).unwrap_or_default()),
            5 => Self::Gap { most, across: false },
            6 => Self::Gap { most, across: true },
            7 => Self::Fork(operand),
            8 => Self::Jump(operand),
            9 => Self::Kind(Kind::Number),
            10 => Self::Kind(Kind::Code),
            11 => Self::Kind(Kind::Name),
            12 => Self::Kind(Kind::Any),
            13 => Self::ClauseStart,
            14 => Self::SentenceStart,
            15 => Self::SentenceEnd,
            _ => Self::Done,
        }
    }
}

/// A list as it is laid out: how many words, and the words.
fn numbers<'w>(words: impl ExactSizeIterator<Item = &'w WordId>) -> Vec<u32> {
    [to_u32(words.len())].into_iter().chain(words.map(|word| word.number())).collect()
}

fn first_word(tokens: &Tokens) -> usize {
    let is_word = |token: &Token| !matches!(token.shape, Shape::Mark(_));
    tokens.all.iter().position(is_word).unwrap_or(0)
}

fn only_marks(tokens: &Tokens, at: usize) -> bool {
    tokens.all[at..].iter().all(|token| matches!(token.shape, Shape::Mark(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::pattern::parse::{Irregular, compile};
    use crate::lexicon::pattern::scan::{Scanner, Scratch};
    use crate::model::Span;
    use crate::text::vocabulary::Vocabulary;

    /// What a pattern finds in a sentence; "engineer" and "on call" are people.
    fn found<'t>(pattern: &str, text: &'t str) -> Vec<&'t str> {
        let mut vocabulary = Vocabulary::default();
        let person = vocabulary.add_class("person").unwrap();
        vocabulary.add(&["engineer".to_owned()], person);
        vocabulary.add(&["on".to_owned(), "call".to_owned()], person);
        let program = compile(pattern, &mut vocabulary, &Irregular::new()).unwrap();
        let counts = vec![0; vocabulary.len()];
        let scanner = Scanner::new(&[program], &vocabulary, ClassSet::default(), &counts);
        let tokens = Tokens::cut(text, Span::new(0, text.len()), &vocabulary);
        let hits = scanner.scan(&tokens, &mut Scratch::default());
        hits.iter().map(|hit| tokens.span(hit.start..hit.end).of(text)).collect()
    }

    #[test]
    fn of_several_choices_the_first_that_leads_to_a_match_counts() {
        assert_eq!(found("(cut|cut the) (wire|the wire)", "cut the wire"), ["cut the wire"]);
        assert_eq!(found("(cut|cut the)", "cut the wire"), ["cut"]);
        assert_eq!(found("(cut the|cut)", "cut the wire"), ["cut the"]);
        assert_eq!(found("(cut the|cut)", "cut a wire"), ["cut"]);
    }

    #[test]
    fn choices_of_words_and_of_classes_keep_their_order() {
        assert_eq!(
            found("the (old|{person}|old {person}) left", "the old engineer left"),
            ["the old engineer left"]
        );
        assert_eq!(found("the (duty|{person}|other) left", "the on call left"), ["the on call left"]);
        assert_eq!(found("the (duty|{person}|other) left", "the other left"), ["the other left"]);
        assert_eq!(found("the (duty|{person}|other) left", "the wire left"), [""; 0]);
    }

    #[test]
    fn a_choice_may_be_nothing() {
        assert_eq!(found("cut (the|) wire", "cut wire"), ["cut wire"]);
        assert_eq!(found("cut (the|a)? wire", "cut a wire"), ["cut a wire"]);
    }

    #[test]
    fn a_gap_is_as_short_as_can_be() {
        assert_eq!(found("cut ..3 wire", "cut a wire, a wire"), ["cut a wire"]);
        assert_eq!(found("cut ..1 wire", "cut the old wire"), [""; 0]);
        assert_eq!(found("cut ..3 (wire|{person})", "cut the long on call"), ["cut the long on call"]);
        assert_eq!(found("cut ..3 $", "cut the wire."), ["cut the wire"]);
    }

    #[test]
    fn only_a_gap_of_three_dots_goes_across_marks() {
        assert_eq!(found("cut ..3 wire", "cut, then a wire"), [""; 0]);
        assert_eq!(found("cut ...3 wire", "cut, then a wire"), ["cut, then a wire"]);
    }

    #[test]
    fn an_instruction_is_what_it_was_packed_as() {
        let list = List(7);
        let word = WordId::UNKNOWN;
        let class = ClassId::of_row([9]);
        let kinds = [Kind::Number, Kind::Code, Kind::Name, Kind::Any].map(Instruction::Kind);
        let gaps = [false, true].map(|across| Instruction::Gap { most: 12, across });
        let others = [
            Instruction::Word(word),
            Instruction::OneOf(list),
            Instruction::Choose(list),
            Instruction::Class(class),
            Instruction::Mark('\u{2014}'),
            Instruction::Fork(3),
            Instruction::Jump(4),
            Instruction::ClauseStart,
            Instruction::SentenceStart,
            Instruction::SentenceEnd,
            Instruction::Done,
        ];
        for instruction in kinds.into_iter().chain(gaps).chain(others) {
            assert_eq!(Instruction::of_row(instruction.to_row()), instruction);
        }
    }
}
