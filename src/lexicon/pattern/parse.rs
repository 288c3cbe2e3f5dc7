//! Parses a pattern (`docs/lexicon.md`) into a program.

use std::collections::BTreeMap;

use crate::lexicon::pattern::program::{Kind, Op, Program, Step};
use crate::text::inflect;
use crate::text::tokens::words;
use crate::text::vocabulary::{TooManyClasses, Vocabulary, WordId};

/// Maximum nesting depth of groups.
const DEEPEST_NESTING: usize = 8;

/// Irregular forms by lemma, from `lexicon/words/irregular.toml`.
pub type Irregular = BTreeMap<String, Vec<String>>;

/// Why a pattern cannot be parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatternError {
    /// `{class}` is not a known class.
    UnknownClass(String),
    /// A bracket is not closed, or not opened.
    Unbalanced,
    /// `..n` or `...n` where `n` is not a number from 1 to 12.
    Gap(String),
    /// The pattern can begin with a gap or any word, and would match everywhere.
    OpenStart,
    /// The pattern has no words.
    Empty,
    /// There are more than 128 word classes.
    TooManyClasses,
}

impl std::fmt::Display for PatternError {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::UnknownClass(name) => write!(to, "unknown word class `{name}`"),
            Self::Unbalanced => write!(to, "unbalanced brackets"),
            Self::Gap(text) => write!(to, "invalid gap `{text}`: use `..1` to `..12`"),
            Self::OpenStart => write!(to, "a pattern cannot begin with a gap or `{{any}}`"),
            Self::Empty => write!(to, "the pattern is empty"),
            Self::TooManyClasses => write!(to, "more than 128 word classes"),
        }
    }
}

impl From<TooManyClasses> for PatternError {
    fn from(_: TooManyClasses) -> Self {
        Self::TooManyClasses
    }
}

/// Parses a pattern. Adds its words to `vocabulary`, which must already have its classes.
///
/// # Errors
/// Fails if the pattern is not valid.
pub fn compile(
    text: &str,
    vocabulary: &mut Vocabulary,
    irregular: &Irregular,
) -> Result<Program, PatternError> {
    let mut parser = Parser { rest: text, vocabulary, irregular };
    let steps = parser.sequence(0)?;
    if !parser.rest.is_empty() {
        return Err(PatternError::Unbalanced);
    }
    let program = Program::from_steps(&steps);
    if program.first.is_empty() {
        return Err(PatternError::Empty);
    }
    if program.first.iter().any(|at| matches!(program.ops[*at], Op::Gap { .. } | Op::Kind(Kind::Any))) {
        return Err(PatternError::OpenStart);
    }
    Ok(program)
}

/// Returns the forms of a lemma that `lemma~` matches: the irregular ones if any are listed, else the regular ones.
pub fn forms(lemma: &str, irregular: &Irregular) -> Vec<String> {
    match irregular.get(lemma) {
        Some(listed) => listed.iter().cloned().chain([lemma.to_owned()]).collect(),
        None => inflect::forms(lemma),
    }
}

struct Parser<'t, 'v> {
    rest: &'t str,
    vocabulary: &'v mut Vocabulary,
    irregular: &'v Irregular,
}

impl<'t> Parser<'t, '_> {
    /// Parses steps up to the end, or to a `|` or `)` that ends this part of the group.
    fn sequence(&mut self, depth: usize) -> Result<Vec<Step>, PatternError> {
        let mut steps = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            match self.rest.chars().next() {
                None => return Ok(steps),
                Some(')' | '|') if depth > 0 => return Ok(steps),
                Some('(') if depth < DEEPEST_NESTING => steps.push(self.group(depth)?),
                Some('(' | ')' | '|') => return Err(PatternError::Unbalanced),
                Some(_) => self.word(&mut steps)?,
            }
        }
    }

    fn group(&mut self, depth: usize) -> Result<Step, PatternError> {
        let mut choices = Vec::new();
        loop {
            self.rest = &self.rest[1..];
            choices.push(self.sequence(depth + 1)?);
            if self.rest.starts_with(')') {
                break;
            }
            if !self.rest.starts_with('|') {
                return Err(PatternError::Unbalanced);
            }
        }
        self.rest = &self.rest[1..];
        Ok(self.optional(Step::Choice(choices)))
    }

    fn optional(&mut self, step: Step) -> Step {
        match self.rest.strip_prefix('?') {
            Some(rest) => {
                self.rest = rest;
                Step::Optional(Box::new(step))
            }
            None => step,
        }
    }

    fn word(&mut self, steps: &mut Vec<Step>) -> Result<(), PatternError> {
        let end = self.rest.find([' ', '\n', '(', ')', '|']).unwrap_or(self.rest.len());
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        let step = match text.strip_suffix('?') {
            Some(inner) if !inner.is_empty() => Step::Optional(Box::new(self.step(inner)?)),
            _ => self.step(text)?,
        };
        steps.push(step);
        Ok(())
    }

    fn step(&mut self, text: &'t str) -> Result<Step, PatternError> {
        Ok(match text {
            "^" => Step::One(Op::ClauseStart),
            "^^" => Step::One(Op::SentenceStart),
            "$" => Step::One(Op::SentenceEnd),
            "," | ":" | ";" | "?" | "-" | "\"" | "'" => {
                Step::One(Op::Mark(text.chars().next().unwrap_or(',')))
            }
            _ if text.starts_with("..") => gap(text)?,
            _ if text.starts_with('{') => Step::One(self.class(text)?),
            _ => self.literal(text)?,
        })
    }

    fn class(&mut self, text: &str) -> Result<Op, PatternError> {
        let name = text.trim_start_matches('{').strip_suffix('}').ok_or(PatternError::Unbalanced)?;
        Ok(match name {
            "number" => Op::Kind(Kind::Number),
            "code" => Op::Kind(Kind::Code),
            "name" => Op::Kind(Kind::Name),
            "any" => Op::Kind(Kind::Any),
            _ => {
                let unknown = || PatternError::UnknownClass(name.to_owned());
                Op::Class(self.vocabulary.class(name).ok_or_else(unknown)?)
            }
        })
    }

    fn literal(&mut self, text: &str) -> Result<Step, PatternError> {
        if let Some(lemma) = text.strip_suffix('~') {
            let all = forms(lemma, self.irregular);
            let mut ids: Vec<WordId> = all.iter().map(|form| self.vocabulary.intern(form)).collect();
            ids.sort();
            ids.dedup();
            return Ok(Step::One(Op::OneOf(ids)));
        }
        let ids = words(text)
            .iter()
            .map(|word| Step::One(Op::Word(self.vocabulary.intern(word))))
            .collect::<Vec<_>>();
        if ids.is_empty() { Err(PatternError::Empty) } else { Ok(Step::Sequence(ids)) }
    }
}

fn gap(text: &str) -> Result<Step, PatternError> {
    let digits = text.trim_start_matches('.');
    let across_marks = text.len() - digits.len() == 3;
    match digits.parse() {
        Ok(most @ 1..=12) => Ok(Step::One(Op::Gap { most, across_marks })),
        _ => Err(PatternError::Gap(text.to_owned())),
    }
}
