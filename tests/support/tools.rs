//! Programs that tests run besides rcalint. `.ci/tools` installs all of them.

use std::process::{Command, Stdio};

use super::skip::missing;

/// How to detect a tool that is not a program with an option `--version`.
const PROBES: [(&str, &[&str]); 3] = [
    ("unzip", &["unzip", "-v"]),
    ("duckdb", &["python3", "-c", "import duckdb"]),
    ("pyspark", &["python3", "-c", "import pyspark"]),
];

/// True if all of these tools are installed and the test can continue; otherwise see [`missing`].
#[track_caller]
pub(crate) fn require(tools: &[&str]) -> bool {
    for tool in tools {
        if !is_installed(tool) {
            missing(tool);
            return false;
        }
    }
    true
}

fn is_installed(tool: &str) -> bool {
    let probe = PROBES.iter().find(|(name, _)| *name == tool);
    let words = probe.map_or_else(|| vec![tool, "--version"], |(_, words)| words.to_vec());
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
