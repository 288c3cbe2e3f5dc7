//! Splits text into word pieces, as the encoder was trained with them: greedily, the longest piece first.

use std::collections::HashMap;
use std::ops::Range;

use crate::reader::characters::{letters, stands_alone};
use crate::reader::error::WeightsError;

/// Maximum number of letters of a word that is looked up; a longer one is unknown.
const LONGEST_WORD: usize = 100;
/// The beginning of a piece that continues a word.
const CONTINUES: &str = "##";

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Its line in the vocabulary, from 0.
    pub(crate) id: u32,
    /// Its bytes in the text, on character boundaries.
    pub(crate) span: Range<usize>,
}

/// The vocabulary of pieces.
pub(crate) struct Tokenizer {
    beginnings: HashMap<Box<str>, u32>,
    continuations: HashMap<Box<str>, u32>,
    /// Length in bytes of the longest piece.
    longest: usize,
    unknown: u32,
    /// The piece that begins a window.
    pub(crate) class: u32,
    /// The piece that ends a sentence.
    pub(crate) separator: u32,
}

impl Tokenizer {
    /// Reads a vocabulary with one piece a line.
    pub(crate) fn new(vocabulary: &str) -> Result<Self, WeightsError> {
        let (mut beginnings, mut continuations) = (HashMap::new(), HashMap::new());
        for (id, piece) in (0_u32..).zip(vocabulary.split('\n')) {
            match piece.strip_prefix(CONTINUES).filter(|rest| !rest.is_empty()) {
                Some(rest) => continuations.insert(rest.into(), id),
                None => beginnings.insert(piece.into(), id),
            };
        }
        let special = |name| beginnings.get(name).copied().ok_or(WeightsError::MissingPiece(name));
        let (unknown, class, separator) = (special("[UNK]")?, special("[CLS]")?, special("[SEP]")?);
        let longest = vocabulary.split('\n').map(str::len).max().unwrap_or(0);
        Ok(Self { beginnings, continuations, longest, unknown, class, separator })
    }

    /// Returns the first `most` pieces of a text. What follows them is not looked at.
    pub(crate) fn encode(&self, text: &str, most: usize) -> Vec<Piece> {
        let (mut pieces, mut word) = (Vec::new(), Word::default());
        for (at, character) in text.char_indices() {
            if pieces.len() >= most {
                break;
            }
            if character.is_whitespace() {
                self.finish(&mut word, &mut pieces);
                continue;
            }
            let span = at..at + character.len_utf8();
            letters(character, |letter| {
                if stands_alone(letter) {
                    self.finish(&mut word, &mut pieces);
                    word.push(letter, span.clone());
                    self.finish(&mut word, &mut pieces);
                } else {
                    word.push(letter, span.clone());
                }
            });
        }
        self.finish(&mut word, &mut pieces);
        pieces.truncate(most);
        pieces
    }

    /// Adds the pieces of a word and empties it.
    fn finish(&self, word: &mut Word, pieces: &mut Vec<Piece>) {
        let before = pieces.len();
        if !word.is_too_long() && self.split(word, pieces).is_some() {
            return word.clear();
        }
        pieces.truncate(before);
        pieces.push(Piece { id: self.unknown, span: word.span(0..word.count()) });
        word.clear();
    }

    /// Adds the pieces of a word, or returns `None` if a part of it is in no piece.
    fn split(&self, word: &Word, pieces: &mut Vec<Piece>) -> Option<()> {
        let mut first = 0;
        while first < word.count() {
            let (id, count) = self.longest_piece(word, first)?;
            pieces.push(Piece { id, span: word.span(first..first + count) });
            first += count;
        }
        Some(())
    }

    /// Returns the longest piece that begins at the letter `first`, and its number of letters.
    fn longest_piece(&self, word: &Word, first: usize) -> Option<(u32, usize)> {
        let table = if first == 0 { &self.beginnings } else { &self.continuations };
        let start = word.start(first);
        let ends = word.ends[first..].iter().take_while(|end| **end - start <= self.longest).count();
        let known =
            |count: usize| Some((*table.get(&word.letters[start..word.ends[first + count - 1]])?, count));
        (1..=ends).rev().find_map(known)
    }
}

/// The letters of a word so far.
#[derive(Default)]
struct Word {
    letters: String,
    /// For each letter the end of its bytes in `letters`.
    ends: Vec<usize>,
    /// For each letter the bytes of the text that it comes from.
    spans: Vec<Range<usize>>,
}

impl Word {
    fn push(&mut self, letter: char, span: Range<usize>) {
        if self.is_too_long() {
            // No more than its end is of interest.
            self.spans[LONGEST_WORD].end = span.end;
            return;
        }
        self.letters.push(letter);
        self.ends.push(self.letters.len());
        self.spans.push(span);
    }

    fn count(&self) -> usize {
        self.ends.len()
    }

    fn is_too_long(&self) -> bool {
        self.count() > LONGEST_WORD
    }

    /// Returns where a letter begins in `letters`.
    fn start(&self, letter: usize) -> usize {
        letter.checked_sub(1).map_or(0, |before| self.ends[before])
    }

    /// Returns the bytes of the text for a range of letters that is not empty.
    fn span(&self, range: Range<usize>) -> Range<usize> {
        self.spans[range.start].start..self.spans[range.end - 1].end
    }

    fn clear(&mut self) {
        self.letters.clear();
        self.ends.clear();
        self.spans.clear();
    }
}
