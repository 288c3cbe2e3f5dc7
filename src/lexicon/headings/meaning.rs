//! What the words of headings and labels mean.

use crate::lexicon::headings::phrases::Phrases;
use crate::lexicon::headings::words::{Run, Words, within_brackets, without_brackets};
use crate::lexicon::headings::wordset::WordSet;
use crate::lexicon::headings::{Headings, LONGEST_HEADING, Meaning, heading_words};

/// Words of a label that may stand before a known one (`most likely root cause`), that one included.
const LONGEST_LABEL: usize = 4;
/// Words of the longest phrase that is looked up.
const LONGEST_PHRASE: usize = 8;

impl Headings {
    /// The words without article and time zone.
    pub(super) fn core<'w>(&self, words: Run<'w>) -> Run<'w> {
        let core = without_article(words, &self.articles);
        let zones = core.iter().rev().take_while(|word| self.zones.contains(word)).count();
        core.slice(0, (core.len() - zones).max(1))
    }

    /// What a heading names whose core is given.
    pub(super) fn known(&self, text: &str, core: Run<'_>) -> Option<Meaning> {
        self.joined(core).or_else(|| self.around_colon(text)).or_else(|| self.in_brackets(text))
    }

    fn joined(&self, core: Run<'_>) -> Option<Meaning> {
        self.whole(core).or_else(|| self.two(core)).or_else(|| self.part(core))
    }

    fn in_brackets(&self, text: &str) -> Option<Meaning> {
        if !text.contains('(') {
            return None;
        }
        let words = Words::first(&within_brackets(text), LONGEST_HEADING);
        self.joined(self.core(words.all().slice(0, LONGEST_HEADING)))
    }

    /// "Phase 2: root cause": what stands before the colon, or else the whole of what stands after it.
    fn around_colon(&self, text: &str) -> Option<Meaning> {
        let (before, after) = split_once(text, ": ", b':').or_else(|| split_once(text, " - ", b'-'))?;
        let (before, after) = (heading_words(before), Words::new(&without_brackets(after)));
        self.part(self.core(before.all().slice(0, LONGEST_HEADING)))
            .or_else(|| self.whole(self.core(after.all())))
    }

    pub(super) fn whole(&self, words: Run<'_>) -> Option<Meaning> {
        (words.len() <= LONGEST_PHRASE).then(|| self.exact.get(words.text())).flatten()
    }

    /// Two parts joined by "and": both count.
    pub(super) fn two(&self, words: Run<'_>) -> Option<Meaning> {
        if !words.has_and() {
            return None;
        }
        let and = words.iter().position(|word| word == "and")?;
        let first = self.segment(words.slice(0, and))?;
        let mut from = and + 1;
        while from < words.len() {
            let to = (from..words.len()).find(|&at| words.word(at) == "and").unwrap_or(words.len());
            let other = self.segment(words.slice(from, to)).filter(|other| other.role != first.role);
            if let Some(other) = other {
                return Some(Meaning { role: first.role, also: Some(other.role) });
            }
            from = to + 1;
        }
        Some(first)
    }

    fn segment(&self, words: Run<'_>) -> Option<Meaning> {
        if words.is_empty() {
            return None;
        }
        let core = self.core(words);
        self.whole(core).or_else(|| self.part(core))
    }

    fn part(&self, words: Run<'_>) -> Option<Meaning> {
        self.beginning(words).or_else(|| self.ending(words)).or_else(|| self.within(words))
    }

    pub(super) fn beginning(&self, words: Run<'_>) -> Option<Meaning> {
        let first = words.iter().next().filter(|word| self.begins.may_begin(word.as_bytes()));
        first.and_then(|_| {
            lengths(words, &self.begins).find_map(|len| self.begins.get(words.slice(0, len).text()))
        })
    }

    fn ending(&self, words: Run<'_>) -> Option<Meaning> {
        let phrase = |len: usize| words.slice(words.len() - len, words.len()).text();
        let last = words.last_word().filter(|word| self.ends.may_end(word.as_bytes()));
        last.and_then(|_| lengths(words, &self.ends).find_map(|len| self.ends.get(phrase(len))))
    }

    fn within(&self, words: Run<'_>) -> Option<Meaning> {
        if !words.iter().any(|word| self.anywhere.may_begin(word.as_bytes())) {
            return None;
        }
        let phrase = |from: usize, len: usize| words.slice(from, from + len).text();
        lengths(words, &self.anywhere)
            .find_map(|len| (0..=words.len() - len).find_map(|from| self.anywhere.get(phrase(from, len))))
    }

    /// "Most likely root cause", "customer impact".
    pub(super) fn qualified(&self, words: Run<'_>) -> Option<Meaning> {
        let tail = |from| words.slice(from, words.len()).text();
        let known = |from| self.ends.get(tail(from)).or_else(|| self.anywhere.get(tail(from)));
        (words.len() <= LONGEST_LABEL).then(|| (1..words.len()).find_map(known)).flatten()
    }

    /// "Impact on customers", "root cause of the outage".
    pub(super) fn followed(&self, words: Run<'_>) -> Option<Meaning> {
        let join = words.iter().position(|word| self.joins.contains(word))?;
        (join > 0 && words.len() <= 2 * LONGEST_LABEL).then(|| self.whole(words.slice(0, join))).flatten()
    }
}

pub(super) fn without_article<'w>(words: Run<'w>, articles: &WordSet) -> Run<'w> {
    let leading = words.iter().take_while(|word| articles.contains(word)).count();
    words.slice(leading.min(words.len().saturating_sub(1)), words.len())
}

/// How many words a phrase of a list may have that stands in `words`, most first.
fn lengths(words: Run<'_>, phrases: &Phrases) -> impl Iterator<Item = usize> + use<> {
    (1..=words.len().min(LONGEST_PHRASE).min(phrases.longest())).rev()
}

/// The text before and after a mark, one byte of which is looked for first.
fn split_once<'t>(text: &'t str, mark: &str, byte: u8) -> Option<(&'t str, &'t str)> {
    text.as_bytes().contains(&byte).then(|| text.split_once(mark)).flatten()
}
