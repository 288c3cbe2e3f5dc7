//! Saved reports: any JSON is refused with a reason, or is a report that is inert in every format and stays the same when it
//! is saved again.

use std::sync::OnceLock;

use rcalint::lexicon::Lexicon;
use rcalint::report::reader::{self, SavedLine};
use rcalint::report::{FileError, Guard, GuardKind, Report, Skipped};
use rcalint::review;
use rcalint::source::Source;
use serde_json::Value;

use super::render;

/// The keys of texts that a saved report may contain freely. All others are ids, which the parser of reports checks.
pub const FREE: [&str; 18] = [
    "path",
    "title",
    "date",
    "quote",
    "sentence",
    "heading",
    "message",
    "questions",
    "shape",
    "words",
    "time",
    "text",
    "source",
    "reason",
    "excerpt",
    "version",
    "lexicon",
    "reader",
];

/// Reads the bytes as JSON of a report or of one line, if they begin with a brace; otherwise as the free texts of a report,
/// separated by NUL.
pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if !text.starts_with('{') {
        let words: Vec<String> = text.split('\0').map(str::to_owned).collect();
        return render::check_report(&forged(&words));
    }
    match reader::parse(&text) {
        Ok(report) => check_report(&report),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    if let Ok(SavedLine::Document(document)) = reader::parse_line(&text) {
        check_report(&Report::new("x", vec![*document], Vec::new(), Vec::new()));
    }
}

/// Panics if a report is not inert, or is another one after it was saved.
fn check_report(report: &Report) {
    render::check_report(report);
    let saved = json(report);
    let read = reader::parse(&saved.to_string()).unwrap_or_else(|error| panic!("{error}: {saved}"));
    assert_eq!(json(&read), saved);
}

/// Returns a report that contains these words in place of every free text, one after the other.
pub fn forged(words: &[String]) -> Report {
    let mut report = template().clone();
    let mut words = words.iter().cycle();
    replace("", &mut report, &mut || words.next().cloned().unwrap_or_default());
    quote_in_messages(&mut report);
    reader::parse(&report.to_string()).unwrap_or_else(|error| panic!("{error}: {report}"))
}

/// Returns a report with every kind of text in it, as JSON.
pub fn template() -> &'static Value {
    static TEMPLATE: OnceLock<Value> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let text = "# Orders down\n\n## Timeline\n\n- 10:00 It began.\n- 10:05 We saw it.\n\n## Root cause\n\nHuman error, \
            because the console has no page for it: the operator forgot to check.\n\n<!-- rcalint-allow: hindsight -- x -->\n\
            It was obviously a mistake.\n\n## Action items\n\n- Be careful.\n- Add an alert.\n";
        let document = review(&Source::new("a.md", text), Lexicon::embedded());
        let (path, message) = ("a.md".to_owned(), "said".to_owned());
        let guard = Guard { kind: GuardKind::Allow, path: path.clone(), line: Some(3), message: message.clone() };
        let skipped = Skipped { path: path.clone(), reason: message.clone() };
        let mut report = Report::new("x", vec![document.clone(), document], vec![skipped], vec![FileError { path, message }]);
        report.guard = Some(vec![guard.clone(), Guard { kind: GuardKind::Baseline, ..guard }]);
        json(&report)
    })
}

/// Replaces every free text in a value, which is the value of `key`.
fn replace(key: &str, value: &mut Value, text: &mut impl FnMut() -> String) {
    match value {
        Value::String(old) if FREE.contains(&key) => *old = text(),
        Value::Array(values) => values.iter_mut().for_each(|value| replace(key, value, text)),
        Value::Object(rows) => rows.iter_mut().for_each(|(key, value)| replace(key, value, text)),
        _ => {}
    }
}

/// Puts the quote of every finding into its message, as reports have it.
fn quote_in_messages(report: &mut Value) {
    let documents = report["documents"].as_array_mut().into_iter().flatten();
    for finding in documents.flat_map(|document| document["findings"].as_array_mut().into_iter().flatten()) {
        let [message, quote] = ["message", "quote"].map(|key| finding[key].as_str().unwrap_or_default());
        let at = message.char_indices().nth(3).map_or(message.len(), |(at, _)| at);
        finding["message"] = format!("{}\"{quote}\"{}", &message[..at], &message[at..]).into();
    }
}

fn json(report: &Report) -> Value {
    serde_json::to_value(report).unwrap_or_else(|error| panic!("{error}"))
}
