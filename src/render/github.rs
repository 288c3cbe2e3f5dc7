//! Workflow commands of GitHub Actions: one line each, which the runner converts to an annotation.
//!
//! The runner keeps ten annotations of each kind per step and silently drops the others. Therefore nine are printed,
//! and a final line contains the number of the remaining ones.

use std::cmp::Reverse;

use crate::model::Severity;
use crate::render::Options;
use crate::render::escape::Terminal;
use crate::render::location::{annotated, columns, relative};
use crate::render::wording::{counted, said};
use crate::report::{DocumentReport, FileError, Finding, Report};

/// Maximum number of annotations, not counting the final one.
const MAX_ANNOTATIONS: usize = 9;

/// Returns all annotations of a run: files that could not be read, then findings. Errors come first; within one
/// severity, findings on changed lines come first.
pub(super) fn annotations(report: &Report, options: &Options<'_>) -> String {
    let mut found: Vec<(&DocumentReport, &Finding)> = annotated(&report.documents, options).collect();
    found.sort_by_key(|(_, finding)| (Reverse(finding.severity), finding.changed != Some(true)));
    let lines = report.errors.iter().map(unread);
    let mut lines: Vec<String> =
        lines.chain(found.into_iter().map(|pair| annotation(pair, options))).collect();
    let more = lines.len().saturating_sub(MAX_ANNOTATIONS);
    lines.truncate(MAX_ANNOTATIONS);
    lines.extend((more > 0).then(|| closing(more)));
    lines.concat()
}

fn annotation((document, finding): (&DocumentReport, &Finding), options: &Options<'_>) -> String {
    let (line, (from, to)) = (finding.start.line, columns(finding.start, finding.end, &finding.quote));
    let (kind, file) = (kind(finding.severity), property(relative(&document.path)));
    let title = property(&format!("rcalint {}", finding.rule));
    let asked = finding.questions.first().filter(|_| options.shows_questions());
    let asked = asked.map_or_else(String::new, |question| format!("%0AAsk: {}", data(question)));
    let place = format!("file={file},line={line},endLine={line},col={from},endColumn={to}");
    format!("::{kind} {place},title={title}::{}{asked}\n", data(&finding.message))
}

const fn kind(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

fn unread(error: &FileError) -> String {
    let (file, message) = (property(relative(&error.path)), data(&error.message));
    format!("::error file={file},title=rcalint::not read: {message}\n")
}

fn closing(more: usize) -> String {
    let more = counted(more, "more finding");
    format!("::notice title=rcalint::{more} in the report: `rcalint check` lists all\n")
}

/// Returns a message on one line, without anything that the runner would interpret.
fn data(text: &str) -> String {
    said(text).replace('%', "%25")
}

/// Returns the value of a property. A line break in a file name is encoded: the runner decodes it, but the log stays on
/// one line.
fn property(text: &str) -> String {
    let escaped = text.replace('%', "%25").replace(':', "%3A").replace(',', "%2C");
    let lines = escaped.split('\n').map(|line| line.split('\r').map(visible).collect::<Vec<_>>().join("%0D"));
    lines.collect::<Vec<_>>().join("%0A")
}

fn visible(text: &str) -> String {
    Terminal(text).to_string()
}
