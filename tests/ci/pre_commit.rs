//! Tests the hook with the real pre-commit. Only the build is left out: the hook uses the program of this test.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::program::{program, without_reader};
use super::scene::{BLAMES, CALM, Scene};
use super::{repository, require};

const MANIFEST: &str = ".pre-commit-hooks.yaml";

fn read(name: &str) -> String {
    fs::read_to_string(repository().join(name)).unwrap()
}

/// Returns the command in the manifest.
fn entry() -> String {
    let manifest = read(MANIFEST);
    manifest.lines().find_map(|line| line.strip_prefix("  entry: ")).unwrap().to_owned()
}

/// Runs pre-commit in the scene's repository, with the program of this test.
pub(super) fn run(scene: &Scene, args: &[&str]) -> (i32, String) {
    let program = Path::new(env!("CARGO_BIN_EXE_rcalint")).parent().unwrap();
    let search = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let mut command = Command::new("pre-commit");
    without_reader(&mut command).current_dir(scene.path().join("repository")).args(args).env("PATH", search);
    command.env("PRE_COMMIT_HOME", scene.path().join("temp")).env("GIT_CONFIG_NOSYSTEM", "1");
    let output = command.output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

/// Creates a repository with a bad postmortem, a good one, and another document.
fn scene() -> Scene {
    let scene = Scene::new(&[]);
    scene.git(&["rm", "--quiet", "-r", "old"]);
    scene.commit(&[
        ("incidents/bad.md", BLAMES),
        ("incidents/good.md", CALM),
        ("incidents/README.md", "# Incidents\n"),
    ]);
    scene
}

/// Creates a repository that provides the hook, with the program of this test instead of one built by pre-commit.
pub(super) fn offered() -> Scene {
    let manifest = read(MANIFEST);
    assert!(manifest.contains("  language: rust\n"));
    Scene::new(&[(MANIFEST, &manifest.replace("language: rust", "language: system"))])
}

#[test]
fn the_arguments_of_the_hook_are_valid() {
    let entry = entry();
    let words: Vec<&str> = entry.split(' ').collect();
    assert_eq!((words[0], words[words.len() - 1]), ("rcalint", "--"));
    let scene = Scene::new(&[("--help.md", CALM)]);
    let mut command = program();
    command
        .current_dir(scene.path().join("repository"))
        .args(&words[1..])
        .args(["--help.md", "old/outage.md"]);
    let output = command.output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(1), "{out}{err}");
    assert!(out.contains("--> --help.md") && out.contains("--> old/outage.md"), "{out}{err}");
}

#[test]
fn the_hook_fails_for_a_bad_document_and_passes_good_ones() {
    if !require(&["pre-commit", "git"]) {
        return;
    }
    let (scene, hook) = (scene(), offered());
    let hook = hook.path().join("repository");
    let hook = hook.to_str().unwrap();
    let (code, out) = run(&scene, &["try-repo", hook, "rcalint", "--all-files"]);
    assert!(code == 1 && out.contains("incidents/bad.md:") && out.contains("start over"), "{out}");
    assert!(!out.contains("incidents/README.md"), "{out}");
    let (code, out) = run(&scene, &["try-repo", hook, "rcalint", "--files", "incidents/good.md"]);
    assert!(code == 0 && out.contains("Passed"), "{out}");
    let (code, out) = run(&scene, &["try-repo", hook, "rcalint", "--files", "src/main.c"]);
    assert!(code == 0 && out.contains("Skipped"), "{out}");
}

#[test]
fn the_hook_checks_postmortems_whatever_their_names() {
    if !require(&["pre-commit", "git"]) {
        return;
    }
    let usual = ["incidents/2026-01-02-db.md", "RCA-17.markdown", "docs/a.md", "Friday.MDX", "notes/3.qmd"];
    let others = ["incidents/notes.txt", "src/main.rs"];
    let (scene, hook) = (Scene::new(&[]), offered());
    scene.commit(&usual.map(|name| (name, BLAMES)));
    scene.commit(&others.map(|name| (name, BLAMES)));
    scene.commit(&[("docs/guide.md", "# Guide\n\nHuman error.\n")]);
    scene.commit(&[(
        "wiki/INC-7.html",
        "<h1>Postmortem: orders outage</h1><h2>Cause</h2><p>Human error.</p>",
    )]);
    let hook = hook.path().join("repository");
    let (_, out) = run(&scene, &["try-repo", hook.to_str().unwrap(), "rcalint", "--all-files"]);
    let read = |name: &str| out.contains(&format!("--> {name}:"));
    assert!(usual.into_iter().all(read) && !others.into_iter().any(read), "{out}");
    assert!(!read("docs/guide.md") && read("wiki/INC-7.html"), "{out}");
}

#[test]
fn the_hook_for_an_installed_program_works() {
    if !require(&["pre-commit", "git"]) {
        return;
    }
    let scene = scene();
    scene.commit(&[(".pre-commit-config.yaml", &read("examples/ci/pre-commit-local.yaml"))]);
    let (code, out) = run(&scene, &["run", "--all-files"]);
    assert!(code == 1 && out.contains("incidents/bad.md:"), "{out}");
    let (code, out) = run(&scene, &["run", "--files", "incidents/good.md", "incidents/README.md"]);
    assert!(code == 0 && out.contains("Passed"), "{out}");
}
