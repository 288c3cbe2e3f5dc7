//! Interprets the words of headings and labels.

use std::collections::BTreeSet;

use crate::lexicon::headings::folding::{fold, within_brackets, without_brackets};
use crate::lexicon::headings::{Headings, Meaning};

/// Maximum number of words of a heading that are considered.
const LONGEST_HEADING: usize = 16;
/// Maximum number of words in a label with a qualifier before a known name (`most likely root cause`).
const LONGEST_QUALIFIED: usize = 4;
/// Maximum number of words in a label with something after a known name (`root cause of the outage`).
const LONGEST_FOLLOWED: usize = 8;

impl Headings {
    /// Returns the folded words of a heading, without those in brackets.
    pub(super) fn heading_words(&self, text: &str) -> Vec<String> {
        let mut words = fold(&without_brackets(text));
        words.truncate(LONGEST_HEADING);
        self.core(&words).to_vec()
    }

    /// Returns the words without leading articles and trailing time zones. At least one word remains.
    pub(super) fn core<'w>(&self, words: &'w [String]) -> &'w [String] {
        let core = without_article(words, &self.articles);
        let zones = core.iter().rev().take_while(|word| self.clock_words.contains(*word)).count();
        &core[..(core.len() - zones).max(core.len().min(1))]
    }

    /// Returns the meaning of a heading, given its text and its core words.
    pub(super) fn meaning_of(&self, text: &str, core: &[String]) -> Option<Meaning> {
        self.combined(core).or_else(|| self.around_colon(text)).or_else(|| self.in_brackets(text))
    }

    fn combined(&self, core: &[String]) -> Option<Meaning> {
        self.whole(core).or_else(|| self.two_parts(core)).or_else(|| self.part(core))
    }

    fn in_brackets(&self, text: &str) -> Option<Meaning> {
        if !text.contains('(') {
            return None;
        }
        self.combined(&self.heading_words(&within_brackets(text)))
    }

    /// Interprets a heading with a colon, such as "Phase 2: root cause": any part of the text before the colon, or else
    /// the whole text after it.
    fn around_colon(&self, text: &str) -> Option<Meaning> {
        let (before, after) = text.split_once(": ").or_else(|| text.split_once(" - "))?;
        self.part(&self.heading_words(before)).or_else(|| self.whole(&self.heading_words(after)))
    }

    /// Returns the meaning of exactly these words.
    pub(super) fn whole(&self, words: &[String]) -> Option<Meaning> {
        self.exact.get(&words.join(" "))
    }

    /// Interprets two parts joined by "and"; both count.
    pub(super) fn two_parts(&self, words: &[String]) -> Option<Meaning> {
        let mut parts = words.split(|word| word == "and");
        let first = self.one_part(parts.next()?)?;
        let mut others = parts.peekable();
        others.peek()?;
        let other = others.filter_map(|part| self.one_part(part)).find(|other| other.role != first.role);
        Some(other.map_or(first, |other| Meaning { role: first.role, also: Some(other.role) }))
    }

    fn one_part(&self, words: &[String]) -> Option<Meaning> {
        if words.is_empty() {
            return None;
        }
        let core = self.core(words);
        self.whole(core).or_else(|| self.part(core))
    }

    fn part(&self, words: &[String]) -> Option<Meaning> {
        let text = words.join(" ");
        self.begins
            .at_start(&text)
            .or_else(|| self.ends.at_end(&text))
            .or_else(|| self.anywhere.within(&text))
    }

    /// Interprets a name with a qualifier: "Most likely root cause", "customer impact".
    pub(super) fn qualified(&self, words: &[String]) -> Option<Meaning> {
        if words.len() > LONGEST_QUALIFIED {
            return None;
        }
        (1..words.len()).find_map(|from| {
            let tail = words[from..].join(" ");
            self.ends.get(&tail).or_else(|| self.anywhere.get(&tail))
        })
    }

    /// Interprets a name followed by other words: "Impact on customers", "root cause of the outage".
    pub(super) fn followed(&self, words: &[String]) -> Option<Meaning> {
        let join = words.iter().position(|word| self.joins.contains(word))?;
        if join == 0 || words.len() > LONGEST_FOLLOWED {
            return None;
        }
        self.whole(&words[..join])
    }
}

/// Returns the words without leading articles. At least one word remains.
pub(super) fn without_article<'w>(words: &'w [String], articles: &BTreeSet<String>) -> &'w [String] {
    let leading = words.iter().take_while(|word| articles.contains(*word)).count();
    &words[leading.min(words.len().saturating_sub(1))..]
}
