//! Tests of the GitHub action, the GitLab job, the pre-commit hook and the release. The scripts run as in production,
//! against a server on this machine.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]
#![expect(clippy::disallowed_methods, reason = "a test writes its inputs and reads the results")]

mod archive;
mod checkers;
mod files;
mod follow_up;
mod github;
mod github_api;
mod github_base;
mod gitlab;
mod install;
mod names;
mod openapi;
mod pre_commit;
mod report_page;
mod scene;
mod server;

#[path = "../support/packages.rs"]
mod packages;
#[path = "../support/program.rs"]
mod program;
#[path = "../support/skip.rs"]
mod skip;
#[path = "../support/tools.rs"]
mod tools;

use std::path::Path;

use tools::require;

/// Returns the root of the repository.
fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// True if the scripts can run.
#[track_caller]
fn can_run_scripts() -> bool {
    require(&["bash", "git", "curl", "jq"])
}

/// True if the trusted half of the two workflows for forks can also run.
#[track_caller]
fn can_unpack() -> bool {
    can_run_scripts() && require(&["unzip"])
}
