//! Neovim, with the settings that `docs/editor.md` shows for its version.

use std::fs;
use std::process::Command;

use super::tools::require;
use super::{repository, run};

/// Stops at a person, after a character that has another length in each encoding of positions.
const OUTAGE: &str = "# Postmortem: orders were delayed

## Summary

Orders were delayed for 40 minutes on 2 March 2026.

## Impact

About 300 orders were delayed.

## Root cause

\u{1f600} The root cause was human error: the on-call engineer deleted the wrong queue.

## Actions

- Engineers must be more careful.
";

/// Blames somebody, but is no postmortem.
const NOTES: &str = "# Notes\n\nIt was human error.\n";

#[test]
fn neovim_shows_the_findings_and_takes_the_actions() {
    if !require(&["nvim"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("init.lua", &settings(version()));
    write("outage.md", OUTAGE);
    write("notes.md", NOTES);
    write("rcalint.toml", "");
    let mut nvim = Command::new("nvim");
    nvim.args(["--headless", "--clean", "-n", "-u", "init.lua", "-c"]);
    nvim.arg(format!("luafile {}", repository("tests/editors/neovim.lua").display()));
    // An error in the script does not end Neovim; this does.
    nvim.args(["-c", "cquit 1"]);
    let said = run(nvim.current_dir(folder.path()).env("XDG_STATE_HOME", folder.path()));
    assert_eq!(said.matches("passed: ").count(), 7, "{said}");
}

/// Returns the minor version of Neovim 0.
fn version() -> u32 {
    let said = run(Command::new("nvim").arg("--version"));
    said.strip_prefix("NVIM v0.").and_then(|rest| rest.split('.').next()).unwrap().parse().unwrap()
}

/// Returns the settings on the page for this minor version: those under the last heading that names one up to it.
fn settings(version: u32) -> String {
    let page = fs::read_to_string(repository("docs/editor.md")).unwrap();
    let sections = page.split("\n### Neovim 0.").skip(1);
    let section = sections
        .filter(|section| first_number(section) <= version)
        .max_by_key(|section| first_number(section));
    let block = section.unwrap().split("```lua\n").nth(1).unwrap();
    block.split("```").next().unwrap().to_owned()
}

/// Returns the number at the start of a text.
fn first_number(text: &str) -> u32 {
    text.split(|sign: char| !sign.is_ascii_digit()).next().unwrap().parse().unwrap()
}

#[test]
fn the_page_has_settings_for_old_and_new_versions() {
    assert!(settings(7).contains("vim.lsp.start_client"));
    assert!(settings(10).contains("vim.lsp.start("));
    assert!(settings(11).contains("vim.lsp.enable"));
    assert_eq!(settings(12), settings(11));
}
