//! The example postmortems, reviewed as a reader at a terminal's other end would see them.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// What each example is read as.
const VERDICTS: [(&str, &str); 12] = [
    ("01-wrong-cluster", "start-over"),
    ("02-expired-certificate", "start-over"),
    ("03-five-whys", "start-over"),
    ("04-storage-change-report", "start-over"),
    ("05-queue-partition", "examined"),
    ("06-kernel-conntrack", "clear"),
    ("07-region-outage", "clear"),
    ("08-draft", "undetermined"),
    ("09-chat-timeline", "undetermined"),
    ("10-blameless-rewrite", "clear"),
    ("11-capacity-monday", "examined"),
    ("12-supplier-report", "examined"),
];

#[test]
fn every_example_has_a_verdict_here() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let markdown = entries.filter(|path| path.extension().is_some_and(|end| end == "md"));
    let mut names: Vec<String> =
        markdown.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    names.sort();
    assert!(names.iter().eq(VERDICTS.iter().map(|(name, _)| name)), "{names:?}");
}

#[test]
fn every_example_is_read_as_it_should_be() {
    let mut wrong = Vec::new();
    for (name, expected) in VERDICTS {
        let json: serde_json::Value = serde_json::from_str(&review(name, "json")).unwrap();
        let document = &json["documents"][0];
        if document["verdict"] != expected {
            wrong.push(format!("{name}: {}, not {expected}: {}", document["verdict"], document["claims"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_review_is_as_it_was_read() {
    for (name, _) in VERDICTS {
        insta::assert_snapshot!(name, review(name, "text"));
    }
}

/// What the program prints into a pipe, and how it ends.
fn review(name: &str, format: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rcalint"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null());
    command.args([&format!("examples/{name}.md"), "--format", format]);
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "CLICOLOR", "COLUMNS"] {
        command.env_remove(name);
    }
    let output = command.output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    String::from_utf8(output.stdout).unwrap()
}
