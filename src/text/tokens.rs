//! Splits a sentence into words and punctuation marks, each with its classes.

use std::borrow::Cow;

use crate::model::{CODE, Span};
use crate::text::vocabulary::{ClassId, ClassSet, Vocabulary, WordId};

/// Endings that follow an apostrophe in English; `n't` is not split from its word.
const CLITICS: [&str; 6] = ["s", "d", "m", "ve", "re", "ll"];

/// A word, a number, inline code or a punctuation mark.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    span: Span,
    /// The word in lower case, if it is in the lexicon.
    pub word: WordId,
    /// Classes of the word.
    pub classes: ClassSet,
    /// Its shape.
    pub shape: Shape,
}

/// The shape of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A word in lower case.
    Small,
    /// A word with a capital first letter, otherwise in lower case.
    Capital,
    /// A mix of capitals, digits and letters, or a word with dots or underscores in it: an identifier, an abbreviation,
    /// a host.
    Identifier,
    /// Digits, perhaps with separators or a unit.
    Number,
    /// Inline code, an address or a path.
    Code,
    /// Punctuation; a dash of any length is `-`, quotation marks are `"`.
    Mark(char),
}

/// The tokens of a sentence, and the multi-word class entries that begin at each.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    /// Tokens, in the order of the source.
    pub all: Vec<Token>,
    /// `(token, words, class)` of every multi-word class entry.
    pub phrases: Vec<(usize, usize, ClassId)>,
    /// Every class with at least one entry in the sentence, of one word or several.
    pub held: ClassSet,
}

impl Token {
    /// Returns its span in bytes of the source.
    pub const fn span(&self) -> Span {
        self.span
    }
}

impl Shape {
    /// True for an ordinary word.
    pub const fn is_plain_word(self) -> bool {
        matches!(self, Self::Small | Self::Capital)
    }
}

impl Tokens {
    /// Splits `span` of `prose` (the masked text of a document) into tokens.
    pub fn cut(prose: &str, span: Span, vocabulary: &Vocabulary) -> Self {
        let all = pieces(prose, span).map(|piece| piece.token(prose, vocabulary)).collect();
        let mut tokens = Self { all, ..Self::default() };
        tokens.find_phrases(vocabulary);
        let words = tokens.all.iter().fold(ClassSet::EMPTY, |held, token| held.and(token.classes));
        tokens.held = tokens.phrases.iter().fold(words, |held, &(_, _, class)| held.with(class));
        tokens
    }

    /// Returns the lengths, in tokens, of the entries of these classes that begin at `at`, longest first.
    pub fn lengths(&self, at: usize, classes: impl Into<ClassSet>) -> impl Iterator<Item = usize> {
        let classes = classes.into();
        let first = self.phrases.partition_point(|&(token, _, _)| token < at);
        let here = self.phrases[first..].iter().take_while(move |&&(token, _, _)| token == at);
        let several = here.filter(move |&&(_, _, of)| classes.has(of)).map(|&(_, words, _)| words);
        several.chain(self.all[at].classes.meets(classes).then_some(1))
    }

    /// True if an entry of one of these classes begins at `at`.
    pub fn is(&self, at: usize, classes: impl Into<ClassSet>) -> bool {
        let classes = classes.into();
        self.held.meets(classes) && self.lengths(at, classes).next().is_some()
    }

    /// Returns the classes with an entry that begins at `at`.
    pub fn classes_at(&self, at: usize) -> ClassSet {
        let first = self.phrases.partition_point(|&(token, _, _)| token < at);
        let here = self.phrases[first..].iter().take_while(|&&(token, _, _)| token == at);
        here.fold(self.all[at].classes, |classes, &(_, _, class)| classes.with(class))
    }

