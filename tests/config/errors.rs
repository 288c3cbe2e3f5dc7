//! Errors in the configuration are reported with their location and a suggestion, before any document is read.

use proptest::prelude::*;
use rcalint::config::Config;
use rcalint::lexicon::pattern::parse::{Irregular, compile};
use rcalint::text::vocabulary::Vocabulary;

use super::{Folder, postmortem};

#[track_caller]
fn says(toml: &str, line: &str) {
    let folder = Folder::with(toml);
    folder.write("incident.md", postmortem("The root cause was human error."));
    folder.run(&["incident.md"]).fails(&format!("rcalint.toml:{line}"));
}

#[test]
fn an_unknown_key_is_reported_with_its_location() {
    says("fail-one = \"note\"", "1:1: unknown key `fail-one`; did you mean `fail-on`?");
    says("\n[actors]\n  persons = []", "3:3: unknown key `persons`; expected one of: people, software");
    says(
        "[[phrase]]\nrule = \"human-error\"\nmatch = [\"x\"]\nreasons = \"y\"",
        "4:1: unknown key `reasons`; did you mean `reason`?",
    );
    says("[lexicon]\nextends = []", "2:1: unknown key `extends`; did you mean `extend`?");
}

#[test]
fn an_unknown_name_is_reported_with_its_location() {
    says("[rules]\nhindsite = \"off\"", "2:1: unknown rule `hindsite`; did you mean `hindsight`?");
    says("[rules]\nhindsight = \"of\"", "2:13: unknown value `of`; did you mean `off`?");
    says("fail-on = \"warn\"", "1:11: unknown value `warn`; expected one of: error, warning, note, never");
    says("[headings]\ncauses = [\"x\"]", "2:1: unknown value `causes`; did you mean `cause`?");
    says(
        "[[factor]]\nbucket = \"upstreem\"\nid = \"x\"",
        "2:10: unknown bucket `upstreem`; did you mean `upstream`?",
    );
    says(
        "[[exempt]]\nmatch = [\"x\"]\nreason = \"y\"\nrules = [\"hindsite\"]",
        "4:10: unknown rule `hindsite`; did you mean `hindsight`?",
    );
}

#[test]
fn an_unknown_name_in_a_phrase_or_question_is_reported() {
    let phrase =
        |more: &str| format!("[[phrase]]\nrule = \"human-error\"\nmatch = [\"x\"]\nreason = \"y\"\n{more}");
    says(&phrase("unless = [\"negations\"]"), "5:11: unknown guard `negations`; did you mean `negation`?");
    says(&phrase("despite = [\"quotet\"]"), "5:12: unknown guard `quotet`; did you mean `quoted`?");
    says(&phrase("mechanism = \"slips\""), "5:13: unknown mechanism `slips`; did you mean `slip`?");
    says(&phrase("agent = \"persons\""), "5:9: unknown value `persons`; did you mean `person`?");
    let question =
        |more: &str| format!("[[question]]\nwhen = [\"slip\"]\ntext = \"What of {{said}}?\"\n{more}");
    says(&question("signal = [\"clouds\"]"), "4:11: unknown word class `clouds`; did you mean `cloud`?");
    says(
        &question("answered-by = [\"upstream/defect\"]"),
        "4:16: unknown bucket or factor `upstream/defect`; did you mean `upstream/defects`?",
    );
    says(
        "[[question]]\nwhen = [\"slipp\"]\ntext = \"What?\"",
        "2:9: unknown mechanism, bucket or theme `slipp`; did you mean `slip`?",
    );
    says(
        "[[question]]\nwhen = [\"slip\"]\ntext = \"What about {symptoms}?\"",
        "3:8: unknown slot `symptoms`; did you mean `symptom`?",
    );
}

#[test]
fn an_invalid_pattern_or_glob_is_reported() {
    says(
        "[[phrase]]\nrule = \"human-error\"\nreason = \"y\"\nmatch = [\n  \"fine\",\n  \"(a b\",\n]",
        "6:3: in the pattern `(a b`: unbalanced brackets",
    );
    says(
        "[[exempt]]\nreason = \"y\"\nmatch = [\"{persons}\"]",
        "3:10: in the pattern `{persons}`: unknown word class `persons`",
    );
    says(
        "exclude = [\"ok/\", \"a{b\"]",
        "1:19: invalid glob `a{b`: unclosed alternate group; missing '}' (maybe escape '{' with '[{]'?)",
    );
    says("\ninclude = [\"[a\"]", "2:12: invalid glob `[a`: unclosed character class; missing ']'");
}

#[test]
fn a_value_of_another_type_is_reported() {
    says("fail-on = 3", "1:11: invalid type: expected a string");
    says("include = \"a\"", "1:11: invalid type: string \"a\", expected a sequence");
    says("[rules]\nhindsight = true", "2:13: invalid type: expected a string");
    says("[[phrase]]\nrule = \"human-error\"", "1:1: missing field `reason`");
    says("a = [", "1:6: unclosed array, expected `]`");
}

