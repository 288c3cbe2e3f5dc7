//! One line a finding and one a document, as editors and `grep` like them.

use std::fmt::Write;

use super::Options;
use super::escape::Terminal;
use super::text::{said, severity_name, verdict_id};
use crate::report::{DocumentReport, Finding};

/// The lines of one document.
pub(super) fn document(report: &DocumentReport, options: &Options<'_>) -> String {
    let path = Terminal(&report.path).to_string();
    let mut out: String = report.findings.iter().map(|finding| line(&path, finding)).collect();
    if !options.quiet {
        let _ = writeln!(out, "{path}: verdict: {}", verdict_id(report.verdict));
    }
    out
}

fn line(path: &str, finding: &Finding) -> String {
    let (line, column) = (finding.start.line, finding.start.column);
    let (severity, rule, message) =
        (severity_name(finding.severity), Terminal(&finding.rule), said(&finding.message));
    let place = if finding.changed == Some(true) { " (on a changed line)" } else { "" };
    format!("{path}:{line}:{column}: {severity}[{rule}] {message}{place}\n")
}
