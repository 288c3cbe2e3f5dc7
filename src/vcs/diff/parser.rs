//! Reads a diff line by line.

use std::collections::BTreeMap;

use crate::vcs::diff::{Changes, FileChanges, NotADiff, allow_comment};
use crate::vcs::quoting::unquoted;

/// Headers of git that belong to a file without hunks or lines.
const WHOLE: [&str; 4] = ["new file mode ", "deleted file mode ", "Binary files ", "GIT binary patch"];

/// Maximum length of a path in bytes: that of Linux.
const LONGEST_PATH: usize = 4096;

#[derive(Default)]
pub(super) struct DiffParser {
    changes: Changes,
    /// True once a header of a file was read.
    has_header: bool,
    /// The file being read, with the name before the change.
    old: Option<String>,
    new: Option<String>,
    /// The name in the line above all headers, or the new name of a moved file.
    known: Option<String>,
    /// Names that may begin with a prefix, and the name without it.
    prefixed: BTreeMap<String, String>,
    /// Number of the next line of the new file, from 1.
    at: usize,
    /// Number of remaining lines of the hunk in the old and in the new file.
    left: (usize, usize),
}

impl DiffParser {
    pub(super) fn line(&mut self, line: &[u8]) {
        if self.left != (0, 0) && !is_odd(line) {
            return self.inside(line);
        }
        if self.left != (0, 0) {
            self.count_whole();
        }
        let text = String::from_utf8_lossy(line);
        self.outside(text.trim_end_matches('\r'));
    }

    /// Returns what was read; `is_blank` is true if there was no text.
    pub(super) fn finish(mut self, is_blank: bool) -> Result<Changes, NotADiff> {
        if self.left != (0, 0) {
            self.count_whole();
        }
        for (name, short) in &self.prefixed {
            if let Some(changes) = self.changes.files.get(name).cloned() {
                let of_short = self.changes.files.entry(short.clone()).or_default();
                if changes != FileChanges::default() {
                    *of_short = changes;
                }
            }
        }
        if self.has_header || is_blank { Ok(self.changes) } else { Err(NotADiff) }
    }

    /// Counts the whole file as changed, because its changed lines cannot be told.
    fn count_whole(&mut self) {
        self.file().whole = true;
        self.left = (0, 0);
    }

    fn outside(&mut self, text: &str) {
        if let Some(names) = text.strip_prefix("diff ") {
            (self.old, self.new) = (None, None);
            self.known = names.strip_prefix("--git ").and_then(same_name);
            self.has_header |= self.known.is_some();
        } else if WHOLE.iter().any(|header| text.starts_with(header)) {
            self.touch_known(text);
        } else if let Some(name) = text.strip_prefix("--- ") {
            self.old = name_of(name);
        } else if let Some(name) = text.strip_prefix("+++ ") {
            self.new = name_of(name);
            self.touch();
        } else if let Some(name) = moved(text) {
            self.changes.files.entry(name.clone()).or_default();
            self.known = Some(name);
            self.has_header = true;
        } else if let Some((folder, name)) = text.strip_prefix("Only in ").and_then(|at| at.split_once(": "))
        {
            self.only_in(folder, name);
        } else if let Some((left, at)) = hunk(text) {
            (self.left, self.at) = (left, at);
        } else if text.starts_with("@@@ ") {
            self.file().whole = true;
        }
    }

    /// Handles a file of which git shows no lines.
    fn touch_known(&mut self, header: &str) {
        let Some(name) = self.known.clone() else { return };
        let file = self.changes.files.entry(name).or_default();
        file.whole |= header.ends_with("differ") || header.starts_with("GIT binary");
    }

    /// Handles a file that `diff -r` found in one of two folders only.
    fn only_in(&mut self, folder: &str, name: &str) {
        self.has_header = true;
        let whole = format!("{folder}/{name}");
        self.prefixed.extend(whole.split_once('/').map(|(_, short)| (whole.clone(), short.to_owned())));
        self.changes.files.entry(whole).or_default().whole = true;
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
        self.at = self.at.saturating_add(usize::from(kind != b'-'));
    }

    /// Handles the two headers with the names of a file.
    fn touch(&mut self) {
        self.has_header |= self.old.is_some() || self.new.is_some();
        let (old, new) = (self.old.take(), self.new.take());
        self.old = old.clone().map(|name| self.without_prefix(name, new.as_deref(), "a/"));
        self.new = new.map(|name| self.without_prefix(name, old.as_deref(), "b/"));
        for name in [&self.old, &self.new].into_iter().flatten() {
            self.changes.files.entry(name.clone()).or_default();
        }
    }

    /// Returns a name without its prefix, if the other name of the file or the header of git shows it.
    fn without_prefix(&mut self, name: String, other: Option<&str>, usual: &str) -> String {
        if let Some(known) = self.known.clone().filter(|known| is_below(&name, known)) {
            if name.len() <= known.len() + usual.len() {
                return known;
            }
            // What looks like a long prefix may be a folder.
            self.prefixed.insert(name.clone(), known);
            return name;
        }
        if let Some(short) = name.strip_prefix(usual) {
            return short.to_owned();
        }
        if let Some(short) = other.and_then(|other| common_end(other, &name)) {
            self.prefixed.insert(name.clone(), short.to_owned());
        }
        name
    }

    fn file(&mut self) -> &mut FileChanges {
        let name = self.new.clone().or_else(|| self.old.clone()).unwrap_or_default();
        self.changes.files.entry(name).or_default()
    }
}

/// True if a line cannot belong to a hunk, so that this is a word diff, or the hunk is cut off.
fn is_odd(line: &[u8]) -> bool {
    !matches!(line.first(), None | Some(b' ' | b'+' | b'-' | b'\\' | b'\r'))
}

/// Returns a name of a file that was moved or copied.
fn moved(header: &str) -> Option<String> {
    let headers = ["rename from ", "rename to ", "copy to "];
    headers.iter().find_map(|start| header.strip_prefix(start)).map(unquoted)
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

/// Returns the name in `a/NAME b/NAME` or `NAME NAME`; `None` if more than a prefix differs, as for a moved file.
fn same_name(header: &str) -> Option<String> {
    let middle = header.len() / 2;
    let (old, new) = (unquoted(header.get(..middle)?), unquoted(header.get(middle + 1..)?));
    let name = common_end(&old, &new)?;
    let is_prefixed = |whole: &str| whole[..whole.len() - name.len()].matches('/').count() <= 1;
    (is_prefixed(&old) && is_prefixed(&new)).then(|| name.to_owned())
}

/// Returns the path with which both names end; `None` if they have no component in common.
fn common_end<'n>(one: &str, other: &'n str) -> Option<&'n str> {
    let components = one.rsplit('/').zip(other.rsplit('/')).take_while(|(a, b)| a == b);
    let length: usize = components.map(|(component, _)| component.len() + 1).sum();
    (length > 0).then(|| &other[other.len() + 1 - length..])
}

/// True if a name is a path, perhaps with a prefix.
fn is_below(name: &str, path: &str) -> bool {
    name.strip_suffix(path).is_some_and(|prefix| prefix.is_empty() || prefix.ends_with('/'))
}

/// Returns the name in a header; `None` for `/dev/null`, and for one that no file can have.
fn name_of(text: &str) -> Option<String> {
    let text = if text.starts_with('"') { text } else { text.split('\t').next().unwrap_or(text) };
    let name = unquoted(text);
    (name != "/dev/null" && name.len() <= LONGEST_PATH).then_some(name)
}
