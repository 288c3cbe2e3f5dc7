//! Finds whole-word phrases in folded text.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use serde::{Deserialize, Serialize};

/// Phrases and their meanings. If several match, the longest wins.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(from = "BTreeMap<String, T>", into = "BTreeMap<String, T>")]
#[serde(bound(serialize = "T: Clone + Serialize", deserialize = "T: Deserialize<'de>"))]
pub(super) struct Phrases<T> {
    meanings: BTreeMap<String, T>,
    /// Contains all phrases; built on first use, because building takes longer than most runs need it.
    automaton: OnceLock<AhoCorasick>,
}

/// A phrase found in a text.
struct Occurrence<T> {
    meaning: T,
    len: usize,
    at_start: bool,
    at_end: bool,
}

impl<T: Copy> Phrases<T> {
    /// Returns the meaning of exactly this phrase.
    pub(super) fn get(&self, phrase: &str) -> Option<T> {
        self.meanings.get(phrase).copied()
    }

    /// Returns the meaning of the longest phrase at the start of `text`.
    pub(super) fn at_start(&self, text: &str) -> Option<T> {
        self.longest(text, |found| found.at_start)
    }

    /// Returns the meaning of the longest phrase at the end of `text`.
    pub(super) fn at_end(&self, text: &str) -> Option<T> {
        self.longest(text, |found| found.at_end)
    }

    /// Returns the meaning of the longest phrase anywhere in `text`; among equally long ones, the first.
    pub(super) fn within(&self, text: &str) -> Option<T> {
        self.longest(text, |_| true)
    }

    /// Adds a phrase unless it already has a meaning.
    pub(super) fn add(&mut self, phrase: String, meaning: T) {
        self.meanings.entry(phrase).or_insert(meaning);
        self.automaton = OnceLock::new();
    }

    /// Sets the meaning of a phrase, replacing any earlier one.
    pub(super) fn insert(&mut self, phrase: String, meaning: T) {
        self.meanings.insert(phrase, meaning);
        self.automaton = OnceLock::new();
    }

    /// Adds all phrases of `other`, whose meanings override existing ones.
    pub(super) fn extend(&mut self, other: Self) {
        self.meanings.extend(other.meanings);
        self.automaton = OnceLock::new();
    }

    fn longest(&self, text: &str, fits: impl Fn(&Occurrence<T>) -> bool) -> Option<T> {
        let mut longest: Option<Occurrence<T>> = None;
        for found in self.occurrences(text).into_iter().filter(fits) {
            if longest.as_ref().is_none_or(|longest| longest.len < found.len) {
                longest = Some(found);
            }
        }
        longest.map(|found| found.meaning)
    }

    /// Returns every phrase in `text`, ordered by its end.
    fn occurrences(&self, text: &str) -> Vec<Occurrence<T>> {
        let padded = pad(text);
        let found = self.automaton().find_overlapping_iter(&padded);
        found.filter_map(|found| self.occurrence(&padded, found.range())).collect()
    }

    fn occurrence(&self, padded: &str, range: Range<usize>) -> Option<Occurrence<T>> {
        let meaning = self.get(padded[range.clone()].trim_matches(' '))?;
        let (at_start, at_end) = (range.start == 0, range.end == padded.len());
        Some(Occurrence { meaning, len: range.len(), at_start, at_end })
    }

    fn automaton(&self) -> &AhoCorasick {
        self.automaton.get_or_init(|| {
            let phrases = self.meanings.keys().map(|phrase| pad(phrase));
            // The kind of automaton that is fastest to build, since most runs read one file.
            let mut builder = AhoCorasick::builder();
            builder.kind(Some(AhoCorasickKind::NoncontiguousNFA));
            builder.build(phrases).expect("a lexicon is far smaller than an automaton may be")
        })
    }
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self::from(BTreeMap::new())
    }
}

impl<T> From<BTreeMap<String, T>> for Phrases<T> {
    fn from(meanings: BTreeMap<String, T>) -> Self {
        Self { meanings, automaton: OnceLock::new() }
    }
}

impl<T> From<Phrases<T>> for BTreeMap<String, T> {
    fn from(phrases: Phrases<T>) -> Self {
        phrases.meanings
    }
}

/// Adds a space on either side, so that only whole words match.
fn pad(text: &str) -> String {
    format!(" {text} ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases() -> Phrases<u8> {
        let all = [("root cause", 1), ("cause", 2), ("root", 3), ("cause of", 4)];
        Phrases::from(BTreeMap::from(all.map(|(phrase, meaning)| (phrase.to_owned(), meaning))))
    }

    #[test]
    fn the_longest_phrase_wins() {
        assert_eq!(phrases().at_start("root cause"), Some(1));
        assert_eq!(phrases().at_end("the root cause"), Some(1));
        assert_eq!(phrases().within("a root cause of it"), Some(1));
        assert_eq!(phrases().within("a root and a cause"), Some(2));
    }

    #[test]
    fn phrases_are_whole_words() {
        assert_eq!(phrases().within("because roots"), None);
        assert_eq!(phrases().at_start("the cause"), None);
        assert_eq!(phrases().at_end("cause it"), None);
        assert_eq!(phrases().at_start(""), None);
    }
}
