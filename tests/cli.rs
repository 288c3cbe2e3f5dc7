//! The whole command line, run as people and machines run it.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]
#![expect(clippy::disallowed_methods, reason = "a test sets its scene with files")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

#[path = "cli/adopt.rs"]
mod adopt;
#[cfg(unix)]
#[path = "cli/changes.rs"]
mod changes;
#[path = "cli/outputs.rs"]
mod outputs;
#[path = "cli/render.rs"]
mod render;
#[path = "cli/stream.rs"]
mod stream;

/// A postmortem that concludes with human error.
const BLAMES: &str = "\
# Postmortem: orders database outage

Date: 2026-01-02

## Impact

Customers could not order for 40 minutes.

## Root cause

The root cause was human error.

## Action items

- Be more careful.
";

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

/// A folder of its own for each test.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A folder with one document of each kind and one file that is none.
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
        let mut command = Command::new(env!("CARGO_BIN_EXE_rcalint"));
        command.current_dir(self.path()).args(args).stdin(Stdio::null());
        for name in ["NO_COLOR", "CLICOLOR_FORCE", "CLICOLOR"] {
            command.env_remove(name);
        }
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

/// What a run printed, and how it ended.
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

    /// The run fails with exactly this line on standard error.
    #[track_caller]
    fn fails(self, line: &str) -> Self {
        assert_eq!(self.err, format!("rcalint: {line}\n"));
        self.code(2)
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap()
    }

    /// The paths of one list of the report, in order.
    fn paths(&self, list: &str) -> Vec<String> {
        let json = self.json();
        let entries = json[list].as_array().unwrap().iter();
        entries.map(|entry| entry["path"].as_str().unwrap().to_owned()).collect()
    }
}

mod exit_status {
    use super::*;

    #[test]
    fn nothing_found_is_0() {
        let run = Folder::mixed().run(&["check", "incidents/calm.md"]).code(0);
        assert_eq!(run.err, "");
    }

