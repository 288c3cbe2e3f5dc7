//! Assigns numbers to words in the order in which they are added.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// Words and their numbers, from 0.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Vec<String>", into = "Vec<String>")]
pub struct StringInterner {
    numbers: HashMap<String, u32>,
}

impl StringInterner {
    /// Returns the number of a word, if it has been added.
    pub fn get(&self, word: &str) -> Option<u32> {
        self.numbers.get(word).copied()
    }

    /// Returns the number of a word, and adds the word if it is new.
    pub fn intern(&mut self, word: &str) -> u32 {
        if let Some(number) = self.get(word) {
            return number;
        }
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        self.numbers.insert(word.to_owned(), next);
        next
    }
}

impl From<Vec<String>> for StringInterner {
    fn from(words: Vec<String>) -> Self {
        Self { numbers: words.into_iter().zip(0..).collect() }
    }
}

impl From<StringInterner> for Vec<String> {
    fn from(interner: StringInterner) -> Self {
        let mut words: Vec<(String, u32)> = interner.numbers.into_iter().collect();
        words.sort_unstable_by_key(|(_, number)| *number);
        words.into_iter().map(|(word, _)| word).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::StringInterner;

    #[test]
    fn words_keep_their_numbers() {
        let mut interner = StringInterner::default();
        assert_eq!(interner.get("b"), None);
        assert_eq!(["b", "a", "b"].map(|word| interner.intern(word)), [0, 1, 0]);
        let words = Vec::from(interner);
        assert_eq!(words, ["b", "a"]);
        assert_eq!(StringInterner::from(words).get("a"), Some(1));
    }
}
