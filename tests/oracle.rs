//! The differential oracle: another Markdown parser, independent of ours, must find the same headings and words.

#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

#[path = "../fuzz/src/oracle.rs"]
#[expect(unreachable_pub, reason = "public to the fuzz targets, which are programs of their own")]
mod oracle;

#[test]
fn both_parsers_find_the_same_headings_and_words() {
    let files = files();
    assert!(files.len() >= 12, "the examples are gone");
    let differing: Vec<String> = files.iter().filter_map(|file| difference(file)).collect();
    let agreeing = files.len() - differing.len();
    assert!(differing.is_empty(), "{agreeing} of {} agree:\n{}", files.len(), differing.join("\n"));
}

/// The examples, and a folder of real documents beside the crate where there is one.
fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [
        root.join("examples"),
        root.join("../shared/eval/dev/docs"),
        root.join("../shared/eval/dev/templates"),
    ];
    let mut files = BTreeSet::new();
    for folder in folders.iter().filter(|folder| folder.exists()) {
        let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        files.extend(paths.filter(|path| path.extension().is_some_and(|end| end == "md")));
    }
    files.into_iter().collect()
}

fn difference(file: &Path) -> Option<String> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    oracle::difference(&text_of(file)).map(|found| format!("{name}: {found}"))
}

#[expect(clippy::disallowed_methods, reason = "a test reads its own examples")]
fn text_of(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_parsers_agree_on_what_pieces_make(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        oracle::check(&bytes);
    }
}
