//! A git repository with a branch, and the changes in a report.

use super::*;

impl Folder {
    /// Creates a repository whose branch `main` contains the files that `write` creates, and switches to another
    /// branch.
    pub(super) fn repository(write: impl FnOnce(&Self)) -> Self {
        let folder = Self::new();
        write(&folder);
        folder.git(&["init", "--quiet", "--initial-branch=main"]);
        folder.commit("first");
        folder.git(&["switch", "--quiet", "-c", "branch"]);
        folder
    }

    pub(super) fn git(&self, args: &[&str]) {
        let mut git = Command::new("git");
        git.current_dir(self.path()).args(["-c", "user.name=a", "-c", "user.email=a@example.com"]).args(args);
        let output = git.env("GIT_CONFIG_GLOBAL", "/dev/null").output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    pub(super) fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "-m", message]);
    }
}

/// Returns rule and line of each finding in the first document, and whether it is on changed lines.
pub(super) fn changed(run: &Run) -> Vec<(String, u64, bool)> {
    let json = run.json();
    let findings = json["documents"][0]["findings"].as_array().unwrap().iter();
    findings
        .map(|finding| {
            let text = |name: &str| finding[name].as_str().unwrap().to_owned();
            (text("rule"), finding["start"]["line"].as_u64().unwrap(), finding["changed"].as_bool().unwrap())
        })
        .collect()
}

/// Returns the guards in the report: kind, path and line.
pub(super) fn guards(run: &Run) -> Vec<String> {
    let json = run.json();
    let guards = json["guard"].as_array().unwrap().iter();
    guards
        .map(|guard| {
            let line = guard["line"].as_u64().map_or_else(String::new, |line| format!(":{line}"));
            format!("{} {}{line}", guard["kind"].as_str().unwrap(), guard["path"].as_str().unwrap())
        })
        .collect()
}

pub(super) fn both(folder: &Folder) {
    folder.write("incidents/blames.md", BLAMES);
    folder.write("incidents/calm.md", CALM);
}
