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

use rcalint::reader::Reader;
use sha2::{Digest, Sha256};

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

#[test]
fn the_reader_was_trained_on_this_data() {
    let mut paths = files_below("data");
    // As Python sorts paths: folder by folder.
    paths.sort_by(|(_, left), (_, right)| left.cmp(right));
    let mut whole = Sha256::new();
    for (name, path) in paths {
        whole.update([name.as_bytes(), b"\0", &fs::read(path).unwrap(), b"\0"].concat());
    }
    assert_eq!(
        Reader::embedded().trained_on(),
        hex(&whole.finalize()),
        "training/data has changed since the weights were trained: run training/train.py"
    );
}

fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()
}

/// Returns all files in a folder of `training/`, each with its path below `training/`.
fn files_below(folder: &str) -> Vec<(String, PathBuf)> {
    let entries = fs::read_dir(training().join(folder)).unwrap().map(|entry| entry.unwrap());
    let below = entries.flat_map(|entry| {
        let name = format!("{folder}/{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() { files_below(&name) } else { vec![(name, entry.path())] }
    });
    below.collect()
}
