//! The effect of each setting.

use super::{Folder, postmortem};

const BLAME: &str = "The root cause was human error.";

#[test]
fn a_rule_that_is_off_has_no_findings_and_no_counts() {
    let plain = Folder::new().review(BLAME);
    assert_eq!((plain.severity("human-error"), plain.code), (Some("error"), 1));
    let quiet =
        Folder::with("[rules]\nhuman-error = \"off\"\nconcludes-with-human-error = \"off\"").review(BLAME);
    assert_eq!((quiet.severity("human-error"), quiet.severity("concludes-with-human-error")), (None, None));
    assert_eq!((quiet.code, &quiet.json["summary"]["findings"]["error"]), (0, &0.into()));
    assert_eq!(quiet.verdict(), "start-over", "what a document concludes does not depend on what is shown");
    assert_eq!(quiet.json["summary"]["start_over"], 1);
}

#[test]
fn a_configured_severity_overrides_the_verdict() {
    let calm = Folder::with("[rules]\nhuman-error = \"note\"").review(BLAME);
    assert_eq!(calm.severity("human-error"), Some("note"));
    assert_eq!(calm.severity("concludes-with-human-error"), Some("error"));
    let shipped = Folder::with("[rules]\nhuman-error = \"on\"").review(BLAME);
    assert_eq!(shipped.severity("human-error"), Some("error"));
    let strict = Folder::with("[rules]\nuncovered-bucket = \"error\"").review("The disk was full.");
    assert_eq!((strict.severity("uncovered-bucket"), strict.code), (Some("error"), 1));
}

#[test]
fn severities_apply_to_text_output() {
    let folder = Folder::with("[rules]\nhuman-error = \"note\"\nuncovered-bucket = \"off\"");
    folder.write("incident.md", postmortem(BLAME));
    let text = folder.run(&["incident.md"]).code(1).out;
    assert!(text.contains("note[human-error]") && !text.contains("uncovered-bucket"), "{text}");
    let rules = folder.run(&["rules"]).code(0).out;
    let row = |rule: &str| rules.lines().find(|line| line.starts_with(rule)).unwrap().to_owned();
    assert!(row("human-error").contains(" note ") && row("uncovered-bucket").contains(" off "), "{rules}");
    assert!(folder.run(&["explain", "uncovered-bucket"]).code(0).out.starts_with("uncovered-bucket (off)"));
}

#[test]
fn the_option_overrides_fail_on() {
    let folder = Folder::with("fail-on = \"note\"");
    folder.write("incident.md", postmortem("The disk was full."));
    folder.run(&["incident.md"]).code(1);
    folder.run(&["incident.md", "--fail-on", "error"]).code(0);
    folder.run(&["incident.md", "--isolated"]).code(0);
}

#[test]
fn a_preset_says_what_is_shown_and_what_fails() {
    for (preset, code, findings) in [("draft", 0, false), ("review", 0, true), ("gate", 1, true)] {
        let in_file = Folder::with(&format!("preset = \"{preset}\""));
        in_file.write("incident.md", postmortem(BLAME));
        let out = in_file.run(&["incident.md"]).code(code).out;
        assert_eq!(out.contains("error[human-error]"), findings, "{out}");
        assert!(out.starts_with("start over: ") && out.contains("Questions to ask:"), "{out}");
        let by_option = Folder::new();
        by_option.write("incident.md", postmortem(BLAME));
        assert_eq!(by_option.run(&["incident.md", "--preset", preset]).code(code).out, out);
        let json = in_file.run(&["incident.md", "--format", "json"]).code(code).json();
        assert_ne!(json["documents"][0]["findings"][0], serde_json::Value::Null, "JSON is complete");
    }
}

#[test]
fn other_options_override_a_preset() {
    let folder = Folder::with("preset = \"draft\"\nfail-on = \"error\"");
    folder.write("incident.md", postmortem(BLAME));
    folder.run(&["incident.md"]).code(1);
    folder.run(&["incident.md", "--preset", "review"]).code(0);
    folder.run(&["incident.md", "--preset", "review", "--fail-on", "error"]).code(1);
    assert!(folder.run(&["incident.md", "-q"]).code(1).out.contains("error[human-error]"));
    let settings = folder.run(&["config", "--preset", "review", "--format", "json"]).code(0).json();
    let setting =
        |nth: usize| (settings["settings"][nth]["value"].clone(), settings["settings"][nth]["from"].clone());
    assert_eq!(setting(0), ("review".into(), "command-line".into()));
    assert_eq!(setting(1), ("never".into(), "command-line".into()));
}

