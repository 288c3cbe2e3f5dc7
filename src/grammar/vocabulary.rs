//! Words the lexicon knows, with the classes they belong to.

use serde::{Deserialize, Serialize};

use super::names::Names;

/// A word the lexicon knows; [`WordId::UNKNOWN`] stands for all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct WordId(u32);

impl WordId {
    /// Any word that the lexicon does not mention.
    pub const UNKNOWN: Self = Self(0);

    fn index(self) -> usize {
        self.0 as usize
    }
}

/// A class of words, such as `person`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ClassId(u8);

/// A set of classes: one bit a class, so at most 128 classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassSet(u128);

impl ClassSet {
    /// The set of one class.
    pub const fn only(class: ClassId) -> Self {
        Self(1 << class.0)
    }

    /// Whether `class` is in the set.
    pub const fn has(self, class: ClassId) -> bool {
        self.0 & (1 << class.0) != 0
    }

    /// Whether the sets share a class.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The classes of both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The set with one class more.
    #[must_use]
    pub const fn with(self, class: ClassId) -> Self {
        Self(self.0 | 1 << class.0)
    }

    fn add(&mut self, class: ClassId) {
        self.0 |= 1 << class.0;
    }

    fn remove(&mut self, class: ClassId) {
        self.0 &= !(1 << class.0);
    }
}

/// A class entry of several words, filed under its first word.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Phrase {
    /// The words after the first.
    pub rest: Vec<WordId>,
    /// The class.
    pub class: ClassId,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Word {
    classes: ClassSet,
    phrases: Vec<Phrase>,
}

/// All known words and classes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Vocabulary {
    /// The words from the second on: the first is the unknown one.
    names: Names,
    words: Vec<Word>,
    /// By the number of the class.
    classes: Names,
}

/// The lexicon has more classes than a [`ClassSet`] can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyClasses;

impl Default for Vocabulary {
    fn default() -> Self {
        Self { names: Names::default(), words: vec![Word::default()], classes: Names::default() }
    }
}

impl Vocabulary {
    /// The id of a lower-case word, made if it is new.
    pub fn intern(&mut self, word: &str) -> WordId {
        if self.names.get(word).is_none() {
            self.names.add(word);
            self.words.push(Word::default());
        }
        self.id(word)
    }

    /// The id of a lower-case word, [`WordId::UNKNOWN`] when the lexicon does not mention it.
    pub fn id(&self, word: &str) -> WordId {
        let number = self.names.get(word).and_then(|number| u32::try_from(number + 1).ok());
        number.map_or(WordId::UNKNOWN, WordId)
    }

    /// The class of that name, if there is one.
    pub fn class(&self, name: &str) -> Option<ClassId> {
        self.classes.get(name).and_then(|number| u8::try_from(number).ok()).map(ClassId)
    }

    /// The names of all classes, in the order in which they were added.
    pub fn class_names(&self) -> impl Iterator<Item = &str> {
        (0..self.classes.len()).map(|number| self.classes.word(number))
    }

    /// The class of that name, made if it is new.
    ///
    /// # Errors
    /// When there would be more than 128 classes.
    pub fn add_class(&mut self, name: &str) -> Result<ClassId, TooManyClasses> {
        if let Some(class) = self.class(name) {
            return Ok(class);
        }
        let class = u8::try_from(self.classes.len()).map_err(|_| TooManyClasses)?;
        if u32::from(class) >= u128::BITS {
            return Err(TooManyClasses);
        }
        self.classes.add(name);
        Ok(ClassId(class))
    }

    /// Puts a lower-case entry of one or more words into a class.
    pub fn add(&mut self, entry: &[String], class: ClassId) {
        let ids: Vec<WordId> = entry.iter().map(|word| self.intern(word)).collect();
        let Some((&first, rest)) = ids.split_first() else { return };
        let word = &mut self.words[first.index()];
        if rest.is_empty() {
            word.classes.add(class);
        } else {
            word.phrases.push(Phrase { rest: rest.to_vec(), class });
        }
    }

    /// Takes a lower-case entry of one or more words out of a class.
    pub fn remove(&mut self, entry: &[String], class: ClassId) {
        let ids: Vec<WordId> = entry.iter().map(|word| self.id(word)).collect();
        let Some((&first, rest)) = ids.split_first() else { return };
        let word = &mut self.words[first.index()];
        if rest.is_empty() {
            word.classes.remove(class);
        } else {
            word.phrases.retain(|phrase| phrase.class != class || phrase.rest != rest);
        }
    }

    /// Classes of a single word.
    pub fn classes(&self, word: WordId) -> ClassSet {
        self.words[word.index()].classes
    }

    /// Entries of several words that begin with `word`.
    pub fn phrases(&self, word: WordId) -> &[Phrase] {
        &self.words[word.index()].phrases
    }

    /// Every word at which an entry of `class` can begin.
    pub fn beginners(&self, class: ClassId) -> impl Iterator<Item = WordId> + '_ {
        let begins = move |word: &Word| {
            word.classes.has(class) || word.phrases.iter().any(|phrase| phrase.class == class)
        };
        let numbered = self.words.iter().enumerate().filter(move |(_, word)| begins(word));
        numbered.map(|(at, _)| WordId(u32::try_from(at).unwrap_or(0)))
    }

    /// How many words are known, the unknown one included: ids run below this number.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether no word is known.
    pub fn is_empty(&self) -> bool {
        self.words.len() == 1
    }
}

impl From<WordId> for usize {
    fn from(word: WordId) -> Self {
        word.index()
    }
}
