//! Words of headings and labels, folded so that spelling habits do not matter.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// Bytes of a sentence in which its opening words are looked for.
const OPENING: usize = 100;
/// Words of the longest opening.
const LONGEST_OPENING: usize = 8;
/// Bytes of the longest first word of an opening.
const LONGEST_WORD: usize = 24;

/// Lower-case words without counting, plural and marks; what joins two parts is "and".
#[derive(Debug, Default)]
pub(super) struct Words {
    /// All words with one space between.
    joined: String,
    /// Where each word begins and ends.
    bounds: Vec<(usize, usize)>,
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
        let mut words = Self { joined: String::with_capacity(text.len()), bounds: Vec::new() };
        let mut rest = text;
        while let Some(from) = rest.find(|c: char| c.is_alphanumeric() || matches!(c, '&' | '/' | '+' | ','))
        {
            rest = &rest[from..];
            let end = word_end(rest);
            let (word, after) = rest.split_at(end.max(1));
            rest = after;
            if end == 0 {
                words.join();
            } else if !(words.bounds.is_empty() && is_count(word, after)) {
                words.push(word);
            }
        }
        words
    }

    /// All of them.
    pub(super) fn all(&self) -> Run<'_> {
        Run { words: self, from: 0, to: self.bounds.len() }
    }

    fn join(&mut self) {
        if self.all().last_word() != Some("and") {
            self.push("and");
        }
    }

    fn push(&mut self, word: &str) {
        let gap = usize::from(!self.bounds.is_empty());
        self.joined.push_str(&" "[..gap]);
        let from = self.joined.len();
        for c in word.chars() {
            match c {
                '\u{2019}' => self.joined.push('\''),
                _ if c.is_ascii() => self.joined.push(c.to_ascii_lowercase()),
                _ => self.joined.extend(c.to_lowercase()),
            }
        }
        if &self.joined[from..] == "mortem" && self.all().last_word() == Some("post") {
            return self.join_to_last(from);
        }
        let len = singular_len(&self.joined[from..]);
        self.joined.truncate(from + len);
        self.bounds.push((from, from + len));
    }

    /// "post mortem" is one word.
    fn join_to_last(&mut self, from: usize) {
        self.joined.remove(from - 1);
        if let Some(last) = self.bounds.last_mut() {
            last.1 = self.joined.len();
        }
    }
}

impl<'w> Run<'w> {
    /// How many.
    pub(super) fn len(self) -> usize {
        self.to - self.from
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

/// Set of phrases, folded.
pub(super) fn phrases(texts: &[String]) -> BTreeSet<String> {
    texts.iter().map(|text| Words::new(text).joined).collect()
}

/// The text without what stands in round brackets.
pub(super) fn without_brackets(text: &str) -> Cow<'_, str> {
    if text.contains('(') { Cow::Owned(split_brackets(text).0) } else { Cow::Borrowed(text) }
}

/// Only what stands in round brackets.
pub(super) fn within_brackets(text: &str) -> String {
    split_brackets(text).1
}

/// Phrases that a sentence may begin with.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Openers {
    all: BTreeSet<String>,
    first: BTreeSet<String>,
}

impl Openers {
    /// From the texts of the lexicon.
    pub(super) fn new(texts: &[String]) -> Self {
        let first = |text: &String| Words::new(text).all().iter().next().map(str::to_owned);
        Self { all: phrases(texts), first: texts.iter().filter_map(first).collect() }
    }

    /// Whether `sentence` begins with one of them.
    pub(super) fn open(&self, sentence: &str) -> bool {
        if !self.may_open(sentence) {
            return false;
        }
        let words = Words::new(&sentence[..floor_boundary(sentence, OPENING)]);
        (1..=LONGEST_OPENING.min(words.bounds.len()))
            .any(|len| self.all.contains(words.all().slice(0, len).text()))
    }

    /// A look at the first word alone; nearly every sentence fails it.
    fn may_open(&self, sentence: &str) -> bool {
        let text = sentence.trim_start_matches(|c: char| !c.is_alphanumeric());
        let mut word = [0_u8; LONGEST_WORD];
        let mut len = 0;
        for byte in text.bytes().take(LONGEST_WORD).take_while(u8::is_ascii_alphabetic) {
            word[len] = byte.to_ascii_lowercase();
            len += 1;
        }
        // A count or an accent is left to the full look.
        len == 0
            || text.as_bytes().get(len).is_some_and(|byte| !byte.is_ascii())
            || str::from_utf8(&word[..len]).is_ok_and(|word| self.first.contains(&word[..singular_len(word)]))
    }
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

fn word_end(text: &str) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let apostrophe = || at > 0 && matches!(c, '\'' | '\u{2019}');
        let goes_on = || text[at + c.len_utf8()..].starts_with(char::is_alphanumeric);
        if !(c.is_alphanumeric() || apostrophe() && goes_on()) {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// `3`, `1.` of `1.2`, `II.`, `a)`: what counts a heading and says nothing.
fn is_count(word: &str, after: &str) -> bool {
    let marked = || after.starts_with([')', '.']) && after[1..].starts_with(char::is_whitespace);
    let roman = || word.chars().all(|c| "IVXivx".contains(c));
    word.bytes().all(|byte| byte.is_ascii_digit()) || (word.len() == 1 || roman()) && marked()
}

/// Length of a lower-case word without its plural ending.
fn singular_len(word: &str) -> usize {
    let ends = |ending: &str| word.ends_with(ending);
    if word.len() > 4 && ["xes", "ches", "shes", "sses"].iter().any(|ending| ends(ending)) {
        word.len() - 2
    } else if word.len() > 2
        && word.ends_with('s')
        && !["ss", "us", "is", "'s"].iter().any(|ending| ends(ending))
    {
        word.len() - 1
    } else {
        word.len()
    }
}

fn floor_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}
