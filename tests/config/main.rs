//! Runs `rcalint.toml` and the related commands as people do.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]
#![expect(
    clippy::disallowed_methods,
    reason = "a test writes the files it needs, and on request updates the schema"
)]

mod commands;
mod effects;
mod errors;
mod lexicon;
mod place;
#[path = "../support/program.rs"]
mod program;

use std::fs;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;
use tempfile::TempDir;

/// A temporary folder for a test, with a `.git` folder so that no configuration above it applies.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        fs::create_dir(folder.path().join(".git")).unwrap();
        folder
    }

    /// Creates a folder with a configuration.
    fn with(toml: &str) -> Self {
        let folder = Self::new();
        folder.write("rcalint.toml", toml);
        folder
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn run(&self, args: &[&str]) -> Run {
        self.run_in("", args)
    }

    /// Runs in a subfolder.
    fn run_in(&self, folder: &str, args: &[&str]) -> Run {
        self.run_with(folder, args, Stdio::null())
    }

    /// Runs with a file as standard input.
    fn run_on(&self, name: &str, args: &[&str]) -> Run {
        self.run_with("", args, fs::File::open(self.path().join(name)).unwrap().into())
    }

    fn run_with(&self, folder: &str, args: &[&str], input: Stdio) -> Run {
        let mut command = program::program();
        command.current_dir(self.path().join(folder)).args(args).stdin(input);
        let output = command.output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Run { out: text(&output.stdout), err: text(&output.stderr), code: output.status.code().unwrap() }
    }

    /// Reviews a document with this text in its cause section.
    fn review(&self, cause: &str) -> Reviewed {
        self.write("incident.md", postmortem(cause));
        let run = self.run(&["incident.md", "--format", "json"]);
        assert_eq!(run.err, "");
        Reviewed { code: run.code, json: run.json() }
    }
}

/// Returns a postmortem with this text in its cause section.
fn postmortem(cause: &str) -> String {
    format!("# Postmortem: orders\n\n## Impact\n\nNo orders.\n\n## Root cause\n\n{cause}\n")
}

/// The output and exit status of a run.
struct Run {
    out: String,
    err: String,
    code: i32,
}

impl Run {
    #[track_caller]
    fn code(self, expected: i32) -> Self {
        assert_eq!(self.code, expected, "\nstdout: {}\nstderr: {}", self.out, self.err);
        self
    }

    /// Asserts that the run fails with exactly this line on standard error, and prints nothing else.
    #[track_caller]
    fn fails(self, line: &str) {
        assert_eq!(self.err, format!("rcalint: {line}\n"));
        assert_eq!(self.out, "");
        self.code(2);
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap()
    }
}

/// The report of one document.
struct Reviewed {
    code: i32,
    json: Value,
}

impl Reviewed {
    fn document(&self) -> &Value {
        &self.json["documents"][0]
    }

    fn verdict(&self) -> &str {
        self.document()["verdict"].as_str().unwrap()
    }

    /// Returns rule and severity of each finding.
    fn findings(&self) -> Vec<(&str, &str)> {
        let all = self.document()["findings"].as_array().unwrap().iter();
        all.map(|found| (found["rule"].as_str().unwrap(), found["severity"].as_str().unwrap())).collect()
    }

    fn severity(&self, rule: &str) -> Option<&str> {
        self.findings().into_iter().find(|(id, _)| *id == rule).map(|(_, severity)| severity)
    }
}
