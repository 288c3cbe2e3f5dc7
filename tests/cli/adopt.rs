//! Comments that allow findings, baselines, shell completions and manual pages.

use super::*;

const BASELINE: &str = "rcalint-baseline.toml";

impl Folder {
    /// Creates a folder with two documents that blame somebody, and a baseline of their findings.
    fn adopted() -> Self {
        let folder = Self::mixed();
        folder.write("incidents/old.md", BLAMES.replace("orders", "stock"));
        let run = folder.run(&["baseline", "create"]).code(0);
        let line = format!("rcalint-baseline.toml: {} findings in 3 documents\n", folder.found());
        assert_eq!((run.out.as_str(), run.err.as_str()), (line.as_str(), ""));
        folder
    }

    /// Returns the number of findings without a baseline.
    fn found(&self) -> u64 {
        let findings = &self.run(&["check", "--format=json"]).json()["summary"]["findings"];
        ["error", "warning", "note"].iter().map(|severity| findings[severity].as_u64().unwrap()).sum()
    }

    fn change(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert!(text.contains(from), "`{from}` is not in {name}");
        self.write(name, text.replace(from, to));
    }

    fn move_file(&self, from: &str, to: &str) {
        fs::rename(self.path().join(from), self.path().join(to)).unwrap();
    }

    fn check(&self) -> Run {
        self.run(&["check", "--baseline", BASELINE, "--format", "json"])
    }
}

impl Run {
    /// Returns `path: rule` for each stale entry.
    fn stale(&self) -> Vec<String> {
        let json = self.json();
        let entries = json["baseline"]["stale"].as_array().unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        entries.iter().map(|entry| format!("{}: {}", text(&entry["path"]), text(&entry["rule"]))).collect()
    }

    fn counts(&self) -> Value {
        self.json()["summary"]["suppressed"].clone()
    }
}

mod allow {
    use super::*;

    const ALLOWED: &str = "The root cause was human error. <!-- rcalint-allow: human-error, \
                           concludes-with-human-error -- as the vendor reported it -->";

    #[test]
    fn allowed_findings_do_not_fail_and_are_shown_with_their_reason() {
        let folder = Folder::mixed();
        folder.change("incidents/blames.md", "The root cause was human error.", ALLOWED);
        let run = folder.run(&["incidents/blames.md"]).code(0);
        let lines = ["concludes-with-human-error", "human-error"]
            .map(|rule| format!("  allowed: {rule} in line 11 (as the vendor reported it)\n"));
        assert!(lines.iter().all(|line| run.out.contains(line)), "{}", run.out);
        assert!(run.out.contains("warning[weak-action]"), "the other findings stay: {}", run.out);
        let run = folder.run(&["incidents", "--format=json"]).code(0);
        assert_eq!(run.json()["documents"][0]["verdict"], "start-over");
        assert_eq!(run.counts(), serde_json::json!({ "comment": 2, "baseline": 0 }));
        assert!(folder.run(&["."]).out.contains(" findings, 2 allowed;"));
    }

    #[test]
    fn a_comment_without_a_reason_or_effect_is_reported() {
        let folder = Folder::mixed();
        folder.write("a.md", format!("{BLAMES}\n<!-- rcalint-allow-file: human-error -->\n"));
        let run = folder.run(&["a.md", "--format=concise"]).code(1);
        assert!(run.out.contains("a.md:17:1: warning[allow-without-reason] this comment"), "{}", run.out);
        folder.write("a.md", format!("{CALM}\n<!-- rcalint-allow-file: human-error -- x -->\n"));
        let run = folder.run(&["a.md", "--format=concise"]).code(0);
        assert!(run.out.contains("a.md:17:1: note[unused-allow] this comment has no effect"), "{}", run.out);
    }

    #[test]
    fn both_rules_about_comments_can_be_explained() {
        for rule in ["unused-allow", "allow-without-reason"] {
            let text = Folder::new().run(&["explain", rule]).code(0).out;
            assert!(text.replace('\n', " ").contains("A comment cannot allow this rule."), "{text}");
        }
    }
}

