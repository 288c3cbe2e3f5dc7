//! `--diff` and `--config-from` in a repository that comes from a stranger: git runs nothing that its configuration names. The
//! same holds for every version of git from 2.30 on.

use std::os::unix::fs::PermissionsExt;

use super::repository::*;
use super::*;

/// Settings whose values git takes for commands, at one time or another.
const COMMANDS: [&str; 18] = [
    "alias.diff",
    "alias.ls-files",
    "core.alternateRefsCommand",
    "core.askPass",
    "core.editor",
    "core.fsmonitor",
    "core.gitProxy",
    "core.pager",
    "core.sshCommand",
    "credential.helper",
    "diff.external",
    "diff.x.command",
    "diff.x.textconv",
    "gpg.program",
    "interactive.diffFilter",
    "pager.diff",
    "remote.origin.uploadpack",
    "uploadpack.packObjectsHook",
];

/// Creates a repository with a change that has a finding, and a script that leaves a file `trapped`.
fn repository() -> Folder {
    let folder = Folder::repository(both);
    folder.write("incidents/calm.md", format!("{CALM}- Be more careful.\n"));
    folder
        .write(".git/trap", format!("#!/bin/sh\ntouch '{}'\ncat\n", folder.path().join("trapped").display()));
    folder
}

/// Returns the command that leaves a file `trapped`.
fn trap(folder: &Folder) -> String {
    format!("sh '{}'", folder.path().join(".git/trap").display())
}

/// Fails if the change was not found, or something was run.
#[track_caller]
fn assert_reads_the_change(folder: &Folder) {
    let run = folder.run(&["--diff", "main", "--format=json"]).code(0);
    assert!(changed(&run).iter().any(|finding| finding.2), "{}", run.out);
    assert_nothing_ran(folder);
}

#[track_caller]
fn assert_nothing_ran(folder: &Folder) {
    assert!(!folder.path().join("trapped").exists(), "a command of the repository was run");
}

#[test]
fn the_trap_works() {
    let folder = repository();
    folder.git(&["config", "filter.trap.clean", &trap(&folder)]);
    folder.write(".gitattributes", "*.md filter=trap\n");
    folder.git(&["diff"]);
    assert!(folder.path().join("trapped").exists());
}

#[test]
fn nothing_in_the_repository_is_run_or_hides_changes() {
    let folder = repository();
    for key in COMMANDS {
        folder.git(&["config", key, &trap(&folder)]);
    }
    folder.git(&["config", "diff.noprefix", "true"]);
    folder.git(&["config", "color.ui", "always"]);
    folder.git(&["config", "core.quotePath", "false"]);
    folder.write(".gitattributes", "*.md diff=x binary\n");
    assert_reads_the_change(&folder);
}

#[test]
fn hooks_are_not_run() {
    let folder = repository();
    for hook in ["post-index-change", "reference-transaction", "post-checkout", "fsmonitor-watchman"] {
        let path = folder.path().join(".git/hooks").join(hook);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::copy(folder.path().join(".git/trap"), &path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    assert_reads_the_change(&folder);
}

#[test]
fn filters_of_the_repository_are_not_run() {
    let folder = repository();
    // The settings of a repository can also be in a file that it includes, or in those of a working tree.
    folder.git(&["config", "include.path", "included"]);
    folder.git(&["config", "--file", ".git/included", "filter.trap.clean", &trap(&folder)]);
    folder.git(&["config", "extensions.worktreeConfig", "true"]);
    folder.git(&["config", "--worktree", "filter.Other.process", &trap(&folder)]);
    folder.git(&["config", "filter.Other.required", "true"]);
    folder.write(".gitattributes", "calm.md filter=trap\nblames.md filter=Other\n");
    folder.write("incidents/blames.md", format!("{BLAMES}\n"));
    let run = folder.run(&["--diff", "main", "--format=json"]).code(1);
    assert_eq!(run.paths("documents"), ["incidents/blames.md", "incidents/calm.md"]);
    assert_nothing_ran(&folder);
    folder.git(&["config", "filter.a=b.clean", &trap(&folder)]);
    folder.run(&["--diff", "main"]).fails("--diff: git failed: a filter has `=` in its name");
    assert_nothing_ran(&folder);
}

#[test]
fn no_command_for_fetching_is_run() {
    let folder = repository();
    let origin = format!("ext::{}", trap(&folder));
    for (key, value) in [
        ("remote.origin.url", origin.as_str()),
        ("remote.origin.promisor", "true"),
        ("protocol.ext.allow", "always"),
        ("core.repositoryFormatVersion", "1"),
        ("extensions.partialClone", "origin"),
    ] {
        folder.git(&["config", key, value]);
    }
    // A partial clone fetches what it lacks.
    fs::remove_dir_all(folder.path().join(".git/objects")).unwrap();
    fs::create_dir(folder.path().join(".git/objects")).unwrap();
    let run = folder.run(&["--diff", "main"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert_nothing_ran(&folder);
}

#[test]
fn a_bare_repository_within_a_folder_runs_nothing() {
    let folder = repository();
    folder.git(&["clone", "--quiet", "--bare", ".", "bare"]);
    let bare = folder.path().join("bare");
    fs::copy(folder.path().join(".git/index"), bare.join("index")).unwrap();
    folder.write("bare/incidents/calm.md", format!("{CALM}- Be more careful.\n"));
    folder.write("bare/.gitattributes", "*.md filter=trap\n");
    for (key, value) in [("core.bare", "false"), ("core.worktree", "."), ("core.fsmonitor", &trap(&folder))] {
        folder.git(&["config", "--file", "bare/config", key, value]);
    }
    folder.git(&["config", "--file", "bare/config", "filter.trap.clean", &trap(&folder)]);
    for option in ["--diff", "--config-from"] {
        let run = Run::of(&folder.command(&[option, "main"]).current_dir(&bare).output().unwrap());
        assert_nothing_ran(&folder);
        // Git before 2.38 takes it for a repository.
        assert!(run.code != 2 || run.err.contains("not in a git repository"), "{}", run.err);
    }
}

#[test]
fn a_repository_that_git_distrusts_is_reported() {
    let folder = repository();
    let mut command = folder.command(&["--diff", "main"]);
    let run = Run::of(&command.env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1").output().unwrap());
    // Git before 2.30.3 has no such check.
    let asked = run.code == 2 && run.err.contains("git failed: fatal: ") && run.err.contains(" repository ");
    assert!(asked || run.code == 0, "{}", run.err);
}

#[test]
fn missing_contents_of_a_partial_clone_are_reported() {
    let origin = Folder::repository(|folder| {
        both(folder);
        folder.write("rcalint.toml", "fail-on = \"never\"\n");
    });
    origin.git(&["config", "uploadpack.allowFilter", "true"]);
    origin.write("incidents/calm.md", BLAMES);
    origin.write("rcalint.toml", "");
    origin.commit("second");
    let folder = Folder::new();
    let url = format!("file://{}", origin.path().display());
    folder.git(&["clone", "--quiet", "--filter=blob:none", &url, "."]);
    let lacks =
        "this partial clone lacks earlier file contents; get them with `git fetch --refetch --no-filter`";
    folder.run(&["--diff", "HEAD~1"]).fails(&format!("--diff: {lacks}"));
    folder.run(&["--config-from", "HEAD~1", "incidents"]).fails(&format!("--config-from: {lacks}"));
    folder.git(&["diff", "HEAD~1"]); // fetches them
    folder.run(&["--diff", "HEAD~1"]).code(1);
}
