//! Diagnostics in reviewdog's format (`rdjson`): columns are bytes of UTF-8, from 1, and ends are exclusive. Messages
//! are Markdown, because reviewdog posts them as comments.

use serde_json::{Value, json};

use crate::model::{Position, Severity};
use crate::render::location::{annotated, relative};
use crate::render::markdown_escape::{bounded, message};
use crate::render::{Options, json};
use crate::report::{DocumentReport, FileError, Finding, Report};

/// Returns the report: findings of all documents, then files that could not be read.
pub(super) fn report(report: &Report, options: &Options<'_>) -> String {
    let found =
        annotated(&report.documents, options).map(|(document, finding)| diagnostic(document, finding));
    let all: Vec<Value> = found.chain(report.errors.iter().map(unread)).collect();
    json::written(&json!({ "source": { "name": "rcalint" }, "diagnostics": all }))
}

fn diagnostic(document: &DocumentReport, finding: &Finding) -> Value {
    let severity = match finding.severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Note => "INFO",
    };
    json!({
        "message": message(&finding.message, &finding.quote),
        "location": {
            "path": relative(&document.path),
            "range": { "start": position(finding.start), "end": position(finding.end) },
        },
        "severity": severity,
        "code": { "value": finding.rule },
    })
}

/// Returns a position. A report that was read from JSON has no byte columns.
fn position(at: Position) -> Value {
    match at.byte_column {
        0 => json!({ "line": at.line }),
        column => json!({ "line": at.line, "column": column }),
    }
}

fn unread(error: &FileError) -> Value {
    json!({
        "message": format!("not read: {}", bounded(&error.message)),
        "location": { "path": relative(&error.path) },
        "severity": "ERROR",
        "code": { "value": "unreadable" },
    })
}
