//! The report as JSON. Its shape is that of [`crate::report`]; beyond what JSON asks for,
//! only what a terminal or a log would obey is escaped.

use std::fmt::Write;

use serde::Serialize;

use super::escape::{is_hidden, marks_command};
use crate::report::{BaselineReport, DocumentReport, FileError, Guard, Report, Skipped, Summary, Tool};

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

/// The whole report.
pub(super) fn report(report: &Report) -> String {
    written(serde_json::to_string_pretty(report))
}

/// One line.
pub(super) fn line(line: &Line<'_>) -> String {
    written(serde_json::to_string(line))
}

/// JSON for people's logs as well as for programs, with a line end.
///
/// Plain data with string keys is always JSON, so a failure has nothing to tell.
pub(super) fn written(json: serde_json::Result<String>) -> String {
    let mut text = harmless(&json.unwrap_or_default());
    text.push('\n');
    text
}

/// The same data, written so that a terminal and a workflow's log may show it: what they would obey stands only
/// in strings, where JSON can spell it out.
fn harmless(json: &str) -> String {
    let mut text = String::with_capacity(json.len() + 64);
    let mut rest = json;
    while let Some(at) = rest.bytes().position(may_be_obeyed) {
        text.push_str(&rest[..at]);
        let Some(sign) = rest[at..].chars().next() else { break };
        if sign == '\u{7f}' || is_hidden(sign) || (sign == '[' && marks_command(&text)) {
            let _ = write!(text, "\\u{:04x}", u32::from(sign));
        } else {
            text.push(sign);
        }
        rest = &rest[at + sign.len_utf8()..];
    }
    text.push_str(rest);
    text
}

/// Whether a sign of JSON that begins with this byte needs a look: most bytes are plain letters.
const fn may_be_obeyed(byte: u8) -> bool {
    byte == b'[' || byte >= 0x7f
}
