//! The download of a release.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use super::scene::{Run, Scene};
use super::server::{Server, State};
use super::{repository, require};

/// The version of this repository and of the release.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Returns the name of the release for this machine, if there is one and the tools to unpack it are installed.
fn target() -> Option<String> {
    match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", arch @ ("x86_64" | "aarch64")) => Some(format!("{arch}-unknown-linux-musl")),
        ("macos", arch @ ("x86_64" | "aarch64")) => Some(format!("{arch}-apple-darwin")),
        _ => None,
    }
    .filter(|_| require(&["bash", "git", "curl", "tar"]))
}

/// Starts a server with a release for this machine, whose program is a script.
fn released(scene: &Scene, target: &str, checksum: Option<&str>) -> Server {
    let program = scene.path().join("rcalint");
    fs::write(&program, "#!/bin/sh\necho a released program\n").unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let packed = scene.path().join("packed");
    let run = Command::new(repository().join("ci/package.sh"))
        .args([&program, Path::new(target), &packed])
        .output();
    let run = run.unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let archive = archive(target);
    let mut state = State::default();
    for name in [archive.clone(), format!("{archive}.sha256")] {
        state.downloads.insert(format!("/v{VERSION}/{name}"), fs::read(packed.join(&name)).unwrap());
    }
    if let Some(checksum) = checksum {
        state.downloads.insert(format!("/v{VERSION}/{archive}.sha256"), checksum.into());
    }
    Server::new(state)
}

fn archive(target: &str) -> String {
    format!("rcalint-{target}-v{VERSION}.tar.gz")
}

fn install(scene: &Scene, server: &Server, more: &[(&str, &str)]) -> Run {
    let folder = scene.path().join("temp/program");
    let mut variables = vec![
        ("RCALINT_BINARY", ""),
        ("RCALINT_VERSION", VERSION),
        ("RCALINT_DOWNLOAD_URL", server.url.as_str()),
        ("RCALINT_FOLDER", folder.to_str().unwrap()),
    ];
    variables.extend(more);
    scene.run("install.sh", &variables)
}

#[test]
fn a_release_is_downloaded_verified_and_runs() {
    let Some(target) = target() else { return };
    let scene = Scene::new(&[]);
    let server = released(&scene, &target, None);
    let run = install(&scene, &server, &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    let version = Command::new(run.out.trim_end()).output().unwrap();
    assert_eq!(version.stdout, b"a released program\n");
    let folder = Path::new(run.out.trim_end()).parent().unwrap();
    assert!(folder.join("ci/gitlab-review.sh").is_file(), "the job for GitLab comes in the archive");
}

#[test]
fn a_wrong_checksum_fails_and_nothing_is_unpacked() {
    let Some(target) = target() else { return };
    for published in
        [Some("0000000000000000000000000000000000000000000000000000000000000000  x\n"), Some("<html>\n")]
    {
        let scene = Scene::new(&[]);
        let run = install(&scene, &released(&scene, &target, published), &[]);
        assert_eq!((run.code, run.out.as_str()), (1, ""), "{}", run.err);
        assert!(run.err.contains("SHA-256"), "{}", run.err);
        let left = fs::read_dir(scene.path().join("temp/program")).unwrap();
        assert!(
            left.into_iter().all(|entry| entry.unwrap().file_type().unwrap().is_file()),
            "nothing is unpacked"
        );
    }
}

#[test]
fn a_checksum_in_the_workflow_overrides_the_published_one() {
    let Some(target) = target() else { return };
    let scene = Scene::new(&[]);
    let server = released(&scene, &target, None);
    let run = install(&scene, &server, &[("RCALINT_SHA256", &"a".repeat(64))]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("is not what was released"), "{}", run.err);
}

#[test]
fn a_missing_release_and_an_invalid_version_are_reported() {
    let Some(target) = target() else { return };
    let scene = Scene::new(&[]);
    let server = released(&scene, &target, None);
    let run = install(&scene, &server, &[("RCALINT_VERSION", "1.2.3")]);
    assert!(run.code == 1 && run.err.contains("could not be downloaded"), "{}", run.err);
    let run = install(&scene, &server, &[("RCALINT_VERSION", "../0.1.0")]);
    assert!(run.code == 1 && run.err.contains("is not a version"), "{}", run.err);
}

#[test]
fn a_given_program_is_used_and_a_missing_one_is_reported() {
    if !require(&["bash", "git"]) {
        return;
    }
    let scene = Scene::new(&[]);
    let run = scene.run("install.sh", &[("RCALINT_BINARY", env!("CARGO_BIN_EXE_rcalint"))]);
    assert_eq!(run.out.trim_end(), env!("CARGO_BIN_EXE_rcalint"));
    let run = scene.run("install.sh", &[("RCALINT_BINARY", "/no/such/rcalint")]);
    assert!(run.code == 1 && run.err.contains("there is no program `/no/such/rcalint`"), "{}", run.err);
}
