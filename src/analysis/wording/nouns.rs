//! Noun groups of a sentence that a question can repeat: short, complete, and without a person's name.

use std::ops::Range;

use crate::analysis::wording::words::SentenceWords;
use crate::document::BlockKind;
use crate::text::tokens::Shape;
use crate::text::vocabulary::ClassSet;

/// Maximum number of words in a noun group in a question.
const MOST_WORDS: usize = 6;

/// Maximum length in bytes of inline code in a question.
const MOST_CODE: usize = 40;

/// Maximum number of digits of a number in a question.
const MOST_DIGITS: usize = 5;

impl<'r> SentenceWords<'r> {
    /// Returns the noun group that begins at `at` and ends where its clause continues.
    pub(crate) fn group(&self, at: usize) -> Option<Range<usize>> {
        let start = (at..self.len()).find(|&at| !self.opens(at))?;
        let end = self.end_of_group(start);
        if self.is_apostrophe(end) {
            return None;
        }
        if let Some(group) = self.whole(start..end) {
            return Some(group);
        }
        let ends =
            |&at: &usize| self.is_participle(at) || self.is_manner(at) || self.is(at, self.classes().no_noun);
        let verb = (start + 1..end).find(ends)?;
        self.whole(start..verb)
    }

    /// Returns the noun group that fills the whole range between two places.
    pub(crate) fn group_between(&self, from: usize, to: usize) -> Option<Range<usize>> {
        let start = (from..to).find(|&at| !self.opens(at))?;
        if (start..to).any(|at| self.stops(at)) {
            return None;
        }
        self.whole(start..to)
    }

    /// Returns the noun group that ends before `end` and begins where its clause begins.
    pub(crate) fn group_before(&self, end: usize) -> Option<Range<usize>> {
        let end = self.before_brackets(end);
        let clause = (0..end).rev().find(|&at| self.begins_clause(at)).map_or(0, |at| at + 1);
        if clause > 0 && self.closes_bracket(clause - 1) {
            return None;
        }
        let start = self.after_openers(clause..end)?;
        let Some(stop) = (start..end).find(|&at| self.stops(at)) else {
            // What comes right before the verb of a passive clause is a noun, whether the lexicon knows it or not.
            return self.whole(start..end).or_else(|| self.plain_group(start..end));
        };
        if let Some(group) = self.group_across_of(start, stop, end) {
            return Some(group);
        }
        let light = self.is(stop.saturating_sub(1), self.classes().light);
        if light || !self.is(stop, self.classes().preposition) {
            return None;
        }
        self.whole(start..stop)
    }

    /// Returns the first word of a range after articles and the like, and after "all of the".
    fn after_openers(&self, range: Range<usize>) -> Option<usize> {
        let after = |from: usize| (from..range.end).find(|&at| !self.opens(at));
        let start = after(range.start)?;
        let is_part = start > range.start && self.is_word(start, &self.analysis.lexicon.questions.words.of);
        if is_part { after(start + 1) } else { Some(start) }
    }

    /// Returns the noun group that continues after the "of" at `of`, up to `end`: "the owner of the cluster".
    fn group_across_of(&self, start: usize, of: usize, end: usize) -> Option<Range<usize>> {
        if !self.is_word(of, &self.analysis.lexicon.questions.words.of) {
            return None;
        }
        let inner = self.group(of + 1)?;
        if inner.end > end || inner.end - start > MOST_WORDS + 2 {
            return None;
        }
        self.whole(start..inner.end)
    }

    /// Returns a group that is the whole subject of its clause, if its last word may be a noun.
    fn plain_group(&self, range: Range<usize>) -> Option<Range<usize>> {
        let start = range.clone().find(|&at| !self.is(at, self.classes().judging))?;
        let last = range.end - 1;
        let plain = self.tokens()[last].shape == Shape::Small && self.source(last).len() > 2;
        let noun = plain && !self.is_manner(last) && !self.is(last, self.classes().no_noun);
        let fits = (1..=MOST_WORDS).contains(&(range.end - start));
        (fits && noun && (start..range.end).all(|at| self.may_be_said(at))).then_some(start..range.end)
    }

    fn closes_bracket(&self, at: usize) -> bool {
        matches!(self.tokens()[at].shape, Shape::Mark(')' | ']'))
    }

