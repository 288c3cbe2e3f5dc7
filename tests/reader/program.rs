//! The options and settings of the reader, and what a team's own entries do to it.

use std::fs;
use std::process::{Command, Output};

use serde_json::Value;

use super::PLAIN;

/// A folder with one report and a configuration.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(config: &str) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        fs::write(folder.0.path().join("report.md"), PLAIN).unwrap();
        fs::write(folder.0.path().join("rcalint.toml"), config).unwrap();
        folder
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rcalint"));
        command.current_dir(self.0.path()).env_remove("RCALINT_NO_READER").args(args);
        command.output().unwrap()
    }

    fn json(&self, args: &[&str]) -> Value {
        let output = self.run(&[&["check", "report.md", "--format", "json", "--exit-zero"], args].concat());
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

fn rules(report: &Value) -> Vec<&str> {
    let findings = report["documents"][0]["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["rule"].as_str().unwrap()).collect()
}

#[test]
fn the_report_says_which_reader_judged() {
    let on = Folder::new("").json(&[]);
    assert!(on["tool"]["reader"].is_string());
    assert_eq!(on["documents"][0]["verdict"], "start-over");
    for (config, args) in [("", &["--no-reader"][..]), ("reader = false", &[])] {
        let off = Folder::new(config).json(args);
        assert_eq!(off["tool"]["reader"], Value::Null);
        assert_ne!(off["documents"][0]["verdict"], "start-over");
        assert_eq!(off["documents"][0]["verdict_reasons"], Value::Array(Vec::new()));
    }
}

#[test]
fn a_file_that_is_no_weights_is_an_error() {
    let folder = Folder::new("");
    fs::write(folder.0.path().join("bad.bin"), "not weights").unwrap();
    for (file, why) in [("bad.bin", "bad.bin: weights: "), ("none.bin", "none.bin: no such file")] {
        let output = folder.run(&["check", "report.md", "--reader", file]);
        assert_eq!(output.status.code(), Some(2));
        let message = String::from_utf8(output.stderr).unwrap().to_lowercase();
        assert!(message.contains(why), "{message}");
    }
}

#[test]
fn a_teams_exemption_wins_over_the_reader() {
    let exempt = "[[exempt]]\nmatch = [\"closed the queue\"]\nreason = \"a routine step here\"\n";
    assert!(rules(&Folder::new("").json(&[])).contains(&"blamed-action"));
    assert!(!rules(&Folder::new(exempt).json(&[])).contains(&"blamed-action"));
}

#[test]
fn a_teams_phrase_wins_over_the_reader() {
    let phrase = "[[phrase]]\nrule = \"hindsight\"\nmatch = [\"spoken with\"]\nreason = \"our word for blame\"\nwhere = \"anywhere\"\n";
    assert!(!rules(&Folder::new("").json(&[])).contains(&"hindsight"));
    assert!(rules(&Folder::new(phrase).json(&[])).contains(&"hindsight"));
}

#[test]
fn a_rule_that_is_off_finds_nothing() {
    let report = Folder::new("[rules]\nblamed-action = \"off\"\n").json(&[]);
    assert!(!rules(&report).contains(&"blamed-action"));
}

#[test]
fn why_prints_what_each_judgement_rests_on() {
    let output = Folder::new("").run(&["check", "report.md", "--why"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("= why: reader +"), "{text}");
    assert!(text.contains("why: a person's act is part of it: yes, +"), "{text}");
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let folder = Folder::new("");
    assert_eq!(folder.json(&["--jobs", "1"]), folder.json(&["--jobs", "4"]));
}
