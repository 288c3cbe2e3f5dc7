//! The default output: the verdict and what to ask, then the findings with their source lines, by weight.

use std::collections::BTreeSet;

use crate::model::Severity;
use crate::render::escape::{Terminal, headed};
use crate::render::location::by_weight;
use crate::render::wording::{counted, said};
use crate::render::{AnsiColor, Effects, Options, Parts, agenda, snippet, summary, wrap};
use crate::report::{BaselineReport, DocumentReport, Finding, Guard, Report, Summary, SuppressedCounts};
use crate::source::Source;

/// Returns the verdict, questions, findings and coverage of one document.
pub(super) fn document(report: &DocumentReport, source: &Source, options: &Options<'_>) -> String {
    let mut parts: Vec<String> = Vec::new();
    if options.several && (options.shows_questions() || !report.findings.is_empty()) {
        parts.push(heading(&report.path, options));
    }
    if options.shows_questions() {
        parts.push(summary::verdict(report, options));
        parts.extend((!summary::nothing_new(report)).then(|| agenda::questions(report, options)));
    }
    if options.shows_findings() {
        parts.extend(findings(report, source, options));
    }
    if options.parts == Parts::All {
        parts.push(summary::coverage(report, options));
        parts.extend(on_changed_lines(report));
    }
    parts.retain(|part| !part.is_empty());
    let gap = if options.several && !parts.is_empty() { "\n" } else { "" };
    parts.join("\n") + gap
}

fn findings(report: &DocumentReport, source: &Source, options: &Options<'_>) -> Vec<String> {
    let mut suggestions = Suggestions::default();
    let shown = |finding| snippet::finding(finding, suggestions.take(finding), source, options);
    by_weight(&report.findings).into_iter().map(shown).collect()
}

/// Returns how many findings are on changed lines; `None` without `--diff` or findings.
fn on_changed_lines(report: &DocumentReport) -> Option<String> {
    report.findings.first()?.changed?;
    let count = report.findings.iter().filter(|finding| finding.changed == Some(true)).count();
    let (all, verb) = (counted(report.findings.len(), "finding"), if count == 1 { "is" } else { "are" });
    let order = if count > 0 { ", shown first" } else { "" };
    Some(format!("{count} of {all} {verb} on changed lines{order}\n"))
}

/// Returns the line below several documents.
pub(super) fn closing(report: &Report, options: &Options<'_>) -> String {
    if !options.shows_questions() {
        return String::new();
    }
    let mut lines: Vec<String> = Vec::new();
    if options.several || report.summary.documents == 0 {
        lines.push(tally(report));
        lines.extend(report.documents.iter().flat_map(|document| &document.findings).next().map(pointer));
    }
    lines.extend(report.baseline.as_ref().and_then(stale));
    lines.extend(report.guard.as_deref().and_then(guarded));
    let lines = lines.iter().map(|line| wrap::lines(line, options.width).join("\n") + "\n");
    lines.collect()
}

/// Patterns for a better sentence. Each is shown once per document, below an error about the cause.
#[derive(Default)]
struct Suggestions<'a> {
    shown: BTreeSet<&'a str>,
}

impl<'a> Suggestions<'a> {
    fn take(&mut self, finding: &'a Finding) -> Option<&'a str> {
        let concludes = finding.severity == Severity::Error && finding.cause;
        let shape = finding.shape.as_deref().filter(|_| concludes)?;
        self.shown.insert(&finding.rule).then_some(shape)
    }
}

fn heading(path: &str, options: &Options<'_>) -> String {
    let style = AnsiColor::Cyan.on_default().effects(Effects::BOLD);
    format!("{}\n", options.paint(style, &format!("== {} ==", Terminal(path))))
}

/// Returns a line such as `3 documents, 1 to start over, 4 findings; 2 files skipped …`.
fn tally(report: &Report) -> String {
    let mut parts = vec![if report.documents.is_empty() {
        "no postmortems found".to_owned()
    } else {
        of_documents(&report.summary)
    }];
    if !report.skipped.is_empty() {
        let files = counted(report.skipped.len(), "file");
        parts.push(format!("{files} skipped (name a file to read it anyway)"));
    }
    if !report.errors.is_empty() {
        parts.push(format!("{} could not be read", counted(report.errors.len(), "file")));
    }
    parts.join("; ")
}

fn of_documents(summary: &Summary) -> String {
    let found = summary.findings.error + summary.findings.warning + summary.findings.note;
    let (documents, findings) = (counted(summary.documents, "document"), counted(found, "finding"));
    let mut parts = vec![documents, format!("{} to start over", summary.start_over), findings];
    let SuppressedCounts { comment, baseline } = summary.suppressed;
    parts.extend((comment > 0).then(|| format!("{comment} allowed")));
    parts.extend((baseline > 0).then(|| format!("{baseline} in the baseline")));
    parts.join(", ")
}

/// Returns what to do about entries of the baseline without a match.
fn stale(baseline: &BaselineReport) -> Option<String> {
    let count: usize = baseline.stale.iter().map(|entry| entry.count).sum();
    let (found, path) = (counted(count, "finding"), headed(&baseline.path));
    let (verb, them) = if count == 1 { ("does", "it") } else { ("do", "them") };
    (count > 0).then(|| {
        format!("{path} {found} {verb} not occur any more; remove {them} with `rcalint baseline prune`")
    })
}

/// Returns how the change under review affects the check itself.
fn guarded(guards: &[Guard]) -> Option<String> {
    let said = |guard: &Guard| {
        // A path may be a colon, and the line may be wrapped before it: two colons would begin a command of a log.
        let place = guard.line.map_or_else(|| guard.path.clone(), |line| format!("{}:{line}", guard.path));
        format!("{} ({})", Terminal(&place), said(&guard.message))
    };
    (!guards.is_empty())
        .then(|| format!("Also changed: {}", guards.iter().map(said).collect::<Vec<_>>().join(", ")))
}

fn pointer(finding: &Finding) -> String {
    format!("Why a finding matters: rcalint explain {}", Terminal(&finding.rule))
}
