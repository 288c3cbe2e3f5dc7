//! Runs every command in the README and compares its output with the one shown.
//!
//! A line `[..]` in the output shown matches any number of lines. To rewrite a block without such a line, run
//! `RCALINT_NORMALISE=1 cargo test --test cli readme`. The commands run one after the other in a folder with a copy of
//! the examples, so that a command can write a file for a later one.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]
#![expect(clippy::disallowed_methods, reason = "a test reads, and on request rewrites, the page it checks")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The start of a block of commands.
const OPEN: &str = "```console\n";
const CLOSE: &str = "```\n";

/// A line that matches any number of lines.
const ELISION: &str = "[..]";

/// A prefix that may replace the name of the program in commands.
const CARGO_RUN: &str = "cargo run --release -- ";

/// The command that updates the page.
const UPDATE: &str = "RCALINT_NORMALISE=1 cargo test --test cli readme";

#[test]
fn every_command_prints_what_is_shown() {
    let text = fs::read_to_string(page()).unwrap();
    let stage = stage();
    let (blocks, rewritten) = blocks(&text, stage.path());
    assert!(blocks.len() > 5, "the blocks of commands are gone");
    let update = std::env::var("RCALINT_NORMALISE").is_ok();
    if update {
        fs::write(page(), rewritten).unwrap();
    }
    // An update leaves blocks with an elision to the author.
    let checked = blocks.iter().filter(|block| !update || block.has_elision());
    let wrong: Vec<String> = checked.filter_map(Block::complaint).collect();
    assert!(wrong.is_empty(), "{}\n{UPDATE} updates blocks without `{ELISION}`", wrong.join("\n"));
}

fn page() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")
}

