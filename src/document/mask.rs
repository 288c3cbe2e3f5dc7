//! The prose buffer: as long as the source in bytes, with the prose at its own offsets and blanks elsewhere.

use crate::model::{CODE, Span};

/// Maximum length in bytes of the scheme of a bare URL; `https` has five.
const LONGEST_SCHEME: usize = 8;
/// The separator between the scheme of a URL and the rest.
const MARK: &[u8] = b"://";

/// Has the same length as the text it was made for, and becomes [`Document::prose`](super::Document::prose).
pub(super) struct Mask<'t> {
    text: &'t str,
    bytes: Vec<u8>,
}

impl<'t> Mask<'t> {
    /// Creates a buffer that is blank except for line feeds.
    pub(super) fn new(text: &'t str) -> Self {
        let bytes = text.bytes().map(|byte| if byte == b'\n' { b'\n' } else { b' ' }).collect();
        Self { text, bytes }
    }

    /// Copies prose that is the same in the source.
    pub(super) fn copy(&mut self, span: Span) {
        let source = &self.text.as_bytes()[span.start..span.end];
        for (place, &byte) in self.bytes[span.start..span.end].iter_mut().zip(source) {
            // A control character in the source must not look like inline code.
            *place = if byte < b' ' && byte != b'\n' { b' ' } else { byte };
        }
    }

    /// Copies prose that the parser read as `words`, which may differ from the source (a character reference). Words
    /// that are longer than their source or contain white space are left blank.
    pub(super) fn copy_read(&mut self, span: Span, words: &str) {
        let source = span.of(self.text);
        if words == source {
            self.copy(span);
        } else if words.len() <= span.len() && !words.contains(|c: char| c.is_whitespace() || c.is_control())
        {
            self.bytes[span.start..span.start + words.len()].copy_from_slice(words.as_bytes());
        }
    }

    /// Marks a span as inline code.
    pub(super) fn code(&mut self, span: Span) {
        self.bytes[span.start..span.end]
            .iter_mut()
            .filter(|byte| **byte != b'\n')
            .for_each(|byte| *byte = CODE);
    }

    /// Blanks the bare URLs in the span.
    pub(super) fn blank_addresses(&mut self, span: Span) {
        let mut at = span.start;
        while let Some(found) = self.find_address(at, span.end) {
            self.bytes[found.start..found.end].fill(b' ');
            at = found.end.max(at + 1);
        }
    }

    /// Returns the span without surrounding white space.
    pub(super) fn trim(&self, span: Span) -> Span {
        let visible = |at: &usize| !self.bytes[*at].is_ascii_whitespace();
        let start = (span.start..span.end).find(visible).unwrap_or(span.end);
        let end = (start..span.end).rev().find(visible).map_or(start, |at| at + 1);
        Span::new(start, end)
    }

    /// Returns the buffer as text.
    pub(super) fn finish(self) -> String {
        String::from_utf8(self.bytes)
            .unwrap_or_else(|bad| String::from_utf8_lossy(bad.as_bytes()).into_owned())
    }

    /// Returns the next bare URL between two offsets.
    fn find_address(&self, from: usize, end: usize) -> Option<Span> {
        let colon = from + self.bytes[from..end].windows(MARK.len()).position(|bytes| bytes == MARK)?;
        let floor = from.max(colon.saturating_sub(LONGEST_SCHEME));
        let is_scheme = |at: &usize| self.bytes[*at].is_ascii_alphanumeric();
        let start = (floor..colon).rev().take_while(is_scheme).last().unwrap_or(colon);
        let stop = (colon..end).find(|&at| ends_address(self.bytes[at])).unwrap_or(end);
        let last = (colon..stop).rev().find(|&at| !closes_address(self.bytes[at])).unwrap_or(colon);
        Some(Span::new(start, last + 1))
    }
}

fn ends_address(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'<' | b'>' | b'"' | CODE)
}

fn closes_address(byte: u8) -> bool {
    matches!(byte, b'.' | b',' | b';' | b':' | b'!' | b'?' | b')' | b']' | b'\'' | b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the text that remains when URLs are blanked in these spans, in this order.
    fn left(text: &str, spans: [(usize, usize); 3]) -> String {
        let mut mask = Mask::new(text);
        mask.copy(Span::new(0, text.len()));
        for (start, end) in spans {
            mask.blank_addresses(Span::new(start, end));
        }
        mask.finish()
    }

    #[test]
    fn addresses_are_found_in_any_order_of_spans() {
        let text = "a://b c: d http://e f g://h";
        let (first, second, third) = ((0, 11), (11, 21), (21, 27));
        let expected = "      c: d          f      ";
        assert_eq!(left(text, [first, second, third]), expected);
        assert_eq!(left(text, [third, second, first]), expected);
        assert_eq!(left(text, [second, second, (11, 21)]), "a://b c: d          f g://h");
    }

    #[test]
    fn an_address_ends_with_its_span() {
        assert_eq!(left("a://bcd", [(0, 5), (5, 7), (5, 7)]), "     cd");
        assert_eq!(left("://a", [(0, 2), (0, 4), (0, 4)]), "    ");
    }
}
