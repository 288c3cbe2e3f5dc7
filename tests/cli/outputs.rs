//! Several outputs of one run, and comments with hidden state.

use super::*;

const SARIF: &str = "sarif=out/a.sarif";

fn second_line(comment: &str) -> &str {
    comment.lines().nth(1).unwrap()
}

#[test]
fn one_run_writes_several_formats() {
    let folder = Folder::mixed();
    fs::create_dir(folder.path().join("out")).unwrap();
    let args = ["incidents", "--output", SARIF, "--output", "markdown=c.md", "--format", "concise"];
    let run = folder.run(&args).code(1);
    assert!(run.out.contains("incidents/blames.md:11:"), "{}", run.out);
    let sarif: Value = serde_json::from_str(&folder.read("out/a.sarif")).unwrap();
    assert_eq!(sarif["runs"][0]["tool"]["driver"]["name"], "rcalint");
    assert!(sarif["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap().len() > 10);
    assert!(folder.read("c.md").starts_with("<!-- rcalint:sticky v1 -->\n"));
    let names: Vec<_> = fs::read_dir(folder.path().join("out")).unwrap().collect();
    assert_eq!(names.len(), 1, "nothing temporary stays");
}

#[test]
fn standard_output_can_be_used_once() {
    let folder = Folder::mixed();
    let run = folder.run(&["incidents", "--output", "gitlab=-"]).code(1);
    assert!(run.out.starts_with("[\n"), "{}", run.out);
    for args in [
        ["--output", "gitlab=-", "--output", "sarif=-"],
        ["--output", "gitlab=-", "--format", "text"],
        ["--output", "gitlab=x", "--output", "sarif=./incidents/../x"],
    ] {
        let run = folder.run(&[&["incidents"], &args[..]].concat()).code(2);
        assert!(run.out.is_empty() && run.err.contains("two outputs cannot both go to"), "{}", run.err);
    }
    assert!(!folder.path().join("x").exists());
}

#[test]
fn an_invalid_output_is_wrong_usage() {
    let folder = Folder::mixed();
    for (output, reason) in
        [("sarif", "FORMAT=PATH"), ("yaml=x", "expected one of text"), ("sarif=", "path is missing")]
    {
        let run = folder.run(&["incidents", "--output", output]).code(2);
        assert!(run.err.contains(reason), "{}", run.err);
    }
    let run = folder.run(&["incidents", "--link-base", "javascript:x"]).code(2);
    assert!(run.err.contains("an address such as"), "{}", run.err);
}

#[test]
fn an_unwritable_output_fails_and_the_others_are_written() {
    let folder = Folder::mixed();
    folder.write("old.json", "old");
    let args = ["incidents", "--output", "sarif=no/a.sarif", "--output", "json=old.json"];
    let run = folder.run(&args).code(2);
    assert!(run.err.contains("no/a.sarif: the folder to write to does not exist"), "{}", run.err);
    assert!(folder.read("old.json").starts_with("{\n"));
    let run = folder.run(&["incidents", "--output", "json=incidents"]).code(2);
    assert!(run.err.contains("incidents: not a regular file"), "{}", run.err);
}

#[test]
fn a_document_is_not_overwritten() {
    let folder = Folder::mixed();
    let run = folder.run(&["incidents", "--output", "markdown=incidents/calm.md"]).code(2);
    assert!(run.err.contains("one of the reviewed documents"), "{}", run.err);
    assert_eq!(folder.read("incidents/calm.md"), CALM);
}

/// A comment quotes postmortems but must not be reviewed.
#[test]
fn a_comment_in_the_folder_is_not_a_postmortem() {
    let folder = Folder::mixed();
    for _ in 0..2 {
        folder.run(&["incidents", "--output", "markdown=incidents/postmortem-comment.md"]).code(1);
    }
    let comment = folder.read("incidents/postmortem-comment.md");
    assert!(!comment.contains("postmortem-comment"), "{comment}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_file_whole() {
    let folder = Folder::mixed();
    folder.write("c.md", "old");
    // To a program, a limit on file sizes looks like a full disk.
    let command = format!(
        "ulimit -f 1; trap '' XFSZ; exec {} incidents --output json=c.md",
        env!("CARGO_BIN_EXE_rcalint")
    );
    let output = Command::new("bash").args(["-c", &command]).current_dir(folder.path()).output().unwrap();
    let run = Run::of(&output).code(2);
    assert!(run.err.contains("c.md: cannot be written"), "{}", run.err);
    assert_eq!(folder.read("c.md"), "old");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing temporary stays");
}

#[test]
fn a_comment_continues_the_earlier_one() {
    let folder = Folder::mixed();
    let comment = |previous: &[&str]| {
        let args = ["incidents/blames.md", "--format", "markdown", "--exit-zero"];
        folder.run(&[&args[..], previous].concat()).code(0).out
    };
    let first = comment(&[]);
    assert!(second_line(&first).ends_with(" first -->"), "{first}");
    assert!(first.contains("\n**Start over**: ") && first.contains("\n- [ ] "), "{first}");
    folder.write("before.md", &first);
    let again = comment(&["--previous", "before.md"]);
    assert_eq!(second_line(&again), second_line(&first).replace("first", "unchanged"));
    folder.write(
        "incidents/blames.md",
        BLAMES.replace("The root cause was human error.", "The disk had no alert."),
    );
    let fixed = comment(&["--previous", "before.md"]);
    assert!(second_line(&fixed).ends_with(" changed -->"), "{fixed}");
    assert!(fixed.contains("\n- [x] ") && fixed.contains("\n- [ ] "), "{fixed}");
}

#[test]
fn an_earlier_comment_may_have_any_content_but_must_exist() {
    let folder = Folder::mixed();
    let args = ["incidents/calm.md", "--format", "markdown", "--previous", "before.md"];
    let run = folder.run(&args).code(2);
    assert!(run.err.contains("before.md: no such file"), "{}", run.err);
    for garbage in
        [&b""[..], b"LGTM", b"\xff\xfe\0", b"<!-- rcalint:sticky v1 -->\n<!-- rcalint:memory v1 {} -->"]
    {
        folder.write("before.md", garbage);
        assert!(second_line(&folder.run(&args).code(0).out).ends_with(" first -->"));
    }
}
