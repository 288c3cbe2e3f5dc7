//! What a branch changes: `--diff`, `--config-from`, and what a change does to its own check.

use super::*;

impl Folder {
    /// A repository whose branch `main` holds what `write` put there, and which is now on another branch.
    fn repository(write: impl FnOnce(&Self)) -> Self {
        let folder = Self::new();
        write(&folder);
        folder.git(&["init", "--quiet", "--initial-branch=main"]);
        folder.commit("first");
        folder.git(&["switch", "--quiet", "-c", "branch"]);
        folder
    }

    fn git(&self, args: &[&str]) {
        let mut git = Command::new("git");
        git.current_dir(self.path()).args(["-c", "user.name=a", "-c", "user.email=a@example.com"]).args(args);
        let output = git.env("GIT_CONFIG_GLOBAL", "/dev/null").output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "-m", message]);
    }
}

/// Rule and place of each finding of the first document: whether it lies on changed lines.
fn changed(run: &Run) -> Vec<(String, u64, bool)> {
    let json = run.json();
    let findings = json["documents"][0]["findings"].as_array().unwrap().iter();
    findings
        .map(|finding| {
            let text = |name: &str| finding[name].as_str().unwrap().to_owned();
            (text("rule"), finding["start"]["line"].as_u64().unwrap(), finding["changed"].as_bool().unwrap())
        })
        .collect()
}

/// What the report says was changed as well: kind, path and line.
fn guards(run: &Run) -> Vec<String> {
    let json = run.json();
    let guards = json["guard"].as_array().unwrap().iter();
    guards
        .map(|guard| {
            let line = guard["line"].as_u64().map_or_else(String::new, |line| format!(":{line}"));
            format!("{} {}{line}", guard["kind"].as_str().unwrap(), guard["path"].as_str().unwrap())
        })
        .collect()
}

fn both(folder: &Folder) {
    folder.write("incidents/blames.md", BLAMES);
    folder.write("incidents/calm.md", CALM);
}

mod diff {
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
    fn findings_say_whether_they_lie_on_changed_lines_and_the_verdict_judges_all() {
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
        assert!(text.starts_with("warning[weak-action]") && text.contains("Remind"), "{text}");
        assert!(text.contains("1 of 7 findings lies on changed lines, shown first"), "{text}");
        let lines = folder.run(&["--diff", "main", "--format=concise"]).code(1).out;
        assert_eq!(lines.matches("(on a changed line)").count(), 1, "{lines}");
    }