    #[test]
    fn a_document_to_start_over_is_1() {
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
    fn exit_zero_forgives_findings_but_not_errors() {
        let folder = Folder::mixed();
        folder.run(&["check", "--exit-zero", "incidents/blames.md"]).code(0);
        folder.run(&["check", "--exit-zero", "incidents/blames.md", "gone.md"]).code(2);
    }

    #[test]
    fn everything_readable_is_reported_before_2() {
        let run = Folder::mixed().run(&["gone.md", "incidents/blames.md", "--format", "json"]);
        assert_eq!(run.paths("documents"), ["incidents/blames.md"]);
        assert_eq!(run.paths("errors"), ["gone.md"]);
        run.fails("gone.md: no such file or folder");
    }

    #[test]
    fn wrong_usage_is_2() {
        let folder = Folder::new();
        folder.run(&["--bogus"]).code(2);
        folder.run(&["check", "--max-file-size", "many"]).code(2);
        folder.run(&["check", "--jobs", "0"]).code(2);
        folder.run_with(&["check", "-", "--files-from", "-"], b"").code(2);
    }

    #[test]
    fn help_and_version_are_0() {
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
    fn what_is_not_text_is_named() {
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

mod folders {
    use super::*;

    #[test]
    fn the_current_folder_is_the_default() {
        let run = Folder::mixed().run(&["--format", "json"]).code(1);
        assert_eq!(run.paths("documents"), ["incidents/blames.md", "incidents/calm.md"]);
        assert_eq!(run.json()["skipped"][0]["path"], "README.md");
        assert_eq!(run.json()["skipped"][0]["reason"], "not-a-postmortem");
    }

    #[test]
    fn gitignore_is_respected_without_git() {
        let folder = Folder::mixed();
        folder.write(".gitignore", "blames.md\n");
        let run = folder.run(&["incidents", "--format", "json"]).code(0);
        assert_eq!(run.paths("documents"), ["incidents/calm.md"]);
    }

    #[test]
    fn a_named_file_is_read_whatever_it_looks_like() {
        let folder = Folder::mixed();
        folder.write("notes.txt", "Nothing happened.\n");
        let run = folder.run(&[".", "README.md", "notes.txt", "--format=json"]);
        let expected = ["README.md", "incidents/blames.md", "incidents/calm.md", "notes.txt"];
        assert_eq!(run.paths("documents"), expected);
    }

    #[test]
    fn force_filter_applies_to_named_files() {
        let folder = Folder::mixed();
        folder.write("notes.txt", BLAMES);
        let run =
            folder.run(&["README.md", "notes.txt", "incidents/calm.md", "--force-filter", "--format=json"]);
        assert_eq!(run.paths("documents"), ["incidents/calm.md"]);
        assert_eq!(run.paths("skipped"), ["README.md", "notes.txt"]);
        run.code(0);
    }

    #[test]
    fn a_folder_without_postmortems_says_so() {
        let run = Folder::new().run(&[]).code(0);
        assert_eq!(run.out, "no postmortems found\n");
    }

    #[test]
    fn lists_of_files_are_lines_or_nul_separated() {
        let folder = Folder::mixed();
        folder.write("lines", "incidents/calm.md\r\n\nREADME.md\n");
        folder.write("nuls", "README.md\0incidents/calm.md\0");
        let read = |name| folder.run(&["--files-from", name, "--format=json"]).paths("documents");
        assert_eq!(read("lines"), ["incidents/calm.md", "README.md"]);
        assert_eq!(read("nuls"), ["README.md", "incidents/calm.md"]);
        let run = folder.run_with(&["--files-from", "-", "--format=json"], b"incidents/calm.md\n").code(0);
        assert_eq!(run.paths("documents"), ["incidents/calm.md"]);
    }

    #[test]
    fn an_empty_list_is_not_the_current_folder() {
        let folder = Folder::mixed();
        folder.write("list", "");
        assert!(folder.run(&["--files-from", "list", "--format=json"]).code(0).paths("documents").is_empty());
        folder.run(&["--files-from", "gone"]).fails("gone: no such file or folder");
    }

    #[test]
    fn any_number_of_jobs_gives_the_same_bytes() {
        let folder = Folder::mixed();
        for at in 0..40 {
            folder.write(&format!("many/{at:02}.md"), if at % 3 == 0 { BLAMES } else { CALM });
        }
        folder.write("many/05.md", b"\xff");
        for format in
            ["text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "rdjson", "junit", "markdown"]
        {
            let run = |jobs| folder.run(&[".", "--format", format, "--jobs", jobs]).code(2);
            let (one, four) = (run("1"), run("4"));
            assert_eq!((one.out, one.err), (four.out, four.err), "{format}");
        }
    }

    #[test]
    fn jsonl_is_one_object_a_line() {
        let run = Folder::mixed().run(&[".", "gone.md", "--format", "jsonl"]).code(2);
        let kind = |line| serde_json::from_str::<Value>(line).unwrap()["type"].as_str().unwrap().to_owned();
        let kinds: Vec<String> = run.out.lines().map(kind).collect();
        assert_eq!(kinds, ["skipped", "document", "document", "error", "summary"]);
    }
}

mod output {
    use super::*;

    #[test]
    fn a_reader_that_goes_away_is_no_error() {
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
    fn colour_is_asked_for_or_for_terminals() {
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
    fn escapes_of_a_document_are_shown() {
        let folder = Folder::new();
        folder.write("a.md", BLAMES.replace("cause was", "cause \u{1b}]0;title\u{7} was"));
        let run = folder.run(&["a.md", "--color=always"]);
        assert!(!run.out.contains("\u{1b}]0"));
    }
}

mod knowledge {
    use super::*;

    #[test]
    fn the_sheet_is_for_one_file() {
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
    fn a_sheet_of_what_cannot_be_read_is_2() {
        let folder = Folder::new();
        folder.write("binary.md", b"a\xff\xfe");
        for (file, reason) in
            [("none.md", "no such file"), ("binary.md", "not valid UTF-8"), (".", "a folder")]
        {
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
    fn a_rule_a_bucket_and_all_can_be_explained() {
        let folder = Folder::new();
        assert!(folder.run(&["explain", "human-error"]).code(0).out.starts_with("human-error ("));
        assert!(folder.run(&["explain", "upstream"]).code(0).out.contains("Factors:"));
        let all = folder.run(&["explain"]).code(0).out;
        assert!(all.contains("human-error") && all.contains("operational-maturity"));
    }

    #[test]
    fn a_slip_in_a_name_gets_a_hint() {
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
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::process::CommandExt;

    use super::*;

    /// A user who owns nothing; the superuser reads everything.
    const NOBODY: u32 = 65_534;

    #[test]
    fn a_pipe_is_never_opened() {
        let folder = Folder::new();
        let made = Command::new("mkfifo").arg(folder.path().join("pipe.md")).status().unwrap();
        assert!(made.success());
        folder.run(&["pipe.md"]).fails("pipe.md: not a regular file");
        let run = folder.run(&["--format=json"]).code(0);
        assert_eq!(run.json()["skipped"][0]["reason"], "not-a-regular-file");
        folder.run(&["/dev/zero"]).fails("/dev/zero: not a regular file");
    }

    #[test]
    fn an_unreadable_file_is_named() {
        let folder = Folder::mixed();
        let path = folder.path().join("incidents/calm.md");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let mut command = folder.command(&["incidents", "incidents/calm.md", "--format=json"]);
        if fs::File::open(&path).is_ok() {
            command.uid(NOBODY);
        }
        let run = Run::of(&command.output().unwrap());
        assert_eq!(run.paths("documents"), ["incidents/blames.md"]);
        run.fails("incidents/calm.md: not readable: permission denied");
    }

    #[test]
    fn links_in_a_circle_end() {
        let folder = Folder::new();
        symlink("b.md", folder.path().join("a.md")).unwrap();
        symlink("a.md", folder.path().join("b.md")).unwrap();
        folder.run(&["a.md"]).fails("a.md: symbolic links that lead in a circle");
        fs::create_dir(folder.path().join("sub")).unwrap();
        symlink("..", folder.path().join("sub/up")).unwrap();
        folder.run(&["sub"]).code(0);
    }

    #[test]
    fn links_are_read_when_named_but_never_out_of_the_folder() {
        let (folder, elsewhere) = (Folder::mixed(), Folder::new());
        elsewhere.write("secret.md", BLAMES);
        symlink(elsewhere.path().join("secret.md"), folder.path().join("out.md")).unwrap();
        symlink(elsewhere.path(), folder.path().join("outdir")).unwrap();
        symlink("incidents/calm.md", folder.path().join("in.md")).unwrap();
        symlink("gone.md", folder.path().join("dead.md")).unwrap();
        folder.run(&["in.md"]).code(0);
        folder.run(&["dead.md"]).fails("dead.md: a symbolic link to a file that is not there");
        folder.run(&["out.md"]).fails("out.md: a symbolic link that leads out of the current folder");
        folder.run(&["outdir"]).fails("outdir: a symbolic link that leads out of the current folder");
        folder
            .run(&["outdir/secret.md"])
            .fails("outdir/secret.md: a symbolic link that leads out of the current folder");
        let run = folder.run(&["--format=json"]).code(1);
        assert_eq!(run.paths("documents"), ["incidents/blames.md", "incidents/calm.md"]);
        assert_eq!(run.paths("skipped"), ["README.md", "dead.md", "in.md", "out.md"]);
    }

    #[test]
    fn a_strange_name_stays_on_its_line() {
        let folder = Folder::new();
        let name = "a\n::error::b\u{1b}[31m.md";
        folder.write(name, BLAMES);
        let run = folder.run(&[name, "--format=concise"]).code(1);
        assert!(run.out.lines().all(|line| line.starts_with("a␊\\::error::b␛[31m.md:")), "{}", run.out);
        assert_eq!(folder.run(&["--format=json"]).code(1).paths("documents"), [name]);
        folder.write(name, "");
        folder.run(&[name]).fails("a␊\\::error::b␛[31m.md: is empty");
    }

    #[test]
    fn strange_files_are_named_and_the_rest_is_read() {
        let folder = Folder::mixed();
        Command::new("mkfifo").arg(folder.path().join("pipe.md")).status().unwrap();
        symlink("loop.md", folder.path().join("loop.md")).unwrap();
        let elsewhere = Folder::mixed();
        symlink(elsewhere.path().join("README.md"), folder.path().join("out.md")).unwrap();
        folder.write("latin1.md", b"# Caf\xe9");
        folder.write("utf16.md", b"\xff\xfea\0");
        folder.write("binary.md", b"\x7fELF\0");
        folder.write("line\nbreak\u{1b}.md", b"\xff");
        fs::File::create(folder.path().join("sparse.md")).unwrap().set_len(2 << 30).unwrap();
        let strange = [
            ("pipe.md", "not a regular file"),
            ("/dev/null", "not a regular file"),
            ("loop.md", "symbolic links that lead in a circle"),
            ("out.md", "a symbolic link that leads out of the current folder"),
            ("latin1.md", "not valid UTF-8 at byte 5"),
            ("utf16.md", "UTF-16 text, not UTF-8; save it as UTF-8 to have it read"),
            ("binary.md", "a binary file, not text (NUL at byte 4)"),
            ("line\nbreak\u{1b}.md", "not valid UTF-8 at byte 0"),
            ("sparse.md", "larger than 1 MiB (see --max-file-size)"),
            ("none.md", "no such file or folder"),
        ];
        let names = strange.map(|(name, _)| name);
        let run = folder.run(&[&names[..], &["incidents/calm.md", "--format=json"]].concat()).code(2);
        assert_eq!(run.paths("errors"), names);
        assert_eq!(run.paths("documents"), ["incidents/calm.md"]);
        let said = strange.map(|(name, reason)| {
            format!("rcalint: {}: {reason}\n", name.replace('\n', "␊").replace('\u{1b}', "␛"))
        });
        assert_eq!(run.err, said.concat());
    }

    #[test]
    fn a_full_disk_leaves_the_old_baseline_whole() {
        let folder = Folder::mixed();
        folder.write("rcalint-baseline.toml", "version = 1\n");
        let script = "trap '' XFSZ; ulimit -f 0; exec \"$0\" baseline create --force";
        let mut shell = Command::new("sh");
        shell.args(["-c", script, env!("CARGO_BIN_EXE_rcalint")]).current_dir(folder.path());
        let run = Run::of(&shell.output().unwrap());
        run.fails("rcalint-baseline.toml: not writable: file too large");
        let text = fs::read_to_string(folder.path().join("rcalint-baseline.toml")).unwrap();
        assert_eq!(text, "version = 1\n");
        let left = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(left, 3, "no temporary file is left");
    }

    #[test]
    fn a_baseline_takes_the_place_of_no_device() {
        let folder = Folder::mixed();
        let made = Command::new("mkfifo").arg(folder.path().join("pipe.toml")).status().unwrap();
        assert!(made.success());
        let args = ["baseline", "create", "--force", "--output", "pipe.toml"];
        folder.run(&args).fails("pipe.toml: not a regular file");
        folder.run(&["baseline", "create", "--output", "/dev/full"]).code(2);
    }

    #[test]
    fn a_list_may_be_a_pipe() {
        let folder = Folder::mixed();
        let run = folder.run_with(&["--files-from", "/dev/stdin", "--format=json"], b"incidents/calm.md");
        assert_eq!(run.code(0).paths("documents"), ["incidents/calm.md"]);
    }

    #[test]
    fn a_full_disk_is_an_error() {
        let folder = Folder::mixed();
        let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") else { return };
        let output = folder.command(&["incidents"]).stdout(full).output().unwrap();
        let run = Run::of(&output).code(2);
        assert!(run.err.starts_with("rcalint: the output cannot be written: "), "{}", run.err);
    }
}
