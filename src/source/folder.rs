//! Lists folders.

use std::fs::read_dir;
use std::io;
use std::path::{Path, PathBuf};

use crate::source::{InputError, Reason};

/// Returns the files in a folder and its subfolders that have this extension. Links to folders are not followed; `shown`
/// is the path of the folder in errors.
///
/// # Errors
///
/// Fails if a folder cannot be read.
pub fn files_below(folder: &Path, extension: &str, shown: &str) -> Result<Vec<PathBuf>, InputError> {
    let unreadable =
        |error: io::Error| InputError { path: shown.to_owned(), reason: Reason::Unreadable(error.kind()) };
    let mut found = Vec::new();
    for entry in read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let (path, kind) = (entry.path(), entry.file_type().map_err(unreadable)?);
        if kind.is_dir() {
            found.extend(files_below(&path, extension, shown)?);
        } else if path.extension().is_some_and(|ending| ending == extension) {
            found.push(path);
        }
    }
    Ok(found)
}
