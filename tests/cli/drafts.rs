//! Five drafts as they are written the night after an outage, each in another style, and all that is printed about them
//! with the reader.

use super::*;

/// The drafts, and their verdicts.
const DRAFTS: [(&str, &str); 5] = [
    ("default-and-a-panel", "clear"),
    ("form-of-a-supplier", "start-over"),
    ("notes-at-two-in-the-morning", "examined"),
    ("whys-that-end-at-the-procedure", "start-over"),
    ("wrong-values-file", "start-over"),
];

/// Number of columns where the output is not a terminal.
const WIDTH: usize = 80;

/// Reviews a draft as a user does.
fn review(name: &str, options: &[&str]) -> Run {
    let folder = Folder::new();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/cli/drafts/{name}.md"));
    folder.write("draft.md", fs::read(path).unwrap());
    let mut command = folder.command(&["draft.md", "--exit-zero"]);
    Run::of(&command.args(options).env_remove("RCALINT_NO_READER").output().unwrap()).code(0)
}

#[test]
fn a_draft_is_judged_and_printed() {
    for (name, verdict) in DRAFTS {
        assert_eq!(review(name, &["--format=json"]).json()["documents"][0]["verdict"], verdict, "{name}");
        let text = review(name, &[]).out;
        let overflowing: Vec<&str> = text.lines().filter(|line| line.chars().count() > WIDTH).collect();
        assert!(overflowing.is_empty(), "{name}: {overflowing:?}");
        insta::assert_snapshot!(name, text);
    }
}

/// The summary and the findings never contradict each other.
#[test]
fn no_condition_is_behind_the_cause_of_a_start_over() {
    for (name, _) in DRAFTS.iter().filter(|(_, verdict)| *verdict == "start-over") {
        let report = review(name, &["--format=json"]).json();
        let findings = report["documents"][0]["findings"].as_array().unwrap().iter();
        let causes: Vec<&Value> = findings.filter(|finding| finding["cause"] == true).collect();
        assert!(!causes.is_empty() && causes.iter().all(|finding| finding["deepened"] == false), "{name}");
    }
}
