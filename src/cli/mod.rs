//! The command line: arguments in, text and an exit status out. A thin face over [`crate::review()`].

mod args;
mod baseline;
mod changes;
mod check;
mod config;
mod discover;
mod explain;
mod folders;
mod formats;
mod globs;
mod help;
mod in_order;
mod init;
mod known;
mod lexicon;
mod manual;
mod outputs;
mod past;
mod questions;
mod render;
mod reviewer;
mod rules;
mod setup;
mod stream;
mod whole;

use std::ffi::OsString;
use std::io::{self, ErrorKind, Stdout, Write};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use clap::Parser;

use crate::render::Options;
use crate::render::escape::Terminal;
use args::{Cli, Command, ConfigCommand, Global, LexiconCommand};
use setup::{Setup, SetupError};

/// Columns for a reader who is no terminal.
const PIPE_WIDTH: usize = 80;
/// Columns beyond which lines are hard to read.
const MAX_WIDTH: usize = 100;
/// Columns below which wrapping only hurts.
const MIN_WIDTH: usize = 40;

/// What the exit status says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: nothing at or above the level that fails.
    Clean,
    /// 1: something is.
    Findings,
    /// 2: wrong usage, or something could not be read or written.
    Failure,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Clean => Self::SUCCESS,
            Exit::Findings => Self::from(1),
            Exit::Failure => Self::from(2),
        }
    }
}

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

/// A reader that goes away (`rcalint | head`) has seen enough.
fn unwritable(error: &io::Error) -> Exit {
    if error.kind() == ErrorKind::BrokenPipe {
        return Exit::Clean;
    }
    say(&format!("the output cannot be written: {}", error.kind()));
    Exit::Failure
}

/// One line on standard error. Nobody can be told if that fails.
fn say(line: &str) {
    let _ = writeln!(io::stderr().lock(), "rcalint: {line}");
}

/// As [`say`], about a file.
fn say_of(path: &str, reason: &str) {
    say(&format!("{}: {}", Terminal(path), Terminal(reason)));
}

/// Standard output, and how it wants to be written to.
struct Console {
    out: AutoStream<Stdout>,
    color: bool,
    width: usize,
}

impl Console {
    fn new(choice: ColorChoice) -> Self {
        let stdout = io::stdout();
        let choice = if choice == ColorChoice::Auto { AutoStream::choice(&stdout) } else { choice };
        let out = AutoStream::new(stdout, choice);
        let width = if out.is_terminal() { terminal_width() } else { PIPE_WIDTH };
        Self { out, color: choice != ColorChoice::Never, width }
    }

    fn options(&self) -> Options<'static> {
        Options { width: self.width, color: self.color, ..Options::default() }
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        // Taking styles out of text that has none costs as much as making it.
        if text.contains('\u{1b}') {
            return self.out.write_all(text.as_bytes());
        }
        self.out.as_inner().write_all(text.as_bytes())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn terminal_width() -> usize {
    let size = terminal_size::terminal_size();
    size.map_or(PIPE_WIDTH, |(width, _)| usize::from(width.0).clamp(MIN_WIDTH, MAX_WIDTH))
}
