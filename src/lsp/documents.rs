//! The texts that are open in the client, as the client has them now.

use std::collections::BTreeMap;

use gen_lsp_types::{
    Position, Range, TextDocumentContentChangeEvent, TextDocumentContentChangePartial, TextDocumentItem, Uri,
};

use crate::lsp::position::{Encoding, Lines};
use crate::model::Span;

/// A text with its lines.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) content: String,
    pub(crate) lines: Lines,
    pub(crate) encoding: Encoding,
}

impl Text {
    pub(crate) fn new(content: String, encoding: Encoding) -> Self {
        Self { lines: Lines::new(&content), content, encoding }
    }

    /// Applies one change.
    pub(crate) fn change(&mut self, change: TextDocumentContentChangeEvent) {
        match change {
            TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => self.replace(&part),
            TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => {
                self.content = whole.text;
            }
        }
        self.lines = Lines::new(&self.content);
    }

    fn replace(&mut self, change: &TextDocumentContentChangePartial) {
        let span = self.span(change.range);
        self.content.replace_range(span.start..span.end.max(span.start), &change.text);
    }

    /// Returns the span of a range.
    pub(crate) fn span(&self, range: Range) -> Span {
        Span::new(self.offset(range.start), self.offset(range.end))
    }

    /// Returns the byte at a position.
    pub(crate) fn offset(&self, position: Position) -> usize {
        self.lines.offset(&self.content, position, self.encoding)
    }

    /// Returns the position of a byte.
    pub(crate) fn position(&self, offset: usize) -> Position {
        self.lines.position(&self.content, offset, self.encoding)
    }

    /// Returns the range of a span.
    pub(crate) fn range(&self, span: Span) -> Range {
        self.lines.range(&self.content, span, self.encoding)
    }

    /// Returns a line, counted from 1 as in a report, without its end; the empty end of the text if there is no such line.
    pub(crate) fn line(&self, line: usize) -> Span {
        let end = Span::new(self.content.len(), self.content.len());
        line.checked_sub(1).and_then(|line| self.lines.line(&self.content, line)).unwrap_or(end)
    }
}

/// One open document.
#[derive(Clone, Debug)]
pub(crate) struct OpenDocument {
    pub(crate) uri: Uri,
    /// The language as the client names it, such as `markdown`.
    pub(crate) language: String,
    pub(crate) version: i32,
    pub(crate) text: Text,
}

/// All open documents, by URI.
#[derive(Debug)]
pub(crate) struct Documents {
    open: BTreeMap<String, OpenDocument>,
    encoding: Encoding,
}

impl Documents {
    pub(crate) fn new(encoding: Encoding) -> Self {
        Self { open: BTreeMap::new(), encoding }
    }

    pub(crate) fn open(&mut self, item: TextDocumentItem) -> &OpenDocument {
        let TextDocumentItem { uri, language_id, version, text } = item;
        let text = Text::new(text, self.encoding);
        let document = OpenDocument { language: language_id.to_string(), version, text, uri: uri.clone() };
        self.open.entry(uri.0).insert_entry(document).into_mut()
    }

    /// Applies changes, in order. Returns the document, unless it is not open.
    pub(crate) fn change(
        &mut self,
        uri: &Uri,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
    ) -> Option<&OpenDocument> {
        let document = self.open.get_mut(&uri.0)?;
        document.version = version;
        for change in changes {
            document.text.change(change);
        }
        Some(document)
    }

    pub(crate) fn close(&mut self, uri: &Uri) -> Option<OpenDocument> {
        self.open.remove(&uri.0)
    }

    pub(crate) fn get(&self, uri: &Uri) -> Option<&OpenDocument> {
        self.open.get(&uri.0)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &OpenDocument> {
        self.open.values()
    }
}

#[cfg(test)]
mod tests {
    use gen_lsp_types::TextDocumentContentChangeWholeDocument;
    use proptest::prelude::*;

    use super::*;

    /// A text in which characters have one to four bytes, and lines end in all ways.
    fn text() -> impl Strategy<Value = String> {
        "[ab\u{e9}\u{20ac}\u{1f525}\r\n]{0,24}"
    }

    /// Texts to insert, each with the place where it replaces a part of the text, in thousandths.
    fn edits() -> impl Strategy<Value = Vec<(usize, usize, String)>> {
        prop::collection::vec((0..=1000_usize, 0..=1000_usize, text()), 0..8)
    }

    /// Returns the boundary of a character at this many thousandths of a text, but not between `\r` and `\n`, which no
    /// position names.
    fn boundary(text: &str, thousandths: usize) -> usize {
        let at = text.floor_char_boundary(text.len() * thousandths / 1000);
        if text[..at].ends_with('\r') && text[at..].starts_with('\n') { at - 1 } else { at }
    }

    proptest! {
        #[test]
        fn incremental_edits_equal_the_full_text(start in text(), edits in edits(), bytes: bool) {
            let encoding = if bytes { Encoding::Utf8 } else { Encoding::Utf16 };
            let (mut text, mut expected) = (Text::new(start.clone(), encoding), start);
            for (one, other, words) in edits {
                let (one, other) = (boundary(&expected, one), boundary(&expected, other));
                let span = Span::new(one.min(other), one.max(other));
                let part = TextDocumentContentChangePartial {
                    range: text.range(span),
                    text: words.clone(),
                    ..TextDocumentContentChangePartial::default()
                };
                text.change(TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part));
                expected.replace_range(span.start..span.end, &words);
                prop_assert_eq!(&text.content, &expected);
            }
        }
    }

    #[test]
    fn a_change_without_a_range_replaces_the_text() {
        let mut text = Text::new("old".to_owned(), Encoding::Utf16);
        let whole = TextDocumentContentChangeWholeDocument { text: "new\ntext".to_owned() };
        text.change(TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole));
        assert_eq!((text.content.as_str(), text.line(2).of(&text.content)), ("new\ntext", "text"));
    }

    #[test]
    fn a_range_that_ends_before_it_starts_is_empty() {
        let mut text = Text::new("abc".to_owned(), Encoding::Utf16);
        let (start, end) = (Position { line: 0, character: 2 }, Position { line: 0, character: 1 });
        let part = TextDocumentContentChangePartial {
            range: Range { start, end },
            text: "x".to_owned(),
            ..TextDocumentContentChangePartial::default()
        };
        text.change(TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part));
        assert_eq!(text.content, "abxc");
    }
}
