//! Noun groups of a sentence, as far as a question can repeat them: short, whole, and without a person's name.

use std::borrow::Cow;
use std::ops::Range;

use crate::analysis::sentences::Analysis;
use crate::lexicon::word_classes::WordClasses;
use crate::model::CODE;
use crate::model::Span;
use crate::text::tokens::{Shape, Token};
use crate::text::vocabulary::ClassSet;

/// Words that a noun group in a question may have.
const MOST_WORDS: usize = 6;

/// Bytes of inline code that a question repeats.
const MOST_CODE: usize = 40;

/// Digits of a number that a question repeats.
const MOST_DIGITS: usize = 5;

/// One sentence, as a source of words.
#[derive(Clone, Copy)]
pub(crate) struct Words<'r> {
    /// The document that it is in.
    pub(crate) analysis: &'r Analysis<'r>,
    /// Its index.
    pub(crate) sentence: usize,
}

impl<'r> Words<'r> {
    /// The words of one sentence.
    pub(crate) const fn new(analysis: &'r Analysis<'r>, sentence: usize) -> Self {
        Self { analysis, sentence }
    }

    /// The words of every sentence, in document order.
    pub(crate) fn all(analysis: &'r Analysis<'r>) -> impl Iterator<Item = Self> {
        (0..analysis.sentences.len()).map(move |sentence| Self::new(analysis, sentence))
    }

