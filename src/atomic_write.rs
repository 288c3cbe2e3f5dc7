//! Writes a file completely or not at all: writes a temporary file, and then renames it.

use std::fs::Metadata;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use crate::report::FileError;
use crate::source;

/// What to do if the file exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IfExists {
    /// Replace it.
    Replace,
    /// Fail with [`ErrorKind::AlreadyExists`].
    Fail,
}

/// Writes a file, with the permissions of the one that it replaces. An untrusted repository may contain symbolic links:
/// one in the place of the file is replaced, not followed, and its folder may not be one that leads out.
pub(crate) fn write(path: &Path, text: &str, if_exists: IfExists) -> io::Result<()> {
    // Renaming a file over a device would remove the device.
    if path.metadata().is_ok_and(|about| !about.is_file()) {
        return Err(io::Error::other("not a regular file"));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    source::check_named(folder).map_err(io::Error::other)?;
    let mut file = builder().tempfile_in(folder)?;
    if let Some(known) = path.symlink_metadata().ok().filter(Metadata::is_file) {
        file.as_file().set_permissions(known.permissions())?;
    }
    file.write_all(text.as_bytes())?;
    file.as_file().sync_data()?; // a full disk may only be detected here
    let kept = match if_exists {
        IfExists::Replace => file.persist(path),
        IfExists::Fail => file.persist_noclobber(path),
    };
    kept.map(drop).map_err(|error| error.error)
}

/// Returns the error for a file that could not be written.
pub(crate) fn write_error(path: &Path, error: &io::Error) -> FileError {
    let message = match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => "the folder to write to does not exist".to_owned(),
        ErrorKind::Other => error.to_string(),
        kind => format!("cannot be written: {kind}"),
    };
    FileError { path: source::shown(path), message }
}

/// Creates a temporary file with the usual permissions.
fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".rcalint-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}
