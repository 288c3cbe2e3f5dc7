//! Runs the recipes of `docs/engines.md` with the real engines.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]
#![expect(clippy::disallowed_methods, reason = "a test writes what engines read")]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::program::{program, without_reader};
use super::tools::require;

const PROGRAM: &str = env!("CARGO_BIN_EXE_rcalint");
const DOCUMENTS: usize = 600;

/// Creates a folder with documents as JSON lines.
fn stage() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let text =
        |at: usize| if at.is_multiple_of(5) { "# Root cause\n\nHuman error.\n" } else { "Nothing \u{e9}." };
    let line = |at| json!({ "path": format!("{at}.md"), "text": text(at) }).to_string() + "\n";
    fs::write(folder.path().join("documents.jsonl"), (0..DOCUMENTS).map(line).collect::<String>()).unwrap();
    folder
}

/// Asserts that the results equal those of a single process: every document, in order.
#[track_caller]
fn assert_complete(results: &str, folder: &Path) {
    let mut one = program();
    one.args(["check", "--jsonl-documents", "--exit-zero"]);
    one.stdin(fs::File::open(folder.join("documents.jsonl")).unwrap());
    assert_eq!(results, String::from_utf8(one.output().unwrap().stdout).unwrap());
    let paths = results.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["path"].clone());
    assert!(paths.enumerate().all(|(at, path)| path == format!("{at}.md")));
    assert_eq!(results.lines().count(), DOCUMENTS);
}

#[test]
fn gnu_parallel_spreads_the_lines_and_keeps_their_order() {
    if !require(&["parallel"]) {
        return;
    }
    let folder = stage();
    let mut parallel = Command::new("parallel");
    without_reader(&mut parallel).args(["--pipe", "--block", "4k", "--keep-order", PROGRAM]);
    parallel.args(["check", "--jsonl-documents", "--jobs", "1", "--exit-zero"]);
    parallel.env("HOME", folder.path()).stdin(fs::File::open(folder.path().join("documents.jsonl")).unwrap());
    let output = parallel.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_complete(&String::from_utf8(output.stdout).unwrap(), folder.path());
}

#[test]
#[ignore = "needs Java and the Python package pyspark, which are 700 MB"]
fn spark_pipes_each_partition_through_the_program() {
    if !require(&["pyspark"]) {
        return;
    }
    let folder = stage();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/engines/spark.py");
    let mut spark = Command::new("python3");
    spark.arg(script).args(["documents.jsonl", "results"]).current_dir(folder.path()).env("RCALINT", PROGRAM);
    let output = without_reader(&mut spark).env("SPARK_LOCAL_IP", "127.0.0.1").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut parts: Vec<_> =
        fs::read_dir(folder.path().join("results")).unwrap().map(|part| part.unwrap().path()).collect();
    parts.retain(|part| part.file_name().unwrap().to_str().unwrap().starts_with("part-"));
    parts.sort();
    assert!(parts.len() > 1, "more than one process");
    let results: String = parts.iter().map(|part| fs::read_to_string(part).unwrap()).collect();
    assert_complete(&results, folder.path());
}

/// Returns a recipe as people copy it: the block in this language on the page that begins with `start`.
fn recipe(language: &str, start: &str) -> String {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/engines.md");
    let page = fs::read_to_string(page).unwrap();
    let begin = format!("```{language}\n");
    let mut blocks = page.split(&begin).skip(1).map(|block| block.split("```").next().unwrap());
    blocks.find(|block| block.starts_with(start)).unwrap_or_else(|| panic!("{start} is gone")).to_owned()
}

/// Creates a folder with two incidents as files.
fn incidents() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("incidents")).unwrap();
    let texts = [("a.md", "# Root cause\n\nHuman error.\n"), ("b \"c\".md", "Nothing \u{e9}.\r\n")];
    for (name, text) in texts {
        fs::write(folder.path().join("incidents").join(name), text).unwrap();
    }
    folder
}

/// Asserts that the lines from a recipe contain both incidents and that the program can read them.
#[track_caller]
fn assert_both(folder: &Path) {
    let lines = fs::read_to_string(folder.join("documents.jsonl")).unwrap();
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    let odd = lines.iter().find(|line| line["path"].as_str().unwrap().ends_with("b \"c\".md")).unwrap();
    assert_eq!(odd["text"], "Nothing \u{e9}.\r\n");
    let mut one = program();
    one.args(["check", "--jsonl-documents"]).stdin(fs::File::open(folder.join("documents.jsonl")).unwrap());
    let output = one.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    fs::write(folder.join("results.jsonl"), output.stdout).unwrap();
}

#[test]
fn jq_creates_the_lines() {
    if !require(&["jq"]) {
        return;
    }
    let folder = incidents();
    let status =
        Command::new("sh").args(["-c", &recipe("sh", "for file in")]).current_dir(folder.path()).status();
    assert!(status.unwrap().success());
    assert_both(folder.path());
}

#[test]
fn duckdb_creates_the_lines_and_counts_the_verdicts() {
    if !require(&["duckdb"]) {
        return;
    }
    let folder = incidents();
    let ask = |query: &str| {
        let script = "import duckdb, sys; print(duckdb.sql(sys.argv[1]).fetchall() if sys.argv[2] else duckdb.sql(sys.argv[1]))";
        let rows = if query.starts_with("COPY") { "" } else { "rows" };
        let mut asked = Command::new("python3");
        let output = asked.args(["-c", script, query, rows]).current_dir(folder.path()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    ask(&recipe("sql", "COPY"));
    assert_both(folder.path());
    let counts = ask(&recipe("sql", "SELECT verdict"));
    assert!(counts.contains("('start-over', 1)") && counts.contains("('undetermined', 1)"), "{counts}");
}
