//! SARIF 2.1.0 (OASIS), with the additional requirements of GitHub's code scanning: help for every rule, no empty text,
//! and a region with four numbers on one line.

use serde_json::{Value, json};

use crate::lexicon::Rule;
use crate::model::Position;
use crate::render::escape::prose;
use crate::render::location::{columns, uri};
use crate::render::markdown_escape::{code, escaped};
use crate::render::wording::{counted, said, severity_name, verdict_id};
use crate::render::{Options, json};
use crate::report::{DocumentReport, FileError, Finding, Report, Suppressed, SuppressedBy};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// Maximum number of results per run; code scanning rejects a file with more.
const MAX_RESULTS: usize = 25_000;
/// Maximum length of a description in characters.
const MAX_DESCRIPTION: usize = 1_000;

/// Returns the log of a run.
pub(super) fn log(report: &Report, options: &Options<'_>) -> String {
    let all = report.documents.iter().flat_map(|document| results(document, options.rules));
    let mut results: Vec<Value> = all.collect();
    let cut = results.len().saturating_sub(MAX_RESULTS);
    results.truncate(MAX_RESULTS);
    let run = json!({
        "tool": { "driver": driver(report, options.rules) },
        "automationDetails": { "id": "rcalint/" },
        "columnKind": "unicodeCodePoints",
        "invocations": [{
            "executionSuccessful": report.errors.is_empty(),
            "toolExecutionNotifications": notifications(report, cut),
        }],
        "results": results,
        "properties": { "verdicts": verdicts(report) },
    });
    json::written(&json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] }))
}

fn driver(report: &Report, rules: &[Rule]) -> Value {
    json!({
        "name": report.tool.name,
        "version": report.tool.version,
        "semanticVersion": report.tool.version,
        "properties": { "lexicon": report.tool.lexicon },
        "rules": rules.iter().map(rule).collect::<Vec<_>>(),
    })
}

fn rule(rule: &Rule) -> Value {
    let level = severity_name(rule.severity);
    // Code scanning does not accept "note" here.
    let problem = if level == "note" { "recommendation" } else { level };
    json!({
        "id": rule.id,
        "shortDescription": { "text": description(&rule.summary, rule) },
        "fullDescription": { "text": description(&rule.why, rule) },
        "help": { "text": help(rule), "markdown": help_markdown(rule) },
        "defaultConfiguration": { "level": level },
        "properties": { "problem.severity": problem, "precision": "high", "tags": ["postmortem"] },
    })
}

/// Returns a description that is neither empty nor too long.
fn description(text: &str, rule: &Rule) -> String {
    let text = super::wrap::cut(&prose(text), MAX_DESCRIPTION);
    if text.is_empty() { rule.id.clone() } else { text }
}

/// Returns the text of `rcalint explain` as plain text.
fn help(rule: &Rule) -> String {
    let better = prose(&rule.better);
    let better = if better.is_empty() { better } else { format!("Instead: {better}") };
    let references = rule.references.iter().map(|reference| format!("- {}", prose(reference)));
    paragraphs(vec![description(&rule.why, rule), better, references.collect::<Vec<_>>().join("\n")])
}

fn help_markdown(rule: &Rule) -> String {
    let better =
        if rule.better.is_empty() { String::new() } else { format!("**Instead:** {}", code(&rule.better)) };
    let references: Vec<String> =
        rule.references.iter().map(|reference| format!("- {}", escaped(reference))).collect();
    let references = if references.is_empty() {
        String::new()
    } else {
        format!("**References**\n\n{}", references.join("\n"))
    };
    paragraphs(vec![escaped(&description(&rule.why, rule)), better, references])
}

fn paragraphs(mut parts: Vec<String>) -> String {
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

fn results(document: &DocumentReport, rules: &[Rule]) -> impl Iterator<Item = Value> {
    let found = document.findings.iter().map(|finding| result(document, finding, rules));
    found.chain(document.suppressed.iter().map(|finding| suppressed(document, finding, rules)))
}

fn result(document: &DocumentReport, finding: &Finding, rules: &[Rule]) -> Value {
    let asked = finding.questions.iter().map(|question| format!("\n- {}", message(question)));
    let asked = asked.collect::<Vec<_>>().concat();
    let mut result = json!({
        "ruleId": finding.rule,
        "level": severity_name(finding.severity),
        "message": { "text": format!("{}{asked}", message(&finding.message)) },
        "locations": [place(document, finding.start, finding.end, &finding.quote)],
        "partialFingerprints": { "rcalint/v1": finding.fingerprint },
        "properties": { "cause": finding.cause, "deepened": finding.deepened, "section": finding.section },
    });
    index(&mut result, rules);
    result
}

/// Returns the result for a suppressed finding.
fn suppressed(document: &DocumentReport, finding: &Suppressed, rules: &[Rule]) -> Value {
    let kind = match finding.by {
        SuppressedBy::Comment => "inSource",
        SuppressedBy::Baseline => "external",
    };
    let mut result = json!({
        "ruleId": finding.rule,
        "level": severity_name(finding.severity),
        "message": { "text": message(&format!("\"{}\"", finding.quote)) },
        "locations": [place(document, finding.start, finding.end, &finding.quote)],
        "partialFingerprints": { "rcalint/v1": finding.fingerprint },
        "suppressions": [{ "kind": kind, "status": "accepted", "justification": said(&finding.reason) }],
    });
    index(&mut result, rules);
    result
}

/// Returns the location of a quote. The region is limited to the first line of the quote.
fn place(document: &DocumentReport, start: Position, end: Position, quote: &str) -> Value {
    let (line, (from, to)) = (start.line, columns(start, end, quote));
    let region = json!({ "startLine": line, "startColumn": from, "endLine": line, "endColumn": to });
    json!({ "physicalLocation": { "artifactLocation": { "uri": uri(&document.path) }, "region": region } })
}

/// Sets the position of a result's rule among the rules of the driver.
fn index(result: &mut Value, rules: &[Rule]) {
    if let Some(at) = rules.iter().position(|rule| result["ruleId"] == rule.id.as_str()) {
        result["ruleIndex"] = at.into();
    }
}

/// Escapes the text of a message, in which `[words](address)` would be a link.
fn message(text: &str) -> String {
    let text = said(text);
    if !text.contains("](") {
        return text;
    }
    // Backslashes first: one before a bracket would undo its escaping.
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

/// Returns notifications about files that could not be read, and about the number of results left out.
fn notifications(report: &Report, cut: usize) -> Vec<Value> {
    let note = |text: String| json!({ "level": "note", "message": { "text": text } });
    let mut all: Vec<Value> = report.errors.iter().map(unread).collect();
    let skipped = report.skipped.len();
    all.extend((skipped > 0).then(|| note(format!("{} skipped: not postmortems", counted(skipped, "file")))));
    all.extend((cut > 0).then(|| note(format!("{} left out", counted(cut, "result")))));
    all
}

fn unread(error: &FileError) -> Value {
    json!({
        "level": "error",
        "message": { "text": message(&format!("not read: {}", error.message)) },
        "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(&error.path) } } }],
    })
}

fn verdicts(report: &Report) -> Vec<Value> {
    let row = |document: &DocumentReport| json!({ "uri": uri(&document.path), "verdict": verdict_id(document.verdict) });
    report.documents.iter().map(row).collect()
}
