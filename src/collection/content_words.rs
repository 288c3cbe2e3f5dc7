//! The words of a sentence that say what it is about.

use std::collections::BTreeSet;

use crate::lexicon::Lexicon;
use crate::text::tokens;
use crate::text::vocabulary::ClassSet;

/// Classes of words that stand in sentences about anything.
const COMMON: [&str; 12] = [
    "determiner",
    "preposition",
    "coordinator",
    "relative",
    "subordinator",
    "auxiliary",
    "adverb",
    "possessive",
    "nobody",
    "first-person",
    "modal",
    "trouble",
];

/// Shorter words are hardly ever about anything.
const SHORTEST: usize = 4;

/// Tells words that say what a sentence is about from the others.
pub(super) struct ContentWords<'l> {
    lexicon: &'l Lexicon,
    common: ClassSet,
}

impl<'l> ContentWords<'l> {
    pub(super) fn new(lexicon: &'l Lexicon) -> Self {
        let classes = COMMON.iter().filter_map(|name| lexicon.vocabulary.class(name));
        Self { lexicon, common: classes.fold(ClassSet::EMPTY, ClassSet::with) }
    }

    /// Returns the words that say what a text is about, in lower case and in the singular.
    pub(super) fn of(&self, text: &str) -> BTreeSet<String> {
        let words = tokens::words(text).into_iter().filter(|word| self.is_content(word));
        words.map(|word| word.strip_suffix('s').map_or(word.clone(), str::to_owned)).collect()
    }

    fn is_content(&self, word: &str) -> bool {
        let vocabulary = &self.lexicon.vocabulary;
        let is_long = word.chars().filter(|sign| sign.is_alphabetic()).count() >= SHORTEST;
        is_long && !vocabulary.classes(vocabulary.id(word)).meets(self.common)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_and_short_words_say_nothing() {
        let words = ContentWords::new(Lexicon::embedded());
        let found = words.of("The outage: both of our tokens were not in the vault when AWS failed.");
        assert_eq!(found.into_iter().collect::<Vec<String>>(), ["token", "vault"]);
    }
}
