//! The program, for tests that are not about the reader. New weights then change none of their expectations.

use std::process::Command;

/// Returns a command that runs rcalint with the lexicon alone and without the user's colour settings.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rcalint"));
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "CLICOLOR"] {
        command.env_remove(name);
    }
    without_reader(&mut command);
    command
}

/// Lets rcalint judge by the lexicon alone, also where another program starts it.
pub(crate) fn without_reader(command: &mut Command) -> &mut Command {
    command.env("RCALINT_NO_READER", "1")
}
