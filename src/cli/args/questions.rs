//! `rcalint questions`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::args::size::parse_size;

pub(crate) const HELP: &str = "\
Examples:
  rcalint questions incident.md > sheet.md  to print, or to paste into a document
  rcalint questions - < incident.md         the same for standard input
  rcalint questions --format json a.md      all questions, with what they are about

Exit status: 0, or 2 if the file could not be read.";

#[derive(Debug, Args)]
pub(crate) struct QuestionsArgs {
    /// The postmortem; `-` is standard input
    #[arg(value_name = "FILE")]
    pub(crate) path: PathBuf,
    /// Output format
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "markdown")]
    pub(crate) format: SheetFormat,
    /// The name shown for standard input
    #[arg(long, value_name = "PATH", default_value = "<stdin>", hide_default_value = true)]
    pub(crate) stdin_filename: String,
    /// Treat a larger file as an error; `500k` is 500,000 bytes, `1MiB` is 1,048,576
    #[arg(long, value_name = "SIZE", default_value = "1MiB", value_parser = parse_size)]
    pub(crate) max_file_size: u64,
}

/// Formats of the facilitator's sheet.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum SheetFormat {
    /// To print, or to paste into a document
    Markdown,
    /// The whole report, as `check --format json` prints it
    Json,
}
