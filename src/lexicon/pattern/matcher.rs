//! Runs one pattern over the tokens of a sentence, with bounded backtracking.

use crate::lexicon::pattern::program::{Kind, Op, Program};
use crate::text::tokens::{Shape, Token, Tokens};
use crate::text::vocabulary::ClassSet;

/// Maximum number of steps per attempt: enough for any pattern of the lexicon, and a bound for a hostile one.
const FUEL: usize = 4_000;

/// A sentence in which patterns are tried.
#[derive(Clone, Copy, Debug)]
pub(super) struct Matcher<'s> {
    pub(super) tokens: &'s Tokens,
    /// Classes of words that begin a clause.
    pub(super) boundaries: ClassSet,
}

/// Ways to continue a match, the preferred one last.
pub(super) type Branches = Vec<Branch>;

/// A way to continue a match.
#[derive(Clone, Copy, Debug)]
pub(super) struct Branch {
    /// The next instruction.
    pc: usize,
    /// The next token.
    at: usize,
}

impl Matcher<'_> {
    /// Tries a pattern at the token `start`. Returns the end, exclusive, of the first match in order of preference;
    /// `None` if there is no match, or if none was found within the bound. `branches` is working memory.
    pub(super) fn match_at(self, program: &Program, start: usize, branches: &mut Branches) -> Option<usize> {
        branches.clear();
        branches.push(Branch { pc: 0, at: start });
        for _ in 0..FUEL {
            let branch = branches.pop()?;
            match &program.ops[branch.pc] {
                Op::Match => return (branch.at > start).then_some(branch.at),
                op => self.step(op, branch, branches),
            }
        }
        None
    }

    /// False if no match of `program` begins at the token `start`.
    pub(super) fn may_begin(self, program: &Program, start: usize) -> bool {
        program.first.iter().any(|first| match &program.ops[*first] {
            Op::Class(class) => self.tokens.is(start, *class),
            op => takes(op, &self.tokens.all[start]),
        })
    }

    /// True if a clause begins at the token `at`: at the start of the sentence, after a punctuation mark or after a
    /// connective.
    pub(super) fn begins_clause(self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|before| &self.tokens.all[before]) else { return true };
        is_mark(before) || before.classes.meets(self.boundaries)
    }

    /// Adds the ways to continue after `op`, the preferred one last.
    fn step(self, op: &Op, Branch { pc, at }: Branch, branches: &mut Branches) {
        let next = Branch { pc: pc + 1, at };
        match op {
            Op::Jump(to) => branches.push(Branch { pc: *to, at }),
            Op::Fork(second) => branches.extend([Branch { pc: *second, at }, next]),
            Op::Gap { most, across_marks } => {
                let end = at + self.gap_len(at, usize::from(*most), *across_marks);
                branches.extend((at..=end).rev().map(|at| Branch { at, ..next }));
            }
            Op::Class(_) if at == self.tokens.all.len() => {}
            Op::Class(class) => {
                let first = branches.len();
                let lengths = self.tokens.lengths(at, *class);
                branches.extend(lengths.map(|length| Branch { at: at + length, ..next }));
                branches[first..].reverse();
            }
            Op::ClauseStart => branches.extend(self.begins_clause(at).then_some(next)),
            Op::SentenceStart => branches.extend((at == self.first_word()).then_some(next)),
            Op::SentenceEnd => branches.extend(self.only_marks_from(at).then_some(next)),
            op => {
                let taken = self.tokens.all.get(at).is_some_and(|token| takes(op, token));
                branches.extend(taken.then_some(Branch { at: at + 1, ..next }));
            }
        }
    }

    /// Returns the maximum number of tokens in a gap that begins at `at`.
    fn gap_len(self, at: usize, most: usize, across_marks: bool) -> usize {
        let rest = self.tokens.all[at..].iter().take(most);
        rest.take_while(|token| across_marks || !is_mark(token)).count()
    }

    fn first_word(self) -> usize {
        self.tokens.all.iter().position(|token| !is_mark(token)).unwrap_or(0)
    }

    fn only_marks_from(self, at: usize) -> bool {
        self.tokens.all[at..].iter().all(is_mark)
    }
}

/// True if an instruction that consumes exactly one token accepts this one.
fn takes(op: &Op, token: &Token) -> bool {
    match op {
        Op::Word(word) => token.word == *word,
        Op::OneOf(words) => words.binary_search(&token.word).is_ok(),
        Op::Mark(mark) => token.shape == Shape::Mark(*mark),
        Op::Kind(Kind::Any) => !is_mark(token),
        Op::Kind(Kind::Number) => token.shape == Shape::Number,
        Op::Kind(Kind::Code) => token.shape == Shape::Code,
        Op::Kind(Kind::Name) => token.shape == Shape::Capital && token.classes == ClassSet::EMPTY,
        _ => false,
    }
}

fn is_mark(token: &Token) -> bool {
    matches!(token.shape, Shape::Mark(_))
}

#[cfg(test)]
mod tests {
    use crate::lexicon::pattern::parse::{Irregular, compile};
    use crate::lexicon::pattern::scan::Scanner;
    use crate::model::Span;
    use crate::text::tokens::Tokens;
    use crate::text::vocabulary::{ClassSet, Vocabulary};

    /// Returns the matches of a pattern in a sentence; "engineer" and "on call" are people.
    fn found<'t>(pattern: &str, text: &'t str) -> Vec<&'t str> {
        let mut vocabulary = Vocabulary::default();
        let person = vocabulary.add_class("person").unwrap();
        vocabulary.add(&["engineer".to_owned()], person);
        vocabulary.add(&["on".to_owned(), "call".to_owned()], person);
        let program = compile(pattern, &mut vocabulary, &Irregular::new()).unwrap();
        let scanner = Scanner::new(vec![program], &vocabulary, ClassSet::EMPTY, &[]);
        let tokens = Tokens::cut(text, Span::new(0, text.len()), &vocabulary);
        let hits = scanner.scan(&tokens, text, Span::new(0, text.len()));
        hits.iter().map(|hit| tokens.span(hit.start..hit.end).of(text)).collect()
    }

    #[test]
    fn the_first_choice_that_leads_to_a_match_wins() {
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
    fn a_choice_may_be_optional() {
        assert_eq!(found("cut (the|) wire", "cut wire"), ["cut wire"]);
        assert_eq!(found("cut (the|a)? wire", "cut a wire"), ["cut a wire"]);
    }

    #[test]
    fn a_gap_is_as_short_as_possible() {
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
}
