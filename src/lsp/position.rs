//! Positions in the protocol: the only module that knows how clients count columns.

use gen_lsp_types::{Position, PositionEncodingKind, Range};
use serde_json::Value;

use crate::model::Span;

/// The unit in which a client counts columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of 16 bits, which every client knows.
    #[default]
    Utf16,
}

impl Encoding {
    /// Returns the best of the encodings that a client offers.
    pub(crate) fn choose(offered: &Value) -> Self {
        let offers_bytes = offered.as_array().is_some_and(|all| all.iter().any(|one| one == "utf-8"));
        if offers_bytes { Self::Utf8 } else { Self::Utf16 }
    }

    pub(crate) const fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    /// Returns the number of units of a text.
    pub(crate) fn length(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.encode_utf16().count(),
        }
    }

    /// Returns the bytes of the first `units` units of a text: whole characters, and not more than there are.
    fn bytes(self, text: &str, units: usize) -> usize {
        if self == Self::Utf8 {
            return text.floor_char_boundary(units.min(text.len()));
        }
        let mut left = units;
        let is_within = |sign: &char| left.checked_sub(sign.len_utf16()).map(|rest| left = rest).is_some();
        text.chars().take_while(is_within).map(char::len_utf8).sum()
    }
}

/// The lines of a text. In the protocol, a lone carriage return also ends a line.
#[derive(Clone, Debug)]
pub(crate) struct Lines {
    /// Byte offset at which each line starts.
    starts: Vec<usize>,
}

impl Lines {
    pub(crate) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends = |&(at, byte): &(usize, &u8)| {
            *byte == b'\n' || *byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')
        };
        let after = bytes.iter().enumerate().filter(ends).map(|(at, _)| at + 1);
        Self { starts: std::iter::once(0).chain(after).collect() }
    }

    /// Returns the position of a byte of the text, which must be the text passed to [`Lines::new`].
    pub(crate) fn position(&self, text: &str, offset: usize, encoding: Encoding) -> Position {
        let offset = text.floor_char_boundary(offset.min(text.len()));
        let line = self.starts.partition_point(|&start| start <= offset) - 1;
        let character = encoding.length(&text[self.starts[line]..offset]);
        Position { line: number(line), character: number(character) }
    }

    /// Returns the range of a span of the text.
    pub(crate) fn range(&self, text: &str, span: Span, encoding: Encoding) -> Range {
        Range {
            start: self.position(text, span.start, encoding),
            end: self.position(text, span.end, encoding),
        }
    }

    /// Returns the byte at a position. One beyond the end of its line is its end, and one beyond the last line is the end
    /// of the text.
    pub(crate) fn offset(&self, text: &str, position: Position, encoding: Encoding) -> usize {
        let line = usize::try_from(position.line).unwrap_or(usize::MAX);
        let Some(span) = self.line(text, line) else { return text.len() };
        let units = usize::try_from(position.character).unwrap_or(usize::MAX);
        span.start + encoding.bytes(span.of(text), units)
    }

    /// Returns a line, counted from 0, without its end.
    pub(crate) fn line(&self, text: &str, line: usize) -> Option<Span> {
        let start = *self.starts.get(line)?;
        let end = self.starts.get(line + 1).copied().unwrap_or(text.len());
        let words = text[start..end].trim_end_matches(['\r', '\n']);
        Some(Span::new(start, start + words.len()))
    }
}

fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn assert_position(text: &str, offset: usize, encoding: Encoding, expected: (u32, u32)) {
        let lines = Lines::new(text);
        let position = lines.position(text, offset, encoding);
        assert_eq!((position.line, position.character), expected);
        assert_eq!(lines.offset(text, position, encoding), offset);
    }

    #[test]
    fn columns_are_counted_in_the_unit_of_the_client() {
        let text = "a\r\n\u{1f525}\u{e9}b\rc";
        assert_position(text, 9, Encoding::Utf8, (1, 6));
        assert_position(text, 9, Encoding::Utf16, (1, 3));
        assert_position(text, 11, Encoding::Utf16, (2, 0));
    }

    #[test]
    fn a_position_beyond_the_end_is_the_end() {
        let text = "ab\ncd";
        let lines = Lines::new(text);
        let offset = |line, character| lines.offset(text, Position { line, character }, Encoding::Utf16);
        assert_eq!((offset(0, 9), offset(1, u32::MAX), offset(7, 0)), (2, 5, 5));
    }

    #[test]
    fn a_position_within_a_character_is_its_start() {
        let text = "\u{1f525}";
        let lines = Lines::new(text);
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            assert_eq!(lines.offset(text, Position { line: 0, character: 1 }, encoding), 0);
        }
    }

    proptest! {
        #[test]
        fn every_character_has_its_own_position(text in "[a\u{e9}\u{1f525}\r\n]{0,12}") {
            let lines = Lines::new(&text);
            for (offset, sign) in text.char_indices().filter(|(_, sign)| !"\r\n".contains(*sign)) {
                for encoding in [Encoding::Utf8, Encoding::Utf16] {
                    let position = lines.position(&text, offset, encoding);
                    prop_assert_eq!(lines.offset(&text, position, encoding), offset, "{:?}", sign);
                }
            }
        }
    }
}
