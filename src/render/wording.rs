//! Words that several formats share.

use crate::model::{Severity, Verdict};
use crate::render::escape::prose;
use crate::render::wrap;

/// Maximum number of characters of a message or a question.
const MAX_TEXT: usize = 300;

/// Returns the id of a verdict, as in the JSON.
pub(super) fn verdict_id(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::StartOver => "start-over",
        Verdict::Examined => "examined",
        Verdict::Clear => "clear",
        Verdict::Undetermined => "undetermined",
    }
}

/// Returns the name of a severity, as in the JSON.
pub(crate) fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// Returns a message or a question for display: on one line, and shortened.
pub(super) fn said(text: &str) -> String {
    prose(&wrap::cut(text, MAX_TEXT))
}

/// Returns a text with its words separated by single spaces.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns a number with its noun: `1 file`, `2 files`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