#[test]
fn globs_select_among_found_files() {
    let folder = Folder::with("include = [\"incidents/\"]\nexclude = [\"incidents/old/\"]");
    for name in ["incidents/a.md", "incidents/old/b.md", "notes/c.md"] {
        folder.write(name, postmortem("The disk was full."));
    }
    let read = |args: &[&str]| {
        let json = folder.run(&[args, &["--format", "json"]].concat()).code(0).json();
        let list = |list: &str, key: &str| -> Vec<String> {
            json[list].as_array().unwrap().iter().map(|one| one[key].as_str().unwrap().to_owned()).collect()
        };
        (list("documents", "path"), list("skipped", "reason"))
    };
    let expected =
        (vec!["incidents/a.md".to_owned()], vec!["excluded".to_owned(), "not-included".to_owned()]);
    assert_eq!(read(&["."]), expected);
    // A file given by name is read, except with `--force-filter`.
    let named = ["incidents/old/b.md", "notes/c.md"];
    assert_eq!(read(&named).0, named);
    assert_eq!(read(&[named[0], named[1], "--force-filter"]), (Vec::new(), expected.1));
}

#[test]
fn globs_apply_to_the_name_of_standard_input() {
    let folder = Folder::with("exclude = [\"old/\"]");
    folder.write("old/postmortem.md", postmortem(BLAME));
    let args = ["-", "--stdin-filename", "old/postmortem.md"];
    folder.run_on("old/postmortem.md", &args).code(1);
    let json =
        folder.run_on("old/postmortem.md", &[&args[..], &["--force-filter", "--format", "json"]].concat());
    assert_eq!(json.code(0).json()["skipped"][0]["reason"], "excluded");
}

#[test]
fn own_software_is_not_blamed() {
    let text = "Quokka forgot to renew the certificate.";
    assert_eq!(Folder::new().review(text).verdict(), "start-over");
    let taught = Folder::with("[actors]\nsoftware = [\"Quokka\"]").review(text);
    assert_eq!((taught.verdict(), taught.severity("blamed-omission")), ("clear", None));
    // This applies even if people can have the same name.
    assert_eq!(
        Folder::with("[actors]\nsoftware = [\"felix\"]").review(&text.replace("Quokka", "Felix")).verdict(),
        "clear"
    );
    // The acts of people with that name still count as theirs.
    let team =
        Folder::with("[actors]\nsoftware = [\"Quokka\"]").review(&text.replace("Quokka", "The Quokka team"));
    assert_eq!(team.verdict(), "start-over");
}

#[test]
fn own_people_can_be_blamed() {
    let text = "Night Owls skipped the drill.";
    assert_eq!(Folder::new().review(text).severity("blamed-omission"), None);
    let taught = Folder::with("[actors]\npeople = [\"Night Owls\"]").review(text);
    assert_eq!(taught.severity("blamed-omission"), Some("error"));
}

#[test]
fn own_headings_have_a_role() {
    let folder = Folder::with("[headings]\ncause = [\"What bit us\"]");
    folder.write("incident.md", postmortem(BLAME).replace("Root cause", "2. What bit us"));
    let roles = |args: &[&str]| {
        let json = folder.run(&[args, &["--format", "json"]].concat()).json();
        json["documents"][0]["sections"].as_array().unwrap().last().unwrap()["role"].clone()
    };
    assert_eq!(roles(&["incident.md"]), "cause");
    assert_eq!(roles(&["incident.md", "--isolated"]), "other");
}

#[test]
fn own_headings_override_the_shipped_ones() {
    let folder = Folder::with("[headings]\nbackground = [\"root cause\"]");
    let sections = folder.review(BLAME).json["documents"][0]["sections"].clone();
    assert_eq!(sections[2]["role"], "background");
}

