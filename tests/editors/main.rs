//! The language server as editors use it: Neovim drives its own client, the extension for VS Code is checked, tested and
//! packed, and the one for Zed is compiled.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]
#![expect(clippy::disallowed_methods, reason = "a test writes its inputs and reads the results")]

mod neovim;
mod vscode;
mod zed;

#[path = "../support/skip.rs"]
mod skip;
#[path = "../support/tools.rs"]
mod tools;

use std::path::{Path, PathBuf};
use std::process::Command;

/// Returns a file or folder of the repository.
fn repository(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Runs a command with rcalint first on the `PATH`. Returns what it printed.
///
/// # Panics
///
/// Panics with what it printed if it fails.
#[track_caller]
fn run(command: &mut Command) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_rcalint")).parent().unwrap();
    let path = std::env::var("PATH").unwrap_or_default();
    command.env("PATH", format!("{}:{path}", program.display()));
    // New weights change none of the expectations.
    let output = command.env("RCALINT_NO_READER", "1").output().unwrap();
    let said =
        [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).concat();
    assert!(output.status.success(), "{command:?}\n{said}");
    said
}
