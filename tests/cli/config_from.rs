//! `--config-from`: reads settings, and the baseline that they name, from another commit.

use super::repository::*;
use super::*;

/// Creates a branch that turns its own check off.
fn softened() -> Folder {
    let folder = Folder::repository(|folder| {
        both(folder);
        folder.write("rcalint.toml", "fail-on = \"note\"\nlexicon.extend = [\"ours\"]\n");
        folder.write("ours/words/software.toml", "");
        folder.write("ours/guards.toml", "");
    });
    folder.write("rcalint.toml", "fail-on = \"never\"\nexclude = [\"incidents/\"]\n");
    fs::remove_dir_all(folder.path().join("ours")).unwrap();
    folder.commit("soften");
    folder
}

#[test]
fn a_change_cannot_weaken_its_own_check() {
    let folder = softened();
    folder.run(&[]).code(0);
    let run = folder.run(&["--config-from", "main", "--format=json"]).code(1);
    assert_eq!(run.paths("documents").len(), 2);
    let run = folder.run(&["--config-from", "main", "--diff", "main", "--format=json"]).code(0);
    let files = ["ours/guards.toml", "ours/words/software.toml", "rcalint.toml"];
    assert_eq!(guards(&run), files.map(|file| format!("configuration {file}")));
    assert!(run.out.contains("this check used the earlier ones"), "{}", run.out);
    let config = folder.run(&["config", "--config-from", "main"]).code(0).out;
    assert!(config.starts_with("settings from main:rcalint.toml") && config.contains("\"note\""), "{config}");
}

#[test]
fn the_nearest_file_upward_or_the_named_one_is_read() {
    let folder = Folder::repository(|folder| {
        both(folder);
        folder.write("rcalint.toml", "fail-on = \"note\"\n");
        folder.write("strict/own.toml", "fail-on = \"warning\"\n");
    });
    let shows = |args: &[&str], expected: &str| {
        let mut command = folder.command(&[&["config"], args].concat());
        let run = Run::of(&command.current_dir(folder.path().join("incidents")).output().unwrap()).code(0);
        assert!(run.out.starts_with(&format!("settings from {expected}\n")), "{}", run.out);
    };
    shows(&["--config-from", "main"], "main:rcalint.toml");
    shows(&["--config-from", "main", "--config", "../strict/own.toml"], "main:strict/own.toml");
    folder
        .run(&["--config-from", "main", "--config", "gone.toml"])
        .fails("main:gone.toml: no such file or folder");
}

#[test]
fn without_a_file_at_the_commit_there_is_no_configuration() {
    let folder = Folder::repository(both);
    folder.write("rcalint.toml", "nonsense = 1\n");
    let run = folder.run(&["config", "--config-from", "main"]).code(0);
    assert!(run.out.starts_with("no rcalint.toml"), "{}", run.out);
}

#[test]
fn the_baseline_it_names_is_read_at_the_same_commit() {
    let folder = Folder::repository(|folder| {
        both(folder);
        folder.write("rcalint.toml", "baseline = \"known.toml\"\n");
        folder.run(&["baseline", "create", "incidents/blames.md"]).code(0);
    });
    folder.write("incidents/new.md", BLAMES.replace("orders", "stock"));
    folder.run(&["baseline", "create", "--force"]).code(0);
    folder.run(&[]).code(0);
    let run = folder.run(&["--config-from", "main", "--format=json"]).code(1);
    assert_eq!(run.json()["summary"]["start_over"], 2);
    assert_eq!(run.json()["documents"][0]["findings"], serde_json::json!([]), "known at main");
}

#[test]
fn a_baseline_given_by_option_is_read_at_the_same_commit() {
    let folder = Folder::repository(|folder| {
        both(folder);
        folder.run(&["baseline", "create", "incidents/calm.md"]).code(0);
    });
    folder.run(&["baseline", "create", "--force"]).code(0);
    let named = ["--baseline", "rcalint-baseline.toml", "--format=json"];
    folder.run(&named).code(0);
    folder.run(&[&named[..], &["--config-from", "main"]].concat()).code(1);
    folder
        .run(&["--baseline", "gone.toml", "--config-from", "main"])
        .fails("main:gone.toml: no such file or folder");
}

#[test]
fn an_error_names_the_commit() {
    let folder = Folder::repository(|folder| folder.write("rcalint.toml", "fail-one = 1\n"));
    let line = "main:rcalint.toml:1:1: unknown key `fail-one`; did you mean `fail-on`?";
    folder.run(&["--config-from", "main"]).fails(line);
    let line = "--config-from: unknown commit `gone` (in a shallow clone, fetch it first)";
    folder.run(&["--config-from", "gone"]).fails(line);
    folder.run(&["--config-from", "main", "--isolated"]).code(2);
}

#[test]
fn the_baseline_is_used_created_and_pruned_and_the_option_wins() {
    let folder = Folder::mixed();
    folder.write("rcalint.toml", "baseline = \"adopt/known.toml\"\n");
    fs::create_dir(folder.path().join("adopt")).unwrap();
    folder.run(&[]).fails("adopt/known.toml: no such file or folder");
    assert!(folder.run(&["baseline", "create"]).code(0).out.starts_with("adopt/known.toml: "));
    folder.run(&["--fail-on", "note"]).code(0);
    let mut below = folder.command(&["--fail-on", "note"]);
    Run::of(&below.current_dir(folder.path().join("incidents")).output().unwrap()).code(0);
    folder.write("empty.toml", "version = 1\n");
    folder.run(&["--baseline", "empty.toml"]).code(1);
    folder.write("incidents/blames.md", CALM);
    let run = folder.run(&["baseline", "prune"]).code(0);
    assert!(run.out.starts_with("adopt/known.toml: ") && run.out.contains(" removed"), "{}", run.out);
}

#[test]
fn a_link_does_not_lead_it_out_of_the_repository() {
    let (folder, elsewhere) = (Folder::mixed(), Folder::new());
    elsewhere.write("known.toml", "secret\n");
    std::os::unix::fs::symlink(elsewhere.path().join("known.toml"), folder.path().join("known.toml"))
        .unwrap();
    folder.write("rcalint.toml", "baseline = \"known.toml\"\n");
    let run = folder.run(&[]).code(2);
    assert!(run.err.contains("leads out") && !run.err.contains("secret"), "{}", run.err);
}