    /// True if an apostrophe at `at` makes the words before it a possessive: "the users' data".
    fn is_apostrophe(&self, at: usize) -> bool {
        at < self.len() && matches!(self.tokens()[at].shape, Shape::Mark('\''))
    }

    /// Returns the start of a remark in brackets before `end`, or else `end`.
    fn before_brackets(&self, end: usize) -> usize {
        let is = |at: usize, mark: char| self.tokens()[at].shape == Shape::Mark(mark);
        if end == 0 || !is(end - 1, ')') {
            return end;
        }
        (0..end).rev().find(|&at| is(at, '(')).filter(|&at| at > 0).unwrap_or(end)
    }

    /// Returns the noun group whose last word is the phrase of `length` tokens at `at`.
    pub(crate) fn group_around(&self, at: usize, length: usize) -> Option<Range<usize>> {
        let start = (0..at).rev().find(|&at| self.stops(at)).map_or(0, |at| at + 1);
        let end = at + length;
        let ends = end >= self.len() || self.stops(end) || self.is_participle(end);
        let subject = start == 0 && end < self.len() && self.is(end, self.classes().auxiliary);
        let opened = subject || (start > 0 && self.is(start - 1, self.classes().determiner));
        if !ends || !opened {
            return None;
        }
        self.whole(start..end)
    }

    /// Returns the noun group whose head is a word of the class, in the form used in a question.
    pub(crate) fn headed(&self, class: ClassSet) -> Option<String> {
        if !self.holds(class) {
            return None;
        }
        (0..self.len()).find_map(|at| self.headed_at(at, class))
    }

    /// Returns the same for the word at `at`.
    pub(crate) fn headed_at(&self, at: usize, class: ClassSet) -> Option<String> {
        let length = self.length(at, class);
        if length == 0 {
            return None;
        }
        self.say(self.group_around(at, length)?)
    }

    /// Returns a group without judgemental words at the start, if a question can repeat it.
    fn whole(&self, range: Range<usize>) -> Option<Range<usize>> {
        let start = range.clone().find(|&at| !self.is(at, self.classes().judging))?;
        let group = start..range.end;
        let fits = (1..=MOST_WORDS).contains(&group.len());
        let noun = self.ends_in_noun(&group) || self.is_closed(&group);
        (fits && noun && group.clone().all(|at| self.may_be_said(at))).then_some(group)
    }

    /// True if a group begins with an article and its clause continues after it, so that its last word must be a noun.
    fn is_closed(&self, group: &Range<usize>) -> bool {
        let last = group.end - 1;
        let opened = group.start > 0 && self.is(group.start - 1, self.classes().article);
        let parted =
            group.end >= self.len() || self.is_mark(group.end) || self.is(group.end, self.classes().parting);
        let plain = self.tokens()[last].shape == Shape::Small && !self.is_participle(last);
        opened && parted && plain && !self.is_manner(last) && !self.is(last, self.classes().no_noun)
    }

    /// True if a group ends with a word that is known as a noun.
    pub(crate) fn is_closed_by_noun(&self, group: &Range<usize>) -> bool {
        self.classes().nouns.iter().any(|&class| self.ends_with(group.start, group.end - 1, class))
    }

    fn ends_in_noun(&self, group: &Range<usize>) -> bool {
        let last = group.end - 1;
        let numbered = self.tokens()[last].shape == Shape::Number && group.len() > 1;
        let last = if numbered { last - 1 } else { last };
        if group.len() > 1 && self.is_letter(last) {
            return true;
        }
        let letters = self.is_code(last) || self.source(last).contains(char::is_alphabetic);
        let named = letters && matches!(self.tokens()[last].shape, Shape::Code | Shape::Identifier);
        named || self.classes().nouns.iter().any(|&class| self.ends_with(group.start, last, class))
    }

    /// True if a phrase of the class ends at `last`.
    fn ends_with(&self, start: usize, last: usize, class: ClassSet) -> bool {
        (start..=last).any(|at| at + self.length(at, class) == last + 1)
    }

