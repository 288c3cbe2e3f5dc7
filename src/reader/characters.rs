//! Characters as the encoder was trained with them: lower case, no accents, and their classes.
//!
//! The classes cover the characters that occur in incident reports, not all of Unicode; the others count as letters,
//! and a word with an unknown letter is an unknown word.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Calls `each` with every letter of a character in lower case and without accents; with none for a character that is
/// not read.
pub(crate) fn letters(character: char, mut each: impl FnMut(char)) {
    if character.is_ascii() {
        if !character.is_ascii_control() {
            each(character.to_ascii_lowercase());
        }
        return;
    }
    if is_dropped(character) {
        return;
    }
    decompose_canonical(character, |part| {
        if !is_combining_mark(part) {
            part.to_lowercase().for_each(&mut each);
        }
    });
}

/// True for a character that is a word of its own.
pub(crate) fn stands_alone(letter: char) -> bool {
    is_punctuation(letter) || is_ideograph(letter)
}

/// True for control and format characters, unassigned and private ones.
fn is_dropped(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{e007f}')
}

fn is_punctuation(letter: char) -> bool {
    letter.is_ascii_punctuation()
        || matches!(letter,
            '\u{a1}' | '\u{a7}' | '\u{ab}' | '\u{b6}' | '\u{b7}' | '\u{bb}' | '\u{bf}'
            | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{2043}' | '\u{2045}'..='\u{2051}' | '\u{2053}'..='\u{205e}'
            | '\u{207d}' | '\u{207e}' | '\u{208d}' | '\u{208e}' | '\u{2308}'..='\u{230b}' | '\u{2329}' | '\u{232a}'
            | '\u{2768}'..='\u{2775}' | '\u{27e6}'..='\u{27ef}'
            | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}'
            | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}')
}

fn is_ideograph(letter: char) -> bool {
    matches!(letter,
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{2ceaf}' | '\u{2f800}'..='\u{2fa1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_capitals_and_control_characters_go() {
        let mut read = String::new();
        "\u{feff}\u{c9}te\u{301}\u{7}\u{130}\u{200b}A"
            .chars()
            .for_each(|character| letters(character, |letter| read.push(letter)));
        assert_eq!(read, "eteia");
    }

    #[test]
    fn marks_and_ideographs_stand_alone() {
        for letter in ['-', '.', '\u{2019}', '\u{2026}', '\u{4e8b}'] {
            assert!(stands_alone(letter), "{letter}");
        }
        assert!(!['a', '\u{2044}', '\u{e9}', '\u{3042}'].into_iter().any(stands_alone));
    }
}
