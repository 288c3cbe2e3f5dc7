//! Standard output and standard error, and how each wants to be written to.

use std::io::{self, ErrorKind, Stdout, Write};

use anstream::{AutoStream, ColorChoice};

use crate::cli::exit::Exit;
use crate::render::Options;
use crate::render::escape::Terminal;

/// Columns for a reader who is no terminal.
pub(crate) const PIPE_WIDTH: usize = 80;
/// Columns beyond which lines are hard to read.
const MAX_WIDTH: usize = 100;
/// Columns below which wrapping only hurts.
const MIN_WIDTH: usize = 40;

/// A reader that goes away (`rcalint | head`) has seen enough.
pub(crate) fn unwritable(error: &io::Error) -> Exit {
    if error.kind() == ErrorKind::BrokenPipe {
        return Exit::Clean;
    }
    say(&format!("the output cannot be written: {}", error.kind()));
    Exit::Failure
}

/// One line on standard error. Nobody can be told if that fails.
pub(crate) fn say(line: &str) {
    let _ = writeln!(io::stderr().lock(), "rcalint: {line}");
}

/// As [`say`], about a file.
pub(crate) fn say_of(path: &str, reason: &str) {
    say(&format!("{}: {}", Terminal(path), Terminal(reason)));
}

/// Standard output, and how it wants to be written to.
pub(crate) struct Console {
    pub(crate) out: AutoStream<Stdout>,
    pub(crate) color: bool,
    pub(crate) width: usize,
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
        // Taking styles out of text that has none costs as much as making it.
        if text.contains('\u{1b}') {
            return self.out.write_all(text.as_bytes());
        }
        self.out.as_inner().write_all(text.as_bytes())
    }

    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn terminal_width() -> usize {
    let size = terminal_size::terminal_size();
    size.map_or(PIPE_WIDTH, |(width, _)| usize::from(width.0).clamp(MIN_WIDTH, MAX_WIDTH))
}
