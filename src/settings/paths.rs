//! Normalises paths so that they can be compared. Only [`current_folder`] follows symbolic links.

use std::path::{Path, PathBuf};

pub(crate) use crate::source::normalised;

/// Returns the absolute path without `.` and `..`. The empty path is the current folder.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    normalised(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()))
}

/// Returns the current folder as an absolute path, without symbolic links if possible.
pub(crate) fn current_folder() -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    here.canonicalize().unwrap_or(here)
}

/// Returns the root of the repository around an absolute folder, which contains `.git`; `None` if there is none.
pub(crate) fn repository_around(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|folder| folder.join(".git").symlink_metadata().is_ok())
}

/// Returns the folder that contains a file; empty for a bare file name.
pub(crate) fn parent(file: &Path) -> PathBuf {
    file.parent().unwrap_or(Path::new("")).to_owned()
}

/// True if the path ends in `.toml`.
pub(crate) fn is_toml(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|ending| ending == "toml")
}
