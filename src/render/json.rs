//! The report as JSON, printed document by document. Its format is that of [`crate::report`].
//!
//! Characters that a terminal or a workflow runner would interpret are written as `\u…`. They occur only in strings, so
//! the result is still valid JSON.

use std::fmt::Write;

use serde::Serialize;

use crate::render::escape::{is_hidden, marks_command};
use crate::report::{
    BaselineReport, DocumentReport, FileError, Guard, Report, SCHEMA_VERSION, Skipped, Summary, Tool,
};

/// The keys before the documents of a report.
#[derive(Serialize)]
struct ReportHead<'a> {
    schema_version: u32,
    tool: &'a Tool,
}

/// The keys after the documents of a report.
#[derive(Serialize)]
struct ReportTail<'a> {
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
pub(super) enum JsonLine<'a> {
    Document(&'a DocumentReport),
    Skipped(&'a Skipped),
    Error(&'a FileError),
    Summary(SummaryLine<'a>),
}

impl<'a> JsonLine<'a> {
    /// Returns the last line: the program that made the report, and the counts.
    pub(super) fn summary(report: &'a Report) -> Self {
        Self::Summary(SummaryLine {
            schema_version: report.schema_version,
            tool: &report.tool,
            summary: &report.summary,
            baseline: report.baseline.as_ref(),
            guard: report.guard.as_deref(),
        })
    }
}

/// The content of the last line.
#[derive(Serialize)]
pub(super) struct SummaryLine<'a> {
    schema_version: u32,
    tool: &'a Tool,
    #[serde(flatten)]
    summary: &'a Summary,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<&'a BaselineReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    guard: Option<&'a [Guard]>,
}

/// Returns the text before a document of a report: the head before the first, a comma before every other.
pub(super) fn before(first: bool, tool: &Tool) -> String {
    if first { head(tool) } else { ",".to_owned() }
}

/// Returns a document of a report, indented as part of it.
pub(super) fn document(report: &DocumentReport) -> String {
    format!("\n    {}", pretty(report).replace('\n', "\n    "))
}

/// Returns the text after the documents of a report; the whole report if it has no documents.
pub(super) fn end(report: &Report) -> String {
    let before = if report.documents.is_empty() { head(&report.tool) } else { "\n  ".to_owned() };
    let tail = ReportTail {
        skipped: &report.skipped,
        errors: &report.errors,
        summary: &report.summary,
        baseline: report.baseline.as_ref(),
        guard: report.guard.as_deref(),
    };
    let tail = written(&tail);
    format!("{before}],{}", tail.trim_start_matches('{'))
}

/// Returns the report up to its first document.
fn head(tool: &Tool) -> String {
    let head = pretty(&ReportHead { schema_version: SCHEMA_VERSION, tool });
    format!("{},\n  \"documents\": [", head.trim_end_matches("\n}"))
}

/// Returns one line.
pub(super) fn line(line: &JsonLine<'_>) -> String {
    // Plain data with string keys can always be serialised as JSON, here and below.
    harmless(&serde_json::to_string(line).unwrap_or_default()) + "\n"
}

/// Returns JSON on several lines, with a final line feed.
pub(super) fn written(json: &impl Serialize) -> String {
    pretty(json) + "\n"
}

fn pretty(value: &impl Serialize) -> String {
    harmless(&serde_json::to_string_pretty(value).unwrap_or_default())
}

/// Returns the same JSON with every character escaped that a terminal or a workflow runner would interpret.
fn harmless(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for (at, sign) in json.char_indices() {
        if sign == '\u{7f}' || is_hidden(sign) || (sign == '[' && marks_command(&json[..at])) {
            for unit in sign.encode_utf16(&mut [0; 2]) {
                let _ = write!(text, "\\u{unit:04x}");
            }
        } else {
            text.push(sign);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::review;
    use crate::source::Source;

    #[test]
    fn characters_that_would_be_interpreted_are_escaped() {
        let text = "é\u{7f}\u{9b}31m ##[group] ##vso[a]\n##[b] [c] \u{202e}x \u{e0041}";
        let spelled =
            r#""é\u007f\u009b31m ##\u005bgroup] ##vso\u005ba]\n##\u005bb] [c] \u202ex \udb40\udc41""#;
        let json = harmless(&serde_json::to_string(text).unwrap());
        assert_eq!(json, spelled);
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }

    #[test]
    fn printing_by_document_equals_printing_as_a_whole() {
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
