//! Names of output formats, as they are typed.

use clap::ValueEnum;

use crate::render::Format;

/// Formats of a review.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum FormatName {
    /// Snippets, a summary and the questions, for people
    Text,
    /// One line a finding, for editors
    Concise,
    /// Everything as one JSON object
    Json,
    /// One JSON object a line, each as soon as it is known
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations in a log of GitHub Actions, ten at most
    Github,
    /// A code quality report of GitLab
    Gitlab,
    /// Diagnostics for reviewdog
    Rdjson,
    /// A test report as XML, as `JUnit` writes it
    Junit,
    /// The comment of a review
    Markdown,
    /// The same for the summary of a job: with more room, and without a memory
    StepSummary,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Text => Self::Text,
            FormatName::Concise => Self::Concise,
            FormatName::Json => Self::Json,
            FormatName::Jsonl => Self::Jsonl,
            FormatName::Sarif => Self::Sarif,
            FormatName::Github => Self::Github,
            FormatName::Gitlab => Self::Gitlab,
            FormatName::Rdjson => Self::Rdjson,
            FormatName::Junit => Self::Junit,
            FormatName::Markdown => Self::Markdown,
            FormatName::StepSummary => Self::StepSummary,
        }
    }
}

/// Formats of a list.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ListFormat {
    /// A table
    Text,
    /// JSON with everything that is known about each
    Json,
}

/// Formats of the facilitator's sheet.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum SheetFormat {
    /// To print, or to paste into a document
    Markdown,
    /// The whole report, as `check --format json` has it
    Json,
}

impl From<SheetFormat> for Format {
    fn from(format: SheetFormat) -> Self {
        match format {
            SheetFormat::Markdown => Self::Sheet,
            SheetFormat::Json => Self::Json,
        }
    }
}
