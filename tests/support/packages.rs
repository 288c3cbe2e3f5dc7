//! Files from third-party packages, which tests read and this repository does not contain.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::skip::missing;

/// The folder in which `.ci/tools` puts the packages.
const PACKAGES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/test-tools");

/// Reads a JSON file by its path below the packages. `None` means that it is not installed and the test should be
/// skipped.
///
/// # Panics
///
/// Panics as [`missing`] does if the file is required, and if the file is not JSON.
#[track_caller]
pub(crate) fn read_json(path: &str) -> Option<Value> {
    let file = Path::new(PACKAGES).join(path);
    if !file.is_file() {
        missing(path);
        return None;
    }
    Some(serde_json::from_slice(&fs::read(&file).unwrap()).unwrap())
}
