//! The command line: parses arguments, prints text and returns an exit status. A thin layer over [`crate::review()`].

mod args;
mod commands;
mod console;
mod exit;
mod input;
mod ordered_parallel;
mod output;

pub use crate::cli::exit::Exit;

use std::ffi::OsString;
use std::io;

use clap::Parser;

use crate::cli::args::config::ConfigCommand;
use crate::cli::args::lexicon::LexiconCommand;
use crate::cli::args::{Cli, Command};
use crate::cli::commands::{
    baseline, check, config, explain, init, lexicon, lsp, manual, questions, render, report, rules,
};
use crate::cli::console::{Console, fail, unwritable};
use crate::settings::Settings;

/// Runs the program with these arguments; the first is its name.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Exit {
    match Cli::try_parse_from(args::with_command(args.into_iter().collect())) {
        Ok(cli) => dispatch(&cli).unwrap_or_else(|error| unwritable(&error)),
        Err(message) => print_usage(&message),
    }
}

fn dispatch(cli: &Cli) -> io::Result<Exit> {
    let console = &mut Console::new(cli.global.color.into());
    match &cli.command {
        Command::Check(args) => with_settings(cli, |settings| check::run(args, settings, console)),
        Command::Questions(args) => with_settings(cli, |settings| questions::run(args, settings, console)),
        Command::Report(args) => with_settings(cli, |settings| report::run(args, settings, console)),
        Command::Render(args) => with_settings(cli, |settings| render::run(args, settings, console)),
        Command::Explain(args) => {
            with_settings(cli, |settings| explain::run(args, &settings.lexicon, console))
        }
        Command::Rules(args) => with_settings(cli, |settings| rules::run(args, &settings.lexicon, console)),
        Command::Baseline(args) => with_settings(cli, |settings| baseline::run(args, settings, console)),
        Command::Lsp(_) => Ok(lsp::run(&cli.global)),
        Command::Completions(args) => manual::completions(args, console),
        Command::Man(args) => manual::man(args, console),
        Command::Init => init::run(console),
        Command::Config(args) => match args.command {
            Some(ConfigCommand::Schema) => config::schema(console),
            None => with_settings(cli, |settings| config::run(args, settings, console)),
        },
        Command::Lexicon(LexiconCommand::Check(args)) => lexicon::check(args, &cli.global, console),
        Command::Lexicon(LexiconCommand::Evidence(args)) => {
            with_settings(cli, |settings| lexicon::evidence(args, settings, console))
        }
        Command::Lexicon(LexiconCommand::List(args)) => {
            with_settings(cli, |settings| lexicon::list(args, &settings.lexicon, console))
        }
    }
}

/// Runs a command with the effective settings, unless the settings are invalid.
fn with_settings(cli: &Cli, run: impl FnOnce(&Settings) -> io::Result<Exit>) -> io::Result<Exit> {
    match Settings::load(&cli.global.settings()) {
        Ok(settings) => run(&settings),
        Err(error) => Ok(fail(&error)),
    }
}

/// Prints a message of clap. Clap treats help and version as errors; here they are a success.
fn print_usage(message: &clap::Error) -> Exit {
    let _ = message.print(); // standard output may be closed
    if message.use_stderr() { Exit::Failure } else { Exit::Clean }
}
