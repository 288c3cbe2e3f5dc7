//! Phrases and what they mean.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Meaning;

/// Phrases by their length in bytes: of all words of a document that are looked up, most are as long as no phrase or as few.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Phrases(Vec<BTreeMap<String, Meaning>>);

impl Phrases {
    /// What a phrase means.
    pub(super) fn get(&self, phrase: &str) -> Option<Meaning> {
        self.0.get(phrase.len())?.get(phrase).copied()
    }

    /// Adds a phrase, unless it means something already.
    pub(super) fn add(&mut self, phrase: &str, meaning: Meaning) {
        if self.get(phrase).is_none() {
            self.insert(phrase.to_owned(), meaning);
        }
    }

    /// Sets what a phrase means.
    pub(super) fn insert(&mut self, phrase: String, meaning: Meaning) {
        if self.0.len() <= phrase.len() {
            self.0.resize(phrase.len() + 1, BTreeMap::new());
        }
        self.0[phrase.len()].insert(phrase, meaning);
    }

    /// Sets what all these phrases mean.
    pub(super) fn extend(&mut self, others: Self) {
        for (phrase, meaning) in others.0.into_iter().flatten() {
            self.insert(phrase, meaning);
        }
    }
}
