//! Runs the whole command line as people and programs do.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]
#![expect(clippy::disallowed_methods, reason = "a test sets its scene with files")]

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::postmortems::BLAMES;

mod adopt;
#[cfg(unix)]
mod config_from;
#[cfg(unix)]
mod diff;
mod drafts;
#[cfg(unix)]
mod fence;
mod folders;
#[cfg(unix)]
mod guard;
#[cfg(unix)]
mod hostile_repository;
mod html;
mod knowledge;
mod outputs;
#[cfg(unix)]
mod pages;
#[path = "../support/postmortems.rs"]
mod postmortems;
#[path = "../support/program.rs"]
mod program;
mod render;
mod report;
#[cfg(unix)]
mod repository;
#[cfg(unix)]
#[path = "../support/skip.rs"]
mod skip;
mod stream;
#[cfg(unix)]
#[path = "../support/tools.rs"]
mod tools;
#[cfg(unix)]
mod unix;

/// A postmortem that blames nobody.
const CALM: &str = "\
# Postmortem: queue outage

Date: 2026-02-03

## Impact

Messages were late for 20 minutes.

## Root cause

The queue had no limit on its length, and no alert watched its age.

## Action items

- Add a limit to the queue.
";

/// A temporary folder for a test.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// Creates a folder with one document of each kind and one file that is not a document.
    fn mixed() -> Self {
        let folder = Self::new();
        folder.write("incidents/blames.md", BLAMES);
        folder.write("incidents/calm.md", CALM);
        folder.write("README.md", "# Read me\n\nNothing happened.\n");
        folder
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = program::program();
        command.current_dir(self.path()).args(args).stdin(Stdio::null());
        command
    }

    fn run(&self, args: &[&str]) -> Run {
        Run::of(&self.command(args).output().unwrap())
    }

    fn run_with(&self, args: &[&str], input: &[u8]) -> Run {
        let mut command = self.command(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        Run::of(&child.wait_with_output().unwrap())
    }
}

/// The output and exit status of a run.
struct Run {
    out: String,
    err: String,
    code: i32,
}

impl Run {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Self { out: text(&output.stdout), err: text(&output.stderr), code: output.status.code().unwrap() }
    }

    #[track_caller]
    fn code(self, expected: i32) -> Self {
        assert_eq!(self.code, expected, "\nstdout: {}\nstderr: {}", self.out, self.err);
        self
    }

    /// Asserts that the run fails with exactly this line on standard error.
    #[track_caller]
    fn fails(self, line: &str) -> Self {
        assert_eq!(self.err, format!("rcalint: {line}\n"));
        self.code(2)
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap()
    }

    /// Returns the paths in one list of the report, in order.
    fn paths(&self, list: &str) -> Vec<String> {
        let json = self.json();
        let entries = json[list].as_array().unwrap().iter();
        entries.map(|entry| entry["path"].as_str().unwrap().to_owned()).collect()
    }
}

mod exit_status {
    use super::*;

    #[test]
    fn no_findings_exit_with_0() {
        let run = Folder::mixed().run(&["check", "incidents/calm.md"]).code(0);
        assert_eq!(run.err, "");
    }

    #[test]
    fn a_document_to_start_over_exits_with_1() {
        let run = Folder::mixed().run(&["check", "incidents/blames.md"]).code(1);
        assert!(run.out.contains("start over"), "{}", run.out);
        assert_eq!(run.err, "");
    }

    #[test]
    fn fail_on_sets_the_level() {
        let folder = Folder::mixed();
        folder.run(&["check", "incidents/blames.md", "--fail-on", "note"]).code(1);
        folder.run(&["check", "incidents/blames.md", "--fail-on", "never"]).code(0);
        folder.run(&["check", "incidents/blames.md", "--fail-on", "fatal"]).code(2);
    }

    #[test]
    fn exit_zero_ignores_findings_but_not_errors() {
        let folder = Folder::mixed();
        folder.run(&["check", "--exit-zero", "incidents/blames.md"]).code(0);
        folder.run(&["check", "--exit-zero", "incidents/blames.md", "gone.md"]).code(2);
    }

    #[test]
    fn readable_files_are_reported_before_exiting_with_2() {
        let run = Folder::mixed().run(&["gone.md", "incidents/blames.md", "--format", "json"]);
        assert_eq!(run.paths("documents"), ["incidents/blames.md"]);
        assert_eq!(run.paths("errors"), ["gone.md"]);
        run.fails("gone.md: no such file or folder");
    }

