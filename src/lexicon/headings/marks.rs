//! A quick look that spares most words a search.

use serde::{Deserialize, Serialize};

/// Rows of marks, of 64 each.
const ROWS: usize = 32;

/// Ends and lengths of the texts of a list: of all that is looked up, most shares them with no text of the list.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Marks([u64; ROWS]);

impl Marks {
    /// Marks a text of the list.
    pub(super) fn add(&mut self, text: &[u8]) {
        self.set(place(text));
    }

    /// Whether the list may hold a text; if not, it does not.
    pub(super) fn may_hold(&self, text: &[u8]) -> bool {
        self.has(place(text))
    }

    /// Whether a list in small letters may hold a text in any.
    pub(super) fn may_hold_in_capitals(&self, text: &[u8]) -> bool {
        !text.is_ascii() || self.has(place_by(text, |byte| byte.to_ascii_lowercase()))
    }

    /// Marks a text of the list together with the byte that comes next.
    pub(super) fn add_before(&mut self, text: &[u8], next: u8) {
        self.set(place_before(text, next));
    }

    /// Whether the list may hold a text that this byte comes next to.
    pub(super) fn may_hold_before(&self, text: &[u8], next: u8) -> bool {
        self.has(place_before(text, next))
    }

    fn set(&mut self, place: usize) {
        self.0[place / 64] |= 1 << (place % 64);
    }

    fn has(&self, place: usize) -> bool {
        self.0[place / 64] & 1 << (place % 64) != 0
    }
}

fn place_before(text: &[u8], next: u8) -> usize {
    (place(text) + usize::from(next) * 71) % (64 * ROWS)
}

fn place(text: &[u8]) -> usize {
    place_by(text, |byte| byte)
}

fn place_by(text: &[u8], fold: impl Fn(u8) -> u8) -> usize {
    let end = |found: Option<&u8>| found.map_or(0, |byte| usize::from(fold(*byte)));
    (end(text.first()) * 32 + end(text.last()) + text.len() * 5) % (64 * ROWS)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        /// What is in the list is never ruled out.
        #[test]
        fn marks_miss_nothing(texts in proptest::collection::vec("[a-z\u{e9} ]{0,12}", 0..20)) {
            let mut marks = Marks::default();
            for text in &texts {
                marks.add(text.as_bytes());
            }
            for text in &texts {
                proptest::prop_assert!(marks.may_hold(text.as_bytes()));
                proptest::prop_assert!(marks.may_hold_in_capitals(text.to_uppercase().as_bytes()));
            }
        }
    }

    #[test]
    fn marks_rule_out_most() {
        let mut marks = Marks::default();
        for text in ["root cause", "impact", "timeline"] {
            marks.add(text.as_bytes());
        }
        marks.add_before(b"list", b'o');
        assert!(!marks.may_hold(b"weather") && !marks.may_hold_in_capitals(b"LATER"));
        assert!(marks.may_hold_before(b"list", b'o') && !marks.may_hold_before(b"list", b'a'));
    }
}
