//! The command line: arguments in, text and an exit status out. A thin face over [`crate::review()`].

mod args;
mod changes;
mod commands;
mod config_at_revision;
mod console;
mod discover;
mod exit;
mod folders;
mod globs;
mod known;
mod output;
mod reviewer;
mod setup;

use std::ffi::OsString;
use std::io;

use clap::Parser;

use crate::cli::args::{Cli, Command, ConfigCommand, Global, LexiconCommand};
use crate::cli::commands::{
    baseline, check, config, explain, init, lexicon, manual, questions, render, rules,
};
use crate::cli::console::{Console, say, unwritable};
use crate::cli::setup::{Setup, SetupError};
use crate::render::escape::Terminal;

pub use crate::cli::exit::Exit;

/// Does what the arguments (the first is the program's name) ask for.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Exit {
    match Cli::try_parse_from(args::with_command(args.into_iter().collect())) {
        Ok(cli) => dispatch(&cli).unwrap_or_else(|error| unwritable(&error)),
        Err(message) => usage(&message),
    }
}

fn dispatch(cli: &Cli) -> io::Result<Exit> {
    let mut console = Console::new(cli.global.color.into());
    let console = &mut console;
    let global = &cli.global;
    match &cli.command {
        Command::Check(args) => configured(global, |setup| check::run(args, setup, console)),
        Command::Questions(args) => configured(global, |setup| questions::run(args, setup, console)),
        Command::Render(args) => configured(global, |setup| render::run(args, setup, console)),
        Command::Explain(args) => configured(global, |setup| explain::run(args, &setup.lexicon, console)),
        Command::Rules(args) => configured(global, |setup| rules::run(args, &setup.lexicon, console)),
        Command::Baseline(args) => configured(global, |setup| baseline::run(args, setup, console)),
        Command::Completions(args) => manual::completions(args, console),
        Command::Man(args) => manual::man(args, console),
        Command::Init => init::run(console),
        Command::Config(args) => match args.command {
            Some(ConfigCommand::Schema) => config::schema(console),
            None => configured(global, |setup| config::run(args, setup, console)),
        },
        Command::Lexicon(LexiconCommand::Check(args)) => lexicon::check(args, global, console),
        Command::Lexicon(LexiconCommand::List(args)) => {
            configured(global, |setup| lexicon::list(args, &setup.lexicon, console))
        }
    }
}

/// Does something with the settings that hold here, if they make sense.
fn configured(global: &Global, work: impl FnOnce(&Setup) -> io::Result<Exit>) -> io::Result<Exit> {
    Setup::load(global).map_or_else(|error| Ok(misconfigured(&error)), |setup| work(&setup))
}

/// Nothing is read with settings that are not what somebody meant.
fn misconfigured(error: &SetupError) -> Exit {
    say(&Terminal(&error.to_string()).to_string());
    Exit::Failure
}

/// Help and version are errors to the parser, but not to the caller.
fn usage(message: &clap::Error) -> Exit {
    let _ = message.print(); // the reader may have gone
    if message.use_stderr() { Exit::Failure } else { Exit::Clean }
}
