//! What the README shows is what happens: every command in it is run, and its output compared.
//!
//! A line `[..]` in a shown output stands for any number of lines. A block without one is written by
//! `RCALINT_NORMALISE=1 cargo test --test readme`. The commands are run in a folder of their own with a copy of the
//! examples, one after the other, so that a command may write a file that a later one reads.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]
#![expect(clippy::disallowed_methods, reason = "a test reads, and on request rewrites, the page it checks")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What begins and ends a block of commands.
const OPEN: &str = "```console\n";
const CLOSE: &str = "```\n";

/// A line that stands for any number of lines.
const ELISION: &str = "[..]";

/// What stands for the program in commands, beside its name.
const CARGO_RUN: &str = "cargo run --release -- ";

/// What mends the page.
const MEND: &str = "RCALINT_NORMALISE=1 cargo test --test readme";

#[test]
fn every_command_does_what_is_shown() {
    let text = fs::read_to_string(page()).unwrap();
    let stage = stage();
    let (blocks, rewritten) = blocks(&text, stage.path());
    assert!(blocks.len() > 5, "the blocks of commands are gone");
    if std::env::var("RCALINT_NORMALISE").is_ok() {
        fs::write(page(), rewritten).unwrap();
        return;
    }
    let wrong: Vec<String> = blocks.iter().filter_map(Block::complaint).collect();
    assert!(wrong.is_empty(), "{}\n{MEND} mends blocks without `{ELISION}`", wrong.join("\n"));
}

fn page() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")
}

/// A folder with what the page's commands read.
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

/// The blocks of a page, and the page with what they should show.
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

/// A command, what is shown under it, and what it prints.
struct Step {
    command: String,
    shown: String,
    real: Option<String>,
}

/// Commands with the output that is shown under each.
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

    /// The block with what its commands print.
    fn real(&self) -> String {
        let print =
            |Step { command, shown, real }: &Step| format!("$ {command}\n{}", real.as_ref().unwrap_or(shown));
        self.commands.iter().map(print).collect()
    }
}

/// What a command prints to either stream; nothing for those that are only told about.
fn output_of(command: &str, stage: &Path) -> Option<String> {
    if command.starts_with("cargo ") && !command.starts_with(CARGO_RUN) {
        assert!(
            ["cargo test", "cargo install --path ."].contains(&command),
            "`{command}` is no command of ours"
        );
        return None;
    }
    // What depends on the folder it is run in.
    if command.contains("  # ") || command.starts_with("git diff ") {
        return None;
    }
    let command = command.replace(CARGO_RUN, "rcalint ");
    assert!(command.starts_with("rcalint"), "`{command}` is no command of ours");
    let program = Path::new(env!("CARGO_BIN_EXE_rcalint"));
    let search = format!("{}:{}", program.parent().unwrap().display(), env!("PATH"));
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("exec 2>&1; {command}")]).stdin(Stdio::null());
    shell.current_dir(stage).env("PATH", search);
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "CLICOLOR", "COLUMNS"] {
        shell.env_remove(name);
    }
    Some(String::from_utf8(shell.output().unwrap().stdout).unwrap())
}

/// Whether an output is as shown, where `[..]` stands for any number of lines.
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
fn an_elision_stands_for_any_lines() {
    assert!(matches("a\nb\n", "a\nb\n"));
    assert!(matches("a\n[..]\nc\n", "a\nb\nb\nc\n"));
    assert!(matches("a\n[..]\n", "a\nb\n"));
    assert!(matches("[..]\nb\n", "a\nb\n"));
    assert!(!matches("a\n", "a\nb\n"));
    assert!(!matches("a\n[..]\nd\n", "a\nb\nc\n"));
    assert!(!matches("a\n[..]\nb\n", "a\nb\nc\n"));
}
