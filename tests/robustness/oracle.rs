//! The differential oracle: another Markdown parser, independent of ours, must find the same headings and words.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::checks::oracle;

#[test]
fn both_parsers_find_the_same_headings_and_words() {
    let files: Vec<PathBuf> = FOLDERS.iter().flat_map(|folder| documents(folder)).collect();
    assert!(files.len() > FEWEST, "only {} documents", files.len());
    let differing: Vec<String> = files.iter().filter_map(|file| difference(file)).collect();
    let agreeing = files.len() - differing.len();
    assert!(differing.is_empty(), "{agreeing} of {} agree:\n{}", files.len(), differing.join("\n"));
}

/// Folders of documents.
pub(super) const FOLDERS: [&str; 2] = ["examples", "tests/scenarios"];
/// Minimum number of documents in the folders.
const FEWEST: usize = 50;

/// Returns the Markdown files in a folder of the project, which must exist.
pub(super) fn documents(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut documents: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
    documents.sort();
    documents
}

#[test]
fn marks_of_code_between_letters_are_apostrophes_to_both() {
    assert_eq!(oracle::difference("it wasn`t me, I didn`t look"), None);
    assert_eq!(oracle::difference("the disk\\`t` human error`t` "), None);
}

#[expect(clippy::disallowed_methods, reason = "a test reads its own documents")]
fn difference(file: &Path) -> Option<String> {
    let text = std::fs::read_to_string(file).unwrap();
    oracle::difference(&text).map(|found| format!("{}: {found}", file.display()))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_parsers_agree_on_what_pieces_make(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        oracle::check(&bytes);
    }
}
