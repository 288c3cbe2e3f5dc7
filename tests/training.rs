//! The training data in `training/`: every label matches the text that it labels.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]
#![expect(clippy::disallowed_methods, reason = "a test reads the data it checks")]

#[path = "support/skip.rs"]
mod skip;
#[path = "support/tools.rs"]
mod tools;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Minimum number of documents in `training/data`.
const FEWEST_DOCUMENTS: usize = 1_000;

fn training() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("training")
}

fn files(folder: &str) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(training().join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

#[test]
fn every_label_of_a_tagged_document_matches_its_text() {
    if !tools::require(&["python3"]) {
        return;
    }
    let out = tempfile::tempdir().unwrap();
    let mut convert = Command::new("python3");
    convert.arg(training().join("convert.py")).arg(out.path()).args(files("data/tagged"));
    let run = convert.output().unwrap();
    assert!(
        run.status.success(),
        "{}{}",
        String::from_utf8_lossy(&run.stdout),
        String::from_utf8_lossy(&run.stderr)
    );
    let tagged = fs::read_to_string(out.path().join("labels.jsonl")).unwrap().lines().count();
    assert!(tagged + files("data/written/docs").len() >= FEWEST_DOCUMENTS);
}

#[test]
fn every_written_document_has_its_labels() {
    let labels = fs::read_to_string(training().join("data/written/labels.jsonl")).unwrap();
    let mut labelled: Vec<String> = labels
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["file"].as_str().unwrap().to_owned()
        })
        .collect();
    labelled.sort();
    let name = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    assert_eq!(labelled, files("data/written/docs").iter().map(name).collect::<Vec<_>>());
}