mod baseline {
    use super::*;

    #[test]
    fn known_findings_do_not_fail_and_are_counted_separately() {
        let folder = Folder::adopted();
        folder.run(&["check"]).code(1);
        let run = folder.check().code(0);
        assert_eq!(run.counts(), serde_json::json!({ "comment": 0, "baseline": folder.found() }));
        assert_eq!(run.json()["baseline"]["known"], folder.found());
        assert_eq!(
            run.json()["summary"]["findings"],
            serde_json::json!({"error": 0, "warning": 0, "note": 0})
        );
        let first = &run.json()["documents"][0]["suppressed"][0];
        assert_eq!((&first["reason"], &first["by"]), (&"baseline".into(), &"baseline".into()));
        let text = folder.run(&["check", "--baseline", BASELINE]).code(0).out;
        let line = format!("3 documents, 2 to start over, 0 findings, {} in the baseline", folder.found());
        assert!(text.contains(&line), "{text}");
    }

    #[test]
    fn a_new_finding_in_an_old_document_fails() {
        let folder = Folder::adopted();
        folder.change(
            "incidents/old.md",
            "was human error.",
            "was human error. An engineer forgot the lock.",
        );
        let run = folder.check().code(1);
        let found = &run.json()["documents"][2]["findings"];
        assert_eq!(found.as_array().unwrap().len(), 1);
        assert_eq!((&found[0]["rule"], &found[0]["severity"]), (&"blamed-omission".into(), &"error".into()));
    }

    #[test]
    fn another_conclusion_fails_again() {
        let folder = Folder::adopted();
        folder.change("incidents/old.md", "was human error.", "was human error again.");
        let run = folder.check().code(1);
        let found = run.json()["documents"][2]["findings"].clone();
        let rules: Vec<&Value> = found.as_array().unwrap().iter().map(|finding| &finding["rule"]).collect();
        assert!(rules.contains(&&"concludes-with-human-error".into()), "{rules:?}");
        let stale = run.stale();
        assert!(stale.contains(&"incidents/old.md: concludes-with-human-error".to_owned()), "{stale:?}");
    }

    #[test]
    fn the_same_sentence_in_a_new_document_fails() {
        let folder = Folder::adopted();
        folder.write("incidents/new.md", BLAMES.replace("orders", "billing"));
        let run = folder.check().code(1);
        assert_eq!(run.json()["summary"]["findings"]["error"], 2);
    }

    #[test]
    fn text_may_move_and_be_rewrapped() {
        let folder = Folder::adopted();
        let text = folder.read("incidents/old.md").replace("The root cause was", "The root\ncause   was");
        let (head, actions) = text.split_once("## Action items").unwrap();
        let (title, rest) = head.split_once("## Impact").unwrap();
        folder.write(
            "incidents/old.md",
            format!("{title}## Action items{actions}\n## Impact{rest}").replace('\n', "\r\n"),
        );
        assert!(folder.check().code(0).stale().is_empty());
    }

    #[test]
    fn a_file_may_move() {
        let folder = Folder::adopted();
        folder.move_file("incidents/old.md", "moved.md");
        assert!(folder.check().code(0).stale().is_empty());
        folder.run(&["baseline", "prune"]).code(0);
        let text = folder.read(BASELINE);
        assert!(text.contains("path = \"moved.md\"") && !text.contains("old.md"), "{text}");
        folder.check().code(0);
    }

    #[test]
    fn its_paths_are_relative_to_its_folder() {
        let folder = Folder::adopted();
        let mut command = folder.command(&["check", "--baseline", "../rcalint-baseline.toml"]);
        let run = Run::of(&command.current_dir(folder.path().join("incidents")).output().unwrap()).code(0);
        assert!(run.out.contains(" 0 findings, "), "{}", run.out);
        let absolute = folder.path().join("incidents/blames.md");
        folder.run(&["--baseline", BASELINE, absolute.to_str().unwrap()]).code(0);
    }

