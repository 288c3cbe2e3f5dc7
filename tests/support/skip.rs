//! What happens to a test that lacks something: it is skipped, but not where everything has to be there.

use std::io::Write;

/// Says on standard error, past the capture of test output, that a test is skipped for want of `what`.
///
/// # Panics
///
/// Where everything has to be installed: if `CI` or `RCALINT_REQUIRE_TOOLS` is set.
#[track_caller]
pub(crate) fn missing(what: &str) {
    let must_be_there = ["CI", "RCALINT_REQUIRE_TOOLS"].iter().any(|name| std::env::var_os(name).is_some());
    assert!(!must_be_there, "`{what}` is not installed; this installs it: .ci/tools");
    let test = std::thread::current().name().unwrap_or("a test").to_owned();
    let _ = writeln!(std::io::stderr(), "skipped {test}: `{what}` is not installed; see .ci/tools");
}
