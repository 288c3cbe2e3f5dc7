//! Runs the commands of a page. A `console` block shows commands with their output, an `sh` block only commands.

use std::path::Path;

use super::stage::shell;

const CLOSE: &str = "```\n";

/// A prefix that may replace the name of the program in commands.
const CARGO_RUN: &str = "cargo run --release -- ";

/// Beginnings of commands that are not run here, because they install something or need another program. `tests/ci`
/// and the release workflow test the first ones, `tests/formats/engines.rs` those of engines.
const ELSEWHERE: [&str; 8] = [
    "cargo install --locked --path .",
    "cargo binstall rcalint",
    "pip install ",
    "cd python && maturin ",
    "gh attestation verify ",
    "parallel --pipe ",
    "spark-submit examples/engines/spark.py ",
    "for file in incidents/*.md; do jq ",
];

/// A program that need not be installed. Output piped to it must be JSON.
const REVIEWDOG: &str = "| reviewdog ";

/// Returns a page with the real output of its commands, and the commands that fail.
pub(super) fn run(text: &str, stage: &Path) -> (String, Vec<String>) {
    let (mut page, mut failures) = (String::new(), Vec::new());
    let mut lines = text.split_inclusive('\n');
    while let Some(line) = lines.next() {
        page += line;
        if line != "```console\n" && line != "```sh\n" {
            continue;
        }
        let block: String = lines.by_ref().take_while(|line| *line != CLOSE).collect();
        if line == "```sh\n" {
            failures.extend(block.replace("\\\n", " ").lines().filter_map(|line| failure(line, stage)));
            page += &block;
        } else {
            page += &with_output(&block, stage);
        }
        page += CLOSE;
    }
    (page, failures)
}

/// Returns a block with the real output below each command.
fn with_output(block: &str, stage: &Path) -> String {
    let commands = block.split_inclusive('\n').filter(|line| line.starts_with("$ "));
    let shown = commands.map(|line| {
        let output = shell(&line[2..].replace(CARGO_RUN, "rcalint "), stage).output().unwrap();
        let output = String::from_utf8(output.stdout).unwrap();
        assert!(!output.contains(CLOSE), "the output of `{line}` would end the block");
        format!("{line}{output}")
    });
    shown.collect()
}

/// Runs a command whose output is not shown; returns a message if it fails.
fn failure(line: &str, stage: &Path) -> Option<String> {
    if ELSEWHERE.iter().any(|start| line.starts_with(start)) {
        return None;
    }
    let command = line.replace(CARGO_RUN, "rcalint ");
    let (command, sink) =
        command.split_once(REVIEWDOG).map_or((&*command, None), |(ours, sink)| (ours, Some(sink)));
    let output = shell(command, stage).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let succeeds = matches!(output.status.code(), Some(0 | 1));
    let is_fit = sink.is_none() || serde_json::from_str::<serde_json::Value>(&said).is_ok();
    (!succeeds || !is_fit).then(|| format!("`{line}` fails:\n{said}"))
}

#[test]
fn output_is_replaced_and_failures_are_reported() {
    let stage = tempfile::tempdir().unwrap();
    let page = "a\n```console\n$ echo b\nc\n$ echo d\n```\n```sh\nexit 2\nexit 1\n```\nend\n";
    let (text, failures) = run(page, stage.path());
    assert_eq!(text, page.replace("$ echo b\nc\n$ echo d\n", "$ echo b\nb\n$ echo d\nd\n"));
    assert_eq!(failures, ["`exit 2` fails:\n"]);
}
