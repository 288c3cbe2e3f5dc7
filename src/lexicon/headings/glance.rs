//! What is plain at first sight of a text, before its words are folded. Where it is not, nothing is said.

use crate::lexicon::headings::words::singular_len;

/// Bytes of the longest word that is folded by itself.
const LONGEST_WORD: usize = 24;

/// Room for one folded word.
pub(super) type Room = [u8; LONGEST_WORD];

/// How many letters stand at the head of `text`, as far as a word goes that is folded by itself.
pub(super) fn letters(text: &str) -> usize {
    text.bytes().take(LONGEST_WORD).take_while(u8::is_ascii_alphabetic).count()
}

/// Letters as one word, folded into `room`.
pub(super) fn fold_letters<'r>(letters: &str, room: &'r mut Room) -> &'r [u8] {
    let places = room.iter_mut().zip(letters.bytes());
    let len = places.map(|(place, letter)| *place = letter.to_ascii_lowercase()).count();
    &room[..singular_len(&room[..len])]
}

/// The first word of `text`, folded into `room`, and what follows, where it plainly is a word: letters, followed by what
/// ends a word, that are no count and no part of a longer word.
pub(super) fn plain_first<'t, 'r>(text: &'t str, room: &'r mut Room) -> Option<(&'r [u8], &'t str)> {
    let text = after_counts(text);
    let (word, after) = text.split_at(letters(text));
    let short = || word.len() == 1 || word.bytes().all(|byte| b"ivxIVX".contains(&byte));
    let counts = || after.starts_with([')', '.']) && short();
    let plain = !word.is_empty() && ends_word(after) && !counts();
    plain.then(|| (fold_letters(word, room), after)).filter(|(word, _)| *word != b"post")
}

/// The text without the marks and numbers before its first word, as far as they plainly are such.
fn after_counts(text: &str) -> &str {
    let mut rest = text;
    loop {
        rest = rest.trim_ascii_start().trim_start_matches(['(', '[', '*', '-', ':', '.', '"']);
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || !ends_word(&rest[digits..]) {
            return rest;
        }
        rest = &rest[digits..];
    }
}

/// Whether a word that stands before plainly ends here.
fn ends_word(after: &str) -> bool {
    let ends = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric() && *byte != b'\'';
    after.as_bytes().first().is_none_or(ends)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::headings::words::Words;

    proptest::proptest! {
        /// What is plain at first sight is what folding finds.
        #[test]
        fn a_plain_first_word_is_the_first_word(text in "([aIx1s]|post|mortem|boxes|the|[ ,&.)(:'\u{e9}]){0,12}") {
            let mut room = Room::default();
            if let Some((first, _)) = plain_first(&text, &mut room) {
                let words = Words::new(&text);
                proptest::prop_assert_eq!(first, words.all().slice(0, 1).text().as_bytes());
            }
        }
    }
}
