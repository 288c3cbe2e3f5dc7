//! Words with which a sentence or a block may begin.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::marks::Marks;
use super::words::{Room, Run, Words, fold_letters, letters, plain_first};

/// Bytes of a sentence in which its opening words are looked for.
const OPENING: usize = 100;
/// Words of the longest opening.
const LONGEST_OPENING: usize = 8;

/// Phrases that a sentence may begin with.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Openers {
    /// The first words.
    marks: Marks,
    /// Phrases by their first word.
    phrases: BTreeMap<String, Vec<String>>,
}

impl Openers {
    /// From the texts of the lexicon.
    pub(super) fn new(texts: &[String]) -> Self {
        let mut openers = Self::default();
        for text in texts {
            let words = Words::new(text);
            let first = words.all().slice(0, 1).text();
            openers.marks.add(first);
            openers.phrases.entry(first.to_owned()).or_default().push(words.all().text().to_owned());
        }
        openers
    }

    /// Whether `sentence` begins with one of them.
    pub(super) fn open(&self, sentence: &str) -> bool {
        let opening = &sentence[..floor_boundary(sentence, OPENING)];
        self.may_open(sentence) && self.may_go_on(opening) && {
            let words = Words::first(opening, LONGEST_OPENING);
            self.begin(words.all().slice(0, LONGEST_OPENING))
        }
    }

    /// Whether a text of at most `most` words begins with one of them.
    pub(super) fn open_short(&self, text: &str, most: usize) -> bool {
        self.may_go_on(text) && {
            let words = Words::first(text, most);
            words.all().len() <= most && self.begin(words.all())
        }
    }

    fn begin(&self, words: Run<'_>) -> bool {
        let opens = |phrase: &String| {
            let after = words.text().strip_prefix(phrase.as_str());
            after.is_some_and(|after| after.is_empty() || after.starts_with(' '))
        };
        self.with(words.slice(0, 1).text()).iter().any(opens)
    }

    /// A look at two words; most that begin with "the" or "a" fail it.
    fn may_go_on(&self, text: &str) -> bool {
        let mut room = Room::default();
        if plain_first(text, &mut room).is_some_and(|first| self.with(first).is_empty()) {
            return false;
        }
        let words = Words::first(text, 1);
        let (first, both) = (words.all().slice(0, 1).text(), words.all().text());
        let alone = first.len() == both.len();
        self.with(first).iter().any(|phrase| phrase == first || !alone && phrase.starts_with(both))
    }

    /// The phrases that begin with a word.
    fn with(&self, first: &str) -> &[String] {
        let phrases = self.marks.may_hold(first).then(|| self.phrases.get(first)).flatten();
        phrases.map_or(&[], Vec::as_slice)
    }

    /// A look at the first word alone; nearly every sentence fails it.
    fn may_open(&self, sentence: &str) -> bool {
        let text = sentence.trim_start_matches(|c: char| !c.is_alphanumeric());
        let (len, mut room) = (letters(text), Room::default());
        // A count or an accent is left to the full look.
        len == 0
            || text.as_bytes().get(len).is_some_and(|byte| !byte.is_ascii())
            || !self.with(fold_letters(&text[..len], &mut room)).is_empty()
    }
}

fn floor_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}
