//! Reads and decodes documents. No other module opens documents.
//!
//! Kind and size are checked before a file is opened. The read itself is also limited, because a file may grow in
//! between.

use std::fs::{File, Metadata};
use std::io::Read;
use std::path::{Path, PathBuf};

mod error;
mod fence;
mod folder;
mod state;

pub use crate::source::error::{InputError, Reason};
pub use crate::source::fence::{Fence, check_named, normalised};
pub use crate::source::folder::files_below;
pub use crate::source::state::FileState;

/// Maximum size in bytes of a list of paths.
const LIST_LIMIT: u64 = 16 << 20;

/// Maximum number of paths in a list.
const MAX_PATHS: usize = 500_000;

/// The text of one document.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path as given on the command line or found in a folder, with `/`.
    pub path: String,
    /// Decoded text without a byte order mark; line ends as in the file.
    pub text: String,
    /// Number of bytes dropped before the text: 3 for a byte order mark, else 0.
    pub shift: usize,
}

impl Source {
    /// Creates a source from decoded text. A leading byte order mark is dropped, and its length is stored in `shift`.
    pub fn new(path: impl Into<String>, text: &str) -> Self {
        Self::own(path.into(), text.to_owned())
    }

    fn own(path: String, mut text: String) -> Self {
        let shift = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        text.drain(..shift);
        Self { path, text, shift }
    }
}

/// Reads one regular file of at most `limit` bytes.
///
/// # Errors
///
/// Returns why the file cannot be read, or why its content is not text.
pub fn read(path: &Path, limit: u64) -> Result<Source, InputError> {
    let named = |reason| InputError { path: shown(path), reason };
    let bytes = load(path, limit).map_err(named)?;
    decode(bytes).map(|text| Source::own(shown(path), text)).map_err(named)
}

/// Reads one regular file of at most `limit` bytes that is not text.
///
/// # Errors
///
/// Returns why the file cannot be read.
pub fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>, InputError> {
    load(path, limit).map_err(|reason| InputError { path: shown(path), reason })
}

/// Opens a regular file that is read piece by piece.
///
/// # Errors
///
/// Returns why the file cannot be opened.
pub fn open(path: &Path) -> Result<File, InputError> {
    let opened = path.metadata().map_err(|error| Reason::from_io(path, &error)).and_then(|about| {
        regular(&about)?;
        File::open(path).map_err(|error| Reason::from_io(path, &error))
    });
    opened.map_err(|reason| InputError { path: shown(path), reason })
}

/// Reads at most `limit` bytes from a stream, such as standard input; `name` is the name in reports.
///
/// # Errors
///
/// As for [`read`].
pub fn read_stream(name: &str, stream: impl Read, limit: u64) -> Result<Source, InputError> {
    let named = |reason| InputError { path: name.to_owned(), reason };
    let bytes = bounded(stream, limit, 0).map_err(named)?;
    decode(bytes).map(|text| Source::own(name.to_owned(), text)).map_err(named)
}

/// Reads a list of paths, one per line, or separated by NUL if the list has any NUL. Blank lines are ignored.
///
/// The list may be a pipe (`--files-from <(git diff --name-only)`), so its kind is not checked.
///
/// # Errors
///
/// Returns why the list cannot be read.
pub fn read_list(path: &Path) -> Result<Vec<PathBuf>, InputError> {
    let open = || File::open(path).map_err(|error| Reason::from_io(path, &error));
    let bytes = open().and_then(|file| bounded(file, LIST_LIMIT, 0));
    bytes.and_then(|bytes| listed(&bytes)).map_err(|reason| InputError { path: shown(path), reason })
}

/// Reads a list of paths from a stream, as [`read_list`] does from a file.
///
/// # Errors
///
/// Returns why the list cannot be read.
pub fn read_list_stream(name: &str, stream: impl Read) -> Result<Vec<PathBuf>, InputError> {
    let bytes = bounded(stream, LIST_LIMIT, 0);
    bytes.and_then(|bytes| listed(&bytes)).map_err(|reason| InputError { path: name.to_owned(), reason })
}

/// Returns a path as shown in reports: with `/`.
pub fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

