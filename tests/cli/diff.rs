//! `--diff`: reviews the changes of a branch.

use super::repository::*;
use super::*;

#[test]
fn only_documents_that_changed_are_reviewed() {
    let folder = Folder::repository(both);
    let run = folder.run(&["--diff", "main", "--format=json"]).code(0);
    assert!(run.paths("documents").is_empty() && run.paths("skipped").is_empty());
    folder.write("incidents/calm.md", CALM.replace("Add a limit", "Be more careful; add a limit"));
    folder.commit("second");
    folder.write("incidents/new.md", BLAMES);
    let run = folder.run(&["--diff", "main", "--format=json"]).code(1);
    assert_eq!(run.paths("documents"), ["incidents/calm.md", "incidents/new.md"], "untracked ones too");
    let named = ["incidents/blames.md", "incidents/calm.md", "--diff", "main", "--format=json"];
    let run = folder.run(&named).code(0);
    assert_eq!(
        (run.paths("documents"), run.paths("skipped")),
        (vec!["incidents/calm.md".into()], vec!["incidents/blames.md".into()])
    );
    assert_eq!(run.json()["skipped"][0]["reason"], "unchanged");
}

#[test]
fn the_base_is_the_last_common_commit() {
    let folder = Folder::repository(both);
    folder.git(&["switch", "--quiet", "main"]);
    folder.write("incidents/blames.md", CALM);
    folder.commit("main goes on");
    folder.git(&["switch", "--quiet", "branch"]);
    folder.write("incidents/calm.md", format!("{CALM}\nMore.\n"));
    let run = folder.run(&["--diff", "main", "--format=json"]).code(0);
    assert_eq!(
        run.paths("documents"),
        ["incidents/calm.md"],
        "what only main changed is no change of the branch"
    );
}

#[test]
fn findings_are_marked_by_changed_lines_and_the_verdict_is_about_the_whole_document() {
    let folder = Folder::repository(both);
    folder.write(
        "incidents/blames.md",
        BLAMES.replace("- Be more careful.", "- Be more careful.\n- Remind everybody."),
    );
    let run = folder.run(&["--diff", "main", "--format=json"]).code(1);
    let on_changed: Vec<_> = changed(&run).into_iter().filter(|finding| finding.2).collect();
    assert_eq!(on_changed.len(), 1, "{on_changed:?}");
    assert_eq!(on_changed[0].0, "weak-action");
    assert_eq!(run.json()["documents"][0]["verdict"], "start-over");
    let text = folder.run(&["--diff", "main"]).code(1).out;
    let at = |title: &str| text.find(title).unwrap_or_else(|| panic!("no {title} in {text}"));
    assert!(text.contains("Remind") && at("warning[weak-action]") < at("error["), "{text}");
    assert!(text.contains("1 of 7 findings is on changed lines, shown first"), "{text}");
    let lines = folder.run(&["--diff", "main", "--format=concise"]).code(1).out;
    assert_eq!(lines.matches("(on a changed line)").count(), 1, "{lines}");
}

#[test]
fn only_findings_on_changed_lines_and_the_verdict_count() {
    let calm =
        CALM.replace("- Add a limit to the queue.", "- Remind everybody.\n- Add a limit to the queue.");
    let folder = Folder::repository(|folder| folder.write("a.md", &calm));
    folder.write("a.md", calm.replace("20 minutes", "21 minutes"));
    let args = ["--diff", "main", "--fail-on", "warning"];
    let run = folder.run(&args).code(0);
    assert!(run.out.contains("weak-action") && run.out.contains("0 of "), "{}", run.out);
    folder.run(&["a.md", "--fail-on", "warning"]).code(1);
    folder.write("a.md", calm.replace("Remind everybody.", "Remind everybody of the limit."));
    folder.run(&args).code(1);
    let blames = Folder::repository(|folder| folder.write("a.md", BLAMES));
    blames.write("a.md", format!("{BLAMES}\nMore.\n"));
    blames.run(&["--diff", "main"]).code(1);
}

