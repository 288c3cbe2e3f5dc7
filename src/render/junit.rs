//! `JUnit` XML: one suite per document and one case per finding, so that a test report shows why the run fails.

use crate::render::Options;
use crate::render::escape::Terminal;
use crate::render::wording::{said, severity_name, verdict_id};
use crate::report::{DocumentReport, FileError, Finding, Report, Skipped, Suppressed, SuppressedBy};

/// Returns the report. Findings at or above the severity that fails the run are failures; all others are passed cases
/// with output.
pub(super) fn report(report: &Report, options: &Options<'_>) -> String {
    let documents = report.documents.iter().map(|document| suite(&document.path, &cases(document, options)));
    let errors = report.errors.iter().map(|error| suite(&error.path, &[unread(error)]));
    let skipped = report.skipped.iter().map(|file| suite(&file.path, &[skipped(file)]));
    let suites: Vec<Suite> = documents.chain(errors).chain(skipped).collect();
    let totals = Suite::totals(suites.iter());
    let body = suites.into_iter().map(|suite| suite.text).collect::<String>();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"rcalint\" {totals}>\n{body}</testsuites>\n"
    )
}

/// The outcome of a case.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CaseOutcome {
    Passed,
    Failed,
    Skipped,
    Broken,
}

/// The cases of one file, rendered and counted.
struct Suite {
    text: String,
    outcomes: Vec<CaseOutcome>,
}

impl Suite {
    fn totals<'s>(suites: impl Iterator<Item = &'s Self>) -> String {
        counts(&suites.flat_map(|suite| suite.outcomes.iter().copied()).collect::<Vec<_>>())
    }
}

fn suite(path: &str, cases: &[(CaseOutcome, String)]) -> Suite {
    let outcomes: Vec<CaseOutcome> = cases.iter().map(|(outcome, _)| *outcome).collect();
    let rows: String = cases.iter().map(|(_, text)| text.as_str()).collect();
    let text = format!("  <testsuite name=\"{}\" {}>\n{rows}  </testsuite>\n", xml(path), counts(&outcomes));
    Suite { text, outcomes }
}

fn counts(outcomes: &[CaseOutcome]) -> String {
    let count = |wanted| outcomes.iter().filter(|&&outcome| outcome == wanted).count();
    let (failed, broken, skipped) =
        (count(CaseOutcome::Failed), count(CaseOutcome::Broken), count(CaseOutcome::Skipped));
    format!("tests=\"{}\" failures=\"{failed}\" errors=\"{broken}\" skipped=\"{skipped}\"", outcomes.len())
}

fn cases(document: &DocumentReport, options: &Options<'_>) -> Vec<(CaseOutcome, String)> {
    let verdict = case(&document.path, &format!("verdict: {}", verdict_id(document.verdict)), None, "");
    let found = document.findings.iter().map(|finding| found(&document.path, finding, options));
    let allowed = document.suppressed.iter().map(|finding| allowed(&document.path, finding));
    std::iter::once((CaseOutcome::Passed, verdict)).chain(found).chain(allowed).collect()
}

fn found(path: &str, finding: &Finding, options: &Options<'_>) -> (CaseOutcome, String) {
    let name = format!("{} at line {}, column {}", finding.rule, finding.start.line, finding.start.column);
    let (kind, message) = (severity_name(finding.severity), xml(&said(&finding.message)));
    let asked = finding.questions.iter().map(|question| format!("\nask: {}", xml(&said(question))));
    let asked = asked.collect::<Vec<_>>().concat();
    let line = Some(finding.start.line);
    if options.failing.is_some_and(|failing| finding.severity >= failing) {
        let inner = format!("<failure type=\"{kind}\" message=\"{message}\">{message}{asked}</failure>");
        return (CaseOutcome::Failed, case(path, &name, line, &inner));
    }
    (
        CaseOutcome::Passed,
        case(path, &name, line, &format!("<system-out>{kind}: {message}{asked}</system-out>")),
    )
}

fn allowed(path: &str, finding: &Suppressed) -> (CaseOutcome, String) {
    let name = format!("{} at line {}", finding.rule, finding.line);
    let why = match finding.by {
        SuppressedBy::Comment => format!("allowed: {}", said(&finding.reason)),
        SuppressedBy::Baseline => "in the baseline".to_owned(),
    };
    let inner = format!("<skipped message=\"{}\"/>", xml(&why));
    (CaseOutcome::Skipped, case(path, &name, Some(finding.line), &inner))
}

fn unread(error: &FileError) -> (CaseOutcome, String) {
    let inner = format!("<error type=\"unreadable\" message=\"{}\"/>", xml(&said(&error.message)));
    (CaseOutcome::Broken, case(&error.path, "read", None, &inner))
}

fn skipped(file: &Skipped) -> (CaseOutcome, String) {
    let inner = format!("<skipped message=\"{}\"/>", xml(&said(&file.reason)));
    (CaseOutcome::Skipped, case(&file.path, "read", None, &inner))
}

fn case(path: &str, name: &str, line: Option<usize>, inner: &str) -> String {
    let line = line.map_or_else(String::new, |line| format!(" line=\"{line}\""));
    let (path, name) = (xml(path), xml(name));
    let head = format!("    <testcase classname=\"{path}\" name=\"{name}\" file=\"{path}\"{line}");
    if inner.is_empty() { format!("{head}/>\n") } else { format!("{head}>{inner}</testcase>\n") }
}

/// Escapes text for an element or a quoted attribute, and removes characters that XML 1.0 forbids.
fn xml(text: &str) -> String {
    let mut out = String::new();
    for sign in Terminal(text).to_string().chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => out.push(char::REPLACEMENT_CHARACTER),
            sign => out.push(sign),
        }
    }
    out
}
