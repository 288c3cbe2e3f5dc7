//! Published checkers pass: of workflows and jobs, of the hook, and of shell scripts, also those inside a workflow. `.ci/run`
//! and the workflow `ci` run these tests, and fail if a checker is missing.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use super::files::{names, workflows};
use super::{repository, require};

/// Runs a checker on files of the repository. Fails with the checker's output.
#[track_caller]
fn assert_passes(checker: &[&str], files: &[String]) {
    let (passed, output) = check(checker, files);
    assert!(!files.is_empty() && passed, "{checker:?}: {output}");
}

/// Runs a checker on files. Returns whether it found nothing, and its output.
fn check(checker: &[&str], files: &[impl AsRef<OsStr>]) -> (bool, String) {
    let mut command = Command::new(checker[0]);
    let output = command.args(&checker[1..]).args(files).current_dir(repository()).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (output.status.success(), format!("{out}{err}"))
}

/// Returns the files as arguments.
fn files(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

/// Returns the examples whose names begin with this.
fn examples(start: &str) -> Vec<String> {
    let start = format!("examples/ci/{start}");
    names("examples/ci").into_iter().filter(|name| name.starts_with(&start)).collect()
}

#[test]
fn workflows_and_jobs_match_the_published_schemas() {
    if !require(&["check-jsonschema"]) {
        return;
    }
    let matches = |schema: &str, files: &[String]| {
        assert_passes(&["check-jsonschema", "--builtin-schema", schema], files);
    };
    matches("vendor.github-workflows", &[names(".github/workflows"), examples("github")].concat());
    matches("vendor.gitlab-ci", &examples("gitlab"));
    matches("vendor.github-actions", &files(&["action.yml"]));
    matches("vendor.dependabot", &files(&[".github/dependabot.yml"]));
}

/// Zizmor, without network access. The exceptions are in its configuration and in comments, with their reasons.
const ZIZMOR: [&str; 7] = [
    "zizmor",
    "--offline",
    "--quiet",
    "--persona=auditor",
    "--strict-collection",
    "--config=.github/zizmor.yml",
    "--",
];

#[test]
fn workflows_and_the_action_pass_zizmor() {
    if require(&["zizmor"]) {
        assert_passes(&ZIZMOR, &[files(&["."]), examples("github")].concat());
    }
}

#[test]
fn zizmor_finds_what_it_should() {
    if !require(&["zizmor"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bad.yml");
    let bad = "on: pull_request\njobs:\n  bad:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      \
               - run: echo ${{ github.event.pull_request.title }}\n";
    std::fs::write(&file, bad).unwrap();
    let (passed, output) = check(&ZIZMOR, &[file]);
    let found = ["artipacked", "excessive-permissions", "template-injection", "unpinned-uses"];
    assert!(!passed && found.iter().all(|name| output.contains(name)), "{output}");
}

#[test]
fn hooks_are_valid_for_pre_commit() {
    if !require(&["pre-commit"]) {
        return;
    }
    assert_passes(&["pre-commit", "validate-manifest"], &files(&[".pre-commit-hooks.yaml"]));
    assert_passes(&["pre-commit", "validate-config"], &examples("pre-commit"));
}

#[test]
fn scripts_pass_shellcheck() {
    if !require(&["shellcheck"]) {
        return;
    }
    let scripts = [names("ci"), names(".ci"), files(&["fuzz/run.sh"])].concat();
    assert_passes(&["shellcheck", "--external-sources"], &scripts);
}

#[test]
fn scripts_in_workflows_pass_shellcheck() {
    // PyYAML comes with the others.
    if !require(&["shellcheck", "check-jsonschema"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let arguments = [vec![folder.path().display().to_string()], workflows()].concat();
    assert_passes(&["python3", "tests/support/run_blocks.py"], &arguments);
    let scripts: Vec<String> = written(folder.path());
    assert!(scripts.len() > 10, "the scripts are gone: {scripts:?}");
    assert_passes(&["shellcheck"], &scripts);
}

/// Returns the paths of the files in a folder, in order.
fn written(folder: &Path) -> Vec<String> {
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<String> = paths.map(|path| path.display().to_string()).collect();
    paths.sort();
    paths
}
