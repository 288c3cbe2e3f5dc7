//! The report on a collection as text. HTML and Markdown show the same page, Markdown less of it: sections of sentences,
//! tables and quotes.

mod certainty;
mod csv;
mod extent;
mod html;
mod markdown;
mod page;
mod sections;
mod shares;

use clap::ValueEnum;

use crate::collection::CollectionReport;
use crate::render::collection::extent::{FULL, SHORT};
use crate::render::json;

/// The output formats of a report on a collection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum CollectionFormat {
    /// The main tables and some quotes, for a wiki or a pull request.
    #[default]
    Markdown,
    /// One page that needs nothing else, for a browser or a printer.
    #[value(help = "One HTML page that needs nothing else, for a browser or a printer")]
    Html,
    /// Everything, for a script.
    Json,
    /// One row per document, for a spreadsheet.
    #[value(help = "CSV: one row per document, for a spreadsheet")]
    Csv,
}

/// Returns the report in one format. `link_base` is the base URL of links to lines, without a trailing `/`.
pub fn render(format: CollectionFormat, report: &CollectionReport, link_base: Option<&str>) -> String {
    match format {
        CollectionFormat::Markdown => markdown::document(&sections::page(report, &SHORT), report, link_base),
        CollectionFormat::Html => html::document(&sections::page(report, &FULL), report, link_base),
        CollectionFormat::Json => json::written(report),
        CollectionFormat::Csv => csv::rows(report),
    }
}