    #[test]
    fn only_changed_lines_and_the_verdict_count() {
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
    fn a_diff_can_be_handed_over() {
        let folder = Folder::new();
        both(&folder);
        let diff = "--- a/incidents/blames.md\n+++ b/incidents/blames.md\n@@ -10,0 +11 @@\n+The root cause was human error.\n";
        let args = ["--diff", "-", "--format=json"];
        let run = folder.run_with(&args, diff.as_bytes()).code(1);
        assert_eq!(run.paths("documents"), ["incidents/blames.md"]);
        assert!(changed(&run).iter().all(|(_, line, changed)| *changed == (*line == 11)), "{}", run.out);
        assert!(folder.run_with(&args, b"no diff at all\n").code(0).paths("documents").is_empty());
        let run = folder.run_with(&["-", "--diff", "-"], b"");
        run.fails("standard input can be read only once, as a document, a list of files or a diff");
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
    fn nothing_in_the_repository_is_run_or_hides_anything() {
        let folder = Folder::repository(both);
        let trap = "touch trapped; cat";
        for key in ["diff.external", "diff.x.command", "diff.x.textconv", "core.fsmonitor"] {
            folder.git(&["config", key, trap]);
        }
        folder.git(&["config", "diff.noprefix", "true"]);
        folder.git(&["config", "color.ui", "always"]);
        folder.write(".gitattributes", "*.md diff=x binary\n");
        folder.write("incidents/calm.md", format!("{CALM}- Be more careful.\n"));
        let run = folder.run(&["--diff", "main", "--format=json"]).code(0);
        assert!(changed(&run).iter().any(|finding| finding.2), "{}", run.out);
        assert!(!folder.path().join("trapped").exists());
    }

    /// Whether git can be kept from fetching what a partial clone lacks, as it can from 2.45 on.
    fn keeps_from_fetching() -> bool {
        let output = Command::new("git").arg("version").output().unwrap();
        let version = String::from_utf8(output.stdout).unwrap();
        let mut numbers =
            version.split(|sign: char| !sign.is_ascii_digit()).filter_map(|part| part.parse().ok());
        (numbers.next(), numbers.next()) >= (Some(2), Some(45_u32))
    }

    #[test]
    fn a_partial_clone_says_what_it_lacks() {
        if !keeps_from_fetching() {
            return;
        }
        let origin = Folder::repository(both);
        origin.git(&["config", "uploadpack.allowFilter", "true"]);
        origin.write("incidents/calm.md", BLAMES);
        origin.commit("second");
        let folder = Folder::new();
        let url = format!("file://{}", origin.path().display());
        folder.git(&["clone", "--quiet", "--filter=blob:none", &url, "."]);
        folder.run(&["--diff", "HEAD~1"]).fails(
            "--diff: this clone leaves out what files held before (--filter): `git fetch --refetch --no-filter` gets it",
        );
        folder.git(&["fetch", "--quiet", "--refetch", "--no-filter"]);
        folder.run(&["--diff", "HEAD~1"]).code(1);
    }

    #[test]
    fn what_cannot_be_compared_is_said() {
        let folder = Folder::repository(both);
        let unknown =
            |name: &str| format!("--diff: git knows no commit `{name}` (in a shallow clone, fetch it first)");
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
        let run = Run::of(
            &command.env("GIT_CEILING_DIRECTORIES", nowhere.path().parent().unwrap()).output().unwrap(),
        );
        run.fails("--diff: the current folder is in no git repository");
        let run = Run::of(&folder.command(&["--diff", "main"]).env("PATH", "/nowhere").output().unwrap());
        run.fails("--diff: git is needed for this, and was not found");
    }
}

mod guard {
    use super::*;

    #[test]
    fn changed_settings_new_comments_and_a_grown_baseline_are_said() {
        let folder = Folder::repository(|folder| {
            both(folder);
            folder.write("rcalint.toml", "baseline = \"known.toml\"\n");
            folder.run(&["baseline", "create", "incidents/calm.md"]).code(0);
        });
        folder.run(&["baseline", "create", "--force"]).code(0);
        folder.write("rcalint.toml", "baseline = \"known.toml\"\nfail-on = \"never\"\n");
        folder.write(
            "incidents/calm.md",
            format!("{CALM}\n<!-- rcalint-allow-file: hindsight -- it suits -->\n"),
        );
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
        assert!(text.contains("Changed as well: rcalint.toml (settings were changed)"), "{text}");
        let jsonl = folder.run(&["--diff", "main", "--format=jsonl"]).code(0).out;
        let last: Value = serde_json::from_str(jsonl.lines().last().unwrap()).unwrap();
        assert_eq!(last["guard"].as_array().unwrap().len(), 4);
    }

    #[test]
    fn a_baseline_that_shrinks_and_a_comment_that_moves_are_fine() {
        let comment = "<!-- rcalint-allow-file: hindsight -- it suits -->";
        let folder = Folder::repository(|folder| {
            both(folder);
            folder.write("a.md", format!("{CALM}\n{comment}\n"));
            folder.run(&["baseline", "create"]).code(0);
        });
        folder.write("a.md", format!("{comment}\n\n{CALM}"));
        folder.run(&["baseline", "create", "--force", "a.md"]).code(0);
        let run =
            folder.run(&["--diff", "main", "--baseline", "rcalint-baseline.toml", "--format=json"]).code(0);
        assert_eq!(guards(&run), [""; 0]);
    }

    /// What the report says of files that say how to check: path and message.
    fn said(run: &Run) -> Vec<String> {
        let json = run.json();
        let guards = json["guard"].as_array().unwrap().iter();
        guards.map(|guard| format!("{}: {}", guard["path"], guard["message"]).replace('"', "")).collect()
    }

    #[test]
    fn a_changed_lexicon_is_said_wherever_it_lies_and_new_files_of_it_too() {
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
        let message = "the lexicon was changed; the check used that from before";
        let paths = ["team/terms/guards.toml", "team/terms/words/software.toml"];
        assert_eq!(said(&run), paths.map(|path| format!("{path}: {message}")));
    }

    #[test]
    fn a_baseline_that_the_change_brings_along_is_not_used_and_said() {
        let folder = Folder::repository(|folder| {
            both(folder);
            folder.write("rcalint.toml", "baseline = \"known.toml\"\n");
        });
        folder.write("incidents/blames.md", format!("{BLAMES}\nMore.\n"));
        folder.run(&["baseline", "create"]).code(0);
        let run = folder.run(&["--diff", "main", "--config-from", "main", "--format=json"]).code(1);
        let known: Vec<String> = said(&run);
        assert!(known.len() == 1 && known[0].starts_with("known.toml: the baseline knows "), "{known:?}");
    }

    #[test]
    fn settings_that_the_change_brings_along_are_not_used_and_said() {
        let folder = Folder::repository(both);
        folder.write("incidents/blames.md", format!("{BLAMES}\nMore.\n"));
        folder.write("rcalint.toml", "fail-on = \"never\"\n");
        let run = folder.run(&["--diff", "main", "--config-from", "main", "--format=json"]).code(1);
        let message = "rcalint.toml: settings were changed; the check used those from before";
        assert_eq!(said(&run), [message]);
    }

    #[test]
    fn without_diff_nothing_is_added_to_the_report() {
        let folder = Folder::mixed();
        let json = folder.run(&["--format=json"]).code(1).json();
        assert!(json.get("guard").is_none() && json["documents"][0]["findings"][0].get("changed").is_none());
    }
}

mod config_from {
    use super::*;

    /// The branch turns its check off.
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
    fn a_change_cannot_soften_its_own_check() {
        let folder = softened();
        folder.run(&[]).code(0);
        let run = folder.run(&["--config-from", "main", "--format=json"]).code(1);
        assert_eq!(run.paths("documents").len(), 2);
        let run = folder.run(&["--config-from", "main", "--diff", "main", "--format=json"]).code(0);
        let files = ["ours/guards.toml", "ours/words/software.toml", "rcalint.toml"];
        assert_eq!(guards(&run), files.map(|file| format!("configuration {file}")));
        assert!(run.out.contains("the check used those from before"), "{}", run.out);
        let config = folder.run(&["config", "--config-from", "main"]).code(0).out;
        assert!(
            config.starts_with("settings of main:rcalint.toml") && config.contains("\"note\""),
            "{config}"
        );
    }

    #[test]
    fn the_nearest_file_upward_is_read_or_the_one_that_is_named() {
        let folder = Folder::repository(|folder| {
            both(folder);
            folder.write("rcalint.toml", "fail-on = \"note\"\n");
            folder.write("strict/own.toml", "fail-on = \"warning\"\n");
        });
        let shows = |args: &[&str], expected: &str| {
            let mut command = folder.command(&[&["config"], args].concat());
            let run =
                Run::of(&command.current_dir(folder.path().join("incidents")).output().unwrap()).code(0);
            assert!(run.out.starts_with(&format!("settings of {expected}\n")), "{}", run.out);
        };
        shows(&["--config-from", "main"], "main:rcalint.toml");
        shows(&["--config-from", "main", "--config", "../strict/own.toml"], "main:strict/own.toml");
        folder
            .run(&["--config-from", "main", "--config", "gone.toml"])
            .fails("main:gone.toml: no such file or folder");
    }

    #[test]
    fn no_file_at_the_commit_is_no_configuration() {
        let folder = Folder::repository(both);
        folder.write("rcalint.toml", "nonsense = 1\n");
        let run = folder.run(&["config", "--config-from", "main"]).code(0);
        assert!(run.out.starts_with("no rcalint.toml"), "{}", run.out);
    }

    #[test]
    fn the_baseline_it_names_is_as_old() {
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
    fn a_baseline_that_is_named_is_as_old() {
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
    fn a_mistake_names_the_commit() {
        let folder = Folder::repository(|folder| folder.write("rcalint.toml", "fail-one = 1\n"));
        let line = "main:rcalint.toml:1:1: unknown key `fail-one`; did you mean `fail-on`?";
        folder.run(&["--config-from", "main"]).fails(line);
        let line = "--config-from: git knows no commit `gone` (in a shallow clone, fetch it first)";
        folder.run(&["--config-from", "gone"]).fails(line);
        folder.run(&["--config-from", "main", "--isolated"]).code(2);
    }
}

mod baseline_of_the_configuration {
    use super::*;

    #[test]
    fn it_is_used_created_and_pruned_and_the_option_wins() {
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
        assert!(run.out.starts_with("adopt/known.toml: ") && run.out.contains(" taken out"), "{}", run.out);
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
}
