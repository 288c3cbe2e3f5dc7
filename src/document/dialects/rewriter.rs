//! Overwrites parts of a text with ASCII characters.

use crate::model::Span;

/// A text being rewritten.
pub(super) struct Rewriter<'t> {
    /// The text as it was.
    pub(super) text: &'t str,
    bytes: Vec<u8>,
}

impl<'t> Rewriter<'t> {
    /// Begins with the text as it is.
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, bytes: text.as_bytes().to_vec() }
    }

    /// Replaces a span by spaces. Line feeds are kept.
    pub(super) fn blank(&mut self, span: Span) {
        for byte in &mut self.bytes[span.start..span.end] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }

    /// Replaces a span by a comment of HTML, or by spaces if it is too short for one. It becomes one line, so that it
    /// is a comment wherever it stands.
    pub(super) fn comment(&mut self, span: Span) {
        self.bytes[span.start..span.end].fill(b' ');
        if span.len() >= COMMENT.len() {
            self.write(span.start, "<!--");
            self.write(span.end - 3, "-->");
        }
    }

    /// Replaces a span at the start of a line with text by a comment that leaves the text Markdown: a tag stands before it.
    pub(super) fn comment_before_text(&mut self, span: Span) {
        self.bytes[span.start..span.end].fill(b' ');
        if span.len() >= TAG.len() + COMMENT.len() {
            self.write(span.start, TAG);
            self.comment(Span::new(span.start + TAG.len(), span.end));
        }
    }

    /// Writes a tag at the start of a span that is blank now, if the text after it would otherwise be indented code.
    pub(super) fn keep_inline(&mut self, span: Span) {
        let is_mark = |byte: &u8| byte.is_ascii_digit() || b" \t>-*+.)".contains(byte);
        let is_in_line = |byte: &&u8| **byte != b'\n';
        let is_blank = self.bytes[span.start..span.end].iter().all(|byte| *byte == b' ');
        let mut before = self.bytes[..span.start].iter().rev().take(LONGEST_LINE).take_while(is_in_line);
        let mut after = self.bytes[span.end..].iter().take(LONGEST_LINE).take_while(is_in_line);
        let has_text = after.any(|byte| !byte.is_ascii_whitespace());
        if span.len() >= INDENT && is_blank && has_text && before.all(is_mark) {
            self.write(span.start, TAG);
        }
    }

    /// Replaces the marks of a block before its title, and those after it, so that the title becomes a heading.
    pub(super) fn head(&mut self, marks: Span, title: Span, end: usize) {
        self.blank(Span::new(marks.start, title.start));
        self.blank(Span::new(title.end, end));
        let room = title.start - marks.start;
        self.write(marks.start, &"######"[..room.saturating_sub(1).min(6)]);
    }

    /// Writes ASCII characters.
    pub(super) fn write(&mut self, at: usize, marks: &str) {
        self.bytes[at..at + marks.len()].copy_from_slice(marks.as_bytes());
    }

    /// Returns the new text.
    pub(super) fn finish(self) -> String {
        String::from_utf8(self.bytes)
            .unwrap_or_else(|bad| String::from_utf8_lossy(bad.as_bytes()).into_owned())
    }
}

/// A tag without effect.
const TAG: &str = "<b>";
/// Number of spaces that make a line code; a tag has room in them.
const INDENT: usize = 4;
/// Maximum number of bytes of a line that are looked at.
const LONGEST_LINE: usize = 1_000;
/// The shortest comment.
const COMMENT: &str = "<!---->";

/// True if only such characters stand between the start of a line and `at`.
pub(super) fn begins_line(text: &str, at: usize, is_mark: impl Fn(char) -> bool) -> bool {
    let before = text[..at].trim_end_matches(is_mark);
    before.is_empty() || before.ends_with('\n')
}

/// Returns the lines of a text from byte `from` on, without line ends.
pub(super) fn lines(text: &str, from: usize) -> impl Iterator<Item = Span> {
    text[from..].split_inclusive('\n').scan(from, |at, line| {
        let start = *at;
        *at += line.len();
        Some(Span::new(start, start + line.trim_end_matches(['\n', '\r']).len()))
    })
}
