//! The facilitator's sheet, and the explanations of rules.

use super::*;

#[test]
fn the_sheet_takes_one_file() {
    let folder = Folder::mixed();
    let run = folder.run(&["questions", "incidents/blames.md"]);
    assert_eq!(run.code, 0, "what is found is no failure of a sheet");
    assert!(run.out.starts_with("# Questions for the review: `Postmortem: orders database outage`"));
    assert!(run.out.contains("- line 11: `The root cause was human error.`"), "{}", run.out);
    assert!(run.out.contains("   Answer:\n"));
    assert_eq!(folder.run(&["questions"]).code, 2);
}

#[test]
fn the_sheet_as_json_is_the_report() {
    let folder = Folder::mixed();
    let sheet = folder.run(&["questions", "--format", "json", "incidents/blames.md"]);
    let check = folder.run(&["check", "--format", "json", "incidents/blames.md"]);
    assert_eq!(sheet.out, check.out);
}

#[test]
fn a_sheet_for_an_unreadable_file_exits_with_2() {
    let folder = Folder::new();
    folder.write("binary.md", b"a\xff\xfe");
    for (file, reason) in [("none.md", "no such file"), ("binary.md", "not valid UTF-8"), (".", "a folder")] {
        let run = folder.run(&["questions", file]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{file}");
        assert!(run.err.contains(reason) && run.err.contains(file), "{}", run.err);
    }
}

#[test]
fn a_sheet_can_be_made_of_standard_input() {
    let folder = Folder::new();
    let run = folder.run_with(&["questions", "-", "--stdin-filename", "draft.md"], BLAMES.as_bytes());
    assert!(run.code == 0 && run.out.contains("Source: `draft.md`"), "{}", run.out);
}

#[test]
fn a_rule_a_bucket_or_everything_can_be_explained() {
    let folder = Folder::new();
    assert!(folder.run(&["explain", "human-error"]).code(0).out.starts_with("human-error ("));
    assert!(folder.run(&["explain", "upstream"]).code(0).out.contains("Factors:"));
    let all = folder.run(&["explain"]).code(0).out;
    assert!(all.contains("human-error") && all.contains("operational-maturity"));
}

#[test]
fn how_a_judgement_is_made_is_explained() {
    let folder = Folder::new();
    let how = folder.run(&["explain", "judgement"]).code(0).out;
    assert!(how.starts_with("How a judgement is made\n\nTwo witnesses"), "{how}");
    assert!(folder.run(&["explain"]).code(0).out.contains(&how));
    let run = folder.run(&["explain", "judgment"]).code(2);
    assert!(run.err.contains("did you mean `judgement`?"), "{}", run.err);
}

#[test]
fn a_typo_in_a_name_gets_a_hint() {
    let run = Folder::new().run(&["explain", "Human Eror"]).code(2);
    assert!(run.err.contains("did you mean `human-error`?"), "{}", run.err);
    let run = Folder::new().run(&["explain", "x\u{1b}[31m"]).code(2);
    assert!(!run.err.contains('\u{1b}') && !run.err.contains("did you mean"), "{}", run.err);
}

#[test]
fn rules_are_listed() {
    let folder = Folder::new();
    assert!(folder.run(&["rules"]).code(0).out.contains("human-error"));
    let json = folder.run(&["rules", "--format", "json"]).code(0).json();
    assert!(json.as_array().unwrap().iter().any(|rule| rule["id"] == "human-error"));
}
