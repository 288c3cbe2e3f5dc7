//! `rcalint report`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::args::output::{FileFormat, OutputTarget, parse_link_base, parse_target};
use crate::cli::args::selection::Selection;
use crate::collection::By;
use crate::render::collection::CollectionFormat;

pub(crate) const HELP: &str = "\
Examples:
  rcalint report incidents/ --output report.html
                                          a page about all postmortems in a folder
  rcalint report --since 2025 --by month  this year, month by month, as Markdown
  rcalint report --output report.html --output report.csv --format json > report.json
                                          several formats from one run
  rcalint report --from results.jsonl --output report.html
                                          from reviews that `check --format jsonl` saved

A document's date is the first one in its front matter, its title, its path or
its opening lines. Nothing is counted by author or by person.

Exit status: 0, or 2 if a file could not be read or written.";

#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    #[command(flatten)]
    pub(crate) selection: Selection,
    /// Read saved reviews instead of documents, as `check --format jsonl` or `json` writes them; repeatable, and `-` is
    /// standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["paths", "files_from", "baseline"])]
    pub(crate) from: Vec<PathBuf>,
    /// Only documents of this date or later: 2026, 2026-01 or 2026-01-02
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub(crate) since: Option<String>,
    /// Only documents of this date or earlier
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub(crate) until: Option<String>,
    /// What documents are counted by [default: quarter, or year if there would be many quarters]
    #[arg(long, value_enum, value_name = "PERIOD")]
    pub(crate) by: Option<By>,
    /// The title of the report
    #[arg(long, value_name = "TEXT", default_value = "What keeps coming back")]
    pub(crate) title: String,
    /// Output format of standard output [default: markdown, or nothing there if --output is given]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) format: Option<CollectionFormat>,
    /// Write a format to a file, whole or not at all; repeatable, and `-` is standard output. Without FORMAT=, the
    /// extension of the path tells the format
    #[arg(long, value_name = "[FORMAT=]PATH", value_parser = parse_target::<CollectionFormat>)]
    pub(crate) output: Vec<OutputTarget<CollectionFormat>>,
    /// The address that links to lines start with, without the document's path
    #[arg(long, value_name = "URL", value_parser = parse_link_base)]
    pub(crate) link_base: Option<String>,
    /// Suppress the findings listed in this baseline (see `rcalint baseline`) [default: as rcalint.toml says]
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
}

impl FileFormat for CollectionFormat {
    const EXAMPLE: &'static str = "report.html";

    fn of_extension(extension: &str) -> Option<Self> {
        Some(match extension {
            "html" | "htm" => Self::Html,
            "md" | "markdown" => Self::Markdown,
            "json" => Self::Json,
            "csv" => Self::Csv,
            _ => return None,
        })
    }
}

/// Parses a year, a month or a day. Dates are compared as texts, so their form matters.
fn parse_date(text: &str) -> Result<String, String> {
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    let is_date = whole.len() == 10 && whole.parse::<jiff::civil::Date>().is_ok();
    if is_date {
        Ok(text.to_owned())
    } else {
        Err("expected a date such as 2026, 2026-01 or 2026-01-02".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::parse_date;

    #[test]
    fn a_date_is_a_year_a_month_or_a_day() {
        for date in ["2026", "2026-01", "2026-01-31"] {
            assert_eq!(parse_date(date).as_deref(), Ok(date));
        }
        for text in ["", "26", "2026-1", "2026-13", "2026-02-30", "2026/01/02", "20260102", "yesterday"] {
            assert!(parse_date(text).unwrap_err().contains("such as 2026"), "{text}");
        }
    }
}
