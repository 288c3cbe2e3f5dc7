//! `rcalint render`: a saved report in other formats.

use super::*;

/// Creates a folder with the report of its documents.
fn reviewed() -> Folder {
    let folder = Folder::mixed();
    folder.run(&["incidents", "--output", "json=report.json"]).code(1);
    folder
}

#[test]
fn a_rendered_report_looks_like_the_run() {
    let folder = reviewed();
    for format in
        ["json", "sarif", "github", "gitlab", "junit", "markdown", "step-summary", "concise", "jsonl"]
    {
        let direct = folder.run(&["incidents", "--format", format]).code(1).out;
        let args = ["render", "--from", "report.json", "--format", format];
        assert_eq!(folder.run(&args).code(0).out, direct, "{format}");
    }
    let text = folder.run(&["render", "--from", "report.json"]).code(0).out;
    assert!(text.contains("start over: ") && text.contains("error[human-error]: "), "{text}");
    let diagnostics = folder.run(&["render", "--from", "report.json", "--format", "rdjson"]).code(0).json();
    let start = &diagnostics["diagnostics"][0]["location"]["range"]["start"];
    assert!(start["line"].as_u64() > Some(0) && start.get("column").is_none(), "{start}");
}

#[test]
fn several_formats_come_from_one_report_on_standard_input() {
    let folder = reviewed();
    let report = folder.read("report.json");
    let args = [
        "render",
        "--from",
        "-",
        "--format",
        "concise",
        "--output",
        "markdown=c.md",
        "--output",
        "junit=j.xml",
    ];
    let run = folder.run_with(&args, report.as_bytes()).code(0);
    assert!(run.out.contains("incidents/blames.md: verdict: start-over"), "{}", run.out);
    assert!(folder.read("c.md").starts_with("<!-- rcalint:sticky v1 -->\n"));
    assert!(folder.read("j.xml").contains("<testsuites "));
}

#[test]
fn settings_provide_names_of_buckets_and_the_failing_severity() {
    let folder = reviewed();
    folder.write("rcalint.toml", "fail-on = \"never\"\n");
    let junit = folder.run(&["render", "--from", "report.json", "--format", "junit"]).code(0).out;
    assert!(junit.contains("failures=\"0\""), "{junit}");
    let args = ["render", "--from", "report.json", "--isolated", "--format", "junit"];
    assert!(
        !folder.run(&args).code(0).out.contains("<testsuites name=\"rcalint\" tests=\"0\" failures=\"0\"")
    );
}

/// The paths in a report from elsewhere must not be looked up as files.
#[test]
fn paths_in_the_report_are_not_looked_up() {
    let folder = reviewed();
    let args =
        ["render", "--from", "report.json", "--format", "concise", "--output", "markdown=incidents/calm.md"];
    folder.run(&args).code(0);
    assert!(folder.read("incidents/calm.md").starts_with("<!-- rcalint:sticky v1 -->\n"));
}

#[test]
fn the_earlier_comment_is_used() {
    let folder = reviewed();
    let args = ["render", "--from", "report.json", "--format", "markdown"];
    folder.write("before.md", folder.run(&args).code(0).out);
    let again = folder.run(&[&args[..], &["--previous", "before.md"]].concat()).code(0).out;
    assert!(again.lines().nth(1).unwrap().ends_with(" unchanged -->"), "{again}");
}

#[test]
fn anything_but_a_report_is_reported_with_its_path() {
    let folder = reviewed();
    let report = folder.read("report.json");
    folder.write("newer.json", report.replace("\"schema_version\": 2", "\"schema_version\": 7"));
    folder.write("other.json", "{\"a\": 1}");
    folder.write("empty.json", "");
    folder.write("binary.json", b"\0\x01\x02".as_slice());
    folder.write("odd.json", report.replace("start-over", "\\u001b[1mguilty\\n"));
    let reasons = [
        ("newer.json", "newer.json: schema_version is 7; this build reads 2"),
        ("other.json", "other.json: not a report of rcalint, as `rcalint check --format json` writes it"),
        ("empty.json", "empty.json: is empty"),
        ("gone.json", "gone.json: no such file or folder"),
    ];
    for (name, reason) in reasons {
        folder.run(&["render", "--from", name, "--output", "markdown=c.md"]).fails(reason);
    }
    folder.run(&["render", "--from", "binary.json"]).code(2);
    let run = folder.run(&["render", "--from", "odd.json"]).code(2);
    assert!(
        run.err.contains("odd.json: not a report as schemas/report.schema.json describes it"),
        "{}",
        run.err
    );
    assert!(!run.err.contains('\u{1b}') && run.err.lines().count() == 1, "{}", run.err);
    let run = folder.run(&["render", "--from", "report.json", "--max-file-size", "100"]).code(2);
    assert!(run.err.contains("larger than"), "{}", run.err);
    assert!(!folder.path().join("c.md").exists());
}
