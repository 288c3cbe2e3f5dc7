//! Options that select documents and control how they are read.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use crate::cli::args::size::parse_size;

/// Which documents are reviewed, and how they are read.
#[derive(Clone, Debug, Args)]
pub(crate) struct Selection {
    /// Files and folders; `-` is standard input [default: the current folder]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Read paths from a file, one per line or separated by NUL; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) files_from: Vec<PathBuf>,
    /// The name shown for standard input
    #[arg(long, value_name = "PATH", default_value = "<stdin>", hide_default_value = true)]
    pub(crate) stdin_filename: String,
    /// Also skip named files if they are not Markdown or HTML, are excluded or do not look like a postmortem
    #[arg(long)]
    pub(crate) force_filter: bool,
    /// Treat larger files as an error; `500k` is 500,000 bytes, `1MiB` is 1,048,576
    #[arg(long, value_name = "SIZE", default_value = "1MiB", value_parser = parse_size)]
    pub(crate) max_file_size: u64,
    /// Documents reviewed at the same time [default: one per core]; the output is the same
    #[arg(long, short, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
}

impl Selection {
    /// Returns how often standard input is read. As a document, it counts once even if it is named twice.
    pub(crate) fn stdin_uses(&self) -> usize {
        let is_stdin = |path: &&PathBuf| path.as_os_str() == "-";
        usize::from(self.paths.iter().any(|path| is_stdin(&path)))
            + self.files_from.iter().filter(is_stdin).count()
    }
}
