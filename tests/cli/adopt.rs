//! Comments that allow findings.

use super::*;

impl Folder {
    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    fn change(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert!(text.contains(from), "`{from}` is not in {name}");
        self.write(name, text.replace(from, to));
    }
}

impl Run {
    fn counts(&self) -> Value {
        self.json()["summary"]["suppressed"].clone()
    }
}

mod allow {
    use super::*;

    const ALLOWED: &str = "The root cause was human error. <!-- rcalint-allow: human-error, \
                           concludes-with-human-error -- as the vendor reported it -->";

    #[test]
    fn what_is_allowed_does_not_fail_and_is_shown_with_its_reason() {
        let folder = Folder::mixed();
        folder.change("incidents/blames.md", "The root cause was human error.", ALLOWED);
        let run = folder.run(&["incidents/blames.md"]).code(0);
        let lines = ["concludes-with-human-error", "human-error"]
            .map(|rule| format!("  allowed: {rule} in line 11 (as the vendor reported it)\n"));
        assert!(lines.iter().all(|line| run.out.contains(line)), "{}", run.out);
        assert!(run.out.contains("warning[weak-action]"), "the other findings stay: {}", run.out);
        let run = folder.run(&["incidents", "--format=json"]).code(0);
        assert_eq!(run.json()["documents"][0]["verdict"], "start-over");
        assert_eq!(run.counts(), serde_json::json!({ "comment": 2 }));
        assert!(folder.run(&["."]).out.contains(" findings, 2 allowed;"));
    }

    #[test]
    fn a_comment_without_a_reason_or_effect_is_found() {
        let folder = Folder::mixed();
        folder.write("a.md", format!("{BLAMES}\n<!-- rcalint-allow-file: human-error -->\n"));
        let run = folder.run(&["a.md", "--format=concise"]).code(1);
        assert!(run.out.contains("a.md:17:1: warning[allow-without-reason] this comment"), "{}", run.out);
        folder.write("a.md", format!("{CALM}\n<!-- rcalint-allow-file: human-error -- x -->\n"));
        let run = folder.run(&["a.md", "--format=concise"]).code(0);
        assert!(run.out.contains("a.md:17:1: note[unused-allow] this comment has no effect"), "{}", run.out);
    }

    #[test]
    fn both_rules_explain_themselves() {
        for rule in ["unused-allow", "allow-without-reason"] {
            let text = Folder::new().run(&["explain", rule]).code(0).out;
            assert!(text.replace('\n', " ").contains("A comment cannot allow this rule."), "{text}");
        }
    }
}
