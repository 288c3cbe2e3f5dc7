//! Changes that affect their own check.

use super::repository::*;
use super::*;

#[test]
fn changed_settings_new_comments_and_a_larger_baseline_are_reported() {
    let folder = Folder::repository(|folder| {
        both(folder);
        folder.write("rcalint.toml", "baseline = \"known.toml\"\n");
        folder.run(&["baseline", "create", "incidents/calm.md"]).code(0);
    });
    folder.run(&["baseline", "create", "--force"]).code(0);
    folder.write("rcalint.toml", "baseline = \"known.toml\"\nfail-on = \"never\"\n");
    folder
        .write("incidents/calm.md", format!("{CALM}\n<!-- rcalint-allow-file: hindsight -- it suits -->\n"));
    folder.write("incidents/new.md", format!("<!-- rcalint-allow-file: human-error -- no -->\n{BLAMES}"));
    let run = folder.run(&["--diff", "main", "--format=json"]).code(0);
    let lines = CALM.lines().count() + 2;
    let expected = [
        "configuration rcalint.toml".to_owned(),
        "baseline known.toml".to_owned(),
        format!("allow incidents/calm.md:{lines}"),
        "allow incidents/new.md:1".to_owned(),
    ];
    assert_eq!(guards(&run), expected);
    let text = folder.run(&["--diff", "main"]).code(0).out;
    assert!(text.contains("Also changed: rcalint.toml (settings were changed)"), "{text}");
    let jsonl = folder.run(&["--diff", "main", "--format=jsonl"]).code(0).out;
    let last: Value = serde_json::from_str(jsonl.lines().last().unwrap()).unwrap();
    assert_eq!(last["guard"].as_array().unwrap().len(), 4);
}

#[test]
fn a_smaller_baseline_and_a_moved_comment_are_not_reported() {
    let comment = "<!-- rcalint-allow-file: hindsight -- it suits -->";
    let folder = Folder::repository(|folder| {
        both(folder);
        folder.write("a.md", format!("{CALM}\n{comment}\n"));
        folder.run(&["baseline", "create"]).code(0);
    });
    folder.write("a.md", format!("{comment}\n\n{CALM}"));
    folder.run(&["baseline", "create", "--force", "a.md"]).code(0);
    let run = folder.run(&["--diff", "main", "--baseline", "rcalint-baseline.toml", "--format=json"]).code(0);
    assert_eq!(guards(&run), [""; 0]);
}

/// Returns the reported changes to files that control the check: path and message.
fn said(run: &Run) -> Vec<String> {
    let json = run.json();
    let guards = json["guard"].as_array().unwrap().iter();
    guards.map(|guard| format!("{}: {}", guard["path"], guard["message"]).replace('"', "")).collect()
}

#[test]
fn changed_and_new_lexicon_files_are_reported_in_any_folder() {
    let folder = Folder::repository(|folder| {
        both(folder);
        folder.write("rcalint.toml", "lexicon.extend = [\"team/terms\"]\n");
        folder.write("team/terms/words/software.toml", "");
        folder.write("team/other.toml", "");
    });
    folder.write("team/terms/guards.toml", "");
    folder.write("team/other.toml", "a = 1\n");
    folder.write("lexicon/words/software.toml", "");
    let args = ["--diff", "main", "--format=json"];
    assert_eq!(said(&folder.run(&args).code(0)), ["team/terms/guards.toml: the lexicon was changed"]);
    fs::remove_file(folder.path().join("team/terms/words/software.toml")).unwrap();
    folder.commit("second");
    let run = folder.run(&[&args[..], &["--config-from", "main"]].concat()).code(0);
    let message = "the lexicon was changed; this check used the earlier one";
    let paths = ["team/terms/guards.toml", "team/terms/words/software.toml"];
    assert_eq!(said(&run), paths.map(|path| format!("{path}: {message}")));
}

#[test]
fn a_baseline_added_by_the_change_is_not_used_and_is_reported() {
    let folder = Folder::repository(|folder| {
        both(folder);
        folder.write("rcalint.toml", "baseline = \"known.toml\"\n");
    });
    folder.write("incidents/blames.md", format!("{BLAMES}\nMore.\n"));
    folder.run(&["baseline", "create"]).code(0);
    let run = folder.run(&["--diff", "main", "--config-from", "main", "--format=json"]).code(1);
    let known: Vec<String> = said(&run);
    assert!(known.len() == 1 && known[0].starts_with("known.toml: the baseline has "), "{known:?}");
}

#[test]
fn settings_added_by_the_change_are_not_used_and_are_reported() {
    let folder = Folder::repository(both);
    folder.write("incidents/blames.md", format!("{BLAMES}\nMore.\n"));
    folder.write("rcalint.toml", "fail-on = \"never\"\n");
    let run = folder.run(&["--diff", "main", "--config-from", "main", "--format=json"]).code(1);
    let message = "rcalint.toml: settings were changed; this check used the earlier ones";
    assert_eq!(said(&run), [message]);
}

#[test]
fn without_diff_nothing_is_added_to_the_report() {
    let folder = Folder::mixed();
    let json = folder.run(&["--format=json"]).code(1).json();
    assert!(json.get("guard").is_none() && json["documents"][0]["findings"][0].get("changed").is_none());
}