    /// The word classes that the analysis asks for by name.
    pub(crate) const fn classes(&self) -> &'r WordClasses {
        &self.analysis.lexicon.classes
    }

    /// The tokens that lie within a span.
    pub(crate) fn tokens_within(&self, span: Span) -> Range<usize> {
        let tokens = self.tokens();
        let start = tokens.iter().position(|token| token.span().start >= span.start).unwrap_or(0);
        let end = tokens.iter().rposition(|token| token.span().end <= span.end).map_or(start, |at| at + 1);
        start..end.max(start)
    }

    pub(crate) fn tokens(&self) -> &'r [Token] {
        &self.analysis.sentences[self.sentence].tokens.all
    }

    /// Index of the block that the sentence stands in.
    pub(crate) fn block(&self) -> usize {
        self.analysis.document.sentences[self.sentence].block
    }

    pub(crate) fn source(&self, at: usize) -> &'r str {
        self.tokens()[at].span().of(&self.analysis.document.source.text)
    }

    /// Whether a word or phrase of one of the classes begins at `at`.
    pub(crate) fn is(&self, at: usize, classes: ClassSet) -> bool {
        self.length(at, classes) > 0
    }

    /// Tokens that the longest phrase of the classes takes at `at`.
    pub(crate) fn length(&self, at: usize, classes: ClassSet) -> usize {
        let tokens = &self.analysis.sentences[self.sentence].tokens;
        if tokens.held.meets(classes) { tokens.lengths(at, classes).next().unwrap_or(0) } else { 0 }
    }

    /// Whether there is a word or phrase of one of the classes anywhere in the sentence.
    pub(crate) fn holds(&self, classes: ClassSet) -> bool {
        self.analysis.sentences[self.sentence].tokens.held.meets(classes)
    }

    /// The longest act whose verb stands at `at`: how many words it takes, and what doing it is called.
    pub(crate) fn doing(&self, at: usize) -> Option<(usize, &'r str)> {
        let acts = &self.analysis.lexicon.acts;
        acts.knows(&lower(self.source(at))).then(|| acts.doing(&self.lower(at)))?
    }

    /// The lower-case words from `at` on.
    fn lower(&self, at: usize) -> Vec<String> {
        (at..self.tokens().len().min(at + 4)).map(|at| self.source(at).to_lowercase()).collect()
    }

    /// `count` lower-case words from `at` on.
    pub(crate) fn lower_range(&self, at: usize, count: usize) -> Vec<String> {
        (at..at + count).map(|at| self.source(at).to_lowercase()).collect()
    }

    pub(crate) fn is_mark(&self, at: usize) -> bool {
        matches!(self.tokens()[at].shape, Shape::Mark(_))
    }

    /// The noun group that begins at `at` and ends where its clause goes on.
    pub(crate) fn group(&self, at: usize) -> Option<Range<usize>> {
        let start = (at..self.tokens().len()).find(|&at| !self.opens(at))?;
        let end = (start..self.tokens().len()).find(|&at| self.stops(at)).unwrap_or(self.tokens().len());
        let verb = || (start + 1..end).find(|&at| self.is_participle(at) || self.is_manner(at));
        self.whole(start..end).or_else(|| self.whole(start..verb()?))
    }

    /// The noun group that is all that stands between two places.
    pub(crate) fn group_between(&self, from: usize, to: usize) -> Option<Range<usize>> {
        let start = (from..to).find(|&at| !self.opens(at))?;
        let facts = (start..to).all(|at| !self.stops(at));
        facts.then(|| self.whole(start..to))?
    }

    /// The noun group that ends before `end` and begins where its clause begins.
    pub(crate) fn group_before(&self, end: usize) -> Option<Range<usize>> {
        let begins = |at: &usize| self.parts_clauses(*at);
        let end = self.before_brackets(end);
        let clause = (0..end).rev().find(begins).map_or(0, |at| at + 1);
        let start = (clause..end).find(|&at| !self.opens(at))?;
        let stop = (start..end).find(|&at| self.stops(at)).unwrap_or(end);
        if stop == end {
            return self.whole(start..end);
        }
        let of = self.is_word(stop, &self.analysis.lexicon.questions.words.of);
        let with_of = self
            .rest_of(start, stop + 1)
            .filter(|group| of && group.end <= end)
            .and_then(|group| self.whole(group));
        let light = self.is(stop.saturating_sub(1), self.classes().light);
        let follows = self.is(stop, self.classes().preposition);
        with_of.or_else(|| (follows && !light).then(|| self.whole(start..stop))?)
    }

    /// Where a remark in brackets before `end` begins, else `end`.
    fn before_brackets(&self, end: usize) -> usize {
        let is = |at: usize, mark: char| self.tokens()[at].shape == Shape::Mark(mark);
        if end == 0 || !is(end - 1, ')') {
            return end;
        }
        (0..end).rev().find(|&at| is(at, '(')).filter(|&at| at > 0).unwrap_or(end)
    }

    /// The group from `start` on that goes past the preposition before `after`.
    fn rest_of(&self, start: usize, after: usize) -> Option<Range<usize>> {
        let inner = self.group(after)?;
        (inner.end - start <= MOST_WORDS + 2).then_some(start..inner.end)
    }

    /// The noun group whose last word is the phrase of `length` tokens at `at`.
    pub(crate) fn group_around(&self, at: usize, length: usize) -> Option<Range<usize>> {
        let start = (0..at).rev().find(|&at| self.stops(at)).map_or(0, |at| at + 1);
        let end = at + length;
        let ends = end >= self.tokens().len() || self.stops(end) || self.is_participle(end);
        let subject = start == 0 && end < self.tokens().len() && self.is(end, self.classes().auxiliary);
        let opened = subject || (start > 0 && self.is(start - 1, self.classes().determiner));
        (ends && opened).then(|| self.whole(start..end))?
    }

    /// A group without judging words in front, if a question can repeat it.
    fn whole(&self, range: Range<usize>) -> Option<Range<usize>> {
        let judging = |at: &usize| self.is(*at, self.classes().judging);
        let start = range.clone().find(|at| !judging(at))?;
        let group = start..range.end;
        let fits = (1..=MOST_WORDS).contains(&group.len());
        let noun = self.ends_in_noun(&group) || self.is_closed(&group);
        (fits && noun && group.clone().all(|at| self.may_be_said(at))).then_some(group)
    }

    /// Whether an article opens a group and its clause goes on after it, so that its last word can only be a noun.
    fn is_closed(&self, group: &Range<usize>) -> bool {
        let last = group.end - 1;
        let opened = group.start > 0 && self.is(group.start - 1, self.classes().article);
        let parted = group.end >= self.tokens().len()
            || self.is_mark(group.end)
            || self.is(group.end, self.classes().parting);
        let plain = self.tokens()[last].shape == Shape::Small && !self.is_participle(last);
        opened && parted && plain && !self.is_manner(last) && !self.is(last, self.classes().no_noun)
    }

    fn ends_in_noun(&self, group: &Range<usize>) -> bool {
        let last = group.end - 1;
        let numbered = self.tokens()[last].shape == Shape::Number && group.len() > 1;
        let last = if numbered { last - 1 } else { last };
        let within = |class: ClassSet| (group.start..=last).any(|at| at + self.length(at, class) == last + 1);
        let letters = self.is_code(last) || self.source(last).contains(char::is_alphabetic);
        if group.len() > 1 && self.is_letter(last) {
            return true;
        }
        let named = letters && matches!(self.tokens()[last].shape, Shape::Code | Shape::Identifier);
        named || self.classes().nouns.iter().any(|class| within(*class))
    }

    /// Whether a word is no person and no name that might be a person's.
    pub(crate) fn may_be_said(&self, at: usize) -> bool {
        let token = &self.tokens()[at];
        if self.names_person(at) {
            return false;
        }
        match token.shape {
            Shape::Capital => {
                token.classes != ClassSet::default()
                    || self.is(at, self.classes().capital)
                    || self.is_letter(at)
                    || self.in_product(at)
                    || (at == 0 && self.is_participle(at))
            }
            Shape::Code => self.source(at).len() <= MOST_CODE,
            Shape::Mark(_) => false,
            Shape::Number => self.source(at).len() <= MOST_DIGITS,
            _ => self.is(at, self.classes().our) || !self.is(at, self.classes().first_person),
        }
    }

    /// Whether a word is a single letter that tells one thing from another: the B of "controller B".
    fn is_letter(&self, at: usize) -> bool {
        at > 0 && self.tokens()[at].shape == Shape::Capital && self.source(at).len() == 1
    }

    /// Whether a capital word is somebody's first name.
    pub(crate) fn names_person(&self, at: usize) -> bool {
        self.tokens()[at].shape == Shape::Capital
            && self.is(at, self.classes().given_name)
            && !self.in_product(at)
    }

    pub(crate) fn in_product(&self, at: usize) -> bool {
        (at.saturating_sub(3)..=at).any(|from| self.length(from, self.classes().product) > at - from)
    }

    fn opens(&self, at: usize) -> bool {
        self.is(at, self.classes().determiner) || (self.is(at, self.classes().adverb) && !self.is_mark(at))
    }

    /// Whether a noun group ends before `at`.
    pub(crate) fn stops(&self, at: usize) -> bool {
        self.is_mark(at) || self.is(at, self.classes().stop)
    }

    /// Whether a word looks like one that tells how something was done.
    fn is_manner(&self, at: usize) -> bool {
        self.tokens()[at].shape == Shape::Small && self.source(at).ends_with("ly")
    }

    /// Whether a word looks like a participle, which says more of the noun before it.
    pub(crate) fn is_participle(&self, at: usize) -> bool {
        let word = self.tokens()[at].shape.is_plain_word();
        word && (self.source(at).ends_with("ed") || self.source(at).ends_with("ing"))
    }

    fn parts_clauses(&self, at: usize) -> bool {
        self.is_mark(at) || self.is(at, self.classes().clause)
    }

    pub(crate) fn is_word(&self, at: usize, word: &str) -> bool {
        self.source(at).eq_ignore_ascii_case(word)
    }

    /// A group as a question says it, with its article.
    pub(crate) fn said(&self, group: Range<usize>) -> Option<String> {
        let bare = group.len() == 1 && self.is_label(group.start)
            || group.len() > 1 && self.is_letter(group.end - 1)
            || self.tokens()[group.end - 1].shape == Shape::Number;
        let plural = is_plural(self.source(group.end - 1));
        let opened = group.start > 0
            && (self.opens(group.start - 1) || self.is(group.start - 1, self.classes().judging));
        let name = group.clone().all(|at| self.in_product(at));
        let article = !bare && !name && (opened || !plural);
        let text = self.text(group)?;
        Some(if article { format!("{} {text}", self.analysis.lexicon.questions.words.the) } else { text })
    }

    /// Whether a word is itself a name of one thing: code, or letters and digits mixed.
    fn is_label(&self, at: usize) -> bool {
        let digits = self.source(at).contains(|letter: char| letter.is_ascii_digit() || letter == '_');
        self.tokens()[at].shape == Shape::Code || (self.tokens()[at].shape == Shape::Identifier && digits)
    }

    /// The words of a range as the document writes them, when nothing but spaces, hyphens and slashes parts them.
    pub(crate) fn text(&self, range: Range<usize>) -> Option<String> {
        let mut text = String::new();
        for at in range.clone() {
            if at > range.start {
                text.push_str(self.gap(at)?);
            }
            text.push_str(&self.word(at, at == range.start)?);
        }
        Some(text)
    }

    fn gap(&self, at: usize) -> Option<&'r str> {
        let between =
            &self.analysis.document.prose[self.tokens()[at - 1].span().end..self.tokens()[at].span().start];
        match between.trim() {
            "" if between.is_empty() => Some(""),
            "" => Some(" "),
            "-" | "\u{2010}" | "\u{2011}" => Some("-"),
            "/" => Some("/"),
            _ => None,
        }
    }

    fn word(&self, at: usize, first: bool) -> Option<String> {
        let source = self.source(at);
        let token = &self.tokens()[at];
        if token.shape == Shape::Code && self.is_code(at) {
            return code(source);
        }
        if self.is(at, self.classes().our) {
            return Some(self.analysis.lexicon.questions.words.the.clone());
        }
        let plain = !source.contains(['`', '*', '[', ']', '<', '>', '|', '{', '}', '"', '\\']);
        let lower = first && token.shape == Shape::Capital && !self.in_product(at) && at == 0;
        plain.then(|| if lower { source.to_lowercase() } else { source.to_owned() })
    }

    /// Whether a token was written as inline code.
    pub(crate) fn is_code(&self, at: usize) -> bool {
        self.analysis.document.prose.as_bytes()[self.tokens()[at].span().start] == CODE
    }
}