#[test]
fn a_setting_without_effect_is_an_error() {
    let rule = "[[phrase]]\nrule = \"human-error\"\n";
    says(
        &format!("{rule}match = []\nreason = \"y\""),
        "4:10: `match` or `regex` must list at least one phrase",
    );
    says(&format!("{rule}match = [\"x\"]\nreason = \" \""), "4:10: `reason` must not be empty");
    says(
        "[[phrase]]\nrule = \"single-cause\"\nmatch = [\"x\"]\nreason = \"y\"",
        "2:8: rule `single-cause` is about whole documents and cannot have phrases",
    );
    says("[actors]\nsoftware = [\"!\"]", "2:13: a name must have a word");
    says("[headings]\ncause = [\"\"]", "2:10: a heading must have a word");
    says("exclude = [\"\"]", "1:12: invalid glob ``: it matches no file");
    says("[[question]]\nwhen = [\"slip\"]\ntext = \"Say\"", "3:8: a question must end with a question mark");
    says(
        "[[bucket]]\nid = \"mine\"\nname = \"mine\"\nsummary = \"s\"",
        "2:6: bucket `mine` needs a [[factor]]",
    );
    says(
        "[[bucket]]\nid = \"human\"\nname = \"h\"\nsummary = \"s\"",
        "2:6: duplicate bucket `human`: use [[factor]] to add to it",
    );
    says(
        "[[bucket]]\nid = \"Not an id\"\nname = \"h\"\nsummary = \"s\"",
        "2:6: invalid id `Not an id`: use lowercase letters, digits and hyphens",
    );
    says(
        "[[factor]]\nbucket = \"human\"\nid = \"x\"\nstrong = [\"y\"]",
        "3:6: a new factor needs a `summary`",
    );
}

#[test]
fn a_hostile_file_is_rejected_quickly() {
    let pattern = |text: &str| format!("[[exempt]]\nreason = \"y\"\nmatch = [\"{text}\"]");
    let folder = Folder::with(&pattern(&format!("{} x", "(|a?) ".repeat(500))));
    folder.write("incident.md", postmortem("The a a a disk was full."));
    folder.run(&["incident.md"]).code(0);
    let deep = format!("{}x{}", "(".repeat(5000), ")".repeat(5000));
    folder.write("rcalint.toml", pattern(&deep));
    assert!(folder.run(&["incident.md"]).code(2).err.contains("unbalanced brackets"));
    folder.write("rcalint.toml", pattern(&"x\", \"".repeat(9000)));
    assert!(folder.run(&["incident.md"]).code(2).err.contains("more than 6000 patterns"));
    folder.write("rcalint.toml", "a = ".to_owned() + &"[".repeat(100_000));
    folder.run(&["incident.md"]).code(2);
    folder.write("rcalint.toml", "[actors]\nsoftware = [\"a\\u001b[31m\"]\n\"x\\u001b[31m\" = 1");
    assert!(!folder.run(&["incident.md"]).code(2).err.contains('\u{1b}'));
}

#[test]
fn a_file_that_is_not_text_is_reported() {
    let folder = Folder::new();
    folder.write("rcalint.toml", b"\xff\xfea\0");
    folder.run(&[]).fails("rcalint.toml: UTF-16 text, not UTF-8; save it as UTF-8 to have it read");
    folder.write("rcalint.toml", b"a\xff");
    folder.run(&[]).fails("rcalint.toml: not valid UTF-8 at byte 1");
    folder.write("rcalint.toml", "#".repeat(2 << 20));
    folder.run(&[]).fails("rcalint.toml: larger than 1 MiB");
    std::fs::remove_file(folder.path().join("rcalint.toml")).unwrap();
    folder.write("rcalint.toml/x", "");
    folder.run(&[]).fails("rcalint.toml: a folder, not a file");
}

#[test]
fn a_file_in_a_parent_folder_is_shown_with_its_relative_path() {
    let folder = Folder::with("nonsense = 1");
    folder.write("a/b/c.md", "x");
    let run = folder.run_in("a/b", &["c.md"]).code(2);
    assert!(run.err.starts_with("rcalint: ../../rcalint.toml:1:1: unknown key `nonsense`"), "{}", run.err);
}

proptest! {
    #[test]
    fn any_pattern_is_read_or_refused(text in "[ab(){}|?~^$.,:;\"' \t\u{e9}\u{a0}2-]{0,60}") {
        let _ = compile(&text, &mut Vocabulary::default(), &Irregular::new());
    }

    #[test]
    fn any_text_is_read_or_refused_with_its_place(text in "(\\[\\[?(phrase|rules|actors)\\]\\]?\n|rule|match|hindsight|=|\"a\"|\\[|\\]|\n|\u{e9}|#){0,20}") {
        if let Err(why) = Config::parse(("c", &text)) {
            let line = text.split('\n').nth(why.line - 1);
            prop_assert!(line.is_some_and(|line| why.column <= line.chars().count() + 1), "{why}: {text}");
        }
    }
}
