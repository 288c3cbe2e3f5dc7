//! Words of headings and labels, folded so that spelling habits do not matter.

use std::borrow::Cow;

/// Words of most texts.
const USUAL: usize = 8;
/// Lower-case words without counting, plural and marks; what joins two parts is "and".
#[derive(Debug, Default)]
pub(super) struct Words {
    /// All words with one space between.
    joined: String,
    /// Where each word begins and ends.
    bounds: Vec<(usize, usize)>,
    /// Whether "and" is among them.
    has_and: bool,
}

/// Some words in a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run<'w> {
    words: &'w Words,
    from: usize,
    to: usize,
}

impl Words {
    /// Folds the words of `text`.
    pub(super) fn new(text: &str) -> Self {
        Self::first(text, usize::MAX)
    }

    /// Folds the first `most` words of `text`; where there are more, one more.
    pub(super) fn first(text: &str, most: usize) -> Self {
        let mut folding = Folding::with_room(text.len());
        let mut at = 0;
        while folding.bounds.len() <= most
            && let Some(from) = word_start(text, at)
        {
            let end = word_end(text, from);
            at = end.max(from + 1);
            if end == from {
                folding.join();
            } else if !(folding.bounds.is_empty() && is_count(&text[from..end], &text[end..])) {
                folding.push(&text[from..end]);
            }
        }
        let joined = String::from_utf8(folding.joined).unwrap_or_default();
        Self { joined, bounds: folding.bounds, has_and: folding.has_and }
    }

    /// All of them.
    pub(super) fn all(&self) -> Run<'_> {
        Run { words: self, from: 0, to: self.bounds.len() }
    }
}

/// Words while they are folded: whole characters in bytes, since there is much to cut and to compare.
struct Folding {
    joined: Vec<u8>,
    bounds: Vec<(usize, usize)>,
    has_and: bool,
}

impl Folding {
    fn with_room(len: usize) -> Self {
        Self { joined: Vec::with_capacity(len), bounds: Vec::with_capacity(USUAL), has_and: false }
    }

    fn join(&mut self) {
        if self.last() != b"and" {
            self.push("and");
        }
    }

    fn push(&mut self, word: &str) {
        if !self.bounds.is_empty() {
            self.joined.push(b' ');
        }
        let from = self.joined.len();
        self.lower(word);
        if &self.joined[from..] == b"mortem" && self.last() == b"post" {
            return self.join_to_last(from);
        }
        let end = from + singular_len(&self.joined[from..]);
        self.joined.truncate(end);
        self.has_and |= &self.joined[from..] == b"and";
        self.bounds.push((from, end));
    }

    fn lower(&mut self, word: &str) {
        if word.is_ascii() {
            return self.joined.extend(word.bytes().map(|byte| byte.to_ascii_lowercase()));
        }
        for c in word.chars() {
            match c {
                '\u{2019}' => self.joined.push(b'\''),
                _ => self.joined.extend(c.to_lowercase().collect::<String>().bytes()),
            }
        }
    }

    /// "post mortem" is one word.
    fn join_to_last(&mut self, from: usize) {
        self.joined.remove(from - 1);
        if let Some(last) = self.bounds.last_mut() {
            last.1 = self.joined.len();
        }
    }

    fn last(&self) -> &[u8] {
        self.bounds.last().map_or(&[], |&(from, end)| &self.joined[from..end])
    }
}

impl<'w> Run<'w> {
    /// How many.
    pub(super) fn len(self) -> usize {
        self.to - self.from
    }

    /// Whether "and" may be one of them.
    pub(super) fn has_and(self) -> bool {
        self.words.has_and
    }

    /// Whether there are none.
    pub(super) fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// They as text, with one space between.
    pub(super) fn text(self) -> &'w str {
        if self.is_empty() { "" } else { &self.words.joined[self.bounds(0).0..self.bounds(self.len() - 1).1] }
    }

    /// The word at a place, which must be one of the run's.
    pub(super) fn word(self, at: usize) -> &'w str {
        let (from, to) = self.bounds(at);
        &self.words.joined[from..to]
    }

    /// The words one by one.
    pub(super) fn iter(self) -> impl DoubleEndedIterator<Item = &'w str> + ExactSizeIterator {
        (0..self.len()).map(move |at| self.word(at))
    }

    /// The last word.
    pub(super) fn last_word(self) -> Option<&'w str> {
        self.iter().next_back()
    }

    /// Those from `from` up to, not including, `to`, as far as there are.
    pub(super) fn slice(self, from: usize, to: usize) -> Self {
        let to = (self.from + to).min(self.to);
        Self { from: (self.from + from).min(to), to, ..self }
    }

    fn bounds(self, at: usize) -> (usize, usize) {
        self.words.bounds[self.from + at]
    }
}

/// The text without what stands in round brackets.
pub(super) fn without_brackets(text: &str) -> Cow<'_, str> {
    if text.contains('(') { Cow::Owned(split_brackets(text).0) } else { Cow::Borrowed(text) }
}