/// A word in lower case; most words are.
pub(crate) fn lower(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) { word.into() } else { word.to_lowercase().into() }
}

/// Inline code between its marks, when it is short and of one line.
pub(crate) fn code(source: &str) -> Option<String> {
    let inner = source.trim_matches('`').trim();
    let fits = !inner.is_empty() && inner.len() <= MOST_CODE && !inner.contains(['\n', '`', '{', '}', '?']);
    fits.then(|| format!("`{inner}`"))
}

/// Tokens of the product named at `at`, where an ordinary word needs a capital.
pub(crate) fn product(words: &Words<'_>, at: usize, classes: ClassSet) -> Option<usize> {
    let length = Some(words.length(at, classes)).filter(|&length| length > 0)?;
    let before = words.tokens()[at].span().start.checked_sub(1);
    let text = words.analysis.document.source.text.as_bytes();
    if before.is_some_and(|at| matches!(text[at], b'#' | b'@' | b'/' | b'.')) {
        return None;
    }
    let proper = words.tokens()[at].shape != Shape::Small;
    (proper || words.length(at, words.classes().ordinary_name) != length).then_some(length)
}

/// True if a noun group looks like several things.
pub(crate) fn is_plural(group: &str) -> bool {
    group.ends_with('s') && !["ss", "us", "is"].iter().any(|end| group.ends_with(end))
}
