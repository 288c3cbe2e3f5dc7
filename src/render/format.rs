//! The output formats of a review.

use clap::ValueEnum;

/// The output formats of a review. The names and help texts on the command line are made from this enum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Source lines, a summary and the questions, for people.
    #[default]
    Text,
    /// One line per finding, for editors and `grep`.
    Concise,
    /// The whole report as one JSON object.
    Json,
    /// One JSON object per line, each as soon as it is known.
    Jsonl,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations in a GitHub Actions log, ten at most.
    Github,
    /// A GitLab code quality report.
    Gitlab,
    /// Diagnostics for reviewdog.
    Rdjson,
    /// A `JUnit` test report.
    #[value(help = "A JUnit test report")]
    Junit,
    /// A review comment, as Markdown.
    Markdown,
    /// The same as a job summary: longer limit, no hidden state.
    StepSummary,
}
