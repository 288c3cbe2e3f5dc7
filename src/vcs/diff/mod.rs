//! Parses unified diffs and collects the added lines.

use std::collections::BTreeMap;

/// The name of comments that allow findings; case is ignored.
const MARK: &str = "rcalint-allow";

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

impl Changes {
    /// Parses the output of `git diff` or `diff -u`. Everything else is ignored.
    pub fn parse(diff: &[u8]) -> Self {
        let mut parser = DiffParser::default();
        for line in diff.split(|&byte| byte == b'\n') {
            parser.line(line);
        }
        parser.changes
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
        let mut before = self.removed.clone();
        let mut new = Vec::new();
        for (line, text) in &self.allows {
            match before.iter().position(|old| old == text) {
                Some(at) => drop(before.swap_remove(at)),
                None => new.push(*line),
            }
        }
        new
    }

    fn add(&mut self, line: usize, text: &[u8]) {
        match self.lines.last_mut() {
            Some((_, last)) if *last + 1 == line => *last = line,
            _ => self.lines.push((line, line)),
        }
        self.allows.extend(allow_comment(text).map(|text| (line, text)));
    }
}

/// Returns the line, trimmed, if it contains a comment that allows findings.
fn allow_comment(line: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(line).to_ascii_lowercase();
    text.contains(MARK).then(|| text.trim().to_owned())
}

#[derive(Default)]
struct DiffParser {
    changes: Changes,
    /// The file being read, with the name before the change.
    old: Option<String>,
    new: Option<String>,
    /// The file named in the line above all headers.
    named: Option<String>,
    /// Number of the next line of the new file, from 1.
    at: usize,
    /// Number of remaining lines of the hunk in the old and in the new file.
    left: (usize, usize),
}

impl DiffParser {
    fn line(&mut self, line: &[u8]) {
        if self.left != (0, 0) {
            return self.inside(line);
        }
        let text = String::from_utf8_lossy(line);
        let text = text.trim_end_matches('\r');
        if text.starts_with("diff ") {
            (self.old, self.new) = (None, None);
            self.named = text.strip_prefix("diff --git ").and_then(same_name);
        } else if text.starts_with("new file mode ") || text.starts_with("deleted file mode ") {
            // An empty file has no further headers.
            if let Some(name) = self.named.take() {
                self.changes.files.entry(name).or_default();
            }
        } else if let Some(name) = text.strip_prefix("--- ") {
            self.old = name_of(name, "a/");
        } else if let Some(name) = text.strip_prefix("+++ ") {
            self.new = name_of(name, "b/");
            self.touch();
        } else if let Some(name) = text.strip_prefix("rename from ").or(text.strip_prefix("rename to ")) {
            self.changes.files.entry(unquoted(name)).or_default();
        } else if let Some((left, at)) = hunk(text) {
            (self.left, self.at) = (left, at);
        }
    }

    /// Handles a line of a hunk. Text that looks like a header is still text here.
    fn inside(&mut self, line: &[u8]) {
        let (kind, text) = line.split_first().map_or((b' ', line), |(kind, text)| (*kind, text));
        let (old, new) = self.left;
        match kind {
            b'\\' => return,
            b'+' => {
                let at = self.at;
                self.file().add(at, text);
            }
            b'-' => {
                let gone = allow_comment(text);
                self.file().removed.extend(gone);
            }
            _ => {}
        }
        self.left =
            (old.saturating_sub(usize::from(kind != b'+')), new.saturating_sub(usize::from(kind != b'-')));
        self.at += usize::from(kind != b'-');
    }

    fn touch(&mut self) {
        for name in [&self.old, &self.new].into_iter().flatten() {
            self.changes.files.entry(name.clone()).or_default();
        }
    }

    fn file(&mut self) -> &mut FileChanges {
        let name = self.new.clone().or_else(|| self.old.clone()).unwrap_or_default();
        self.changes.files.entry(name).or_default()
    }
}

/// Returns the number of lines of a hunk in the old and the new file, and its first line in the new file: `@@ -1,2 +3
/// @@`.
fn hunk(line: &str) -> Option<((usize, usize), usize)> {
    let (old, rest) = line.strip_prefix("@@ -")?.split_once(" +")?;
    let range = |text: &str| -> Option<(usize, usize)> {
        let (start, count) = text.split_once(',').unwrap_or((text, "1"));
        Some((start.parse().ok()?, count.parse().ok()?))
    };
    let (_, old) = range(old)?;
    let (start, new) = range(rest.split(' ').next()?)?;
    Some(((old, new), start))
}

/// Returns the name in `a/NAME b/NAME`; `None` if the file was moved, because the names then differ.
fn same_name(header: &str) -> Option<String> {
    let (old, new) = header.split_at_checked(header.len() / 2)?;
    let name = name_of(old, "a/")?;
    (name_of(new.strip_prefix(' ')?, "b/")? == name).then_some(name)
}

/// Returns the name in a header; `None` for `/dev/null`.
fn name_of(text: &str, prefix: &str) -> Option<String> {
    let text = if text.starts_with('"') { text } else { text.split('\t').next().unwrap_or(text) };
    let name = unquoted(text);
    (name != "/dev/null").then(|| name.strip_prefix(prefix).unwrap_or(&name).to_owned())
}

/// Unquotes a name that git may have quoted as a C string.
fn unquoted(text: &str) -> String {
    let text = text.trim_end_matches('\t');
    let Some(inner) = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) else {
        return text.to_owned();
    };
    let mut bytes = Vec::with_capacity(inner.len());
    let mut rest = inner.as_bytes();
    while let [first, after @ ..] = rest {
        let (byte, used) = if *first == b'\\' { escaped(after) } else { (*first, 0) };
        bytes.push(byte);
        rest = &after[used.min(after.len())..];
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Returns the byte encoded after a backslash, and the number of bytes in its encoding.
fn escaped(after: &[u8]) -> (u8, usize) {
    let octal = |digits: &[u8]| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 8).ok();
    match after.first() {
        Some(b'0'..=b'7') => after.get(..3).and_then(octal).map_or((b'?', 1), |byte| (byte, 3)),
        Some(b'n') => (b'\n', 1),
        Some(b't') => (b'\t', 1),
        Some(b'r') => (b'\r', 1),
        Some(b'a') => (7, 1),
        Some(b'b') => (8, 1),
        Some(b'v') => (11, 1),
        Some(b'f') => (12, 1),
        Some(&other) => (other, 1),
        None => (b'\\', 0),
    }
}

#[cfg(test)]
mod tests;