#[test]
fn own_phrases_are_found() {
    let text = "The outage was a butterfingers moment.";
    assert_eq!(Folder::new().review(text).severity("human-error"), None);
    let phrase =
        "[[phrase]]\nrule = \"human-error\"\nmatch = [\"butterfingers moment~\"]\nreason = \"ours\"\n";
    let taught = Folder::with(phrase).review(text);
    assert_eq!((taught.severity("human-error"), taught.verdict()), (Some("error"), "start-over"));
    // It is an act of the kind in the rule's own patterns, and the guards of the rule apply to it.
    let findings = taught.document()["findings"].as_array().unwrap();
    assert!(findings.iter().any(|found| found["rule"] == "human-error" && found["mechanism"].is_string()));
    assert_eq!(
        Folder::with(phrase).review("This was not a butterfingers moment.").severity("human-error"),
        None
    );
    let despite = Folder::with(&format!("{phrase}despite = [\"negation\", \"not-blamed\"]\n"));
    assert_eq!(despite.review("This was not a butterfingers moment.").severity("human-error"), Some("error"));
}

#[test]
fn own_phrases_apply_where_those_of_the_rule_do() {
    let phrase = "[[phrase]]\nrule = \"weak-action\"\nmatch = [\"ring the bell\"]\nreason = \"ours\"\n";
    let folder = Folder::with(phrase);
    let findings = |text: &str| folder.review(text).severity("weak-action").map(str::to_owned);
    assert_eq!(findings("The disk was full, so we ring the bell."), None);
    let actions = "The disk was full.\n\n## Action items\n\n- Ring the bell before each release.";
    assert_eq!(findings(actions).as_deref(), Some("warning"));
    let anywhere = Folder::with(&format!("{phrase}where = \"anywhere\"\n"));
    assert_eq!(
        anywhere.review("The disk was full, so we ring the bell.").severity("weak-action"),
        Some("warning")
    );
}

#[test]
fn own_exemptions_suppress_findings() {
    let text = "The human error simulator overloaded the staging database.";
    assert_eq!(Folder::new().review(text).verdict(), "start-over");
    let exempt = "[[exempt]]\nmatch = [\"human error simulator\"]\nreason = \"a tool\"\n";
    let folder = Folder::with(exempt);
    assert_eq!(folder.review(text).severity("human-error"), None);
    assert_eq!(folder.review(text).verdict(), "clear", "nothing is concluded from what is no finding");
    let both = "The human error simulator failed, and this was human error.";
    assert_eq!(folder.review(both).severity("human-error"), Some("error"), "only these words are exempt");
    let other = Folder::with(&format!("{exempt}rules = [\"hindsight\"]\n"));
    assert_eq!(other.review(text).severity("human-error"), Some("error"));
}

const BUCKET: &str = "
[[bucket]]
id = \"data-protection\"
name = \"data protection\"
summary = \"who may see which data\"

