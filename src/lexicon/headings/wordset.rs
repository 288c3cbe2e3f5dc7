//! Sets of words.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::lexicon::headings::marks::Marks;
use crate::lexicon::headings::words::Words;

/// A set of words or phrases.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct WordSet {
    marks: Marks,
    words: BTreeSet<String>,
}

impl WordSet {
    /// Of phrases, folded.
    pub(super) fn folded(texts: &[String]) -> Self {
        texts.iter().map(|text| Words::new(text).all().text().to_owned()).collect()
    }

    /// Whether it holds a word.
    pub(super) fn contains(&self, word: &str) -> bool {
        self.marks.may_hold(word.as_bytes()) && self.words.contains(word)
    }
}

impl FromIterator<String> for WordSet {
    fn from_iter<T: IntoIterator<Item = String>>(texts: T) -> Self {
        let mut set = Self { words: texts.into_iter().collect(), ..Self::default() };
        set.words.iter().for_each(|word| set.marks.add(word.as_bytes()));
        set
    }
}
