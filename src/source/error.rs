//! Why a file cannot be read, and how to fix it.

use std::fmt;
use std::io::{Error, ErrorKind};
use std::path::Path;

/// A file that could not be read, with the reason. `Display` shows only the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputError {
    /// Its path as given, with `/`.
    pub path: String,
    /// The reason why it was not read.
    pub reason: Reason,
}

/// The reason why a file is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// There is no such file.
    Missing,
    /// A symbolic link to a missing file.
    DeadLink,
    /// Symbolic links that form a cycle.
    Loop,
    /// A symbolic link that leads out of the current folder.
    LeadsOut,
    /// A symbolic link to what git keeps in a repository.
    LeadsToGit,
    /// Named in a file of a repository, but outside of the repository.
    Outside,
    /// Named in a file of a repository, but in what git keeps there.
    OfGit,
    /// A folder where a file is expected.
    Folder,
    /// A pipe, a device or a socket.
    Special,
    /// Larger than this many bytes.
    TooLarge(u64),
    /// One of many files in a folder that together are larger than this many bytes.
    FolderTooLarge(u64),
    /// A list of more than this many paths.
    TooMany(usize),
    /// Not UTF-8: the offset of the first invalid byte, from 0.
    NotUtf8(usize),
    /// A byte order mark of UTF-16.
    Utf16,
    /// Not text: the offset of the first NUL byte, from 0.
    Binary(usize),
    /// Nothing but white space.
    Empty,
    /// Nothing but code, comments and what readers do not see.
    NoText,
    /// Any other error of the operating system.
    Unreadable(ErrorKind),
}

impl Reason {
    /// Converts an error of the operating system for `path`.
    pub(super) fn from_io(path: &Path, error: &Error) -> Self {
        match error.kind() {
            _ if error.raw_os_error() == Some(LOOP) => Self::Loop,
            ErrorKind::NotFound if path.is_symlink() => Self::DeadLink,
            ErrorKind::NotFound => Self::Missing,
            kind => Self::Unreadable(kind),
        }
    }
}

/// The error number for too many symbolic links, which has no stable name in the standard library.
const LOOP: i32 = if cfg!(target_os = "linux") { 40 } else { 62 };

impl fmt::Display for InputError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.reason.fmt(to)
    }
}

impl std::error::Error for InputError {}

impl fmt::Display for Reason {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => to.write_str("no such file or folder"),
            Self::DeadLink => to.write_str("a symbolic link to a missing file"),
            Self::Loop => to.write_str("symbolic links that form a cycle"),
            Self::LeadsOut => to.write_str("a symbolic link that leads out of the current folder"),
            Self::LeadsToGit => to.write_str("a symbolic link that leads into a folder `.git`"),
            Self::Outside => to.write_str("leads out of the repository"),
            Self::OfGit => to.write_str("leads into a folder `.git`"),
            Self::Folder => to.write_str("a folder, not a file"),
            Self::Special => to.write_str("not a regular file"),
            Self::TooLarge(limit) => write!(to, "larger than {}", Size(*limit)),
            Self::FolderTooLarge(limit) => {
                write!(to, "the files of this folder are together larger than {}", Size(*limit))
            }
            Self::TooMany(limit) => write!(to, "a list of more than {limit} paths"),
            Self::NotUtf8(at) => write!(to, "not valid UTF-8 at byte {at}"),
            Self::Utf16 => to.write_str("UTF-16 text, not UTF-8; save it as UTF-8 to have it read"),
            Self::Binary(at) => write!(to, "a binary file, not text (NUL at byte {at})"),
            Self::Empty => to.write_str("is empty"),
            Self::NoText => {
                to.write_str("no text was read: all of it is code, comments or hidden from readers")
            }
            Self::Unreadable(kind) => write!(to, "not readable: {kind}"),
        }
    }
}

/// A number of bytes, formatted for people.
struct Size(u64);

impl fmt::Display for Size {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => to.write_str("0 bytes"),
            n if n.is_multiple_of(1 << 20) => write!(to, "{} MiB", n >> 20),
            n if n.is_multiple_of(1 << 10) => write!(to, "{} KiB", n >> 10),
            n => write!(to, "{n} bytes"),
        }
    }
}
