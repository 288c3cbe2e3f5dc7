//! Files written whole or not at all: beside the old one first, and then put in its place.

use std::io::{self, ErrorKind, Write};
use std::path::Path;

use crate::report::FileError;
use crate::source;

/// What to do with a file that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Older {
    /// It gives way to the new one.
    Replace,
    /// It stays, and that is an error of the kind [`ErrorKind::AlreadyExists`].
    Keep,
}

/// Writes a file. A symbolic link of that name is replaced and never followed: a stranger's repository may hold it.
pub(crate) fn write(path: &Path, text: &str, older: Older) -> io::Result<()> {
    // Renaming a file over a device would take the device away.
    if path.metadata().is_ok_and(|about| !about.is_file()) {
        return Err(io::Error::other("not a regular file"));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = builder().tempfile_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_data()?; // a full disk may be noticed only here
    let kept = match older {
        Older::Replace => file.persist(path),
        Older::Keep => file.persist_noclobber(path),
    };
    kept.map(drop).map_err(|error| error.error)
}

/// Why a file was not written.
pub(crate) fn unwritable(path: &Path, error: &io::Error) -> FileError {
    let message = match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => "there is no such folder to write to".to_owned(),
        ErrorKind::Other => error.to_string(),
        kind => format!("not writable: {kind}"),
    };
    FileError { path: source::shown(path), message }
}

/// A temporary file which, once renamed, may be read like any other.
fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".rcalint-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}
