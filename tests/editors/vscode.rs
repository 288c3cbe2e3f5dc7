//! The extension for VS Code: its types, its style, its tests, which talk to this program, and its package.

use std::fs;
use std::process::Command;

use serde_json::Value;

use super::skip::missing;
use super::tools::require;
use super::{repository, run};

/// Everything that the package contains.
const CONTENTS: [&str; 8] = [
    "[Content_Types].xml",
    "extension.vsixmanifest",
    "extension/LICENSE.txt",
    "extension/dist/THIRD-PARTY.txt",
    "extension/dist/extension.cjs",
    "extension/package.json",
    "extension/readme.md",
    "extension/snippets/postmortem.json",
];

/// The largest size of the package, in bytes.
const LARGEST: u64 = 200_000;

/// Runs a script of `package.json`, if the packages that it needs are installed.
#[track_caller]
fn script(name: &str) -> Option<String> {
    if !require(&["node", "npm"]) {
        return None;
    }
    if !repository("editors/vscode/node_modules").is_dir() {
        missing("editors/vscode/node_modules");
        return None;
    }
    let mut npm = Command::new("npm");
    npm.args(["run", "--silent", "--offline", name]).current_dir(repository("editors/vscode"));
    Some(run(npm.env("RCALINT", env!("CARGO_BIN_EXE_rcalint"))))
}

fn manifest() -> Value {
    serde_json::from_slice(&fs::read(repository("editors/vscode/package.json")).unwrap()).unwrap()
}

#[test]
fn types_are_right() {
    script("check");
}

#[test]
fn style_is_right() {
    script("lint");
}

#[test]
fn the_client_finds_the_program_and_talks_to_it() {
    if let Some(said) = script("test") {
        assert!(said.contains("# fail 0") && !said.contains("# pass 0"), "{said}");
    }
}

#[test]
fn the_package_is_small_and_contains_what_it_should() {
    if !require(&["unzip"]) || script("package").is_none() {
        return;
    }
    let package = repository("editors/vscode/dist/rcalint.vsix");
    let names = run(Command::new("unzip").arg("-Z1").arg(&package));
    let mut names: Vec<&str> = names.lines().collect();
    names.sort_unstable();
    assert_eq!(names, CONTENTS);
    let size = fs::metadata(&package).unwrap().len();
    assert!(size < LARGEST, "{size} bytes");
}

#[test]
fn the_extension_has_the_version_of_the_program() {
    assert_eq!(manifest()["version"], env!("CARGO_PKG_VERSION"));
}

#[test]
fn a_workspace_that_is_not_trusted_cannot_choose_the_program() {
    let manifest = manifest();
    let path = &manifest["contributes"]["configuration"]["properties"]["rcalint.path"];
    assert_eq!(path["scope"], "machine-overridable");
    let restricted = &manifest["capabilities"]["untrustedWorkspaces"]["restrictedConfigurations"];
    assert_eq!(*restricted, serde_json::json!(["rcalint.path"]));
}

#[test]
fn the_bundle_has_no_client_for_the_web_and_no_telemetry() {
    let Some(_) = script("bundle") else { return };
    let code = fs::read_to_string(repository("editors/vscode/dist/extension.cjs")).unwrap();
    for name in ["node:http", "\"http\"", "\"https\"", "fetch(", "sendTelemetry", "createTelemetryLogger"] {
        assert!(!code.contains(name), "{name}");
    }
}
