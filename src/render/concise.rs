//! One line per finding and one per document, for editors and `grep`.

use std::fmt::Write;

use crate::render::Options;
use crate::render::escape::{Terminal, headed};
use crate::render::wording::{said, severity_name, verdict_id};
use crate::report::{DocumentReport, Finding};

/// Returns the lines for one document.
pub(super) fn document(report: &DocumentReport, options: &Options<'_>) -> String {
    let path = headed(&report.path);
    let mut out: String = report.findings.iter().map(|finding| line(&path, finding)).collect();
    if options.shows_questions() {
        let _ = writeln!(out, "{path} verdict: {}", verdict_id(report.verdict));
    }
    out
}

fn line(path: &str, finding: &Finding) -> String {
    let (line, column) = (finding.start.line, finding.start.column);
    let (severity, rule, message) =
        (severity_name(finding.severity), Terminal(&finding.rule), said(&finding.message));
    let place = if finding.changed == Some(true) { " (on a changed line)" } else { "" };
    format!("{path}{line}:{column}: {severity}[{rule}] {message}{place}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::source::Source;

    #[test]
    fn a_path_that_is_a_colon_does_not_begin_a_command() {
        let source = Source::new(":", "# Orders\n\nHuman error.\n");
        let report = crate::review(&source, Lexicon::embedded());
        let text = document(&report, &Options::default());
        assert!(text.lines().all(|line| line.starts_with("\\::") || line.starts_with(": ")), "{text}");
    }
}
