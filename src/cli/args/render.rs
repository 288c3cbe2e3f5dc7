//! `rcalint render`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::args::output::OutputArgs;
use crate::cli::args::size::parse_size;

pub(crate) const HELP: &str = "\
Examples:
  rcalint render --from report.json --format markdown > comment.md
                                          the comment for a review that ran elsewhere
  rcalint render --from - --output sarif=out.sarif --output junit=out.xml < report.json
                                          several formats from one review

The report need not be trusted: it has to have the shape of a report, and its
texts are escaped like those of any document. No document is read, so `text`
shows no source lines and `rdjson` no columns.

Exit status: 0, or 2 if the file is not a report or could not be read.";

#[derive(Debug, Args)]
pub(crate) struct RenderArgs {
    /// The report, as `rcalint check --format json` writes it; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) from: PathBuf,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    /// Treat a larger report as an error; `500k` is 500,000 bytes, `1MiB` is 1,048,576
    #[arg(long, value_name = "SIZE", default_value = "16MiB", value_parser = parse_size)]
    pub(crate) max_file_size: u64,
}
