//! Notices that a file has changed.

use std::fs::metadata;
use std::path::Path;
use std::time::SystemTime;

/// What the file system says about a file. It differs if the file has changed in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileState(Option<(SystemTime, u64)>);

impl FileState {
    /// Returns the state of a file or folder, which need not exist.
    pub fn of(path: &Path) -> Self {
        let found = metadata(path).and_then(|found| Ok((found.modified()?, found.len())));
        Self(found.ok())
    }
}
