//! Which configuration applies.

use std::fs;

use super::{Folder, postmortem};

/// True if a run used the configuration in which notes fail.
#[track_caller]
fn holds(folder: &Folder, below: &str, options: &[&str]) -> bool {
    let args = [&["config", "--format", "json"], options].concat();
    let json = folder.run_in(below, &args).code(0).json();
    let mut settings = json["settings"].as_array().unwrap().iter();
    settings.any(|setting| setting["key"] == "fail-on" && setting["value"] == "note")
}

#[test]
fn the_nearest_file_from_the_current_folder_upward_applies() {
    let folder = Folder::with("fail-on = \"note\"");
    folder.write("a/b/c.md", "x");
    assert!(holds(&folder, "", &[]) && holds(&folder, "a", &[]) && holds(&folder, "a/b", &[]));
    folder.write("a/rcalint.toml", "fail-on = \"never\"");
    assert!(holds(&folder, "", &[]) && !holds(&folder, "a", &[]) && !holds(&folder, "a/b", &[]));
}

#[test]
fn the_location_of_a_document_does_not_matter() {
    let folder = Folder::new();
    folder.write("a/rcalint.toml", "nonsense = 1");
    folder.write("a/incident.md", postmortem("The disk was full."));
    folder.run(&["a/incident.md"]).code(0);
    folder.run_in("a", &["incident.md"]).code(2);
}

#[test]
fn no_file_above_the_root_of_the_repository_applies() {
    let folder = Folder::with("fail-on = \"note\"");
    fs::create_dir_all(folder.path().join("inner/.git")).unwrap();
    // A worktree has a file with that name.
    folder.write("tree/.git", "gitdir: elsewhere\n");
    assert!(!holds(&folder, "inner", &[]) && !holds(&folder, "tree", &[]));
    folder.write("inner/rcalint.toml", "fail-on = \"note\"");
    assert!(holds(&folder, "inner", &[]));
}

#[test]
fn a_file_can_be_given_or_settings_ignored() {
    let folder = Folder::with("fail-on = \"error\"");
    folder.write("ci/strict.toml", "fail-on = \"note\"");
    assert!(holds(&folder, "", &["--config", "ci/strict.toml"]));
    folder.write("rcalint.toml", "fail-on = \"note\"");
    assert!(!holds(&folder, "", &["--isolated"]));
    folder.run(&["--isolated", "--config", "ci/strict.toml"]).code(2);
    folder.run(&["config", "--config", "gone.toml"]).fails("gone.toml: no such file or folder");
}

#[test]
fn an_empty_file_has_no_effect() {
    for text in ["", "# Nothing yet.\n"] {
        let folder = Folder::with(text);
        folder.write("incident.md", postmortem("The root cause was human error."));
        folder.run(&["incident.md"]).code(1);
    }
}

#[test]
fn paths_are_relative_to_the_file() {
    let folder = Folder::with("exclude = [\"/a/old/\"]\nlexicon.extend = [\"words-of-ours\"]");
    folder.write("words-of-ours/words/ours.toml", "[software]\nabout = \"Ours.\"\nwords = [\"quokka\"]\n");
    folder.write("a/postmortem.md", postmortem("Quokka forgot to renew the certificate."));
    folder.write("a/old/postmortem.md", postmortem("The root cause was human error."));
    for below in ["", "a", "a/old"] {
        let json = folder.run_in(below, &[".", "--format", "json"]).code(0).json();
        assert_eq!(json["summary"]["start_over"], 0, "{below}: {json}");
    }
}

#[cfg(unix)]
#[test]
fn a_found_file_may_not_be_a_link_out_of_its_folder() {
    use std::os::unix::fs::symlink;
    let (folder, elsewhere) = (Folder::new(), Folder::with("fail-on = \"note\""));
    symlink(elsewhere.path().join("rcalint.toml"), folder.path().join("rcalint.toml")).unwrap();
    let run = folder.run(&["config"]).code(2);
    assert!(run.err.contains("leads out"), "{}", run.err);
}