    #[test]
    fn a_mistyped_command_is_not_just_a_missing_file() {
        let folder = Folder::mixed();
        folder.run(&["chekc"]).fails("chekc: no such file or folder; did you mean `check`?");
        folder.write("chekc", BLAMES);
        folder.run(&["chekc"]).code(1);
    }

    #[test]
    fn wrong_usage_exits_with_2() {
        let folder = Folder::new();
        folder.run(&["--bogus"]).code(2);
        folder.run(&["check", "--max-file-size", "many"]).code(2);
        folder.run(&["check", "--jobs", "0"]).code(2);
        folder.run_with(&["check", "-", "--files-from", "-"], b"").code(2);
    }

    #[test]
    fn help_and_version_exit_with_0() {
        let folder = Folder::new();
        for args in [["--help", "--color=never"], ["check", "--help"], ["help", "explain"], ["rules", "-h"]] {
            assert!(folder.run(&args).code(0).out.contains("Usage:"));
        }
        assert!(folder.run(&["--version"]).code(0).out.starts_with("rcalint "));
    }
}

mod input {
    use super::*;

    #[test]
    fn files_that_are_not_text_are_reported() {
        let folder = Folder::new();
        folder.write("latin1.md", b"# Caf\xe9");
        folder.write("utf16.md", b"\xff\xfe#\0");
        folder.write("png.md", b"\x89PNG\0");
        folder.run(&["latin1.md"]).fails("latin1.md: not valid UTF-8 at byte 5");
        folder.run(&["utf16.md"]).fails("utf16.md: UTF-16 text, not UTF-8; save it as UTF-8 to have it read");
        folder.run(&["png.md"]).fails("png.md: a binary file, not text (NUL at byte 4)");
    }

    #[test]
    fn an_empty_file_is_an_error_if_it_was_named() {
        let folder = Folder::mixed();
        folder.write("empty.md", "");
        folder.run(&["empty.md"]).fails("empty.md: is empty");
        folder.run(&["--exit-zero"]).code(0);
        folder.run(&["empty.md", "--force-filter"]).code(0);
    }

    #[test]
    fn a_file_of_which_nothing_is_read_is_an_error_if_it_was_named() {
        let folder = Folder::mixed();
        folder.write("code.md", "```\nhuman error\n```\n<!-- a comment -->\n");
        folder.write("filled.html", "<html><body><div id=root></div><script src='a.js'/><p>Human error.");
        for name in ["code.md", "filled.html"] {
            let said = "no text was read: all of it is code, comments or hidden from readers";
            folder.run(&[name]).fails(&format!("{name}: {said}"));
            folder.run(&["questions", name]).fails(&format!("{name}: {said}"));
            let run = folder.run(&[name, "--force-filter", "--format=json"]).code(0);
            assert_eq!(run.json()["skipped"][0]["reason"], "empty");
        }
    }

    #[test]
    fn a_text_that_is_not_markdown_is_named() {
        let folder = Folder::new();
        for (name, text, said) in [
            (
                "a.md",
                "h2. Root cause\n\nThe disk was full.\n",
                "read as wiki markup of Jira, not as Markdown",
            ),
            ("w.md", "== Root cause ==\n\nDisk full.\n", "read as wiki markup of MediaWiki, not as Markdown"),
            ("b.md", "== Root cause\n\nThe disk was full.\n", "read as AsciiDoc, not as Markdown"),
            (
                "c.md",
                "Root cause\n~~~~~~~~~~\n\nThe disk was full.\n",
                "read as reStructuredText, not as Markdown",
            ),
            (
                "d.md",
                "    ## Root cause\n\n    The disk was full.\n",
                "every line is indented, which is code in Markdown; read as text",
            ),
        ] {
            folder.write(name, text);
            let notice = format!("rcalint: {name}: {said}\n");
            assert_eq!(folder.run(&[name]).code(0).err, notice);
            assert_eq!(folder.run(&["questions", name]).code(0).err, notice);
            assert_eq!(folder.run(&["report", name]).code(0).err, notice);
        }
        folder.write("e.md", "## Root cause\n\nThe disk was full.\n");
        assert_eq!(folder.run(&["e.md"]).code(0).err, "");
        let run = folder.run(&["b.md", "e.md", "--format=json"]).code(0);
        assert_eq!(run.json()["documents"][0]["markup"], "asciidoc");
        assert_eq!(run.json()["documents"][1].get("markup"), None);
    }

