//! Arranges sentences in windows of several sentences that are read at once, so that context costs little.

use std::ops::Range;

use crate::reader::SentenceInContext;
use crate::reader::tokenizer::{Piece, Tokenizer};
use crate::reader::weights::POSITIONS;

/// Maximum number of pieces of a sentence that are read.
const LONGEST_SENTENCE: usize = 96;
/// Maximum number of pieces of a role and heading.
const LONGEST_HEADING: usize = 16;
/// Maximum number of pieces of a sentence that serves as context.
const LONGEST_CONTEXT: usize = 32;
/// Maximum number of pieces of a sentence that gets context.
const LONGEST_WITH_CONTEXT: usize = 67;

/// One sentence ready to be put into a window.
#[derive(Clone, Debug)]
pub(crate) struct Encoded {
    pieces: Vec<u32>,
    /// The pieces of its role and heading, for the beginning of a window.
    heading: Vec<u32>,
    /// The pieces of its role, for the middle of a window.
    role: Vec<u32>,
    /// The number of the first sentence in the same section.
    section: usize,
    /// For each piece its bytes in the sentence's text.
    pub(crate) spans: Vec<Range<usize>>,
}

/// Pieces that are read at once, at most [`POSITIONS`].
#[derive(Debug, Default)]
pub(crate) struct Window {
    pub(crate) pieces: Vec<u32>,
    /// The pieces of each sentence that is judged in this window, with the separator after it.
    pub(crate) sentences: Vec<Range<usize>>,
}

/// Splits the sentences of a document into pieces.
pub(crate) fn encode(tokenizer: &Tokenizer, sentences: &[SentenceInContext<'_>]) -> Vec<Encoded> {
    let mut encoded: Vec<Encoded> = Vec::with_capacity(sentences.len());
    for (at, sentence) in sentences.iter().enumerate() {
        let continues = at > 0 && sentences[at - 1].is_in_section_of(sentence);
        let (heading, role, section) = match encoded.last().filter(|_| continues) {
            Some(before) => (before.heading.clone(), before.role.clone(), before.section),
            None => begin_section(tokenizer, sentence, at),
        };
        let text = tokenizer.encode(sentence.text, LONGEST_SENTENCE);
        let spans = text.iter().map(|piece| piece.span.clone()).collect();
        encoded.push(Encoded { pieces: ids(&text), heading, role, section, spans });
    }
    encoded
}

fn begin_section(
    tokenizer: &Tokenizer,
    sentence: &SentenceInContext<'_>,
    at: usize,
) -> (Vec<u32>, Vec<u32>, usize) {
    let role = format!("{} :", sentence.role.replace('-', " "));
    let heading = format!("{role} {}", sentence.heading);
    let short = |text: &str| ids(&tokenizer.encode(text, LONGEST_HEADING));
    (short(&heading), short(&role), at)
}

fn ids(pieces: &[Piece]) -> Vec<u32> {
    pieces.iter().map(|piece| piece.id).collect()
}

/// Fills windows with sentence after sentence, so that each sentence is judged in one window. A window begins with the
/// sentence before it as context.
pub(crate) fn pack(tokenizer: &Tokenizer, encoded: &[Encoded]) -> Vec<Window> {
    let (mut windows, mut at) = (Vec::new(), 0);
    while at < encoded.len() {
        let (window, next) = fill(tokenizer, encoded, at);
        windows.push(window);
        at = next;
    }
    windows
}

/// Returns the window whose first judged sentence is `at`, and the first sentence after it.
fn fill(tokenizer: &Tokenizer, encoded: &[Encoded], at: usize) -> (Window, usize) {
    let start = if has_context(encoded, at) { at - 1 } else { at };
    let mut window = Window::default();
    window.pieces.push(tokenizer.class);
    window.pieces.extend(&encoded[start].heading);
    window.pieces.push(tokenizer.separator);
    let (mut section, mut next) = (encoded[start].section, start);
    while let Some(sentence) = encoded.get(next) {
        let lead = sentence.lead(section);
        if next > at && window.pieces.len() + lead.len() + sentence.pieces.len() + 1 > POSITIONS {
            break;
        }
        window.pieces.extend(lead);
        let first = window.pieces.len();
        window.pieces.extend(&sentence.pieces);
        window.pieces.push(tokenizer.separator);
        if next >= at {
            window.sentences.push(first..window.pieces.len());
        }
        section = sentence.section;
        next += 1;
    }
    (window, next)
}

/// True if the sentence before is short enough to be read together with this one.
fn has_context(encoded: &[Encoded], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| &encoded[before]) else { return false };
    let sentence = &encoded[at];
    let around = before.heading.len() + sentence.lead(before.section).len() + 4;
    before.pieces.len() <= LONGEST_CONTEXT
        && sentence.pieces.len() <= LONGEST_WITH_CONTEXT
        && around + before.pieces.len() + sentence.pieces.len() <= POSITIONS
}

impl Encoded {
    /// Returns the pieces before this sentence in the middle of a window: its role where a section begins.
    fn lead(&self, section: usize) -> &[u32] {
        if self.section == section { &[] } else { &self.role }
    }
}
