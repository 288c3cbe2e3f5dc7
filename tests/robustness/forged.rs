//! Forged reports: whatever somebody who controls a saved report can put into it.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::sync::OnceLock;

use proptest::prelude::*;
use proptest::sample::select;
use rcalint::lexicon::Lexicon;
use rcalint::report::{FileError, Guard, GuardKind, Report, Skipped, reader};
use rcalint::source::Source;
use serde_json::Value;

/// Pieces of attacks on Markdown, HTML, logs and the references of forges, with the words between them.
const PIECES: [&str; 96] = [
    "`",
    "``",
    "```",
    "`x`",
    "` `",
    "\\`",
    "\\",
    "\\\\",
    "~~~",
    "$`",
    "`$",
    "$$",
    "![x](https://evil.example/p.png)",
    "[x](https://evil.example)",
    "[x]: https://evil.example",
    "[x]",
    "[^1]",
    "[^1]: x",
    "](",
    "](javascript:alert(1))",
    "<https://evil.example>",
    "https://evil.example/a",
    "http://x",
    "ftp://x.example",
    "www.evil.example",
    "mailto:a@evil.example",
    "xmpp:a@evil.example",
    "a@evil.example",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "<a href=//evil.example>",
    "<b>",
    "</b>",
    "<details>",
    "</details>",
    "</summary>",
    "<!--",
    "-->",
    "<!-- rcalint:sticky v1 -->",
    "<?php",
    "<![CDATA[",
    "&lt;",
    "&#64;team",
    "@team",
    "@org/team",
    "@",
    "#12",
    "#",
    "fixes #12",
    "closes org/repo#1",
    "GH-12",
    "!12",
    "group/proj!12",
    "&12",
    "&epic",
    "%milestone",
    "%\"a b\"",
    "~label",
    "~\"a b\"",
    "$12",
    "^alert#3",
    "[issue:12]",
    "[vulnerability:12]",
    "*iteration:3",
    "[[home]]",
    "{+ added +}",
    "[- gone -]",
    ":boom:",
    "a1b2c3d4e5",
    "0123456789abcdef0123456789abcdef01234567",
    "/approve",
    "\n/approve",
    "\n\n/close\n\n",
    "[ ] ",
    "[x] ",
    "- [x] ",
    "* ",
    "+ ",
    "1. ",
    "1) ",
    "=",
    "===",
    "---",
    "***",
    "**",
    "_",
    "~~",
    "|",
    "|---|",
    "\n",
    "\r\n\r\n",
    "\t",
    "##[error]",
    "::error::",
    "\u{1b}[31m",
    "\u{202e}",
];

/// The keys of texts that a saved report may contain freely. All others are ids, which the parser of reports checks.
const FREE: [&str; 18] = [
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

/// Generates reports that the parser of saved reports accepts.
pub(crate) fn report() -> impl Strategy<Value = Report> {
    prop::collection::vec(words(), 24).prop_map(|words| {
        let mut report = template().clone();
        let mut nth = 0;
        replace("", &mut report, &mut || {
            nth += 1;
            words[nth % words.len()].clone()
        });
        quote_in_messages(&mut report);
        reader::parse(&report.to_string()).expect("a forged report has the format of a report")
    })
}

/// Generates a few attacks with words or nothing between them. Half of them are short, so that pieces meet.
fn words() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => select(&PIECES[..]).prop_map(str::to_owned),
        1 => (1..120_usize).prop_map(|count| "`".repeat(count)),
        4 => select(&["a", "human error", " ", " ", ". ", "!", "%"][..]).prop_map(str::to_owned),
        1 => "\\PC{0,3}",
    ];
    prop::collection::vec(piece, 0..9).prop_map(|pieces| pieces.concat())
}

/// Returns a report with every kind of text in it, as JSON.
fn template() -> &'static Value {
    static TEMPLATE: OnceLock<Value> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let text = "# Orders down\n\n## Timeline\n\n- 10:00 It began.\n- 10:05 We saw it.\n\n## Root cause\n\nHuman error, \
            because the console has no page for it: the operator forgot to check.\n\n<!-- rcalint-allow: hindsight -- x -->\n\
            It was obviously a mistake.\n\n## Action items\n\n- Be careful.\n- Add an alert.\n";
        let document = rcalint::review(&Source::new("a.md", text), Lexicon::embedded());
        let (path, message) = ("a.md".to_owned(), "said".to_owned());
        let guard = Guard { kind: GuardKind::Allow, path: path.clone(), line: Some(3), message: message.clone() };
        let skipped = Skipped { path: path.clone(), reason: message.clone() };
        let mut report = Report::new("x", vec![document.clone(), document], vec![skipped], vec![FileError { path, message }]);
        report.guard = Some(vec![guard.clone(), Guard { kind: GuardKind::Baseline, ..guard }]);
        serde_json::to_value(&report).unwrap()
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
    for document in report["documents"].as_array_mut().unwrap() {
        for finding in document["findings"].as_array_mut().unwrap() {
            let [message, quote] = ["message", "quote"].map(|key| finding[key].as_str().unwrap());
            let at = message.char_indices().nth(3).map_or(message.len(), |(at, _)| at);
            finding["message"] = format!("{}\"{quote}\"{}", &message[..at], &message[at..]).into();
        }
    }
}