/// Creates a folder with the files that the commands of the page read.
fn stage() -> tempfile::TempDir {
    let stage = tempfile::tempdir().unwrap();
    let (from, to) = (Path::new(env!("CARGO_MANIFEST_DIR")).join("examples"), stage.path().join("examples"));
    fs::create_dir(&to).unwrap();
    let entries = fs::read_dir(from).unwrap().map(Result::unwrap);
    for entry in entries.filter(|entry| entry.path().is_file()) {
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
    stage
}

/// The start of a block of commands whose output is not shown.
const SILENT: &str = "```sh\n";

/// Prefixes of commands that install something; `tests/ci` and the release workflow test these.
const INSTALLS: [&str; 2] = ["pip ", "cd python && maturin "];

/// A program that need not be installed here. Output piped to it must be JSON.
const ELSEWHERE: &str = "| reviewdog ";

#[test]
fn every_shell_command_succeeds() {
    let text = fs::read_to_string(page()).unwrap();
    let stage = repository();
    let blocks = text.split(SILENT).skip(1).map(|block| block.split(CLOSE).next().unwrap());
    let lines: Vec<&str> = blocks.flat_map(str::lines).collect();
    let ours = lines.iter().filter(|line| !INSTALLS.iter().any(|start| line.starts_with(start)));
    let mut seen = 0;
    for line in ours {
        let (command, sink) =
            line.split_once(ELSEWHERE).map_or((*line, None), |(ours, sink)| (ours, Some(sink)));
        let output = shell(command, stage.path()).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(matches!(output.status.code(), Some(0 | 1)), "{line}\n{said}");
        assert!(sink.is_none() || serde_json::from_str::<serde_json::Value>(&said).is_ok(), "{line}\n{said}");
        seen += 1;
    }
    assert!(seen >= 4, "the lines are gone");
    let results = fs::read_to_string(stage.path().join("results.jsonl")).unwrap();
    assert!(results.starts_with("{\"type\":\"document\",\"path\":\"a.md\""), "{results}");
}

/// Creates a repository from the stage, on a branch that changes a document, with a document as a JSON line.
fn repository() -> tempfile::TempDir {
    let stage = stage();
    let git = |line: &str| {
        let command = format!("git -c user.name=a -c user.email=a@example.com {line}");
        assert!(shell(&command, stage.path()).output().unwrap().status.success(), "{line}");
    };
    git("init --quiet --initial-branch=main");
    git("add --all");
    git("commit --quiet --message first");
    let draft = stage.path().join("examples/08-draft.md");
    fs::write(&draft, fs::read_to_string(&draft).unwrap() + "\nMore.\n").unwrap();
    let line = serde_json::json!({"path": "a.md", "text": "# Root cause\n\nHuman error.\n"});
    fs::write(stage.path().join("documents.jsonl"), line.to_string() + "\n").unwrap();
    stage
}

/// Returns the blocks of a page, and the page with the correct output in them.
fn blocks(text: &str, stage: &Path) -> (Vec<Block>, String) {
    let mut blocks = Vec::new();
    let mut rewritten = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(OPEN) {
        let (before, block) = rest.split_at(at + OPEN.len());
        let end = block.find(CLOSE).expect("a block that is not closed");
        let block_text = &block[..end];
        let block_read = Block::run(block_text, stage);
        rewritten += before;
        rewritten += &if block_text.contains(ELISION) { block_text.to_owned() } else { block_read.real() };
        blocks.push(block_read);
        rest = &block[end..];
    }
    (blocks, rewritten + rest)
}

/// A command, the output shown for it, and its real output.
struct Step {
    command: String,
    shown: String,
    real: Option<String>,
}

/// Commands with the output shown below each.
struct Block {
    commands: Vec<Step>,
}

impl Block {
    fn run(text: &str, stage: &Path) -> Self {
        let mut commands: Vec<Step> = Vec::new();
        for line in text.split_inclusive('\n') {
            match line.strip_prefix("$ ") {
                Some(command) => {
                    let (command, real) =
                        (command.trim_end().to_owned(), output_of(command.trim_end(), stage));
                    commands.push(Step { command, shown: String::new(), real });
                }
                None => commands.last_mut().expect("output without a command").shown += line,
            }
        }
        Self { commands }
    }

    fn complaint(&self) -> Option<String> {
        let wrong = |Step { command, shown, real }: &Step| {
            let real = real.as_ref()?;
            (!matches(shown, real)).then(|| format!("$ {command}\nshown:\n{shown}\nreal:\n{real}"))
        };
        self.commands.iter().find_map(wrong)
    }

    fn has_elision(&self) -> bool {
        self.commands.iter().any(|step| step.shown.contains(ELISION))
    }

    /// Returns the block with the real output of its commands.
    fn real(&self) -> String {
        let print =
            |Step { command, shown, real }: &Step| format!("$ {command}\n{}", real.as_ref().unwrap_or(shown));
        self.commands.iter().map(print).collect()
    }
}

/// Returns the output of a command to both streams; `None` for commands that are only mentioned.
fn output_of(command: &str, stage: &Path) -> Option<String> {
    if command.starts_with("cargo ") && !command.starts_with(CARGO_RUN) {
        assert!(
            ["cargo test", "cargo install --path ."].contains(&command),
            "`{command}` is no command of ours"
        );
        return None;
    }
    // The output depends on the folder in which the command runs.
    if command.contains("  # ") || command.starts_with("git diff ") {
        return None;
    }
    let command = command.replace(CARGO_RUN, "rcalint ");
    assert!(command.starts_with("rcalint"), "`{command}` is no command of ours");
    Some(String::from_utf8(shell(&command, stage).output().unwrap().stdout).unwrap())
}

/// Returns a shell command that can use the program, with both streams combined.
fn shell(command: &str, stage: &Path) -> Command {
    let program = Path::new(env!("CARGO_BIN_EXE_rcalint"));
    let search = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("exec 2>&1; {command}")]).stdin(Stdio::null());
    shell.current_dir(stage).env("PATH", search);
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "CLICOLOR", "COLUMNS", "GITHUB_STEP_SUMMARY"] {
        shell.env_remove(name);
    }
    shell
}

/// True if an output is as shown, where `[..]` matches any number of lines.
fn matches(shown: &str, real: &str) -> bool {
    let shown: Vec<&str> = shown.lines().collect();
    let mut real: Vec<&str> = real.lines().collect();
    let mut parts = shown.split(|line| *line == ELISION);
    let first = parts.next().unwrap_or_default();
    if !real.starts_with(first) {
        return false;
    }
    real.drain(..first.len());
    let mut exact = true;
    for part in parts {
        let Some(at) = (0..=real.len()).find(|&at| real[at..].starts_with(part)) else { return false };
        exact = part.is_empty();
        real.drain(..at + part.len());
    }
    real.is_empty() || (shown.contains(&ELISION) && exact)
}

#[test]
fn an_elision_matches_any_lines() {
    assert!(matches("a\nb\n", "a\nb\n"));
    assert!(matches("a\n[..]\nc\n", "a\nb\nb\nc\n"));
    assert!(matches("a\n[..]\n", "a\nb\n"));
    assert!(matches("[..]\nb\n", "a\nb\n"));
    assert!(!matches("a\n", "a\nb\n"));
    assert!(!matches("a\n[..]\nd\n", "a\nb\nc\n"));
    assert!(!matches("a\n[..]\nb\n", "a\nb\nc\n"));
}
