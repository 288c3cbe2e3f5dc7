//! What stands around the program: the action, the template, the hook, the release. The scripts are run as they are
//! run there, against a server on this machine. Where a tool they need is missing, the test says so and is skipped.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]
#![expect(clippy::disallowed_methods, reason = "a test sets its scene with files, and reads what came of it")]

mod archive;
mod files;
mod follow_up;
mod github;
mod github_base;
mod gitlab;
mod install;
mod pre_commit;
mod scene;
mod server;

use std::path::Path;
use std::process::{Command, Stdio};

/// The repository.
fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Whether all these programs are here; if not, says that the test is skipped.
fn have(tools: &[&str]) -> bool {
    let missing = |tool: &&&str| {
        let found = Command::new(tool).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        !found.is_ok_and(|status| status.success())
    };
    let Some(tool) = tools.iter().find(missing) else { return true };
    #[expect(clippy::print_stderr, reason = "a test that does nothing has to say so")]
    {
        eprintln!("skipped: `{tool}` is not installed");
    }
    false
}

/// What the scripts need.
fn have_scripting() -> bool {
    have(&["bash", "git", "curl", "jq"])
}

/// What the trusted half of the pair for forks needs besides.
fn have_unpacking() -> bool {
    have_scripting() && Command::new("unzip").arg("-v").output().is_ok_and(|output| output.status.success())
}