    #[test]
    fn a_fixed_finding_is_stale_until_it_is_pruned() {
        let folder = Folder::adopted();
        folder.change("incidents/old.md", "- Be more careful.", "- Add a lock to the migration tool.");
        fs::remove_file(folder.path().join("incidents/calm.md")).unwrap();
        let stale = folder.check().code(0).stale();
        for entry in ["incidents/calm.md: uncovered-bucket", "incidents/old.md: weak-action"] {
            assert!(stale.contains(&entry.to_owned()), "{stale:?}");
        }
        assert!(!stale.iter().any(|entry| entry.contains("human-error")), "{stale:?}");
        let text = folder.run(&["check", "--baseline", BASELINE]).code(0).out;
        assert!(text.contains("do not occur any more"), "{text}");
        let (gone, stay) = (stale.len(), folder.found());
        let run = folder.run(&["baseline", "prune"]).code(0);
        assert_eq!(run.out, format!("rcalint-baseline.toml: {gone} findings removed, {stay} left\n"));
        assert!(folder.check().code(0).stale().is_empty());
        let line = format!("rcalint-baseline.toml: 0 findings removed, {stay} left\n");
        assert_eq!(folder.run(&["baseline", "prune"]).out, line);
    }

    #[test]
    fn entries_of_unread_documents_are_not_stale() {
        let folder = Folder::adopted();
        let args = ["incidents/calm.md", "--baseline", BASELINE, "--format=json"];
        assert!(folder.run(&args).code(0).stale().is_empty());
        folder.write("incidents/old.md", b"\xff");
        let before = folder.read(BASELINE);
        folder.run(&["baseline", "prune"]).code(2);
        assert_eq!(folder.read(BASELINE), before);
    }

    #[test]
    fn prune_adds_nothing() {
        let folder = Folder::adopted();
        folder.write("incidents/new.md", BLAMES.replace("orders", "billing"));
        let before = folder.read(BASELINE);
        folder.run(&["baseline", "prune"]).code(0);
        assert_eq!(folder.read(BASELINE), before);
    }

    #[test]
    fn create_replaces_nothing_unless_forced() {
        let folder = Folder::adopted();
        let before = folder.read(BASELINE);
        folder.write("incidents/new.md", BLAMES.replace("orders", "billing"));
        let line = "rcalint-baseline.toml: already exists; use --force to replace it";
        folder.run(&["baseline", "create"]).fails(line);
        assert_eq!(folder.read(BASELINE), before);
        folder.run(&["baseline", "create", "--force"]).code(0);
        assert_ne!(folder.read(BASELINE), before);
        let left: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(left.iter().all(|name| !name.to_string_lossy().starts_with(".rcalint")), "{left:?}");
    }

    #[test]
    fn the_same_findings_give_the_same_bytes() {
        let folder = Folder::adopted();
        let paths = ["incidents/old.md", "incidents/calm.md", "incidents/blames.md"];
        let args = [&["baseline", "create", "--jobs=3", "-o", "other.toml"][..], &paths].concat();
        folder.run(&args).code(0);
        assert_eq!(folder.read("other.toml"), folder.read(BASELINE));
    }

    #[test]
    fn an_unreadable_file_is_reported_and_the_others_are_written() {
        let folder = Folder::mixed();
        folder.write("incidents/bad.md", b"\xff");
        let run = folder.run(&["baseline", "create", "incidents"]);
        assert!(folder.read(BASELINE).contains("blames.md"));
        run.fails("incidents/bad.md: not valid UTF-8 at byte 0");
    }

