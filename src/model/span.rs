//! Places in a source: byte spans, and the one conversion to lines and columns.

use memchr::memchr_iter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A half-open range of bytes of a [`Source`](crate::source::Source)'s text; both ends lie on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to, not including, `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span covers nothing.
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Whether `other` lies wholly inside.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The text this span names. The span must come from the same text.
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
    /// Column, from 1, in bytes of UTF-8, as reviewdog counts; no part of the JSON, and 0 in a report read from it.
    #[serde(skip)]
    pub byte_column: usize,
}

/// Finds lines and columns of byte offsets in one text.
#[derive(Clone, Debug)]
pub struct LineIndex {
    /// Byte offset at which each line starts.
    starts: Vec<usize>,
    /// Code points before every [`STRIDE`]th byte, so that a column at the end of an endless line is near one of them.
    points: Vec<usize>,
    /// Bytes of the file before the text (a byte order mark).
    shift: usize,
}

/// Bytes between two counts of code points.
const STRIDE: usize = 1024;
/// Bytes whose code points are counted in one go; a byte holds their number.
const ROW: usize = 64;
/// Bytes of a line as most are, with its feed.
const USUAL_LINE: usize = 32;

impl LineIndex {
    /// Reads the line starts of `text`; `shift` is the length in bytes of what was dropped before it.
    pub fn new(text: &str, shift: usize) -> Self {
        let feeds = memchr_iter(b'\n', text.as_bytes());
        let mut starts = Vec::with_capacity(text.len() / USUAL_LINE + 1);
        starts.push(0);
        feeds.for_each(|at| starts.push(at + 1));
        let mut before = 0;
        let counted = |part: &[u8]| {
            before += code_points(part);
            before
        };
        let points = std::iter::once(0).chain(text.as_bytes().chunks(STRIDE).map(counted)).collect();
        Self { starts, points, shift }
    }

    /// Line of a byte offset, from 1.
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset)
    }

    /// A line of `text`, by its number from 1, without its end.
    pub fn of<'t>(&self, text: &'t str, line: usize) -> &'t str {
        let start = self.starts[line - 1];
        let Some(next) = self.starts.get(line) else { return &text[start..] };
        let line = &text[start..next - 1];
        line.strip_suffix('\r').unwrap_or(line)
    }

    /// Full position of a byte offset of `text`, which must be the text of [`LineIndex::new`].
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let line = self.line(offset);
        let start = self.starts[line - 1];
        let column = 1 + match offset - start {
            ..STRIDE => code_points(&text.as_bytes()[start..offset]),
            _ => self.points_before(text, offset) - self.points_before(text, start),
        };
        Position { line, column, offset: offset + self.shift, byte_column: offset - start + 1 }
    }

    fn points_before(&self, text: &str, offset: usize) -> usize {
        let mark = offset / STRIDE;
        self.points[mark] + code_points(&text.as_bytes()[mark * STRIDE..offset])
    }
}

/// Code points that begin in a piece of UTF-8.
fn code_points(bytes: &[u8]) -> usize {
    if bytes.is_ascii() {
        return bytes.len(); // as nearly all are, which is seen faster than they are counted
    }
    let begins = |row: &[u8]| row.iter().map(|&byte| u8::from(byte & 0xc0 != 0x80)).sum::<u8>();
    bytes.chunks(ROW).map(|row| usize::from(begins(row))).sum()
}

#[cfg(test)]
mod tests {
    use super::{LineIndex, STRIDE};

    #[test]
    fn columns_count_code_points_on_long_lines_too() {
        let text = format!("a\n{}x", "\u{e9}\u{1f525}b".repeat(STRIDE));
        let lines = LineIndex::new(&text, 3);
        for (nth, (offset, _)) in text[2..].char_indices().enumerate() {
            let found = lines.position(&text, offset + 2);
            assert_eq!((found.line, found.column, found.offset), (2, nth + 1, offset + 5));
        }
        assert_eq!(lines.position(&text, text.len()).column, 3 * STRIDE + 2);
    }
}