    /// True if a word is neither a person nor a possible name of a person.
    pub(crate) fn may_be_said(&self, at: usize) -> bool {
        if self.names_person(at) {
            return false;
        }
        match self.tokens()[at].shape {
            Shape::Capital => self.is_known_capital(at),
            Shape::Code => self.source(at).len() <= MOST_CODE,
            Shape::Mark(_) => false,
            Shape::Number => self.source(at).len() <= MOST_DIGITS,
            _ => self.is(at, self.classes().our) || !self.is(at, self.classes().first_person),
        }
    }

    /// True if a capitalised word is in the lexicon, and so cannot be an unknown name.
    fn is_known_capital(&self, at: usize) -> bool {
        self.tokens()[at].classes != ClassSet::EMPTY
            || self.is(at, self.classes().capital)
            || self.is_letter(at)
            || self.in_product(at)
            || (at == 0 && self.is_participle(at))
    }

    /// True if a word may come before a noun group without being part of it.
    fn opens(&self, at: usize) -> bool {
        self.is(at, self.classes().determiner) || (self.is(at, self.classes().adverb) && !self.is_mark(at))
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

    /// Returns the end of the noun group that begins at `start`.
    pub(crate) fn end_of_group(&self, start: usize) -> usize {
        (start..self.len()).find(|&at| self.stops(at)).unwrap_or(self.len())
    }

    fn begins_clause(&self, at: usize) -> bool {
        self.is_mark(at) || self.is(at, self.classes().clause)
    }

    /// Returns a group in the form used in a question, with its article.
    pub(crate) fn say(&self, group: Range<usize>) -> Option<String> {
        if group.start > 0 && self.gap(group.start) == Some("-") {
            return None;
        }
        let text = self.text(group.clone())?;
        if !self.needs_article(&group) {
            return Some(text);
        }
        Some(format!("{} {text}", self.analysis.lexicon.questions.words.the))
    }

    fn needs_article(&self, group: &Range<usize>) -> bool {
        let last = group.end - 1;
        let bare = group.len() == 1 && self.is_label(group.start)
            || group.len() > 1 && self.is_letter(last)
            || self.tokens()[last].shape == Shape::Number;
        let name = group.clone().all(|at| self.in_product(at));
        let before = group.start.checked_sub(1);
        let opened = before.is_some_and(|at| self.opens(at) || self.is(at, self.classes().judging));
        !bare && !name && (opened || !is_plural(self.source(last)))
    }

    /// Returns the words of a range as written in the document, if they are separated only by spaces, hyphens and
    /// slashes.
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

    /// Returns the text between a token and the one before it.
    pub(crate) fn gap(&self, at: usize) -> Option<&'r str> {
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

    /// True if an ordinary word of a heading has a capital.
    fn is_in_title_case(&self, at: usize) -> bool {
        let heading = self.analysis.block(self.sentence).kind == BlockKind::Heading;
        heading && self.tokens()[at].classes != ClassSet::EMPTY && self.source(at).len() > 1
    }

    /// Returns a word in the form used in a question; `first` is true for the first word of a group.
    fn word(&self, at: usize, first: bool) -> Option<String> {
        let source = self.source(at);
        let shape = self.tokens()[at].shape;
        if shape == Shape::Code && self.is_code(at) {
            return code(source);
        }
        if self.is(at, self.classes().our) {
            return Some(self.analysis.lexicon.questions.words.the.clone());
        }
        if source.contains(['`', '*', '[', ']', '<', '>', '|', '{', '}', '"', '\\']) {
            return None;
        }
        let opens_sentence = first && at == 0 || self.is_in_title_case(at);
        Some(if opens_sentence && shape == Shape::Capital && !self.in_product(at) {
            source.to_lowercase()
        } else {
            source.to_owned()
        })
    }
}

/// Returns inline code without its backticks, if it is short and on one line.
pub(crate) fn code(source: &str) -> Option<String> {
    let inner = source.trim_matches('`').trim();
    let fits = !inner.is_empty() && inner.len() <= MOST_CODE && !inner.contains(['\n', '`', '{', '}', '?']);
    fits.then(|| format!("`{inner}`"))
}

/// True if a noun group looks like a plural.
pub(crate) fn is_plural(group: &str) -> bool {
    group.ends_with('s') && !["ss", "us", "is"].iter().any(|end| group.ends_with(end))
}
