//! `rcalint completions` and `rcalint man`, generated from the arguments.

use std::io;

use clap::CommandFactory;

use crate::cli::args::Cli;
use crate::cli::args::manual::{CompletionsArgs, ManArgs};
use crate::cli::console::{Console, fail};
use crate::cli::exit::Exit;

const PROGRAM: &str = "rcalint";

/// Prints a completion script.
pub(crate) fn completions(args: &CompletionsArgs, console: &mut Console) -> io::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), PROGRAM, &mut script);
    console.write(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Clean)
}

/// Prints a manual page.
pub(crate) fn man(args: &ManArgs, console: &mut Console) -> io::Result<Exit> {
    let wanted = args.command.as_deref().unwrap_or_default();
    let Some(command) = find_command(wanted) else {
        return Ok(fail(&format!("unknown command `{wanted}`")));
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(command).render(&mut text)?;
    console.write(&String::from_utf8_lossy(&text))?;
    Ok(Exit::Clean)
}

/// Finds the command of a manual page: `baseline-create` is `rcalint baseline create`, and an empty name is `rcalint`.
fn find_command(name: &str) -> Option<clap::Command> {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    for part in name.split('-').filter(|part| !part.is_empty()) {
        command = command.find_subcommand(part)?.clone();
    }
    Some(command)
}
