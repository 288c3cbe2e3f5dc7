//! Phrases and what they mean.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::lexicon::headings::Meaning;
use crate::lexicon::headings::marks::Marks;

/// Phrases by their length in bytes: of all words of a document that are looked up, most are as long as no phrase or as few.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Phrases {
    marks: Marks,
    first_words: Marks,
    last_words: Marks,
    /// Words of the longest.
    longest: usize,
    by_length: Vec<BTreeMap<String, Meaning>>,
}

impl Phrases {
    /// What a phrase means.
    pub(super) fn get(&self, phrase: &str) -> Option<Meaning> {
        self.marks
            .may_hold(phrase.as_bytes())
            .then(|| self.by_length.get(phrase.len())?.get(phrase).copied())
            .flatten()
    }

    /// Words of the longest phrase.
    pub(super) fn longest(&self) -> usize {
        self.longest
    }

    /// Whether a phrase may begin with a word.
    pub(super) fn may_begin(&self, word: &[u8]) -> bool {
        self.first_words.may_hold(word)
    }

    /// Whether a phrase may end with a word.
    pub(super) fn may_end(&self, word: &[u8]) -> bool {
        self.last_words.may_hold(word)
    }

    /// Adds a phrase, unless it means something already.
    pub(super) fn add(&mut self, phrase: &str, meaning: Meaning) {
        if self.get(phrase).is_none() {
            self.insert(phrase.to_owned(), meaning);
        }
    }

    /// Sets what a phrase means.
    pub(super) fn insert(&mut self, phrase: String, meaning: Meaning) {
        if self.by_length.len() <= phrase.len() {
            self.by_length.resize(phrase.len() + 1, BTreeMap::new());
        }
        self.marks.add(phrase.as_bytes());
        phrase.split(' ').next().into_iter().for_each(|word| self.first_words.add(word.as_bytes()));
        phrase.rsplit(' ').next().into_iter().for_each(|word| self.last_words.add(word.as_bytes()));
        self.longest = self.longest.max(phrase.split(' ').count());
        self.by_length[phrase.len()].insert(phrase, meaning);
    }

    /// Sets what all these phrases mean.
    pub(super) fn extend(&mut self, others: Self) {
        for (phrase, meaning) in others.by_length.into_iter().flatten() {
            self.insert(phrase, meaning);
        }
    }
}
