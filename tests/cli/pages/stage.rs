//! The folder in which the commands of a page run.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::repository;

/// Creates a repository with a copy of the examples, of which a branch changes one, and with a document as a JSON line.
/// The commands of a page run one after the other, so that one can write a file for a later one.
pub(super) fn stage() -> tempfile::TempDir {
    let stage = tempfile::tempdir().unwrap();
    copy("examples", stage.path());
    copy("examples/collection", stage.path());
    let draft = stage.path().join("examples/08-draft.md");
    let text = fs::read_to_string(&draft).unwrap();
    fs::write(&draft, text.clone() + "\nMore.\n").unwrap();
    commit(stage.path());
    fs::write(&draft, text).unwrap();
    let line = serde_json::json!({"path": "a.md", "text": "# Root cause\n\nHuman error.\n"});
    fs::write(stage.path().join("documents.jsonl"), line.to_string() + "\n").unwrap();
    fs::create_dir(stage.path().join("notes")).unwrap();
    fs::write(stage.path().join("notes/friday.md"), "Nothing happened.\n").unwrap();
    fs::write(stage.path().join("INC-2207.html"), "<h1>INC-2207</h1><p>Nothing happened.</p>\n").unwrap();
    stage
}

/// Copies the files of a folder of the repository.
fn copy(folder: &str, stage: &Path) {
    fs::create_dir(stage.join(folder)).unwrap();
    for entry in fs::read_dir(repository().join(folder)).unwrap().map(Result::unwrap) {
        if entry.path().is_file() {
            fs::copy(entry.path(), stage.join(folder).join(entry.file_name())).unwrap();
        }
    }
}

fn commit(folder: &Path) {
    for line in ["init --quiet --initial-branch=main", "add --all", "commit --quiet --message first"] {
        let command = format!("git -c user.name=a -c user.email=a@example.com {line}");
        assert!(shell(&command, folder).output().unwrap().status.success(), "{line}");
    }
}

/// Returns a shell command that can use the program, with both streams combined.
pub(super) fn shell(command: &str, stage: &Path) -> Command {
    let program = Path::new(env!("CARGO_BIN_EXE_rcalint"));
    let search = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("exec 2>&1; {command}")]).stdin(Stdio::null());
    shell.current_dir(stage).env("PATH", search);
    let unset =
        ["NO_COLOR", "CLICOLOR_FORCE", "CLICOLOR", "COLUMNS", "GITHUB_STEP_SUMMARY", "RCALINT_NO_READER"];
    for name in unset {
        shell.env_remove(name);
    }
    shell
}
