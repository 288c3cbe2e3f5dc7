//! The report as JSON, document by document, so that a long run needs no long memory. Its shape is that of
//! [`crate::report`].

use serde::Serialize;

use crate::render::json_writer::{compact, pretty};
use crate::report::{
    BaselineReport, DocumentReport, FileError, Guard, Report, SCHEMA_VERSION, Skipped, Summary, Tool,
};

/// Brackets around each document of a report.
const DEPTH: usize = 2;

/// What stands before the documents of a report.
#[derive(Serialize)]
struct Head<'a> {
    schema_version: u32,
    tool: &'a Tool,
}

/// What stands behind them.
#[derive(Serialize)]
struct Tail<'a> {
    skipped: &'a [Skipped],
    errors: &'a [FileError],
    summary: &'a Summary,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<&'a BaselineReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    guard: Option<&'a [Guard]>,
}

/// One line of `--format jsonl`.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(super) enum Line<'a> {
    Document(&'a DocumentReport),
    Skipped(&'a Skipped),
    Error(&'a FileError),
    Summary(Last<'a>),
}

impl<'a> Line<'a> {
    /// The last line: what made the report, and the counts.
    pub(super) fn summary(report: &'a Report) -> Self {
        Self::Summary(Last {
            schema_version: report.schema_version,
            tool: &report.tool,
            summary: &report.summary,
            baseline: report.baseline.as_ref(),
            guard: report.guard.as_deref(),
        })
    }
}

/// The last line.
#[derive(Serialize)]
pub(super) struct Last<'a> {
    schema_version: u32,
    tool: &'a Tool,
    #[serde(flatten)]
    summary: &'a Summary,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<&'a BaselineReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    guard: Option<&'a [Guard]>,
}

/// What comes before a document of a report: the head before the first, a comma before each other.
pub(super) fn before(first: bool, tool: &Tool) -> String {
    if first { head(tool) } else { ",".to_owned() }
}

/// A document of a report, as it stands in it.
pub(super) fn document(report: &DocumentReport) -> String {
    let mut text = pretty(report, DEPTH);
    text.insert_str(0, "\n    ");
    text
}

/// What comes behind the documents of a report; all of it, if it has none.
pub(super) fn end(report: &Report) -> String {
    let before = if report.documents.is_empty() { head(&report.tool) } else { "\n  ".to_owned() };
    let tail = Tail {
        skipped: &report.skipped,
        errors: &report.errors,
        summary: &report.summary,
        baseline: report.baseline.as_ref(),
        guard: report.guard.as_deref(),
    };
    let tail = written(&tail);
    format!("{before}],{}", tail.trim_start_matches('{'))
}

/// The report up to its first document.
fn head(tool: &Tool) -> String {
    let head = Head { schema_version: SCHEMA_VERSION, tool };
    let text = pretty(&head, 0);
    format!("{},\n  \"documents\": [", text.trim_end_matches("\n}"))
}

/// One line.
pub(super) fn line(line: &Line<'_>) -> String {
    compact(line) + "\n"
}

/// JSON on several lines, with a line end.
pub(super) fn written(json: &impl Serialize) -> String {
    pretty(json, 0) + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::review;
    use crate::source::Source;

    #[test]
    fn document_by_document_it_is_what_it_is_as_a_whole() {
        let text = "# Orders\n\n## Root cause\n\nHuman error: the \"operator\" forgot.\n";
        let reviewed = |_| review(&Source::new("a.md", text), Lexicon::embedded());
        for count in 0..3 {
            let error = FileError { path: "b.md".to_owned(), message: "is empty".to_owned() };
            let documents: Vec<DocumentReport> = (0..count).map(reviewed).collect();
            let report = Report::new("2026.1", documents, Vec::new(), vec![error]);
            let documents = report.documents.iter().enumerate();
            let parts = documents.map(|(nth, one)| before(nth == 0, &report.tool) + &document(one));
            let whole = serde_json::to_string_pretty(&report).unwrap() + "\n";
            assert_eq!(parts.collect::<String>() + &end(&report), whole);
        }
    }
}