fn load(path: &Path, limit: u64) -> Result<Vec<u8>, Reason> {
    let about = path.metadata().map_err(|error| Reason::from_io(path, &error))?;
    regular(&about)?;
    if about.len() > limit {
        return Err(Reason::TooLarge(limit));
    }
    let file = File::open(path).map_err(|error| Reason::from_io(path, &error))?;
    bounded(file, limit, usize::try_from(about.len()).unwrap_or_default())
}

/// Checks that a file is regular. A pipe or a device must not be opened, because it may block or never end.
fn regular(about: &Metadata) -> Result<(), Reason> {
    if about.is_file() {
        Ok(())
    } else if about.is_dir() {
        Err(Reason::Folder)
    } else {
        Err(Reason::Special)
    }
}

fn bounded(stream: impl Read, limit: u64, expected: usize) -> Result<Vec<u8>, Reason> {
    // One byte more than expected, so that the end of the file is detected without growing the buffer.
    let mut bytes = Vec::with_capacity(expected + 1);
    let read = stream.take(limit.saturating_add(1)).read_to_end(&mut bytes);
    let length = read.map_err(|error| Reason::Unreadable(error.kind()))?;
    if length as u64 > limit { Err(Reason::TooLarge(limit)) } else { Ok(bytes) }
}

fn decode(bytes: Vec<u8>) -> Result<String, Reason> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(Reason::Utf16);
    }
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        return Err(Reason::Binary(at));
    }
    let text = String::from_utf8(bytes).map_err(|error| Reason::NotUtf8(error.utf8_error().valid_up_to()))?;
    let blank = text.trim_start_matches('\u{feff}').trim().is_empty();
    if blank { Err(Reason::Empty) } else { Ok(text) }
}

/// Returns the paths in a list, unless there are too many.
fn listed(list: &[u8]) -> Result<Vec<PathBuf>, Reason> {
    let paths = split(list);
    if paths.len() > MAX_PATHS { Err(Reason::TooMany(MAX_PATHS)) } else { Ok(paths) }
}

fn split(list: &[u8]) -> Vec<PathBuf> {
    let mark = if list.contains(&0) { 0 } else { b'\n' };
    let rows = list.split(|&byte| byte == mark);
    let rows = rows.map(|row| if mark == 0 { row } else { row.strip_suffix(b"\r").unwrap_or(row) });
    rows.filter(|row| !row.is_empty()).map(to_path).collect()
}

#[cfg(unix)]
fn to_path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn to_path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reason_of(bytes: &[u8]) -> Reason {
        read_stream("x.md", bytes, 64).unwrap_err().reason
    }

    #[test]
    fn text_that_is_not_utf8_is_reported() {
        assert_eq!(reason_of(b"abc\xff"), Reason::NotUtf8(3));
        assert_eq!(reason_of(b"\xff\xfea\0"), Reason::Utf16);
        assert_eq!(reason_of(b"\xfe\xff\0a"), Reason::Utf16);
        assert_eq!(reason_of(b"PNG\0\xff"), Reason::Binary(3));
    }

    #[test]
    fn a_file_without_words_is_empty() {
        assert_eq!(reason_of(b""), Reason::Empty);
        assert_eq!(reason_of(b"\xef\xbb\xbf \r\n"), Reason::Empty);
    }

    #[test]
    fn the_limit_is_inclusive() {
        assert!(read_stream("x.md", &[b'a'; 64][..], 64).is_ok());
        assert_eq!(reason_of(&[b'a'; 65]), Reason::TooLarge(64));
    }

    #[test]
    fn a_byte_order_mark_is_dropped_and_its_length_kept() {
        let source = read_stream("x.md", &b"\xef\xbb\xbfa"[..], 64).unwrap();
        assert_eq!((source.text.as_str(), source.shift), ("a", 3));
    }

    #[test]
    fn lists_are_lines_or_nul_separated() {
        assert_eq!(split(b"a.md\r\n\nb c.md"), [PathBuf::from("a.md"), PathBuf::from("b c.md")]);
        assert_eq!(split(b"a\nb.md\0c.md\0"), [PathBuf::from("a\nb.md"), PathBuf::from("c.md")]);
    }
}
