//! A code quality report of GitLab: what its widget compares with the target branch.

use serde::Serialize;

use crate::model::Severity;
use crate::render::Options;
use crate::render::json;
use crate::render::place::{annotated, relative};
use crate::render::text::said;
use crate::report::fingerprint::digest;
use crate::report::{DocumentReport, FileError, Finding, Report};

/// One row of the widget.
#[derive(Serialize)]
struct Row {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

/// Findings of all documents, then files that could not be read.
pub(super) fn report(report: &Report, options: &Options<'_>) -> String {
    let found = annotated(&report.documents, options).map(|(document, finding)| row(document, finding));
    let rows: Vec<Row> = found.chain(report.errors.iter().map(unread)).collect();
    json::written(&rows)
}

/// The widget shows no rule, so the description names it.
fn row(document: &DocumentReport, finding: &Finding) -> Row {
    let path = relative(&document.path);
    Row {
        description: format!("{}: {}", finding.rule, said(&finding.message)),
        check_name: finding.rule.clone(),
        fingerprint: fingerprint(path, &finding.fingerprint),
        severity: match finding.severity {
            Severity::Error => "critical",
            Severity::Warning => "minor",
            Severity::Note => "info",
        },
        location: Location { path: path.to_owned(), lines: Lines { begin: finding.start.line } },
    }
}

fn unread(error: &FileError) -> Row {
    let path = relative(&error.path);
    Row {
        description: format!("not read: {}", said(&error.message)),
        check_name: "unreadable".to_owned(),
        fingerprint: fingerprint(path, "unreadable"),
        severity: "major",
        location: Location { path: path.to_owned(), lines: Lines { begin: 1 } },
    }
}

/// The widget shows rows of one fingerprint as one, and a sentence may stand in two documents.
fn fingerprint(path: &str, of: &str) -> String {
    digest(&format!("{path}\n{of}"))
}
