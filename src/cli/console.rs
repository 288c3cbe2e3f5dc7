//! Standard output and standard error.

use std::fmt::Display;
use std::io::{self, ErrorKind, Stdout, Write};

use anstream::{AutoStream, ColorChoice};

use crate::cli::exit::Exit;
use crate::model::Markup;
use crate::render::Options;
use crate::render::escape::Terminal;
use crate::report::FileError;

/// Number of columns if the output is not a terminal.
pub(crate) const PIPE_WIDTH: usize = 80;
/// Maximum number of columns, because longer lines are hard to read.
const MAX_WIDTH: usize = 100;
/// Minimum number of columns for wrapping.
const MIN_WIDTH: usize = 40;

/// Standard output, with a suitable width and colours.
pub(crate) struct Console {
    out: AutoStream<Stdout>,
    color: bool,
    width: usize,
}

impl Console {
    pub(crate) fn new(choice: ColorChoice) -> Self {
        let stdout = io::stdout();
        let choice = if choice == ColorChoice::Auto { AutoStream::choice(&stdout) } else { choice };
        let out = AutoStream::new(stdout, choice);
        let width = if out.is_terminal() { terminal_width() } else { PIPE_WIDTH };
        Self { out, color: choice != ColorChoice::Never, width }
    }

    pub(crate) fn options(&self) -> Options<'static> {
        Options { width: self.width, color: self.color, ..Options::default() }
    }

    pub(crate) fn write(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())
    }

    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Prints one line on standard error. An error is ignored, because there is nowhere to report it.
pub(crate) fn print_error(message: &str) {
    let _ = writeln!(io::stderr().lock(), "rcalint: {message}");
}

/// Prints the reason why a file could not be used.
pub(crate) fn print_file_error(error: &FileError) {
    print_error(&format!("{}: {}", Terminal(&error.path), Terminal(&error.message)));
}

/// Prints how a document is read, if it is neither Markdown nor a page in HTML.
pub(crate) fn print_markup(path: &str, markup: Option<Markup>) {
    if let Some(markup) = markup {
        print_file_error(&FileError { path: path.to_owned(), message: markup.notice().to_owned() });
    }
}

/// Prints the error and returns [`Exit::Failure`].
pub(crate) fn fail(error: &impl Display) -> Exit {
    print_error(&Terminal(&error.to_string()).to_string());
    Exit::Failure
}

/// Prints the reason why a file could not be used and returns [`Exit::Failure`].
pub(crate) fn fail_file(error: &FileError) -> Exit {
    print_file_error(error);
    Exit::Failure
}

/// Returns the exit status of a run whose output cannot be written. A closed pipe (`rcalint | head`) is not a failure.
pub(crate) fn unwritable(error: &io::Error) -> Exit {
    if error.kind() == ErrorKind::BrokenPipe {
        return Exit::Clean;
    }
    print_error(&format!("the output cannot be written: {}", error.kind()));
    Exit::Failure
}

fn terminal_width() -> usize {
    let size = terminal_size::terminal_size();
    size.map_or(PIPE_WIDTH, |(width, _)| usize::from(width.0).clamp(MIN_WIDTH, MAX_WIDTH))
}
