//! Words the lexicon knows, with the classes they belong to.

use serde::{Deserialize, Serialize};

use crate::text::interner::{Hash, StringInterner};
use crate::text::table::{self, Row, to_u32};

/// A word the lexicon knows; [`WordId::UNKNOWN`] stands for all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct WordId(u32);

impl WordId {
    /// Any word that the lexicon does not mention.
    pub const UNKNOWN: Self = Self(0);

    fn index(self) -> usize {
        self.0 as usize
    }

    pub(crate) const fn number(self) -> u32 {
        self.0
    }
}

impl Row<1> for WordId {
    fn to_row(&self) -> [u32; 1] {
        [self.0]
    }

    fn of_row([number]: [u32; 1]) -> Self {
        Self(number)
    }
}

/// A class of words, such as `person`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ClassId(u8);

impl ClassId {
    pub(crate) fn number(self) -> u32 {
        self.0.into()
    }
}

impl Row<1> for ClassId {
    fn to_row(&self) -> [u32; 1] {
        [self.0.into()]
    }

    fn of_row([number]: [u32; 1]) -> Self {
        Self(u8::try_from(number).unwrap_or_default())
    }
}

/// A set of classes: one bit a class, so at most 128 classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ClassSet(u128);

impl ClassSet {
    /// No class.
    pub const EMPTY: Self = Self(0);

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

    const fn without(self, class: ClassId) -> Self {
        Self(self.0 & !(1 << class.0))
    }
}

impl From<ClassId> for ClassSet {
    fn from(class: ClassId) -> Self {
        Self::only(class)
    }
}

/// A class entry of several words, in the list of those that begin with the same word.
#[derive(Clone, Copy, Debug)]
struct Phrase {
    /// Its words after the first, in [`Vocabulary::rests`].
    from: u32,
    to: u32,
    class: ClassId,
    /// The next of the list.
    next: Link,
}

/// Number of a phrase plus one, or 0 at the end of a list.
type Link = u32;

#[derive(Clone, Copy, Debug, Default)]
struct Word {
    /// Its classes, by number in [`Vocabulary::sets`].
    classes: u32,
    /// The first entry of several words that begins with it.
    phrases: Link,
}

/// All known words and classes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Vocabulary {
    /// The words from the second on: the first is the unknown one.
    names: StringInterner,
    #[serde(with = "table")]
    words: Vec<Word>,
    /// Every set of classes that a word has, the empty one first: words are many, sets are few.
    #[serde(with = "table")]
    sets: Vec<ClassSet>,
    #[serde(with = "table")]
    phrases: Vec<Phrase>,
    /// The words of all phrases but their first ones.
    #[serde(with = "table")]
    rests: Vec<WordId>,
    /// By the number of the class.
    classes: StringInterner,
}

/// The lexicon has more classes than a [`ClassSet`] can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyClasses;

impl Default for Vocabulary {
    fn default() -> Self {
        let words = vec![Word::default()];
        let (names, classes) = (StringInterner::default(), StringInterner::default());
        Self { names, words, sets: vec![ClassSet::EMPTY], phrases: Vec::new(), rests: Vec::new(), classes }
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
        Self::numbered(self.names.get(word))
    }

    /// The id of a word of small ASCII letters; `hash` is its own.
    pub fn id_of_small(&self, word: &[u8], hash: Hash) -> WordId {
        Self::numbered(self.names.find(hash, |known| known == word))
    }

    /// The id of a word of ASCII letters in any case; `hash` is that of the same word in lower case.
    pub fn id_of_letters(&self, word: &[u8], hash: Hash) -> WordId {
        Self::numbered(self.names.find(hash, |known| known.eq_ignore_ascii_case(word)))
    }

    fn numbered(name: Option<usize>) -> WordId {
        name.map_or(WordId::UNKNOWN, |number| WordId(to_u32(number + 1)))
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
        if rest.is_empty() {
            self.classify(first, self.classes(first).with(class));
        } else {
            let from = to_u32(self.rests.len());
            self.rests.extend(rest);
            self.phrases.push(Phrase { from, to: to_u32(self.rests.len()), class, next: 0 });
            let link = to_u32(self.phrases.len());
            *self.last_link(first) = link;
        }
    }

    /// Takes a lower-case entry of one or more words out of a class.
    pub fn remove(&mut self, entry: &[String], class: ClassId) {
        let ids: Vec<WordId> = entry.iter().map(|word| self.id(word)).collect();
        let Some((&first, rest)) = ids.split_first() else { return };
        if rest.is_empty() {
            self.classify(first, self.classes(first).without(class));
            return;
        }
        let kept: Vec<Link> = self.links(first).filter(|link| !self.is(*link, class, rest)).collect();
        self.words[first.index()].phrases = 0;
        for link in kept {
            *self.last_link(first) = link;
            self.phrases[link as usize - 1].next = 0;
        }
    }

    fn classify(&mut self, word: WordId, set: ClassSet) {
        let known = self.sets.iter().position(|known| *known == set);
        let at = known.unwrap_or(self.sets.len());
        if known.is_none() {
            self.sets.push(set);
        }
        self.words[word.index()].classes = to_u32(at);
    }

    fn is(&self, link: Link, class: ClassId, rest: &[WordId]) -> bool {
        let phrase = &self.phrases[link as usize - 1];
        phrase.class == class && self.rest(phrase) == rest
    }

    fn rest(&self, phrase: &Phrase) -> &[WordId] {
        &self.rests[phrase.from as usize..phrase.to as usize]
    }

    /// The end of a word's list, where one more phrase would go.
    fn last_link(&mut self, word: WordId) -> &mut Link {
        match self.links(word).last() {
            Some(last) => &mut self.phrases[last as usize - 1].next,
            None => &mut self.words[word.index()].phrases,
        }
    }

    fn links(&self, word: WordId) -> impl Iterator<Item = Link> + '_ {
        let there = |link: Link| (link > 0).then_some(link);
        let first = there(self.words[word.index()].phrases);
        std::iter::successors(first, move |link| there(self.phrases[*link as usize - 1].next))
    }

    /// Classes of a single word.
    pub fn classes(&self, word: WordId) -> ClassSet {
        self.sets[self.words[word.index()].classes as usize]
    }

    /// Entries of several words that begin with `word`: the words after it, and the class.
    pub fn phrases(&self, word: WordId) -> impl Iterator<Item = (&[WordId], ClassId)> {
        self.links(word).map(|link| {
            let phrase = &self.phrases[link as usize - 1];
            (self.rest(phrase), phrase.class)
        })
    }

    /// Every word at which an entry of `class` can begin.
    pub fn beginners(&self, class: ClassId) -> impl Iterator<Item = WordId> + '_ {
        let all = (0..to_u32(self.words.len())).map(WordId);
        all.filter(move |word| {
            self.classes(*word).has(class) || self.phrases(*word).any(|(_, of)| of == class)
        })
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

impl Row<2> for Word {
    fn to_row(&self) -> [u32; 2] {
        [self.classes, self.phrases]
    }

    fn of_row([classes, phrases]: [u32; 2]) -> Self {
        Self { classes, phrases }
    }
}

impl Row<4> for Phrase {
    fn to_row(&self) -> [u32; 4] {
        [self.from, self.to, self.class.number(), self.next]
    }

    fn of_row([from, to, class, next]: [u32; 4]) -> Self {
        Self { from, to, class: ClassId::of_row([class]), next }
    }
}

impl Row<4> for ClassSet {
    fn to_row(&self) -> [u32; 4] {
        self.0.to_row()
    }

    fn of_row(row: [u32; 4]) -> Self {
        Self(u128::of_row(row))
    }
}
