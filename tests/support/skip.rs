//! Skips a test that lacks a requirement, unless everything must be installed.

use std::io::Write;

/// Reports on standard error, bypassing the capture of test output, that a test is skipped because `what` is missing.
///
/// # Panics
///
/// Panics if everything must be installed, that is, if `CI` or `RCALINT_REQUIRE_TOOLS` is set.
#[track_caller]
pub(crate) fn missing(what: &str) {
    let must_be_there = ["CI", "RCALINT_REQUIRE_TOOLS"].iter().any(|name| std::env::var_os(name).is_some());
    assert!(!must_be_there, "`{what}` is not installed; this installs it: .ci/tools");
    let test = std::thread::current().name().unwrap_or("a test").to_owned();
    let _ = writeln!(std::io::stderr(), "skipped {test}: `{what}` is not installed; see .ci/tools");
}
