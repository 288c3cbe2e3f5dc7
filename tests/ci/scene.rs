//! A repository with a pull request, as on a CI runner, in which a script runs.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use super::program::without_reader;
use super::repository;

/// A postmortem that concludes with human error.
pub(super) const BLAMES: &str = "# Postmortem: orders outage\n\n## Impact\n\nNo orders for an hour.\n\n## Root cause\n\n\
    The root cause was human error.\n\n## Action items\n\n- Be more careful.\n";

/// A postmortem that blames nobody.
pub(super) const CALM: &str = "# Postmortem: queue outage\n\n## Impact\n\nNo mails for an hour.\n\n## Root cause\n\n\
    A bug in the queue's client dropped the connection, and no alert covered it.\n\n## Action items\n\n\
    - Add an alert on the age of the oldest message.\n";

/// A folder with a repository, a base commit, and the outputs of a run.
pub(super) struct Scene {
    folder: TempDir,
    base: String,
}

/// The result of a script.
pub(super) struct Run {
    pub(super) code: i32,
    pub(super) out: String,
    pub(super) err: String,
}

impl Scene {
    /// Creates a base commit with an unrelated document and these files.
    pub(super) fn new(files: &[(&str, &str)]) -> Self {
        let mut scene = Self { folder: tempfile::tempdir().unwrap(), base: String::new() };
        fs::create_dir_all(scene.path().join("repository")).unwrap();
        fs::create_dir_all(scene.path().join("temp")).unwrap();
        scene.git(&["init", "--quiet", "--initial-branch=main"]);
        scene.commit(&[("old/outage.md", BLAMES)]);
        scene.base = scene.commit(files);
        scene.git(&["checkout", "--quiet", "-b", "change"]);
        scene
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// Writes files and commits everything. Returns the hash of the commit.
    pub(super) fn commit(&self, files: &[(&str, &str)]) -> String {
        for (name, text) in files {
            let path = self.path().join("repository").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", "a change"]);
        self.head()
    }

    pub(super) fn head(&self) -> String {
        self.git(&["rev-parse", "HEAD"])
    }

    /// Runs git without any user settings. Returns its output.
    pub(super) fn git(&self, args: &[&str]) -> String {
        let mut git = Command::new("git");
        git.current_dir(self.path().join("repository")).args(args);
        git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        for role in ["AUTHOR", "COMMITTER"] {
            git.env(format!("GIT_{role}_NAME"), "A").env(format!("GIT_{role}_EMAIL"), "a@example.org");
        }
        let output = git.output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }

    /// Writes an event to a file. Returns its path.
    pub(super) fn event(&self, event: &Value) -> String {
        let path = self.path().join("event.json");
        fs::write(&path, event.to_string()).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Runs a script of the repository with these environment variables.
    pub(super) fn run(&self, script: &str, variables: &[(&str, &str)]) -> Run {
        let mut command = Command::new(repository().join("ci").join(script));
        command.current_dir(self.path().join("repository")).stdin(Stdio::null());
        command.env_clear().env("PATH", std::env::var("PATH").unwrap()).env("HOME", self.path());
        command.env("TMPDIR", self.path().join("temp")).env("RUNNER_TEMP", self.path().join("temp"));
        command.env("RCALINT_RETRY_SECONDS", "0").env("RCALINT_BINARY", env!("CARGO_BIN_EXE_rcalint"));
        without_reader(&mut command).envs(variables.iter().copied());
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Run { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Turns the repository into a shallow checkout of the last `depth` commits. The others are on a server named
    /// `https://forge.example`.
    pub(super) fn shallow(&self, depth: &str) {
        let whole = self.path().join("team/postmortems");
        fs::create_dir_all(whole.parent().unwrap()).unwrap();
        fs::rename(self.path().join("repository"), &whole).unwrap();
        fs::create_dir(self.path().join("repository")).unwrap();
        let server = format!("file://{}", self.path().display());
        let called = format!("[url \"{server}/\"]\n\tinsteadOf = https://forge.example/\n");
        fs::write(self.path().join(".gitconfig"), called).unwrap();
        self.git(&["init", "--quiet", "."]);
        let from = format!("{server}/team/postmortems");
        self.git(&["fetch", "--quiet", "--depth", depth, &from, "HEAD"]);
        self.git(&["remote", "add", "origin", &from]);
        self.git(&["checkout", "--quiet", "FETCH_HEAD"]);
    }

    /// Returns the text of a file that the run wrote.
    pub(super) fn left(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    /// Returns the names in the folder for temporary files.
    pub(super) fn temporary(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path().join("temp")).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }
}
