//! Words with which a sentence or a block may begin.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::lexicon::headings::glance::{Room, fold_letters, letters, plain_first};
use crate::lexicon::headings::marks::Marks;
use crate::lexicon::headings::words::{Run, Words};

/// Bytes of a sentence in which its opening words are looked for.
const OPENING: usize = 100;
/// Words of the longest opening.
const LONGEST_OPENING: usize = 8;

/// Phrases that a sentence may begin with.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Openers {
    /// The first words.
    marks: Marks,
    /// The phrases of one word.
    alone: Marks,
    /// First words of the others, each with the first byte of the second.
    pairs: Marks,
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
            openers.mark(first.as_bytes(), words.all().text().as_bytes());
            openers.phrases.entry(first.to_owned()).or_default().push(words.all().text().to_owned());
        }
        openers
    }

    /// Whether `sentence` begins with one of them.
    pub(super) fn open(&self, sentence: &str) -> bool {
        let mut room = Room::default();
        let may = match plain_first(sentence, &mut room) {
            Some((first, after)) => self.may_go_on(first, after),
            None => self.may_open(sentence),
        };
        may && {
            let words = Words::first(&sentence[..floor_boundary(sentence, OPENING)], LONGEST_OPENING);
            self.begin(words.all().slice(0, LONGEST_OPENING))
        }
    }

    /// Whether a text of at most `most` words begins with one of them.
    pub(super) fn open_short(&self, text: &str, most: usize) -> bool {
        let mut room = Room::default();
        plain_first(text, &mut room).is_none_or(|(first, after)| self.may_go_on(first, after)) && {
            let words = Words::first(text, most);
            words.all().len() <= most && self.begin(words.all())
        }
    }

    fn begin(&self, words: Run<'_>) -> bool {
        let opens = |phrase: &String| {
            let after = words.text().strip_prefix(phrase.as_str());
            after.is_some_and(|after| after.is_empty() || after.starts_with(' '))
        };
        self.with(words.slice(0, 1).text().as_bytes()).iter().any(opens)
    }

    fn mark(&mut self, first: &[u8], phrase: &[u8]) {
        self.marks.add(first);
        match phrase[first.len()..] {
            [_, next, ..] => self.pairs.add_before(first, next),
            _ => self.alone.add(first),
        }
    }

    /// A look at the first word and at how the second begins; nearly every sentence fails it.
    fn may_go_on(&self, first: &[u8], after: &str) -> bool {
        self.alone.may_hold(first)
            || self.marks.may_hold(first)
                && match Next::of(after) {
                    Next::Letter(next) => self.pairs.may_hold_before(first, next),
                    Next::Nothing => false,
                    Next::Unclear => true,
                }
    }

    /// A look at the first word alone, where a mark, a count or an accent stands at it.
    fn may_open(&self, sentence: &str) -> bool {
        let text = sentence.trim_start_matches(|c: char| !c.is_alphanumeric());
        let (len, mut room) = (letters(text), Room::default());
        // A count or an accent is left to the full look.
        len == 0
            || text.as_bytes().get(len).is_some_and(|byte| !byte.is_ascii())
            || !self.with(fold_letters(&text[..len], &mut room)).is_empty()
    }

    /// The phrases that begin with a word.
    fn with(&self, first: &[u8]) -> &[String] {
        if !self.marks.may_hold(first) {
            return &[];
        }
        let phrases = str::from_utf8(first).ok().and_then(|first| self.phrases.get(first));
        phrases.map_or(&[], Vec::as_slice)
    }
}

/// How the next word begins.
enum Next {
    /// With this letter, in small.
    Letter(u8),
    /// There is none.
    Nothing,
    /// With something else, or it is no plain word.
    Unclear,
}

impl Next {
    fn of(text: &str) -> Self {
        let passed = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric() && !b"&/+,".contains(byte);
        match text.bytes().find(|byte| !passed(byte)) {
            None => Self::Nothing,
            Some(byte) if byte.is_ascii_alphabetic() => Self::Letter(byte.to_ascii_lowercase()),
            Some(_) => Self::Unclear,
        }
    }
}

fn floor_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::sample::select;

    use super::*;

    const PHRASES: [&str; 8] = [
        "describe",
        "the incident's impact",
        "a list of",
        "to be done",
        "post mortem of",
        "e g",
        "xxx",
        "tbd",
    ];
    const PIECES: [&str; 30] = [
        "describe",
        "Describes",
        "the",
        "The",
        "incident's",
        "incident\u{2019}s",
        "impact",
        "a",
        "A",
        "list",
        "of",
        "to",
        "be",
        "done",
        "post",
        "mortem",
        "Postmortem",
        "e",
        "g",
        "xxx",
        "tbd",
        "1.",
        "10:05",
        "I.",
        "a)",
        "&",
        "\u{201c}",
        "(",
        "\u{e9}",
        "iv",
    ];

    fn openers() -> Openers {
        Openers::new(&PHRASES.map(str::to_owned))
    }

    /// Whether the words of a text, all folded, begin with a phrase.
    fn begins(openers: &Openers, text: &str) -> bool {
        let words = Words::new(text);
        let heads = (1..=words.all().len().min(LONGEST_OPENING)).map(|len| words.all().slice(0, len).text());
        let all: Vec<&String> = openers.phrases.values().flatten().collect();
        heads.into_iter().any(|head| all.iter().any(|phrase| *phrase == head))
    }

    proptest::proptest! {
        /// The quick looks only ever spare the full one.
        #[test]
        fn quick_looks_change_nothing(
            pieces in proptest::collection::vec(select(PIECES.to_vec()), 0..9),
            gap in select(vec![" ", "  ", ", ", "-", ". "]),
        ) {
            let (openers, text) = (openers(), pieces.join(gap));
            let short = Words::new(&text).all().len() <= 5 && begins(&openers, &text);
            proptest::prop_assert_eq!(openers.open_short(&text, 5), short, "{}", text);
            let opening = &text[..floor_boundary(&text, OPENING)];
            let opens = openers.may_open(&text) && begins(&openers, opening);
            proptest::prop_assert_eq!(openers.open(&text), opens, "{}", text);
        }
    }

    #[test]
    fn a_phrase_opens_only_with_whole_words() {
        let openers = openers();
        for text in
            ["Describe it", "(A list of it)", "10:05 The incident\u{2019}s impact", "TBD", "E.g. this"]
        {
            assert!(openers.open(text), "{text}");
        }
        for text in ["Described it", "A listing", "The incident", "Post", ""] {
            assert!(!openers.open(text), "{text}");
        }
    }
}
