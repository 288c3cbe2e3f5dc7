//! The recipes of `examples/engines/`, run with the real engines where they are installed.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]
#![expect(clippy::disallowed_methods, reason = "a test writes what engines read, and asks for their place")]
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

const PROGRAM: &str = env!("CARGO_BIN_EXE_rcalint");
const DOCUMENTS: usize = 600;

/// Whether a program is there; says so if it is not.
fn is_there(program: &str, args: &[&str]) -> bool {
    let mut command = Command::new(program);
    let there = command.args(args).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let there = there.is_ok_and(|status| status.success());
    if !there {
        eprintln!("skipped: `{program} {}` does not run here", args.join(" "));
    }
    there
}

/// A folder with documents as lines.
fn stage() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let text =
        |at: usize| if at.is_multiple_of(5) { "# Root cause\n\nHuman error.\n" } else { "Nothing \u{e9}." };
    let line = |at| json!({ "path": format!("{at}.md"), "text": text(at) }).to_string() + "\n";
    fs::write(folder.path().join("documents.jsonl"), (0..DOCUMENTS).map(line).collect::<String>()).unwrap();
    folder
}

/// The results name every document, in order, as one process gives them.
#[track_caller]
fn assert_complete(results: &str, folder: &Path) {
    let mut one = Command::new(PROGRAM);
    one.args(["check", "--jsonl-documents", "--exit-zero"]);
    one.stdin(fs::File::open(folder.join("documents.jsonl")).unwrap());
    assert_eq!(results, String::from_utf8(one.output().unwrap().stdout).unwrap());
    let paths = results.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["path"].clone());
    assert!(paths.enumerate().all(|(at, path)| path == format!("{at}.md")));
    assert_eq!(results.lines().count(), DOCUMENTS);
}

#[test]
fn gnu_parallel_spreads_the_lines_and_keeps_their_order() {
    if !is_there("parallel", &["--version"]) {
        return;
    }
    let folder = stage();
    let mut parallel = Command::new("parallel");
    parallel.args(["--pipe", "--block", "4k", "--keep-order", PROGRAM]);
    parallel.args(["check", "--jsonl-documents", "--jobs", "1", "--exit-zero"]);
    parallel.env("HOME", folder.path()).stdin(fs::File::open(folder.path().join("documents.jsonl")).unwrap());
    let output = parallel.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_complete(&String::from_utf8(output.stdout).unwrap(), folder.path());
}

#[test]
fn spark_pipes_each_partition_through_the_program() {
    let python = std::env::var("RCALINT_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    if !is_there(&python, &["-c", "import pyspark"]) || !is_there("java", &["-version"]) {
        return;
    }
    let folder = stage();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/engines/spark.py");
    let mut spark = Command::new(python);
    spark.arg(script).args(["documents.jsonl", "results"]).current_dir(folder.path()).env("RCALINT", PROGRAM);
    let output = spark.env("SPARK_LOCAL_IP", "127.0.0.1").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut parts: Vec<_> =
        fs::read_dir(folder.path().join("results")).unwrap().map(|part| part.unwrap().path()).collect();
    parts.retain(|part| part.file_name().unwrap().to_str().unwrap().starts_with("part-"));
    parts.sort();
    assert!(parts.len() > 1, "more than one process");
    let results: String = parts.iter().map(|part| fs::read_to_string(part).unwrap()).collect();
    assert_complete(&results, folder.path());
}
