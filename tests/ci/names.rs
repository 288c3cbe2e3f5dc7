//! Documents with unusual names are reviewed everywhere, whatever the settings of git are, and their names do nothing.

use std::collections::BTreeSet;

use serde_json::Value;

use super::scene::{BLAMES, Scene};
use super::server::{Server, State};
use super::{can_run_scripts, github, gitlab, pre_commit, require};

/// Names with spaces, quotes, control characters, and beginnings that mean something to git or to a shell.
const NAMES: [&str; 20] = [
    "--help outage.md",
    "-outage.md",
    ":!outage.md",
    ":(top)outage.md",
    "# outage.md",
    "incidents/ an outage .md",
    "incidents/\"an\" outage.md",
    "incidents/$(touch trapped) `touch trapped` outage.md",
    "incidents/%41 %0A outage.md",
    "incidents/*[a]? outage.md",
    "incidents/a => {b} outage.md",
    "incidents/a;b&c|d outage.md",
    "incidents/it's an outage.md",
    "incidents/back\\slash outage.md",
    "incidents/caf\u{e9} \u{505c}\u{6b62} outage.md",
    "incidents/escape\u{1b}[31m outage.md",
    "incidents/line\n::error::outage.md",
    "incidents/return\r\n##[error] outage.md",
    "incidents/tab\toutage.md",
    "incidents of\n/2026/outage.md",
];

/// Creates a change that adds these documents, in a repository whose settings change what git prints.
fn scene() -> Scene {
    let scene = Scene::new(&[]);
    for (key, value) in [
        ("color.ui", "always"),
        ("core.quotePath", "false"),
        ("diff.mnemonicPrefix", "true"),
        ("diff.noprefix", "true"),
        ("diff.renames", "copies"),
    ] {
        scene.git(&["config", key, value]);
    }
    scene.commit(&NAMES.map(|name| (name, BLAMES)));
    scene
}

fn all() -> BTreeSet<String> {
    NAMES.into_iter().map(str::to_owned).collect()
}

/// Fails if a line of a log is one that a name contains, or if the log has escape sequences.
#[track_caller]
fn assert_harmless(scene: &Scene, log: &str) {
    let forged = |line: &str| line.starts_with("::error::outage") || line.starts_with("##[error]");
    assert!(!log.lines().any(forged) && !log.contains('\u{1b}'), "{log}");
    assert!(!scene.path().join("repository/trapped").exists());
}

#[test]
fn the_action_reviews_documents_with_any_name() {
    if !can_run_scripts() {
        return;
    }
    let (scene, server) = (scene(), Server::new(State::default()));
    let run = github::review(&scene, &server);
    let report: Value = serde_json::from_str(&scene.left("temp/rcalint-report.json")).unwrap();
    let documents = report["documents"].as_array().unwrap().iter();
    let reviewed: BTreeSet<String> =
        documents.map(|document| document["path"].as_str().unwrap().to_owned()).collect();
    assert_eq!((run.code, reviewed), (1, all()), "{}{}", run.out, run.err);
    assert_harmless(&scene, &run.out);
}

#[test]
fn the_job_reviews_documents_with_any_name() {
    if !can_run_scripts() {
        return;
    }
    let (scene, server) = (scene(), Server::new(State { gitlab: true, ..State::default() }));
    let run = gitlab::review(&scene, &server);
    let report: Value = serde_json::from_str(&scene.left("repository/rcalint-codequality.json")).unwrap();
    let findings = report.as_array().unwrap().iter();
    let reviewed: BTreeSet<String> =
        findings.map(|finding| finding["location"]["path"].as_str().unwrap().to_owned()).collect();
    assert_eq!((run.code, reviewed), (1, all()), "{}{}", run.out, run.err);
    assert_harmless(&scene, &format!("{}{}", run.out, run.err));
}

#[test]
fn the_hook_reviews_documents_with_any_name() {
    if !require(&["pre-commit", "git"]) {
        return;
    }
    let (scene, hook) = (scene(), pre_commit::offered());
    let hook = hook.path().join("repository");
    let (code, out) =
        pre_commit::run(&scene, &["try-repo", hook.to_str().unwrap(), "rcalint", "--all-files"]);
    let all = NAMES.len() + 1; // and the one in `old/`
    assert!(code == 1 && out.contains(&format!("{all} documents, {all} to start over")), "{out}");
    assert_harmless(&scene, &out);
}
