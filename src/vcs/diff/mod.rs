//! Parses unified diffs and collects the added lines.

mod parser;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::vcs::diff::parser::DiffParser;

/// The name of comments that allow findings; case is ignored.
const MARK: &str = "rcalint-allow";
/// Begins an escape sequence of a terminal.
const ESCAPE: u8 = 0x1b;

/// The changes, by the path in the diff without `a/` and `b/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that were changed, added, moved or removed.
    pub files: BTreeMap<String, FileChanges>,
}

/// The changes in one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileChanges {
    /// True if the whole file is new.
    pub whole: bool,
    /// Runs of lines that were added or changed, in order: first and last line of each, from 1.
    lines: Vec<(usize, usize)>,
    /// Added lines with a comment that allows findings, and their numbers, from 1.
    allows: Vec<(usize, String)>,
    /// Removed lines with such a comment.
    removed: Vec<String>,
}

/// The reason why a text has no changes: it contains no header of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADiff;

impl Changes {
    /// Parses the output of `git diff` or `diff -u`, in colour or not, with any prefixes. Text around it is ignored. Where
    /// changed lines cannot be told (word diffs, merges, binary files), the whole file counts as changed.
    ///
    /// # Errors
    /// Fails if there is text but no header of a file: what was handed over is not such a diff.
    pub fn parse(diff: &[u8]) -> Result<Self, NotADiff> {
        let mut parser = DiffParser::default();
        let mut is_blank = true;
        let lines = diff.strip_suffix(b"\n").unwrap_or(diff);
        for line in lines.split(|&byte| byte == b'\n') {
            let line = without_colour(line);
            is_blank &= line.trim_ascii().is_empty();
            parser.line(&line);
        }
        parser.finish(is_blank)
    }
}

impl FileChanges {
    /// Returns the changes of a new file.
    pub fn new_file() -> Self {
        Self { whole: true, ..Self::default() }
    }

    /// True if any line from `first` to `last`, from 1, was added or changed.
    pub fn touches(&self, first: usize, last: usize) -> bool {
        self.whole || self.lines.iter().any(|&(from, to)| from <= last && first <= to)
    }

    /// Returns the lines, from 1, with a comment that allows findings and was not in the file before; `text` is the
    /// current file.
    pub fn new_allows(&self, text: &str) -> Vec<usize> {
        if self.whole {
            let lines = (1..).zip(text.split('\n'));
            return lines.filter_map(|(at, line)| allow_comment(line.as_bytes()).map(|_| at)).collect();
        }
        let mut before: BTreeMap<&str, usize> = BTreeMap::new();
        for text in &self.removed {
            *before.entry(text).or_default() += 1;
        }
        let mut is_new = |text: &str| match before.get_mut(text) {
            Some(left @ 1..) => {
                *left -= 1;
                false
            }
            _ => true,
        };
        self.allows.iter().filter(|(_, text)| is_new(text)).map(|(line, _)| *line).collect()
    }

    fn add(&mut self, line: usize, text: &[u8]) {
        match self.lines.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(line) => *last = line,
            _ => self.lines.push((line, line)),
        }
        self.allows.extend(allow_comment(text).map(|text| (line, text)));
    }
}

/// Returns the line without the escape sequences of a terminal.
fn without_colour(line: &[u8]) -> Cow<'_, [u8]> {
    if !line.contains(&ESCAPE) {
        return Cow::Borrowed(line);
    }
    let mut plain = Vec::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.iter().position(|&byte| byte == ESCAPE) {
        plain.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        let sequence = rest.strip_prefix(b"[").unwrap_or_default();
        let end = sequence.iter().position(|byte| (0x40..=0x7e).contains(byte));
        rest = end.map_or(rest, |end| &sequence[end + 1..]);
    }
    plain.extend_from_slice(rest);
    Cow::Owned(plain)
}

/// Returns the line, trimmed, if it contains a comment that allows findings.
fn allow_comment(line: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(line).to_ascii_lowercase();
    text.contains(MARK).then(|| text.trim().to_owned())
}

#[cfg(test)]
mod tests;