    #[test]
    fn a_large_file_is_an_error() {
        let folder = Folder::new();
        folder.write("exact.md", "a".repeat(2000));
        folder.run(&["exact.md", "--max-file-size", "2k"]).code(0);
        let args = ["exact.md", "--max-file-size", "1KiB"];
        folder.run(&args).fails("exact.md: larger than 1 KiB (see --max-file-size)");
        let input = "a".repeat(2000);
        let args = ["-", "--max-file-size", "1KiB"];
        folder.run_with(&args, input.as_bytes()).fails("<stdin>: larger than 1 KiB (see --max-file-size)");
    }

    #[test]
    fn a_megabyte_on_one_line_is_printed_in_part() {
        let folder = Folder::new();
        let words = "and so on ".repeat(100_000);
        folder.write("long.md", BLAMES.replace("human error.", &format!("human error, {words}.")));
        let run = folder.run(&["long.md"]);
        assert!(run.out.len() < 20_000, "{} bytes", run.out.len());
        assert!(run.out.lines().all(|line| line.chars().count() <= 120));
    }

    #[test]
    fn standard_input_has_a_name() {
        let folder = Folder::new();
        let run = folder.run_with(&["check", "-", "--format", "json"], BLAMES.as_bytes()).code(1);
        assert_eq!(run.paths("documents"), ["<stdin>"]);
        let args = ["-", "--stdin-filename", "inc/a.md", "--format", "concise"];
        assert!(folder.run_with(&args, BLAMES.as_bytes()).code(1).out.starts_with("inc/a.md:"));
        folder.run_with(&["-"], b"").fails("<stdin>: is empty");
    }

    #[test]
    fn a_path_counts_once() {
        let folder = Folder::mixed();
        let absolute = folder.path().canonicalize().unwrap().join("incidents/calm.md");
        let args = ["incidents/calm.md", "./incidents/calm.md", absolute.to_str().unwrap(), "--format=json"];
        assert_eq!(folder.run(&args).code(0).paths("documents"), ["incidents/calm.md"]);
    }

    #[test]
    fn a_byte_order_mark_does_not_shift_columns() {
        let folder = Folder::new();
        folder.write("bom.md", format!("\u{feff}{BLAMES}"));
        folder.write("plain.md", BLAMES);
        let lines = |name| folder.run(&[name, "--format=concise"]).code(1).out.replace(name, "");
        assert_eq!(lines("bom.md"), lines("plain.md"));
    }
}

mod output {
    use super::*;

    #[test]
    fn a_closed_pipe_is_not_an_error() {
        let folder = Folder::new();
        (0..400).for_each(|at| folder.write(&format!("{at}.md"), BLAMES));
        for format in ["text", "json", "jsonl"] {
            let mut command = folder.command(&["--format", format]);
            let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            let mut first = [0; 8];
            child.stdout.take().unwrap().read_exact(&mut first).unwrap();
            Run::of(&child.wait_with_output().unwrap()).code(0).silent();
        }
    }

    impl Run {
        #[track_caller]
        fn silent(&self) {
            assert_eq!(self.err, "");
        }
    }

    #[test]
    fn colour_is_used_on_request_or_on_terminals() {
        let folder = Folder::mixed();
        let colored = |args: &[&str], name: &str, value: &str| {
            folder.command(args).env(name, value).output().unwrap().stdout.contains(&0x1b)
        };
        let (plain, always) = (["incidents"], ["incidents", "--color=always"]);
        assert!(!colored(&plain, "TERM", "xterm"));
        assert!(colored(&plain, "CLICOLOR_FORCE", "1"));
        assert!(colored(&always, "NO_COLOR", "1"));
        assert!(!colored(&["incidents", "--color=never"], "CLICOLOR_FORCE", "1"));
    }

    #[test]
    fn quiet_prints_findings_only() {
        let folder = Folder::mixed();
        let run = folder.run(&["--quiet"]).code(1);
        assert!(!run.out.contains("start over:"), "{}", run.out);
        assert!(!run.out.contains("documents"), "{}", run.out);
    }

    #[test]
    fn escape_characters_of_a_document_are_made_visible() {
        let folder = Folder::new();
        folder.write("a.md", BLAMES.replace("cause was", "cause \u{1b}]0;title\u{7} was"));
        let run = folder.run(&["a.md", "--color=always"]);
        assert!(!run.out.contains("\u{1b}]0"));
    }
}