/// Only what stands in round brackets.
pub(super) fn within_brackets(text: &str) -> String {
    split_brackets(text).1
}

fn split_brackets(text: &str) -> (String, String) {
    let (mut outside, mut inside) = (String::with_capacity(text.len()), String::new());
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ => inside.push(c),
        }
    }
    (outside, inside)
}

/// What a byte is to words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Byte {
    /// An ASCII letter or digit.
    Word,
    /// A mark that joins two parts.
    Join,
    /// Another ASCII character.
    Gap,
    /// Part of a character beyond ASCII.
    Foreign,
}

const BYTES: [Byte; 256] = {
    let (mut bytes, mut at) = ([Byte::Foreign; 256], 0_u8);
    while at < 128 {
        bytes[at as usize] = match at {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => Byte::Word,
            b'&' | b'/' | b'+' | b',' => Byte::Join,
            _ => Byte::Gap,
        };
        at += 1;
    }
    bytes
};

/// Where the next word, or mark that joins two parts, begins.
fn word_start(text: &str, mut at: usize) -> Option<usize> {
    loop {
        at += count(text, at, Byte::Gap);
        if BYTES[usize::from(*text.as_bytes().get(at)?)] != Byte::Foreign {
            return Some(at);
        }
        let c = char_at(text, at)?;
        if c.is_alphanumeric() {
            return Some(at);
        }
        at += c.len_utf8();
    }
}

/// Where the word that begins at `from` ends; there, if it is a mark.
fn word_end(text: &str, from: usize) -> usize {
    let mut end = from;
    loop {
        end += count(text, end, Byte::Word);
        let Some(c) = char_at(text, end) else { return end };
        let apostrophe = || end > from && matches!(c, '\'' | '\u{2019}');
        let goes_on = || char_at(text, end + c.len_utf8()).is_some_and(char::is_alphanumeric);
        if !(c.is_alphanumeric() || apostrophe() && goes_on()) {
            return end;
        }
        end += c.len_utf8();
    }
}

/// How many bytes of one sort stand in a row.
fn count(text: &str, from: usize, sort: Byte) -> usize {
    text.as_bytes()[from..].iter().take_while(|byte| BYTES[usize::from(**byte)] == sort).count()
}

/// `3`, `1.` of `1.2`, `II.`, `a)`: what counts a heading and says nothing.
fn is_count(word: &str, after: &str) -> bool {
    let marked = || after.starts_with([')', '.']) && after[1..].starts_with(char::is_whitespace);
    let roman = || word.chars().all(|c| "IVXivx".contains(c));
    word.bytes().all(|byte| byte.is_ascii_digit()) || (word.len() == 1 || roman()) && marked()
}

/// The character at a boundary; nearly all are ASCII, which needs no decoding.
fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
        _ => text.get(at..)?.chars().next(),
    }
}

/// Length of a lower-case word without its plural ending.
pub(super) fn singular_len(word: &[u8]) -> usize {
    let Some(stem) = word.strip_suffix(b"s") else { return word.len() };
    let ends = |endings: &[&[u8]]| endings.iter().any(|ending| stem.ends_with(ending));
    if word.len() > 4 && ends(&[b"xe", b"che", b"she", b"sse"]) {
        word.len() - 2
    } else if word.len() > 2 && !ends(&[b"s", b"u", b"i", b"'"]) {
        word.len() - 1
    } else {
        word.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        Words::new(text).all().text().to_owned()
    }

    #[test]
    fn spelling_habits_do_not_matter() {
        assert_eq!(folded("1.2 Root-Causes (of it)"), "root cause of it");
        assert_eq!(folded("II. Detection & Response, etc."), "detection and response and etc");
        assert_eq!(folded("Post Mortems and post mortem"), "post mortem and postmortem");
        assert_eq!(folded("The team\u{2019}s \u{c9}TUDES, boxes"), "the team's \u{e9}tude and box");
    }

    #[test]
    fn and_is_known_however_it_comes_about() {
        for text in ["a and b", "a & b", "a/b", "a, b", "ands"] {
            assert!(Words::new(text).all().has_and(), "{text}");
        }
        assert!(!Words::new("sand band").all().has_and());
    }

    proptest::proptest! {
        /// The first words are the same whether or not the rest is folded.
        #[test]
        fn first_words_are_those_of_the_whole(
            text in "([aI1s]|post|mortem|boxes|and|[ ,&.)'\u{2019}\u{e9}]){0,24}",
            most in 0_usize..6,
        ) {
            let (some, all) = (Words::first(&text, most), Words::new(&text));
            proptest::prop_assert_eq!(some.all().slice(0, most).text(), all.all().slice(0, most).text());
            proptest::prop_assert_eq!(some.all().len() > most, all.all().len() > most);
        }
    }
}