[[factor]]
bucket = \"data-protection\"
id = \"access-rights\"
summary = \"rights that reach too far\"
strong = [\"permissions ..3 too wide\"]
";

#[test]
fn own_buckets_are_reported_as_examined_or_not() {
    let folder = Folder::with(BUCKET);
    let open = folder.review("The disk was full.");
    assert_eq!(open.document()["coverage"]["data-protection"]["status"], "absent");
    let message = open.document()["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|found| found["rule"] == "uncovered-bucket");
    assert!(message.unwrap()["message"].as_str().unwrap().ends_with("data protection"));
    let seen = folder.review("The permissions were too wide.");
    let coverage = &seen.document()["coverage"]["data-protection"];
    assert_eq!(
        (&coverage["status"], &coverage["evidence"][0]["factor"]),
        (&"examined".into(), &"access-rights".into())
    );
    let text = folder.run(&["incident.md"]).out;
    assert!(text.contains("data protection "), "{text}");
    assert!(folder.run(&["explain", "access-rights"]).code(0).out.contains("rights that reach too far"));
}

#[test]
fn own_factors_add_to_shipped_buckets() {
    let text = "The quokkabase was in a bad mood.";
    let upstream = |folder: &Folder| folder.review(text).document()["coverage"]["upstream"].clone();
    assert_eq!(upstream(&Folder::new())["status"], "absent");
    let added = Folder::with(
        "[[factor]]\nbucket = \"upstream\"\nid = \"defects\"\nweak = [\"quokkabase ..3 bad mood\"]\n",
    );
    assert_eq!(upstream(&added)["evidence"][0]["factor"], "defects");
}

#[test]
fn own_questions_are_asked_first() {
    let toml = format!(
        "{BUCKET}\n[[question]]\nwhen = [\"data-protection\"]\ntext = \"What shows who may see what?\"\n"
    );
    let asked = Folder::with(&toml).review("The disk was full.");
    let questions = asked.document()["questions"].as_array().unwrap();
    let own = questions.iter().find(|question| question["text"] == "What shows who may see what?").unwrap();
    assert_eq!(
        (&own["about"]["bucket"], &own["source"]),
        (&"data-protection".into(), &"rcalint.toml".into())
    );
    let first = Folder::with("[[question]]\nwhen = [\"upstream\"]\ntext = \"What is ours to ask?\"\n")
        .review("The disk was full.");
    let questions = first.document()["questions"].as_array().unwrap();
    let upstream = questions.iter().find(|question| question["about"]["bucket"] == "upstream").unwrap();
    assert_eq!(upstream["text"], "What is ours to ask?");
}

#[test]
fn a_folder_extends_the_lexicon() {
    let folder = Folder::with("lexicon.extend = [\"ours\"]");
    folder.write("ours/sections.toml", "[[section]]\nrole = \"cause\"\nbegins = [\"what bit us\"]\n");
    folder.write(
        "ours/guards.toml",
        "[negation]\nabout = \"Ours.\"\nscope = \"clause 5\"\nmatch = [\"nixda\"]\n",
    );
    folder.write(
        "ours/questions.toml",
        "[[question]]\nwhen = [\"upstream\"]\ntext = \"What is ours?\"\nsource = \"us\"\n",
    );
    folder.write("ours/rules/jargon.toml", JARGON);
    let text = "It was a heisenkaputt.\n\n## What bit us in the end\n\nThis was nixda human error.";
    let found = folder.review(text);
    assert_eq!((found.severity("jargon"), found.severity("human-error")), (Some("error"), None));
    assert_eq!(found.verdict(), "start-over", "what a rule finds as the cause, the document concludes with");
    assert_eq!(found.document()["sections"][3]["role"], "cause");
    assert!(found.document()["questions"].to_string().contains("What is ours?"));
}

/// A rule of a team's own.
const JARGON: &str = "
id = \"jargon\"
severity = \"note\"
summary = \"a word that only insiders know\"
message = \"only insiders know this word: \\\"{quote}\\\"\"
why = \"New colleagues read postmortems too.\"
better = \"the same in plain words\"
references = []

[[pattern]]
match = [\"heisenkaputt\"]

[[bad]]
text = \"It was a heisenkaputt.\"
";

#[test]
fn a_folder_replaces_files_of_the_lexicon() {
    let folder = Folder::with("lexicon.replace = \"ours\"");
    folder.write("ours/rules/human-error.toml", JARGON.replace("\"jargon\"", "\"human-error\""));
    assert_eq!(folder.review(BLAME).severity("human-error"), None);
    assert_eq!(folder.review("It was a heisenkaputt.").severity("human-error"), Some("error"));
}

#[test]
fn a_folder_with_an_error_is_reported() {
    let folder = Folder::with("[lexicon]\nextend = [\"ours\"]");
    folder.run(&["."]).fails("rcalint.toml:2:11: `ours` is not a folder");
    folder.write("ours/README.md", "Nothing here yet.");
    folder.run(&["."]).fails("rcalint.toml:2:11: `ours` contains no lexicon files");
    folder.write("ours/word/x.toml", "");
    folder.run(&["."]).fails("ours/word/x.toml:1:1: no lexicon file has this name; did you mean `words`?");
    std::fs::remove_dir_all(folder.path().join("ours/word")).unwrap();
    folder.write("ours/rules/a.toml", JARGON.replace("heisenkaputt\"]", "{nothing}\"]"));
    folder
        .run(&["."])
        .fails("ours/rules/a.toml:11:11: in the pattern `{nothing}`: unknown word class `nothing`");
    folder.write("ours/questions.toml", "[[question]]\nwhen = [\"slipp\"]\ntext = \"What?\"\n");
    folder.write("ours/rules/a.toml", JARGON);
    folder
        .run(&["."])
        .fails("ours/questions.toml:2:9: unknown mechanism, bucket or theme `slipp`; did you mean `slip`?");
    folder.write("ours/rules/a.toml", JARGON.replace("\"jargon\"", "\"hindsight\""));
    folder.run(&["."]).fails(
        "ours/rules/a.toml:2:7: duplicate rule `hindsight`: use [[phrase]] in rcalint.toml to add to it, \
         or lexicon.replace to replace it",
    );
}
