//! Positions in a source: byte spans, and their conversion to lines and columns.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A half-open range of bytes of a [`Source`](crate::source::Source)'s text; both ends are on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// Creates the span from `start` to `end`, exclusive.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Returns the length in bytes.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// True if the span is empty.
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Returns the smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// True if `other` is entirely within the span.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Returns the text of this span, which must be a span of `text`.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }
}

/// A position as people and editors count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Position {
    /// Line, from 1; lines end at `\n`.
    pub line: usize,
    /// Column, from 1, in Unicode code points; a byte order mark is not counted.
    pub column: usize,
    /// Bytes from the start of the file, from 0; a byte order mark is counted.
    pub offset: usize,
    /// Column, from 1, in bytes of UTF-8, as reviewdog counts; not part of the JSON, and 0 in a report read from it.
    #[serde(skip)]
    pub byte_column: usize,
}

/// Converts byte offsets in one text to lines and columns.
#[derive(Clone, Debug)]
pub struct LineIndex {
    /// Byte offset at which each line starts.
    starts: Vec<usize>,
    /// Number of bytes in the file before the text (a byte order mark).
    shift: usize,
}

impl LineIndex {
    /// Finds the line starts of `text`; `shift` is the number of bytes dropped before it.
    pub fn new(text: &str, shift: usize) -> Self {
        let after_breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { starts: std::iter::once(0).chain(after_breaks).collect(), shift }
    }

    /// Returns the line of a byte offset, from 1.
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset)
    }

    /// Returns a line of `text`, given its number from 1, without the line break.
    pub fn of<'t>(&self, text: &'t str, line: usize) -> &'t str {
        let start = self.starts[line - 1];
        let Some(next) = self.starts.get(line) else { return &text[start..] };
        let line = &text[start..next - 1];
        line.strip_suffix('\r').unwrap_or(line)
    }

    /// Returns the position of a byte offset of `text`, which must be the text passed to [`LineIndex::new`].
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let line = self.line(offset);
        let before = &text[self.starts[line - 1]..offset];
        Position {
            line,
            column: before.chars().count() + 1,
            offset: offset + self.shift,
            byte_column: before.len() + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LineIndex;

    #[test]
    fn columns_count_code_points() {
        let text = "a\n\u{e9}\u{1f525}b";
        let lines = LineIndex::new(text, 3);
        let place = |offset| {
            let found = lines.position(text, offset);
            (found.line, found.column, found.offset, found.byte_column)
        };
        assert_eq!(place(0), (1, 1, 3, 1));
        assert_eq!(place(4), (2, 2, 7, 3));
        assert_eq!(place(8), (2, 3, 11, 7));
        assert_eq!(place(9), (2, 4, 12, 8));
    }
}
