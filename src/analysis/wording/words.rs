//! The tokens of one sentence, and what kind of word each is.

use std::ops::Range;

use crate::analysis::sentences::Analysis;
use crate::document::plain_text::PlainText;
use crate::lexicon::word_classes::WordClasses;
use crate::model::{CODE, SentenceId, Span};
use crate::text::tokens::{Shape, Token};
use crate::text::vocabulary::ClassSet;

/// Maximum number of words before the last one in a product's name.
const MOST_OF_PRODUCT: usize = 3;

/// One sentence as a list of tokens, identified by their indices from 0.
#[derive(Clone, Copy)]
pub(crate) struct SentenceWords<'r> {
    /// The analysis of the document that contains it.
    pub(crate) analysis: &'r Analysis<'r>,
    /// Its id.
    pub(crate) sentence: SentenceId,
}

impl<'r> SentenceWords<'r> {
    /// Creates the words of one sentence.
    pub(crate) const fn new(analysis: &'r Analysis<'r>, sentence: SentenceId) -> Self {
        Self { analysis, sentence }
    }

    /// Returns the words of every sentence, in document order.
    pub(crate) fn all(analysis: &'r Analysis<'r>) -> impl Iterator<Item = Self> {
        analysis.ids().map(move |sentence| Self::new(analysis, sentence))
    }

    /// Returns the word classes that the analysis uses by name.
    pub(crate) const fn classes(&self) -> &'r WordClasses {
        &self.analysis.lexicon.classes
    }

    pub(crate) fn tokens(&self) -> &'r [Token] {
        &self.analysis.matches(self.sentence).tokens.all
    }

    /// Returns the number of tokens.
    pub(crate) fn len(&self) -> usize {
        self.tokens().len()
    }

    /// Returns the tokens within a span.
    pub(crate) fn tokens_within(&self, span: Span) -> Range<usize> {
        let tokens = self.tokens();
        let start = tokens.iter().position(|token| token.span().start >= span.start).unwrap_or(0);
        let end = tokens.iter().rposition(|token| token.span().end <= span.end).map_or(start, |at| at + 1);
        start..end.max(start)
    }

    /// Returns a token as its readers see it.
    pub(crate) fn source(&self, at: usize) -> &'r str {
        let (document, span) = (self.analysis.document, self.tokens()[at].span());
        if self.is_code(at) { span.of(&document.source.text) } else { span.of(&document.prose) }
    }

    /// Returns the source from the first to the last token of a range.
    pub(crate) fn source_of(&self, range: Range<usize>) -> &'r str {
        self.analysis.document.source_of(self.span(range))
    }

    /// Returns the text from the first to the last token of a range, as its readers see it.
    pub(crate) fn plain(&self, range: Range<usize>) -> String {
        PlainText::new(self.analysis.document, self.span(range)).text
    }

    /// Returns the span from the first to the last token of a range.
    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        self.analysis.matches(self.sentence).tokens.span(range)
    }

    /// True if a word or phrase of one of the classes begins at `at`.
    pub(crate) fn is(&self, at: usize, classes: ClassSet) -> bool {
        self.length(at, classes) > 0
    }

    /// Returns the number of tokens of the longest phrase of the classes at `at`.
    pub(crate) fn length(&self, at: usize, classes: ClassSet) -> usize {
        let tokens = &self.analysis.matches(self.sentence).tokens;
        if tokens.held.meets(classes) { tokens.lengths(at, classes).next().unwrap_or(0) } else { 0 }
    }

    /// True if a word or phrase of one of the classes occurs anywhere in the sentence.
    pub(crate) fn holds(&self, classes: ClassSet) -> bool {
        self.analysis.matches(self.sentence).tokens.held.meets(classes)
    }

    /// True if a token is this word, ignoring case.
    pub(crate) fn is_word(&self, at: usize, word: &str) -> bool {
        self.source(at).eq_ignore_ascii_case(word)
    }

    pub(crate) fn is_mark(&self, at: usize) -> bool {
        matches!(self.tokens()[at].shape, Shape::Mark(_))
    }

    /// True if a token was written as inline code.
    pub(crate) fn is_code(&self, at: usize) -> bool {
        self.analysis.document.prose.as_bytes()[self.tokens()[at].span().start] == CODE
    }

    /// True if a word ends like a participle.
    pub(crate) fn is_participle(&self, at: usize) -> bool {
        self.tokens()[at].shape.is_plain_word() && (self.source(at).ends_with("ed") || self.is_gerund(at))
    }

    /// True if a word ends like a gerund or a present participle.
    pub(crate) fn is_gerund(&self, at: usize) -> bool {
        self.source(at).ends_with("ing")
    }

    /// True if a word is a single letter that distinguishes things of one kind: the B in "controller B".
    pub(crate) fn is_letter(&self, at: usize) -> bool {
        at > 0 && self.tokens()[at].shape == Shape::Capital && self.source(at).len() == 1
    }

    /// True if a word is a person's first name with a capital, or a handle: `@jane`.
    pub(crate) fn names_person(&self, at: usize) -> bool {
        let before = &self.analysis.document.prose[..self.tokens()[at].span().start];
        let capital = self.tokens()[at].shape == Shape::Capital;
        before.ends_with('@') || capital && self.is(at, self.classes().given_name) && !self.in_product(at)
    }

    /// True if a capitalised word is in the lexicon, and so cannot be an unknown name.
    pub(crate) fn is_known_capital(&self, at: usize) -> bool {
        self.tokens()[at].classes != ClassSet::EMPTY
            || self.is(at, self.classes().capital)
            || self.is_letter(at)
            || self.in_product(at)
            || (at == 0 && self.is_participle(at))
    }

    /// True if a noun group ends before `at`.
    pub(crate) fn stops(&self, at: usize) -> bool {
        self.is_mark(at) || self.is(at, self.classes().stop) && !self.is_possessive(at)
    }

    /// True if an `'s` at `at` joins an owner and a thing: "the bank's data".
    fn is_possessive(&self, at: usize) -> bool {
        at > 0
            && self.is(at, self.classes().possessive)
            && at + 1 < self.len()
            && self.tokens()[at + 1].shape.is_plain_word()
            && !self.is(at + 1, self.classes().stop)
            && !self.is_participle(at + 1)
    }

    /// True if a word is part of a product's name.
    pub(crate) fn in_product(&self, at: usize) -> bool {
        let first = at.saturating_sub(MOST_OF_PRODUCT);
        (first..=at).any(|from| self.length(from, self.classes().product) > at - from)
    }

    /// Returns the number of tokens of the product named at `at`. A product that is also an ordinary word needs a
    /// capital.
    pub(crate) fn product(&self, at: usize, classes: ClassSet) -> Option<usize> {
        let length = self.length(at, classes);
        if length == 0 || self.follows_mark_of_path(at) {
            return None;
        }
        let proper = self.tokens()[at].shape != Shape::Small;
        (proper || self.length(at, self.classes().ordinary_name) != length).then_some(length)
    }

    /// True if the marker of a tag, a mention or a path comes directly before a token.
    fn follows_mark_of_path(&self, at: usize) -> bool {
        let before = self.tokens()[at].span().start.checked_sub(1);
        let text = self.analysis.document.prose.as_bytes();
        before.is_some_and(|at| matches!(text[at], b'#' | b'@' | b'/' | b'.'))
    }
}
