//! Words numbered in the order in which they come, found again by a flat table: it is read from the packed lexicon as
//! it stands, with nothing to build.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::text::table;

/// Numbered words.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct StringInterner {
    /// All words, one after the other.
    text: String,
    /// By number: one past the word's last byte in `text`.
    #[serde(with = "table")]
    ends: Vec<u32>,
    /// Hash table: at the hash of a word, or in the next free slot after it, its number plus one; 0 where none is.
    /// The length is a power of two, and more than half of it is free.
    #[serde(with = "table")]
    slots: Vec<u32>,
}

/// Slots of a table that holds a first word.
const FEWEST: usize = 64;

impl StringInterner {
    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The number of a word.
    pub fn get(&self, word: &str) -> Option<usize> {
        self.find(word.bytes().fold(Hash::EMPTY, Hash::with), |known| known == word.as_bytes())
    }

    /// The number of the word with this hash that `is` it.
    pub fn find(&self, hash: Hash, is: impl Fn(&[u8]) -> bool) -> Option<usize> {
        let mut at = self.home(hash)?;
        loop {
            let number = self.slots[at].checked_sub(1)? as usize;
            if is(&self.text.as_bytes()[self.place_of(number)]) {
                return Some(number);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// Gives a word that is not there yet the next number.
    pub fn add(&mut self, word: &str) {
        self.text.push_str(word);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        if self.ends.len() * 2 >= self.slots.len() {
            self.slots = vec![0; FEWEST.max(self.slots.len() * 2)];
            (0..self.len()).for_each(|number| self.place(number));
        } else {
            self.place(self.len() - 1);
        }
    }

    fn place(&mut self, number: usize) {
        let hash = self.word(number).bytes().fold(Hash::EMPTY, Hash::with);
        let Some(mut at) = self.home(hash) else { return };
        while self.slots[at] != 0 {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = u32::try_from(number + 1).unwrap_or(0);
    }

    /// The word of a number below [`StringInterner::len`].
    pub fn word(&self, number: usize) -> &str {
        &self.text[self.place_of(number)]
    }

    fn place_of(&self, number: usize) -> Range<usize> {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        start..self.ends[number] as usize
    }

    /// The slot where a word belongs, if there are any.
    fn home(&self, hash: Hash) -> Option<usize> {
        let last = self.slots.len().checked_sub(1)?;
        Some(hash.stirred() & last)
    }
}

/// FNV-1a of the bytes of a word, one after the other. Only words of a lexicon are in the table, so no document can make
/// it slow.
#[derive(Clone, Copy, Debug)]
pub struct Hash(u64);

impl Hash {
    /// That of no byte.
    pub const EMPTY: Self = Self(0xcbf2_9ce4_8422_2325);

    /// With one byte more.
    #[must_use]
    pub const fn with(self, byte: u8) -> Self {
        Self((self.0 ^ byte as u64).wrapping_mul(0x0100_0000_01b3))
    }

    /// Its upper half after a last stir, so that it depends on every byte.
    fn stirred(self) -> usize {
        usize::try_from(self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::StringInterner;

    #[test]
    fn words_are_found_by_their_numbers() {
        let mut names = StringInterner::default();
        assert_eq!(names.get("word0"), None);
        let words: Vec<String> = (0..1_000).map(|number| format!("word{number}")).collect();
        for word in &words {
            names.add(word);
        }
        for (number, word) in words.iter().enumerate() {
            assert_eq!(names.get(word), Some(number), "{word}");
        }
        assert_eq!(names.get("word"), None);
        assert_eq!(names.get(""), None);
    }
}
