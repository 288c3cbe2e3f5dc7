//! `rcalint completions` and `rcalint man`: what shells and manuals need, made from the arguments themselves.

use std::io;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::cli::args::Cli;
use crate::cli::console::{Console, say};
use crate::cli::exit::Exit;
use crate::render::escape::Terminal;

pub(crate) const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  rcalint completions bash > ~/.local/share/bash-completion/completions/rcalint
  rcalint completions zsh > ~/.zfunc/_rcalint
  rcalint completions fish > ~/.config/fish/completions/rcalint.fish";

pub(crate) const MAN_EXAMPLES: &str = "\
Examples:
  rcalint man > rcalint.1                 the page about the whole
  rcalint man check > rcalint-check.1     the page about one command
  rcalint man baseline-create > rcalint-baseline-create.1
  man ./rcalint.1                         read it";

#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// A command, as the name of its page has it
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

/// Prints a completion script.
pub(crate) fn completions(args: &CompletionsArgs, console: &mut Console) -> io::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), NAME, &mut script);
    console.write(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Clean)
}

/// Prints a manual page.
pub(crate) fn man(args: &ManArgs, console: &mut Console) -> io::Result<Exit> {
    let wanted = args.command.as_deref().unwrap_or_default();
    let Some(command) = page(wanted) else {
        say(&format!("no command is called `{}`", Terminal(wanted)));
        return Ok(Exit::Failure);
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(command).render(&mut text)?;
    console.write(&String::from_utf8_lossy(&text))?;
    Ok(Exit::Clean)
}

const NAME: &str = "rcalint";

/// The command of a page: `baseline-create` for `rcalint baseline create`.
fn page(name: &str) -> Option<clap::Command> {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    for part in name.split('-').filter(|part| !part.is_empty()) {
        command = command.find_subcommand(part)?.clone();
    }
    Some(command)
}
