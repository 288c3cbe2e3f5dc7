//! A sentence as words and marks, each with its classes.

use crate::model::CODE;
use crate::model::Span;
use crate::text::interner::Hash;
use crate::text::table::to_u32;
use crate::text::vocabulary::{ClassId, ClassSet, Vocabulary, WordId};

/// A word, a number, inline code or a mark.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Where it stands in the source. Half as wide as a [`Span`], since a document has as many tokens as words.
    start: u32,
    end: u32,
    /// The word in lower case, if the lexicon knows it.
    pub word: WordId,
    /// Classes of the word.
    pub classes: ClassSet,
    /// What it looks like.
    pub shape: Shape,
}

/// What a token looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A word in small letters.
    Small,
    /// A word with a capital first letter and small ones after it.
    Capital,
    /// Capitals, digits and letters mixed, dots or underscores inside: an identifier, an abbreviation, a host.
    Identifier,
    /// Digits, perhaps with separators or a unit.
    Number,
    /// Inline code, an address or a path.
    Code,
    /// Punctuation; a dash of any length is `-`, quotation marks are `"`.
    Mark(char),
}

/// A sentence's tokens, with the class entries of several words that begin at each.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    /// In order of the source.
    pub all: Vec<Token>,
    /// `(token, words, class)` of every class entry of several words.
    pub phrases: Vec<(usize, usize, ClassId)>,
    /// Every class of which there is an entry, of one word or several.
    pub held: ClassSet,
}

impl Token {
    /// Where it stands in the source.
    pub const fn span(&self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }
}

impl Shape {
    /// Whether this is an ordinary word.
    pub const fn is_plain_word(self) -> bool {
        matches!(self, Self::Small | Self::Capital)
    }
}

impl Tokens {
    /// Cuts `span` of `prose` (the masked text of a document) into tokens.
    pub fn cut(prose: &str, span: Span, vocabulary: &Vocabulary) -> Self {
        let mut tokens = Self::default();
        tokens.all.reserve((span.end - span.start) / BYTES_OF_TOKEN + 1);
        let mut at = span.start;
        while at < span.end {
            at = tokens.push_next(prose, at, span.end, vocabulary);
        }
        tokens.find_phrases(vocabulary);
        let words = tokens.all.iter().fold(ClassSet::EMPTY, |held, token| held.and(token.classes));
        tokens.held = tokens.phrases.iter().fold(words, |held, &(_, _, class)| held.with(class));
        tokens
    }

    /// Lengths, in tokens, of what at `at` belongs to one of these classes; the longest first.
    pub fn lengths(&self, at: usize, classes: impl Into<ClassSet>) -> impl Iterator<Item = usize> {
        let classes = classes.into();
        let first = self.phrases.partition_point(|&(token, _, _)| token < at);
        let here = self.phrases[first..].iter().take_while(move |&&(token, _, _)| token == at);
        let several = here.filter(move |&&(_, _, of)| classes.has(of)).map(|&(_, words, _)| words);
        several.chain(self.all[at].classes.meets(classes).then_some(1))
    }

    /// Whether a word or a phrase of one of these classes begins at `at`.
    pub fn is(&self, at: usize, classes: impl Into<ClassSet>) -> bool {
        let classes = classes.into();
        self.held.meets(classes) && self.lengths(at, classes).next().is_some()
    }

