//! The words in the lexicon, with their classes.

use serde::{Deserialize, Serialize};

use crate::text::interner::StringInterner;

/// A word in the lexicon; all other words are [`WordId::UNKNOWN`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct WordId(u32);

impl WordId {
    /// Any word that is not in the lexicon.
    pub const UNKNOWN: Self = Self(0);
}

impl From<WordId> for usize {
    fn from(word: WordId) -> Self {
        word.0 as Self
    }
}

/// A class of words, such as `person`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ClassId(u8);

impl From<ClassId> for usize {
    fn from(class: ClassId) -> Self {
        class.0.into()
    }
}

/// A set of classes, one bit per class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassSet(u128);

/// Maximum number of classes in a [`ClassSet`].
const MOST_CLASSES: usize = 128;

impl ClassSet {
    /// No class.
    pub const EMPTY: Self = Self(0);

    /// Returns the set that contains only this class.
    pub const fn only(class: ClassId) -> Self {
        Self(1 << class.0)
    }

    /// True if `class` is in the set.
    pub const fn has(self, class: ClassId) -> bool {
        self.0 & (1 << class.0) != 0
    }

    /// True if the sets have a class in common.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns the union of both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns the set with one more class.
    #[must_use]
    pub const fn with(self, class: ClassId) -> Self {
        Self(self.0 | 1 << class.0)
    }

    /// Returns the classes in the set.
    pub fn iter(self) -> impl Iterator<Item = ClassId> {
        let mut rest = self;
        std::iter::from_fn(move || {
            let class = rest.first()?;
            rest = rest.without(class);
            Some(class)
        })
    }

    fn first(self) -> Option<ClassId> {
        if self == Self::EMPTY {
            return None;
        }
        u8::try_from(self.0.trailing_zeros()).ok().map(ClassId)
    }

    const fn without(self, class: ClassId) -> Self {
        Self(self.0 & !(1 << class.0))
    }
}

impl From<ClassId> for ClassSet {
    fn from(class: ClassId) -> Self {
        Self::only(class)
    }
}

/// A multi-word class entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct PhraseEntry {
    /// The words after the first.
    rest: Vec<WordId>,
    class: ClassId,
}

/// The classes of a word.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct WordEntry {
    /// Classes of the word on its own.
    classes: ClassSet,
    /// Multi-word class entries that begin with it.
    phrases: Vec<PhraseEntry>,
}

impl WordEntry {
    /// True if an entry of `class` can begin with the word.
    fn begins(&self, class: ClassId) -> bool {
        self.classes.has(class) || self.phrases.iter().any(|phrase| phrase.class == class)
    }
}

/// All known words and classes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Vocabulary {
    ids: StringInterner,
    /// By [`WordId`].
    words: Vec<WordEntry>,
    /// By [`ClassId`].
    class_names: Vec<String>,
}

/// The lexicon has more than 128 classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyClasses;

impl Default for Vocabulary {
    fn default() -> Self {
        let mut vocabulary =
            Self { ids: StringInterner::default(), words: Vec::new(), class_names: Vec::new() };
        vocabulary.intern(""); // becomes the unknown word
        vocabulary
    }
}

impl Vocabulary {
    /// Returns the id of a lower-case word, and adds the word if it is new.
    pub fn intern(&mut self, word: &str) -> WordId {
        let number = self.ids.intern(word);
        if number as usize == self.words.len() {
            self.words.push(WordEntry::default());
        }
        WordId(number)
    }

    /// Returns the id of a lower-case word, or [`WordId::UNKNOWN`] if it is not in the lexicon.
    pub fn id(&self, word: &str) -> WordId {
        self.ids.get(word).map_or(WordId::UNKNOWN, WordId)
    }

    /// Returns the class with this name, if there is one.
    pub fn class(&self, name: &str) -> Option<ClassId> {
        let number = self.class_names.iter().position(|known| known == name)?;
        u8::try_from(number).ok().map(ClassId)
    }

    /// Returns the names of all classes, in the order in which they were added.
    pub fn class_names(&self) -> impl Iterator<Item = &str> {
        self.class_names.iter().map(String::as_str)
    }

    /// Returns the class with this name, and adds it if it is new.
    ///
    /// # Errors
    /// Fails if there would be more than 128 classes.
    pub fn add_class(&mut self, name: &str) -> Result<ClassId, TooManyClasses> {
        if let Some(class) = self.class(name) {
            return Ok(class);
        }
        if self.class_names.len() == MOST_CLASSES {
            return Err(TooManyClasses);
        }
        self.class_names.push(name.to_owned());
        self.class(name).ok_or(TooManyClasses)
    }

    /// Adds a lower-case entry of one or more words to a class.
    pub fn add(&mut self, entry: &[String], class: ClassId) {
        let ids: Vec<WordId> = entry.iter().map(|word| self.intern(word)).collect();
        let Some((&first, rest)) = ids.split_first() else { return };
        let word = &mut self.words[usize::from(first)];
        if rest.is_empty() {
            word.classes = word.classes.with(class);
        } else {
            word.phrases.push(PhraseEntry { rest: rest.to_vec(), class });
        }
    }

    /// Removes a lower-case entry of one or more words from a class.
    pub fn remove(&mut self, entry: &[String], class: ClassId) {
        let ids: Vec<WordId> = entry.iter().map(|word| self.id(word)).collect();
        let Some((&first, rest)) = ids.split_first() else { return };
        let word = &mut self.words[usize::from(first)];
        if rest.is_empty() {
            word.classes = word.classes.without(class);
        } else {
            word.phrases.retain(|phrase| phrase.class != class || phrase.rest != rest);
        }
    }

    /// Returns the classes of a single word.
    pub fn classes(&self, word: WordId) -> ClassSet {
        self.words[usize::from(word)].classes
    }

    /// Returns the multi-word entries that begin with `word`: the words after it, and the class.
    pub fn phrases(&self, word: WordId) -> impl Iterator<Item = (&[WordId], ClassId)> {
        self.words[usize::from(word)].phrases.iter().map(|phrase| (&*phrase.rest, phrase.class))
    }

    /// Returns every word that an entry of `class` can begin with.
    pub fn first_words(&self, class: ClassId) -> impl Iterator<Item = WordId> + '_ {
        let words = (0..).map(WordId).zip(&self.words);
        words.filter(move |(_, entry)| entry.begins(class)).map(|(word, _)| word)
    }

    /// Returns the number of words, including the unknown one: all ids are below it.
    pub fn word_count(&self) -> usize {
        self.words.len()
    }
}