#[test]
fn a_diff_can_be_passed_on_standard_input() {
    let folder = Folder::new();
    both(&folder);
    let diff = "--- a/incidents/blames.md\n+++ b/incidents/blames.md\n@@ -10,0 +11 @@\n+The root cause was human error.\n";
    let args = ["--diff", "-", "--format=json"];
    let run = folder.run_with(&args, diff.as_bytes()).code(1);
    assert_eq!(run.paths("documents"), ["incidents/blames.md"]);
    assert!(changed(&run).iter().all(|(_, line, changed)| *changed == (*line == 11)), "{}", run.out);
    assert!(folder.run_with(&args, b"").code(0).paths("documents").is_empty());
    for text in ["no diff at all\n", " a.md | 2 +-\n 1 file changed\n", "a.md\n"] {
        folder.run_with(&args, text.as_bytes()).fails(
            "--diff: no header of a file found; a unified diff is needed, as from `git diff` without `--stat`",
        );
    }
    let run = folder.run_with(&["-", "--diff", "-"], b"");
    run.fails("standard input can be read only once: as a document, a list of files or a diff");
}

#[test]
fn a_diff_in_any_form_of_git_is_understood() {
    let folder = Folder::repository(both);
    folder.write("incidents/new.md", BLAMES);
    folder.git(&["add", "--all"]);
    let forms =
        ["--color=always", "--src-prefix=x/", "--no-prefix", "--word-diff", "--word-diff=color", "--minimal"];
    for form in forms {
        folder.git(&["diff", form, "--output=changes", "HEAD"]);
        let diff = folder.read("changes");
        let run = folder.run_with(&["--diff", "-", "--format=json"], diff.as_bytes()).code(1);
        assert_eq!(run.paths("documents"), ["incidents/new.md"], "{form}");
    }
    folder.git(&["-C", "incidents", "diff", "--relative", "--output=changes", "HEAD"]);
    let mut command = folder.command(&["--diff", "-", "--format=json"]);
    let diff = File::open(folder.path().join("incidents/changes")).unwrap();
    command.current_dir(folder.path().join("incidents")).stdin(diff);
    assert_eq!(Run::of(&command.output().unwrap()).code(1).paths("documents"), ["new.md"]);
}

#[test]
fn a_moved_document_is_reviewed_and_its_old_lines_are_not_changed() {
    let folder = Folder::repository(both);
    folder.git(&["mv", "incidents/calm.md", "incidents/t\u{e9}l \"x\".md"]);
    let run = folder.run(&["--diff", "main", "--format=json"]).code(0);
    assert_eq!(run.paths("documents"), ["incidents/t\u{e9}l \"x\".md"]);
    assert!(changed(&run).iter().all(|(_, _, changed)| !changed), "{}", run.out);
}

#[test]
fn a_base_that_cannot_be_compared_is_reported() {
    let folder = Folder::repository(both);
    let unknown =
        |name: &str| format!("--diff: unknown commit `{name}` (in a shallow clone, fetch it first)");
    for name in ["gone", "--output=trap.txt", "", "main:incidents", "a b;touch trapped"] {
        folder.run(&[&format!("--diff={name}")]).fails(&unknown(name));
    }
    assert!(!folder.path().join("trap.txt").exists() && !folder.path().join("trapped").exists());
    folder.git(&["checkout", "--quiet", "--orphan", "alone"]);
    folder.commit("alone");
    let line = "--diff: `main` and HEAD have no commit in common (a shallow clone needs more history)";
    folder.run(&["--diff", "main"]).fails(line);
    let nowhere = Folder::new();
    let mut command = nowhere.command(&["--diff", "main"]);
    let run =
        Run::of(&command.env("GIT_CEILING_DIRECTORIES", nowhere.path().parent().unwrap()).output().unwrap());
    run.fails("--diff: the current folder is not in a git repository");
    let run = Run::of(&folder.command(&["--diff", "main"]).env("PATH", "/nowhere").output().unwrap());
    run.fails("--diff: git is needed for this, but was not found");
}