    /// The source from the first to the last of the tokens `range`.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.all[range.start].span().start, self.all[range.end - 1].span().end)
    }

    fn push_next(&mut self, prose: &str, at: usize, end: usize, vocabulary: &Vocabulary) -> usize {
        let bytes = &prose.as_bytes()[at..end];
        if bytes[0] == b' ' {
            return at + bytes.iter().position(|&byte| byte != b' ').unwrap_or(bytes.len());
        }
        if let Some(Plain { length, shape, hash }) = plain(bytes) {
            let word = match shape {
                Shape::Small => vocabulary.id_of_small(&bytes[..length], hash),
                _ => vocabulary.id_of_letters(&bytes[..length], hash),
            };
            return self.push(Span::new(at, at + length), word, shape, vocabulary);
        }
        let rest = &prose[at..end];
        let Some(first) = rest.chars().next() else { return end };
        if first.is_whitespace() || joins(prose, at, first) {
            return at + first.len_utf8();
        }
        let (length, shape) = measure(rest, first);
        let word = match shape {
            Shape::Code | Shape::Mark(_) => WordId::UNKNOWN,
            _ => lookup(&rest[..length], vocabulary),
        };
        self.push(Span::new(at, at + length), word, shape, vocabulary)
    }

    fn push(&mut self, span: Span, word: WordId, shape: Shape, vocabulary: &Vocabulary) -> usize {
        let classes = vocabulary.classes(word);
        self.all.push(Token { start: to_u32(span.start), end: to_u32(span.end), word, classes, shape });
        span.end
    }

    fn find_phrases(&mut self, vocabulary: &Vocabulary) {
        for (at, pair) in self.all.windows(2).enumerate() {
            let from = self.phrases.len();
            for (rest, class) in vocabulary.phrases(pair[0].word) {
                // Nearly all entries end here; the rest is compared without hurry.
                if rest.first() == Some(&pair[1].word) && begins(&self.all[at + 1..], rest) {
                    self.phrases.push((at, rest.len() + 1, class));
                }
            }
            self.phrases[from..].sort_by_key(|&(_, words, _)| std::cmp::Reverse(words));
        }
    }
}

fn begins(tokens: &[Token], words: &[WordId]) -> bool {
    words.len() <= tokens.len() && tokens.iter().zip(words).all(|(token, word)| token.word == *word)
}

/// Bytes of a short word with its space; only a guess at how many tokens a sentence has.
const BYTES_OF_TOKEN: usize = 5;

/// The words of lexicon text as the tokeniser would see them in prose.
pub fn words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let (length, shape) = if first.is_whitespace() || joins(text, at, first) {
            (first.len_utf8(), Shape::Mark(' '))
        } else {
            measure(&text[at..], first)
        };
        if !matches!(shape, Shape::Mark(_)) {
            found.push(normalised(&text[at..at + length]));
        }
        at += length;
    }
    found
}

fn lookup(word: &str, vocabulary: &Vocabulary) -> WordId {
    let is_normal = word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_normal { vocabulary.id(word) } else { vocabulary.id(&normalised(word)) }
}

fn normalised(word: &str) -> String {
    word.to_lowercase().replace(['\u{2019}', '\u{2018}'], "'")
}

/// Whether a hyphen or slash stands between two letters or digits, where it counts as a space.
fn joins(text: &str, at: usize, first: char) -> bool {
    let hyphen = matches!(first, '-' | '/' | '\u{2010}' | '\u{2011}');
    let alphanumeric = |letter: Option<char>| letter.is_some_and(is_alphanumeric);
    hyphen
        && alphanumeric(text[..at].chars().next_back())
        && alphanumeric(text[at + first.len_utf8()..].chars().next())
}

/// A word of ASCII letters.
struct Plain {
    length: usize,
    shape: Shape,
    /// Of the word in lower case.
    hash: Hash,
}

/// What [`measure`] would say, when `rest` begins with a word of ASCII letters that ends beyond doubt: nearly all do.
fn plain(rest: &[u8]) -> Option<Plain> {
    let (mut length, mut capitals, mut hash) = (0, 0, Hash::EMPTY);
    for byte in rest.iter().take_while(|byte| byte.is_ascii_alphabetic()) {
        length += 1;
        capitals += usize::from(byte.is_ascii_uppercase());
        hash = hash.with(byte.to_ascii_lowercase());
    }
    let shape = match capitals {
        0 => Shape::Small,
        1 if rest[0].is_ascii_uppercase() => Shape::Capital,
        _ => Shape::Identifier,
    };
    (length > 0 && ends(&rest[length..])).then_some(Plain { length, shape, hash })
}

/// Whether no word goes on here that letters stand before.
const fn ends(rest: &[u8]) -> bool {
    match rest {
        [] | [b'.' | b'/' | b'@' | b'\\'] => true,
        [b'.' | b'/' | b'@' | b'\\', next, ..] => next.is_ascii() && !is_part(*next),
        [next, ..] => next.is_ascii() && !is_part(*next) && *next != b'\'',
    }
}

const fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Length in bytes and shape of the token that `rest` begins with.
fn measure(rest: &str, first: char) -> (usize, Shape) {
    if first as u32 == u32::from(CODE) {
        return (rest.bytes().take_while(|&byte| byte == CODE).count(), Shape::Code);
    }
    if first.is_ascii_punctuation() && !"/'_".contains(first) {
        return (1, Shape::Mark(mark(first)));
    }
    if first == '/' && rest[1..].starts_with(is_alphanumeric) {
        return (rest.find(char::is_whitespace).unwrap_or(rest.len()), Shape::Code);
    }
    if clitic(rest) > 0 {
        return (clitic(rest), Shape::Small);
    }
    if !is_alphanumeric(first) && first != '_' {
        return (first.len_utf8(), Shape::Mark(mark(first)));
    }
    let length = word_length(rest);
    (length, shape_of(&rest[..length]))
}

/// Endings that English hangs on a word with an apostrophe; `n't` stays with its word.
const CLITICS: [&str; 6] = ["s", "d", "m", "ve", "re", "ll"];

/// Length in bytes of an ending such as `'s` or `'ve`, when `rest` begins with one; else 0.
fn clitic(rest: &str) -> usize {
    let Some(apostrophe) = rest.chars().next().filter(|&first| is_apostrophe(first)) else { return 0 };
    let after = &rest[apostrophe.len_utf8()..];
    let letters = after.find(|letter| !is_alphanumeric(letter)).unwrap_or(after.len());
    let known = CLITICS.iter().any(|ending| after[..letters].eq_ignore_ascii_case(ending));
    if known { apostrophe.len_utf8() + letters } else { 0 }
}

fn word_length(rest: &str) -> usize {
    let mut length = 0;
    let mut letters = rest.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let inside = letters.peek().is_some_and(|&(_, next)| is_alphanumeric(next) || next == '_');
        let part = is_alphanumeric(letter)
            || letter == '_'
            || (inside && "./@\\".contains(letter) && !joins(rest, at, letter))
            || (inside && is_apostrophe(letter) && clitic(&rest[at..]) == 0);
        if !part {
            return length;
        }
        length = at + letter.len_utf8();
    }
    length
}

fn shape_of(word: &str) -> Shape {
    let mut letters = word.chars();
    let first = letters.next().unwrap_or(' ');
    if first.is_numeric() && word.chars().all(|c| c.is_numeric() || ".,:/".contains(c)) {
        return Shape::Number;
    }
    if word.chars().any(|c| "./@\\_".contains(c)) {
        return Shape::Code;
    }
    if word.chars().any(char::is_numeric) {
        return Shape::Identifier;
    }
    let capitals = letters.filter(|c| c.is_uppercase()).count();
    match (first.is_uppercase(), capitals) {
        (_, 1..) => Shape::Identifier,
        (true, 0) => Shape::Capital,
        (false, 0) => Shape::Small,
    }
}

fn mark(first: char) -> char {
    match first {
        '\u{2010}'..='\u{2015}' => '-',
        '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' => '"',
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{2026}' | '\u{3002}' => '.',
        '\u{ff0c}' => ',',
        _ => first,
    }
}

/// [`char::is_alphanumeric`], which is slow for what is no ASCII, sooner for accented letters and ideographs, dashes,
/// quotation marks and joiners.
fn is_alphanumeric(letter: char) -> bool {
    match letter {
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='\u{24f}' | '\u{4e00}'..='\u{9fff}' => true,
        '\u{2000}'..='\u{206f}' => false,
        _ => letter.is_alphanumeric(),
    }
}

fn is_apostrophe(letter: char) -> bool {
    letter == '\'' || letter == '\u{2019}'
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(4_000))]

        /// A word that is plain at first sight is measured, and looked up, as any other.
        #[test]
        fn plain_words_are_words(text in "[a-cA-C]{1,3}([a-cX1 .,'/@\\\\_\u{e9}\u{2019}-]){0,6}") {
            if let Some(Plain { length, shape, hash }) = plain(text.as_bytes()) {
                let first = text.chars().next().unwrap();
                proptest::prop_assert_eq!((length, shape), measure(&text, first), "{}", text);
                let folded = normalised(&text[..length]).bytes().fold(Hash::EMPTY, Hash::with);
                proptest::prop_assert_eq!(format!("{hash:?}"), format!("{folded:?}"), "{}", text);
            }
        }
    }

    #[test]
    fn what_is_told_sooner_is_told_alike() {
        for letter in '\0'..=char::MAX {
            assert_eq!(is_alphanumeric(letter), letter.is_alphanumeric(), "{letter:?}");
        }
    }
}
