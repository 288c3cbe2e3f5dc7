//! The extension for Zed: it compiles to what Zed loads, with the versions that are locked.

use std::io::{self, Write};
use std::process::{Command, Stdio};

use super::{repository, run};

/// The target for which Zed compiles extensions.
const TARGET: &str = "wasm32-wasip2";

#[test]
fn the_extension_compiles_for_zed() {
    if !is_installed() {
        // Unlike the other tools, it is not a package that can be had everywhere.
        let _ = writeln!(io::stderr(), "skipped: the target {TARGET} is not installed; see .ci/tools");
        return;
    }
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--locked", "--target", TARGET, "--target-dir"]);
    cargo.arg(repository("target/zed")).current_dir(repository("editors/zed"));
    run(&mut cargo);
    assert!(repository(&format!("target/zed/{TARGET}/debug/rcalint_zed.wasm")).is_file());
}

/// True if the standard library for the target is installed.
fn is_installed() -> bool {
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "target-libdir", "--target", TARGET]).stderr(Stdio::null());
    let printed = rustc.output().map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    printed.is_ok_and(|folder| std::path::Path::new(folder.trim()).is_dir())
}
