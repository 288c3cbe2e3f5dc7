//! A GitLab code quality report. The widget of a merge request compares it with that of the target branch.

use serde::Serialize;

use crate::model::Severity;
use crate::render::location::{annotated, relative};
use crate::render::wording::said;
use crate::render::{Options, json};
use crate::report::fingerprint::digest;
use crate::report::{DocumentReport, FileError, Finding, Report};

/// One issue, in the format of the widget.
#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: LineRange,
}

#[derive(Serialize)]
struct LineRange {
    begin: usize,
}

/// Returns the report: findings of all documents, then files that could not be read.
pub(super) fn report(report: &Report, options: &Options<'_>) -> String {
    let found = annotated(&report.documents, options).map(|(document, finding)| issue(document, finding));
    let issues: Vec<Issue> = found.chain(report.errors.iter().map(unread)).collect();
    json::written(&issues)
}

/// Returns the issue for a finding. The widget does not show the rule, so it is in the description.
fn issue(document: &DocumentReport, finding: &Finding) -> Issue {
    let path = relative(&document.path);
    Issue {
        description: format!("{}: {}", finding.rule, said(&finding.message)),
        check_name: finding.rule.clone(),
        fingerprint: fingerprint(path, &finding.fingerprint),
        severity: match finding.severity {
            Severity::Error => "critical",
            Severity::Warning => "minor",
            Severity::Note => "info",
        },
        location: Location { path: path.to_owned(), lines: LineRange { begin: finding.start.line } },
    }
}

fn unread(error: &FileError) -> Issue {
    let path = relative(&error.path);
    Issue {
        description: format!("not read: {}", said(&error.message)),
        check_name: "unreadable".to_owned(),
        fingerprint: fingerprint(path, "unreadable"),
        severity: "major",
        location: Location { path: path.to_owned(), lines: LineRange { begin: 1 } },
    }
}

/// Returns a fingerprint that includes the path. The widget merges issues with the same fingerprint, and two documents
/// may contain the same sentence.
fn fingerprint(path: &str, of: &str) -> String {
    digest(&format!("{path}\n{of}"))
}
