//! The `rcalint` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    rcalint::cli::run(std::env::args_os()).into()
}
