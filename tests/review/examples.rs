//! The findings in the example postmortems, one line per finding, so that the effect of a lexicon change is visible.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]
#![expect(clippy::disallowed_methods, reason = "a test reads the examples")]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use rcalint::lexicon::Lexicon;
use rcalint::report::{Actions, BucketStatus, ClaimHead, DocumentReport, Finding};
use rcalint::review;
use rcalint::source::Source;
use serde::Serialize;

/// Number of examples.
const EXAMPLES: usize = 12;

#[test]
fn findings_in_the_examples() {
    let paths = examples();
    assert_eq!(paths.len(), EXAMPLES);
    for path in paths {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let report = review(&Source::new(name, &fs::read_to_string(&path).unwrap()), Lexicon::embedded());
        insta::assert_snapshot!(name, digest(&report));
    }
}

fn examples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
    paths.sort();
    paths
}

/// Returns a report in a few lines.
fn digest(report: &DocumentReport) -> String {
    let Actions { stronger, intermediate, weaker } = report.actions;
    let mut text = format!("verdict: {}\n", id(&report.verdict));
    let _ = writeln!(text, "claims: {}", claims(report));
    let _ = writeln!(text, "examined: {}", examined(report));
    let _ = writeln!(text, "actions: {stronger} stronger, {intermediate} intermediate, {weaker} weaker");
    let _ = writeln!(text, "questions: {}", report.questions.len());
    text.extend(report.findings.iter().map(line));
    text
}

/// Returns the lines of the claims, by their heads.
fn claims(report: &DocumentReport) -> String {
    let claim = |head: ClaimHead, line: usize| format!("{} {line}", id(&head));
    let claims: Vec<String> = report.claims.iter().map(|found| claim(found.head, found.line)).collect();
    claims.join(", ")
}

fn examined(report: &DocumentReport) -> String {
    let examined = report.coverage.iter().filter(|(_, bucket)| bucket.status == BucketStatus::Examined);
    examined.map(|(id, _)| id.as_str()).collect::<Vec<_>>().join(", ")
}

/// Returns `line:column severity rule [cause] [deepened] "quote"`.
fn line(finding: &Finding) -> String {
    let Finding { start, rule, .. } = finding;
    let cause = if finding.cause { " cause" } else { "" };
    let deepened = if finding.deepened { " deepened" } else { "" };
    let severity = id(&finding.severity);
    format!("{}:{} {severity} {rule}{cause}{deepened} {:?}\n", start.line, start.column, finding.quote)
}

/// Returns a value as written in the JSON.
fn id(value: &impl Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}