    /// Returns the span of the source from the first to the last token of `range`.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.all[range.start].span().start, self.all[range.end - 1].span().end)
    }

    fn find_phrases(&mut self, vocabulary: &Vocabulary) {
        for (at, token) in self.all.iter().enumerate() {
            let from = self.phrases.len();
            for (rest, class) in vocabulary.phrases(token.word) {
                if begins(&self.all[at + 1..], rest) {
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

/// Returns the words of a text in the lexicon, split as [`Tokens::cut`] splits prose.
pub fn words(text: &str) -> Vec<String> {
    let all = pieces(text, Span::new(0, text.len()));
    all.filter(|piece| !matches!(piece.shape, Shape::Mark(_)))
        .map(|piece| normalised(piece.span.of(text)).into_owned())
        .collect()
}

/// A token before its word is looked up.
struct Piece {
    span: Span,
    shape: Shape,
}

impl Piece {
    fn token(self, text: &str, vocabulary: &Vocabulary) -> Token {
        let Self { span, shape } = self;
        let word = match shape {
            Shape::Code | Shape::Mark(_) => WordId::UNKNOWN,
            _ => vocabulary.id(&normalised(span.of(text))),
        };
        Token { span, word, classes: vocabulary.classes(word), shape }
    }
}

/// Splits `span` of `text` at white space, marks and hyphens.
fn pieces(text: &str, span: Span) -> impl Iterator<Item = Piece> {
    let mut at = span.start;
    std::iter::from_fn(move || {
        loop {
            let first = text[at..span.end].chars().next()?;
            let start = at;
            if first.is_whitespace() || joins(text, at, first) {
                at += first.len_utf8();
                continue;
            }
            let (length, shape) = measure(&text[at..span.end], first);
            at += length;
            return Some(Piece { span: Span::new(start, at), shape });
        }
    })
}

/// The word in lower case, with straight apostrophes.
fn normalised(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(word.to_lowercase().replace(['\u{2019}', '\u{2018}'], "'"))
}

/// True if this is a hyphen or slash between two letters or digits, which is treated as a space.
fn joins(text: &str, at: usize, first: char) -> bool {
    let hyphen = matches!(first, '-' | '/' | '\u{2010}' | '\u{2011}');
    hyphen
        && text[..at].ends_with(char::is_alphanumeric)
        && text[at + first.len_utf8()..].starts_with(char::is_alphanumeric)
}

/// Returns the length in bytes and the shape of the token at the start of `rest`.
fn measure(rest: &str, first: char) -> (usize, Shape) {
    if first as u32 == u32::from(CODE) {
        return (rest.bytes().take_while(|&byte| byte == CODE).count(), Shape::Code);
    }
    if first.is_ascii_punctuation() && !"/'_".contains(first) {
        return (1, Shape::Mark(mark(first)));
    }
    if first == '/' && rest[1..].starts_with(char::is_alphanumeric) {
        return (rest.find(char::is_whitespace).unwrap_or(rest.len()), Shape::Code);
    }
    if clitic(rest) > 0 {
        return (clitic(rest), Shape::Small);
    }
    if !first.is_alphanumeric() && first != '_' {
        return (first.len_utf8(), Shape::Mark(mark(first)));
    }
    let length = word_length(rest);
    (length, shape_of(&rest[..length]))
}

/// Returns the length in bytes of an ending such as `'s` or `'ve` at the start of `rest`, or 0 if there is none.
fn clitic(rest: &str) -> usize {
    let Some(apostrophe) = rest.chars().next().filter(|&first| is_apostrophe(first)) else { return 0 };
    let after = &rest[apostrophe.len_utf8()..];
    let letters = after.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(after.len());
    let known = CLITICS.iter().any(|ending| after[..letters].eq_ignore_ascii_case(ending));
    if known { apostrophe.len_utf8() + letters } else { 0 }
}

fn word_length(rest: &str) -> usize {
    let mut length = 0;
    let mut letters = rest.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let inside = letters.peek().is_some_and(|&(_, next)| next.is_alphanumeric() || next == '_');
        let part = letter.is_alphanumeric()
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
    if is_mail_address(word) {
        return Shape::Capital; // it stands for a person
    }
    if word.chars().any(|c| "./@\\_".contains(c)) {
        return Shape::Code;
    }
    if word.chars().any(char::is_numeric) {
        return Shape::Identifier;
    }
    let capitals = letters.filter(|c| c.is_uppercase()).count();
    if is_family_name(word) {
        return Shape::Capital;
    }
    match (first.is_uppercase(), capitals) {
        (_, 1..) => Shape::Identifier,
        (true, 0) => Shape::Capital,
        (false, 0) => Shape::Small,
    }
}

/// True for an address such as `jane@example.com`, but not for `root@db1` or `app@1.25.3`.
fn is_mail_address(word: &str) -> bool {
    let Some((name, domain)) = word.split_once('@') else { return false };
    let end = domain.rsplit_once('.').map_or("", |(_, end)| end);
    let is_end = end.len() > 1 && end.chars().all(char::is_alphabetic);
    is_end && !name.is_empty() && !word.contains(['/', '\\'])
}

/// True for names with two capitals: `O'Brien`, `D'Souza`, `McDonald`.
fn is_family_name(word: &str) -> bool {
    let short = word.split_once(is_apostrophe).filter(|(start, _)| start.chars().all(char::is_uppercase));
    let rest = short.map(|(_, rest)| rest).or_else(|| word.strip_prefix("Mc")).unwrap_or_default();
    rest.starts_with(char::is_uppercase) && rest.len() > 2 && rest.chars().skip(1).all(char::is_lowercase)
}

fn mark(first: char) -> char {
    match first {
        '\u{2010}'..='\u{2015}' => '-',
        '"' | '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{300c}'..='\u{300f}' => '"',
        '\u{2018}'..='\u{201a}' | '\u{2039}' | '\u{203a}' => '\'',
        '\u{2026}' | '\u{3002}' => '.',
        '\u{ff0c}' => ',',
        _ => first,
    }
}

fn is_apostrophe(letter: char) -> bool {
    letter == '\'' || letter == '\u{2019}'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes(text: &str) -> Vec<(&str, Shape)> {
        pieces(text, Span::new(0, text.len())).map(|piece| (piece.span.of(text), piece.shape)).collect()
    }

    #[test]
    fn a_token_has_a_shape() {
        let text = "We ran RDS at 10.5, /etc/hosts db_1 x2 j.doe@a.com app@1.2";
        let expected = [
            ("We", Shape::Capital),
            ("ran", Shape::Small),
            ("RDS", Shape::Identifier),
            ("at", Shape::Small),
            ("10.5", Shape::Number),
            (",", Shape::Mark(',')),
            ("/etc/hosts", Shape::Code),
            ("db_1", Shape::Code),
            ("x2", Shape::Identifier),
            ("j.doe@a.com", Shape::Capital),
            ("app@1.2", Shape::Code),
        ];
        assert_eq!(shapes(text), expected);
    }

    #[test]
    fn names_with_two_capitals_are_names() {
        for name in ["O'Brien", "D\u{2019}Souza", "McDonald"] {
            assert_eq!(shapes(name), [(name, Shape::Capital)]);
        }
        for other in ["MacOS", "McD", "O'REILLY", "iPhone"] {
            assert_ne!(shapes(other)[0].1, Shape::Capital, "{other}");
        }
    }

    #[test]
    fn hyphens_between_words_count_as_spaces() {
        assert_eq!(
            words("copy-paste on/off \u{2013} re\u{2010}run -5"),
            ["copy", "paste", "on", "off", "re", "run", "5"]
        );
    }

    #[test]
    fn only_some_endings_with_an_apostrophe_are_words() {
        assert_eq!(words("Don\u{2019}t say it's O'Brien"), ["don't", "say", "it", "'s", "o'brien"]);
    }
}
