//! The tokenizer against Python's, windows, and the weights in the program.

use proptest::prelude::*;

use super::tokenizer::{Piece, Tokenizer};
use super::weights::POSITIONS;
use super::windows::{encode, pack};
use super::{Reader, SentenceInContext};

/// Invented sentences, each followed by a line with the pieces that Python's `tokenizers` makes of it
/// (`BertWordPieceTokenizer`, lower case).
const SENTENCES: &str = include_str!("pieces.txt");

fn sentences() -> Vec<(&'static str, Vec<&'static str>)> {
    let lines: Vec<&str> = SENTENCES.lines().collect();
    let (pairs, _) = lines.as_chunks::<2>();
    pairs.iter().map(|[text, pieces]| (*text, pieces.split(' ').collect())).collect()
}

/// Returns all pieces of the sentences, one a line.
fn vocabulary() -> String {
    let special = ["[UNK]", "[CLS]", "[SEP]"];
    let mut pieces: Vec<&str> =
        sentences().into_iter().flat_map(|(_, pieces)| pieces).chain(special).collect();
    pieces.sort_unstable();
    pieces.dedup();
    pieces.join("\n")
}

fn tokenizer() -> Tokenizer {
    Tokenizer::new(&vocabulary()).unwrap()
}

#[test]
fn sentences_have_the_pieces_that_the_network_was_trained_with() {
    let (vocabulary, tokenizer) = (vocabulary(), tokenizer());
    let names: Vec<&str> = vocabulary.split('\n').collect();
    let sentences = sentences();
    assert!(sentences.len() >= 60);
    for (text, expected) in sentences {
        let pieces = tokenizer.encode(text, usize::MAX);
        let pieces: Vec<&str> = pieces.iter().map(|piece| names[piece.id as usize]).collect();
        assert_eq!(pieces, expected, "{text}");
    }
}

#[test]
fn pieces_know_their_words() {
    let words = |text: &str| -> Vec<String> {
        tokenizer().encode(text, usize::MAX).into_iter().map(|piece| text[piece.span].to_owned()).collect()
    };
    assert_eq!(words("Caf\u{e9}s, kubernetes"), ["Caf\u{e9}", "s", ",", "ku", "ber", "net", "es"]);
    assert_eq!(words(&format!("{} I", "x".repeat(500))), ["x".repeat(500), "I".to_owned()]);
    assert!(words(" \u{200b}\u{7} ").is_empty());
}

#[test]
fn only_as_many_pieces_are_looked_up_as_are_read() {
    let text = "the owner went up. ".repeat(100_000);
    let pieces = tokenizer().encode(&text, 7);
    assert_eq!(pieces, tokenizer().encode(&text[..100], 7));
    assert_eq!(pieces.len(), 7);
}

#[test]
fn the_weights_in_the_program_load() {
    let reader = Reader::embedded();
    assert!(!reader.version().is_empty());
    assert!(!reader.names().rules.is_empty());
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::from("owner ")), Just(String::from("ku-ber-net ")), "\\PC{0,6}", any::<String>()]
}

fn text(longest: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 0..longest).prop_map(|words| words.concat())
}

proptest! {
    #[test]
    fn pieces_are_in_order_and_on_character_boundaries(text in text(30)) {
        let mut end = 0;
        for Piece { span, .. } in tokenizer().encode(&text, usize::MAX) {
            // Two pieces may share a character that becomes two letters.
            prop_assert!(span.start < span.end && span.end >= end);
            prop_assert!(text.get(span.clone()).is_some());
            end = span.end;
        }
    }

    #[test]
    fn each_sentence_is_judged_once_in_a_window_that_fits(
        parts in prop::collection::vec((text(40), text(6), text(6)), 0..12),
    ) {
        let in_context = |(text, role, heading)| SentenceInContext { text, role, heading };
        let sentences: Vec<_> = parts.iter().map(|(text, role, heading)| in_context((&**text, &**role, &**heading))).collect();
        let tokenizer = tokenizer();
        let windows = pack(&tokenizer, &encode(&tokenizer, &sentences));
        prop_assert_eq!(windows.iter().map(|window| window.sentences.len()).sum::<usize>(), sentences.len());
        prop_assert!(windows.iter().all(|window| window.pieces.len() <= POSITIONS && !window.sentences.is_empty()));
    }
}

#[test]
fn a_text_that_is_remembered_has_the_same_evidence() {
    let (plain, remembering) = (Reader::embedded(), Reader::from_bytes(super::EMBEDDED).unwrap());
    remembering.remember();
    let sentences = sentences();
    let in_context = |text: &'static str| SentenceInContext { text, role: "cause", heading: "Root cause" };
    let mut text: Vec<SentenceInContext<'_>> = sentences.iter().map(|(text, _)| in_context(text)).collect();
    for edited in [0, 0, 30, 59] {
        text[edited] = in_context("An operator ran the script.");
        assert_eq!(plain.read(&text), remembering.read(&text));
    }
}
