//! Files of other people's packages, which tests read and this repository does not contain.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::skip::missing;

/// Where `.ci/tools` puts the packages.
const PACKAGES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/test-tools");

/// A JSON file by its path below the packages. `None` means that it is not installed and the test is to be skipped.
///
/// # Panics
///
/// As [`missing`] does, if the file has to be there; and if the file is not JSON.
#[track_caller]
pub(crate) fn read_json(path: &str) -> Option<Value> {
    let file = Path::new(PACKAGES).join(path);
    if !file.is_file() {
        missing(path);
        return None;
    }
    Some(serde_json::from_slice(&fs::read(&file).unwrap()).unwrap())
}
