//! `rcalint lexicon`.

use super::{Folder, postmortem};

const PHRASE: &str = "\
[[phrase]]
rule = \"human-error\"
match = [\"butterfingers moment\"]
reason = \"ours\"
examples.bad = [
    \"It was a butterfingers moment.\",
    \"It was a butterfingers day.\",
]
examples.good = [\"It was not a butterfingers moment.\"]
";

#[test]
fn examples_of_a_configuration_are_tested() {
    let folder = Folder::with(PHRASE);
    let run = folder.run(&["lexicon", "check"]).code(1);
    let expected = "\
rcalint.toml:7: human-error does not find: It was a butterfingers day. (under cause)
rcalint.toml: loads; 3 examples tested, 1 problem
";
    assert_eq!(run.out, expected);
    folder.write("rcalint.toml", PHRASE.replace("fingers moment\"]", "fingers (moment|day)\"]"));
    let run = folder.run(&["lexicon", "check"]).code(0);
    assert_eq!(run.out, "rcalint.toml: loads; 3 examples tested, all pass\n");
}

#[test]
fn a_good_example_with_a_finding_is_reported() {
    let folder = Folder::with(&PHRASE.replace("not a ", "just a "));
    let run = folder.run(&["lexicon", "check", "rcalint.toml"]).code(1);
    let line = "rcalint.toml:9: human-error does not leave alone: It was just a butterfingers moment. (under cause)\n";
    assert!(run.out.contains(line), "{}", run.out);
}

#[test]
fn a_rule_that_is_off_is_still_tested() {
    let toml =
        PHRASE.replace("fingers moment\"]", "fingers (moment|day)\"]") + "\n[rules]\nhuman-error = \"off\"\n";
    Folder::with(&toml).run(&["lexicon", "check"]).code(0);
}

#[test]
fn an_entry_without_examples_is_reported() {
    let folder = Folder::with(
        "\
[[phrase]]
rule = \"hindsight\"
match = [\"told you so\"]
reason = \"ours\"

[[exempt]]
match = [\"human error simulator\"]
reason = \"a tool\"
",
    );
    let expected = "\
rcalint.toml:2: a phrase without an example that it finds (examples.bad)
rcalint.toml:8: an exemption without an example that it exempts (examples.good)
rcalint.toml: loads; 0 examples tested, 2 problems
";
    assert_eq!(folder.run(&["lexicon", "check"]).code(1).out, expected);
}

#[test]
fn an_exemption_must_be_needed_for_its_examples() {
    let folder = Folder::with(
        "\
[[exempt]]
match = [\"human error simulator\"]
reason = \"a tool\"
examples.good = [
    \"The human error simulator was too slow.\",
    \"The simulator was too slow.\",
    \"Human error was the cause.\",
]
examples.bad = [\"The cause was human error.\"]
",
    );
    let expected = "\
rcalint.toml:6: exempt is not needed for: The simulator was too slow. (under cause)
rcalint.toml:7: exempt does not leave alone: Human error was the cause. (under cause)
rcalint.toml: loads; 4 examples tested, 2 problems
";
    assert_eq!(folder.run(&["lexicon", "check"]).code(1).out, expected);
}

const REGEX: &str = r#"
[[phrase]]
rule = "human-error"
regex = ['\bbutter[- ]*fingers?\b', 'ops-[0-9]{3} was at the wheel']
reason = "ours"
mechanism = "slip"
unless = ["negation"]
examples.bad = ["It was a Butterfinger day.", "Butter-\nfingers again.", "OPS-123 was at the wheel."]
examples.good = ["It was not butterfingers.", "OPS-12 was at the wheel."]

[[exempt]]
regex = ['human error (simulator|v\d+)']
reason = "a tool"
examples.good = ["The cause was that human error v2 was too slow."]
"#;

#[test]
fn a_phrase_may_be_a_regular_expression() {
    let folder = Folder::with(REGEX);
    let run = folder.run(&["lexicon", "check"]).code(0);
    assert_eq!(run.out, "rcalint.toml: loads; 6 examples tested, all pass\n");
    folder.write("incident.md", postmortem("It was a Butter-\nfingers' day."));
    let report = folder.run(&["incident.md", "--format", "json"]).code(1).json();
    let findings = report["documents"][0]["findings"].as_array().unwrap();
    let finding = findings.iter().find(|finding| finding["rule"] == "human-error").unwrap();
    assert_eq!(finding["quote"], "Butter-\nfingers", "whole words");
    assert_eq!(finding["mechanism"], "slip");
    let settings = folder.run(&["config"]).code(0).out;
    assert!(settings.contains("ops-[0-9]{3} was at the wheel"), "{settings}");
}

#[test]
fn an_invalid_regular_expression_is_reported() {
    let refused = |regex: &str, says: &str| {
        let toml = format!(
            "[[phrase]]\nrule = \"human-error\"\nreason = \"y\"\nregex = [\n  'fine',\n  '{regex}',\n]"
        );
        Folder::with(&toml).run(&[]).fails(&format!("rcalint.toml:6:3: in the regex `{regex}`: {says}"));
    };
    refused("(a b", "unclosed group");
    refused("a|b*", "it matches empty text");
    refused(r"(\w{100}){100}", "it is too large: more than 256 KiB when compiled");
    refused("(?<=a)b", "look-around, including look-ahead and look-behind, is not supported");
}

#[test]
fn a_regular_expression_runs_in_linear_time() {
    let folder = Folder::with("[[exempt]]\nreason = \"y\"\nregex = ['(a+)+$', '(a|aa)+b', '(.*)*x.*y']");
    folder.write("incident.md", postmortem(&format!("The {} disk was full.", "a".repeat(100_000))));
    let begin = std::time::Instant::now();
    folder.run(&["incident.md"]).code(0);
    assert!(begin.elapsed().as_secs() < 10, "{:?}", begin.elapsed());
}

#[test]
fn factors_are_tested() {
    let factor = "\
[[factor]]
bucket = \"upstream\"
id = \"defects\"
weak = [\"quokkabase ..3 bad mood\"]
counts = [\"The quokkabase was in a bad mood.\", \"The quokkabase was late.\"]
silent = [\"The bad mood passed.\"]
";
    let expected = "\
rcalint.toml:5: upstream/defects is not shown by: The quokkabase was late. (under cause)
rcalint.toml: loads; 3 examples tested, 1 problem
";
    assert_eq!(Folder::with(factor).run(&["lexicon", "check"]).code(1).out, expected);
}

const RULE: &str = "
id = \"jargon\"
severity = \"note\"
summary = \"a word that only insiders know\"
message = \"only insiders know this word\"
why = \"New colleagues read postmortems too.\"
better = \"the same in plain words\"
references = []

[[pattern]]
match = [\"heisenkaputt\"]

[[bad]]
text = \"It was a heisenkaputt.\"

[[good]]
text = \"The disk was full.\"
";

#[test]
fn a_file_or_folder_can_be_tested_before_it_is_used() {
    let folder = Folder::new();
    folder.write("ours/rules/jargon.toml", RULE);
    for path in ["ours", "ours/rules/jargon.toml"] {
        let run = folder.run(&["lexicon", "check", path]).code(0);
        assert_eq!(run.out, format!("{path}: loads; 2 examples tested, all pass\n"));
    }
    folder.write("ours/rules/jargon.toml", RULE.replace("was a heisen", "was no heisen-"));
    let run = folder.run(&["lexicon", "check", "ours"]).code(1);
    assert!(run.out.starts_with("ours/rules/jargon.toml:14: jargon does not find: It was no"), "{}", run.out);
    folder.write("ours/rules/jargon.toml", RULE.replace("severity", "severty"));
    let says = "ours/rules/jargon.toml:3:1: unknown key `severty`; did you mean `severity`?";
    folder.run(&["lexicon", "check", "ours"]).fails(says);
    folder.run(&["lexicon", "check", "gone"]).fails("gone: no such file or folder");
}

#[test]
fn a_folder_can_replace_shipped_files() {
    let folder = Folder::new();
    folder.write("ours/rules/hindsight.toml", RULE.replace("\"jargon\"", "\"hindsight\""));
    folder.run(&["lexicon", "check", "ours"]).code(2);
    folder.run(&["lexicon", "check", "ours", "--replace"]).code(0);
}

#[test]
fn a_folder_is_tested_with_its_configuration() {
    let folder = Folder::new();
    folder.write("team/rcalint.toml", format!("lexicon.extend = [\"ours\"]\n{PHRASE}"));
    folder.write("team/ours/rules/jargon.toml", RULE);
    let run = folder.run(&["lexicon", "check", "team"]).code(1);
    assert!(run.out.ends_with("team/rcalint.toml: loads; 5 examples tested, 1 problem\n"), "{}", run.out);
}

#[test]
fn the_shipped_lexicon_passes_without_a_configuration() {
    let run = Folder::new().run(&["lexicon", "check"]).code(0);
    assert_eq!(run.out, "the shipped lexicon: loads; 0 examples tested, all pass\n");
}

#[test]
fn the_lexicon_is_listed_with_counts() {
    let folder = Folder::with("[[exempt]]\nmatch = [\"x\"]\nreason = \"y\"");
    let text = folder.run(&["lexicon", "list"]).code(0).out;
    for part in [
        "lexicon 20",
        "\nrules ",
        "\nguards ",
        "\nbuckets ",
        "operational-maturity, upstream",
        "\nquestions ",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let json = folder.run(&["lexicon", "list", "--format", "json"]).code(0).json();
    let plain = folder.run(&["lexicon", "list", "--format", "json", "--isolated"]).code(0).json();
    assert!(json["rules"].as_array().unwrap().contains(&"human-error".into()));
    assert!(json["factors"].as_array().unwrap().contains(&"human/hand-over".into()));
    assert!(json["questions"].as_u64().unwrap() > 50);
    assert_eq!(json["guards"], plain["guards"], "an exemption is no guard that a rule could name");
    assert_eq!(json["patterns"].as_u64().unwrap(), plain["patterns"].as_u64().unwrap() + 1);
}