    #[test]
    fn findings_beyond_the_limit_are_in_the_baseline() {
        let folder = Folder::new();
        let actions = (0..700).map(|at| format!("- Remind team {at} to be careful with the database.\n"));
        folder.write("many.md", format!("{BLAMES}{}", actions.collect::<String>()));
        folder.run(&["baseline", "create", "many.md"]).code(0);
        let run = folder.run(&["many.md", "--baseline", BASELINE, "--format=json"]).code(0);
        let document = &run.json()["documents"][0];
        assert_eq!((&document["truncated"], &document["findings"]), (&0.into(), &serde_json::json!([])));
        assert!(document["suppressed"].as_array().unwrap().len() > 700);
    }

    #[test]
    fn anything_but_a_baseline_is_reported() {
        let folder = Folder::mixed();
        let fails = |content: &str, line: &str| {
            folder.write("b.toml", content);
            for args in [["check", "--baseline", "b.toml"], ["baseline", "prune", "--baseline=b.toml"]] {
                folder.run(&args).fails(&format!("b.toml: {line}"));
            }
        };
        fails("", "is empty");
        fails("# Postmortem\n\nText", "not a baseline: line 3: key with no value, expected `=`");
        fails(
            "version = 1\ndocument = 7",
            "not a baseline: line 2: invalid type: integer `7`, expected a sequence",
        );
        fails("version = 2", "made by a newer rcalint: version 2 of the file, and this one reads up to 1");
        folder.run(&["--baseline", "gone.toml"]).fails("gone.toml: no such file or folder");
        folder.run(&["--baseline", "incidents"]).fails("incidents: a folder, not a file");
        folder.run(&["baseline", "prune"]).fails("rcalint-baseline.toml: no such file or folder");
    }

    #[test]
    fn a_missing_folder_is_reported() {
        let folder = Folder::mixed();
        let args = ["baseline", "create", "-o", "gone/b.toml"];
        folder.run(&args).fails("gone/b.toml: the folder to write to does not exist");
    }
}

mod shell {
    use super::*;

    const COMMANDS: [&str; 6] = ["check", "explain", "rules", "baseline", "completions", "man"];

    #[test]
    fn completions_contain_all_commands() {
        for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
            let script = Folder::new().run(&["completions", shell]).code(0).out;
            let unknown: Vec<_> = COMMANDS.iter().filter(|name| !script.contains(**name)).collect();
            assert!(unknown.is_empty() && script.contains("fail-on"), "{shell}: {unknown:?}");
        }
        Folder::new().run(&["completions", "cmd"]).code(2);
    }

    #[test]
    fn bash_accepts_its_completions() {
        let folder = Folder::new();
        folder.write("rcalint.bash", folder.run(&["completions", "bash"]).out);
        let script = ". ./rcalint.bash; COMP_WORDS=(rcalint basel); COMP_CWORD=1; _rcalint rcalint basel rcalint; echo \"${COMPREPLY[@]}\"";
        let mut bash = Command::new("bash");
        let output = bash.args(["-c", script]).current_dir(folder.path()).output().unwrap();
        assert_eq!(Run::of(&output).code(0).out, "baseline\n");
    }

    #[test]
    fn the_manual_has_a_page_for_each_command() {
        let folder = Folder::new();
        let whole = folder.run(&["man"]).code(0).out;
        for name in COMMANDS {
            assert!(whole.contains(&format!("rcalint\\-{name}(1)")), "{name}");
            let page = folder.run(&["man", name]).code(0).out;
            assert!(page.contains(&format!("rcalint\\-{name} \\- ")) && page.contains("Examples:"), "{page}");
        }
        assert!(folder.run(&["man", "baseline-create"]).code(0).out.contains("rcalint\\-baseline\\-create"));
        folder.run(&["man", "recipe"]).fails("unknown command `recipe`");
    }

    #[test]
    fn every_command_has_an_example() {
        for name in COMMANDS {
            let help = Folder::new().run(&[name, "--help"]).code(0).out;
            assert!(help.contains("Examples:\n  rcalint"), "{name}: {help}");
            assert!(help.lines().all(|line| line.chars().count() <= 100), "{name}: {help}");
        }
    }
}
