//! Finds the documents in a folder, as `check` does when it is given one.

use std::path::{Path, PathBuf};

use walkdir::DirEntry;

use crate::document::{has_extension, html_page};
use crate::report::{FileError, Skipped};
use crate::settings::Globs;
use crate::settings::walk::Walk;
use crate::source::{self, InputError, Reason};

/// What is in a folder.
#[derive(Clone, Debug)]
pub(crate) enum Entry {
    /// A file that may be a postmortem.
    Document(PathBuf),
    /// A file that is not read.
    Skip(Skipped),
    /// A file or folder that cannot be read.
    Fail(FileError),
}

/// Returns what is in a folder and its subfolders, with the path of each, in no particular order, but not what is
/// ignored; `None` for folders and for files with the extension of another format. Without a repository, ignore files
/// count from the absolute folder `here` on.
pub(crate) fn entries(
    folder: &Path,
    here: &Path,
    globs: &Globs,
) -> impl Iterator<Item = Option<(PathBuf, Entry)>> {
    Walk::new(folder, here).map(|entry| walked(entry, globs))
}

/// Returns an entry of a walk; `None` if it is a folder or another kind of file.
fn walked(entry: Result<DirEntry, FileError>, globs: &Globs) -> Option<(PathBuf, Entry)> {
    let entry = match entry {
        Ok(entry) => entry,
        Err(error) => return Some((PathBuf::from(&error.path), Entry::Fail(error))),
    };
    let kind = entry.file_type();
    let path = without_dot(entry.path());
    if !has_extension(&path) || kind.is_dir() {
        return None;
    }
    let entry = if kind.is_symlink() {
        skip(&path, "symbolic-link")
    } else if !kind.is_file() {
        skip(&path, "not-a-regular-file")
    } else if let Some(reason) = globs.reject(&path) {
        skip(&path, reason)
    } else {
        Entry::Document(path.clone())
    };
    Some((path, entry))
}

/// Returns the path without a leading `./`.
fn without_dot(path: &Path) -> PathBuf {
    path.strip_prefix(".").unwrap_or(path).to_owned()
}

fn skip(path: &Path, reason: &str) -> Entry {
    Entry::Skip(Skipped { path: source::shown(path), reason: reason.to_owned() })
}

/// Returns the reason why a file in a folder that cannot be read is skipped: a page in HTML that other tools wrote for
/// another purpose, too large or not UTF-8. `None` if the error is to be reported.
pub(crate) fn skip_reason(error: &InputError) -> Option<&'static str> {
    match error.reason {
        _ if !html_page::has_extension(&error.path) => None,
        Reason::TooLarge(_) => Some("too-large"),
        Reason::NotUtf8(_) | Reason::Utf16 | Reason::Binary(_) => Some("not-utf-8"),
        _ => None,
    }
}
