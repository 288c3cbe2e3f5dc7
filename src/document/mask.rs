//! The prose buffer: as long as the source in bytes, with the prose at its own offsets and blanks elsewhere.

use crate::document::source_map::SourceMap;
use crate::model::{CODE, Span};

/// Maximum length in bytes of the scheme of a bare URL; `https` has five.
const LONGEST_SCHEME: usize = 8;
/// The separator between the scheme of a URL and the rest.
const MARK: &[u8] = b"://";

/// Characters that authors, keyboards and converters use as an apostrophe, besides `'` and U+2019.
const APOSTROPHES: [char; 6] = ['`', '\u{b4}', '\u{2bc}', '\u{201b}', '\u{2032}', '\u{ff07}'];

/// Has the same length as the text it was made for, and becomes [`Document::prose`](super::Document::prose).
pub(super) struct Mask<'t> {
    text: &'t str,
    bytes: Vec<u8>,
    /// True if lines also end where [`Mask::end_line`] says.
    pub(super) is_page: bool,
    map: SourceMap,
    /// The end of the word being written, which the next text may continue.
    word: Option<Word>,
}

/// The end of a word.
#[derive(Clone, Copy)]
struct Word {
    end: usize,
    /// True if markup follows: only letters continue the word, so that labels and times in bold stay apart.
    parted: bool,
}

impl<'t> Mask<'t> {
    /// Creates a buffer that is blank except for line feeds.
    pub(super) fn new(text: &'t str) -> Self {
        let bytes = text.bytes().map(|byte| if byte == b'\n' { b'\n' } else { b' ' }).collect();
        Self { text, bytes, is_page: false, map: SourceMap::default(), word: None }
    }

    /// Creates a buffer for a page in HTML, where one line of the source may hold many lines of text.
    pub(super) fn of_page(text: &'t str) -> Self {
        Self { is_page: true, ..Self::new(text) }
    }

    /// Ends a line of a page at byte `at`, where there is markup.
    pub(super) fn end_line(&mut self, at: usize) {
        if let Some(blank) = self.bytes.get_mut(at).filter(|byte| self.is_page && **byte == b' ') {
            *blank = b'\n';
        }
    }

    /// Copies prose that is the same in the source, without characters that have no width.
    pub(super) fn copy(&mut self, span: Span) {
        let mut from = span.start;
        for (at, sign) in span.of(self.text).char_indices().filter(|(_, sign)| !sign.is_ascii_alphanumeric())
        {
            let sign_span = Span::new(span.start + at, span.start + at + sign.len_utf8());
            let shown = match sign {
                _ if is_invisible(sign) => "",
                _ if self.is_apostrophe(sign, sign_span) => "'",
                _ => continue,
            };
            self.put(Span::new(from, sign_span.start), Span::new(from, sign_span.start).of(self.text));
            self.put(sign_span, shown);
            from = sign_span.end;
        }
        self.put(Span::new(from, span.end), Span::new(from, span.end).of(self.text));
    }

    /// Copies prose that the parser read as `words`, which may differ from the source (a character reference). Words
    /// that are longer than their source or contain white space are left blank.
    pub(super) fn copy_read(&mut self, span: Span, words: &str) {
        if words == span.of(self.text) {
            self.copy(span);
        } else if words.contains(|c: char| c.is_whitespace() || c.is_control()) {
            self.end_word();
        } else if words.len() <= span.len() && !words.chars().all(is_invisible) {
            self.put(span, words);
        }
    }

    /// Says that the next text does not continue the word before it.
    pub(super) fn end_word(&mut self) {
        self.word = None;
    }

    /// Says that markup follows.
    pub(super) fn part_word(&mut self) {
        self.word = self.word.map(|word| Word { parted: true, ..word });
    }

    /// Returns the end of the word being written.
    pub(super) fn word_end(&self) -> Option<usize> {
        self.word.map(|word| word.end)
    }

    /// Writes what a span of the source renders as, next to the word that it continues.
    fn put(&mut self, span: Span, shown: &str) {
        if shown.is_empty() {
            return;
        }
        let continued =
            self.word.filter(|word| self.continues(*word, span.start, shown)).map(|word| word.end);
        let moved = shown.find(char::is_whitespace).unwrap_or(shown.len());
        let place = continued.unwrap_or(span.start);
        let first = Span::new(place, place + moved);
        self.write(place, &shown[..moved]);
        self.write(span.start + moved, &shown[moved..]);
        let source = if moved == shown.len() { span } else { Span::new(span.start, span.start + moved) };
        if moved > 0 && first != source {
            self.map.push(first, source);
        }
        let end = if moved == shown.len() { first.end } else { span.end };
        let is_word = !shown.ends_with(char::is_whitespace);
        self.word = is_word.then_some(Word { end, parted: false });
    }

    /// True if a text at `start` of the source continues a word: nothing but markup stands between them.
    fn continues(&self, word: Word, start: usize, shown: &str) -> bool {
        let joins = |sign: char| sign.is_alphabetic() || matches!(sign, '\'' | '\u{2019}' | '-' | '_');
        let is_near = word.end < start && !self.text[self.source_end(word)..start].contains('\n');
        is_near
            && (!word.parted || shown.starts_with(joins) && self.written_before(word.end).is_some_and(joins))
    }

    fn source_end(&self, word: Word) -> usize {
        self.map.source(Span::new(word.end, word.end)).end
    }

    fn write(&mut self, at: usize, shown: &str) {
        for (place, byte) in self.bytes[at..at + shown.len()].iter_mut().zip(shown.bytes()) {
            // A control character in the source must not look like inline code.
            *place = if byte < b' ' && byte != b'\n' { b' ' } else { byte };
        }
    }

    /// Returns the last character before `end`, if it is a letter or a mark of one byte.
    fn written_before(&self, end: usize) -> Option<char> {
        let tail = &self.bytes[end.saturating_sub(4)..end];
        (0..tail.len())
            .find_map(|from| std::str::from_utf8(&tail[from..]).ok())
            .and_then(|tail| tail.chars().last())
    }

    /// True if a character is used as an apostrophe: it stands between two letters.
    fn is_apostrophe(&self, sign: char, span: Span) -> bool {
        APOSTROPHES.contains(&sign)
            && self.text[..span.start].ends_with(char::is_alphabetic)
            && self.text[span.end..].starts_with(char::is_alphabetic)
    }

    /// Marks a span as inline code.
    pub(super) fn code(&mut self, span: Span) {
        self.bytes[span.start..span.end]
            .iter_mut()
            .filter(|byte| **byte != b'\n')
            .for_each(|byte| *byte = CODE);
        self.end_word();
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

    /// Returns the buffer as text, and where it stands in the source.
    pub(super) fn finish(self) -> (String, SourceMap) {
        let prose = String::from_utf8(self.bytes)
            .unwrap_or_else(|bad| String::from_utf8_lossy(bad.as_bytes()).into_owned());
        (prose, self.map)
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

/// True for a character without width: soft hyphens, zero-width and direction marks.
fn is_invisible(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
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
        mask.finish().0
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
