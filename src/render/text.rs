//! The default output: findings with their source lines, followed by a short summary.

use std::collections::BTreeSet;

use crate::model::Severity;
use crate::render::escape::{Terminal, headed};
use crate::render::location::changed_first;
use crate::render::wording::{counted, said};
use crate::render::{AnsiColor, Effects, Options, QUESTIONS_SHOWN, snippet, summary, wrap};
use crate::report::{BaselineReport, DocumentReport, Finding, Guard, Report, Summary, SuppressedCounts};
use crate::source::Source;

/// Maximum number of questions below one finding.
const MAX_QUESTIONS: usize = 3;

/// Returns the findings, summary and questions of one document.
pub(super) fn document(report: &DocumentReport, source: &Source, options: &Options<'_>) -> String {
    let mut parts: Vec<String> = Vec::new();
    if options.several && !(options.quiet && report.findings.is_empty()) {
        parts.push(heading(&report.path, options));
    }
    let mut agenda = Agenda::of(report, options);
    let mut suggestions = Suggestions::default();
    for finding in changed_first(&report.findings) {
        let (asked, shape) = (agenda.take(finding), suggestions.take(finding));
        parts.push(snippet::finding(finding, &asked, shape, source, options));
    }
    if !options.quiet {
        parts.push(summary::document(report, &agenda.left, options));
        parts.extend(on_changed_lines(report));
    }
    let gap = if options.several && !parts.is_empty() { "\n" } else { "" };
    parts.join("\n") + gap
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
    if options.quiet {
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

/// The questions to show: the most valuable ones of the document, each in one place only.
struct Agenda<'a> {
    left: Vec<&'a str>,
}

impl<'a> Agenda<'a> {
    fn of(report: &'a DocumentReport, options: &Options<'_>) -> Self {
        let limit = if options.quiet { 0 } else { QUESTIONS_SHOWN };
        let mut seen = BTreeSet::new();
        let texts = report.questions.iter().map(|question| question.text.as_str());
        Self { left: texts.filter(|text| seen.insert(*text)).take(limit).collect() }
    }

    /// Removes and returns the questions to show below the finding.
    fn take(&mut self, finding: &Finding) -> Vec<&'a str> {
        let mut room = MAX_QUESTIONS;
        let mut here = |text: &&str| {
            let taken = room > 0 && finding.questions.iter().any(|question| question == text);
            room -= usize::from(taken);
            taken
        };
        let (taken, left) = self.left.iter().partition(|text| here(text));
        self.left = left;
        taken
    }
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
        let line = guard.line.map_or_else(String::new, |line| format!(":{line}"));
        format!("{}{line} ({})", Terminal(&guard.path), said(&guard.message))
    };
    (!guards.is_empty())
        .then(|| format!("Also changed: {}", guards.iter().map(said).collect::<Vec<_>>().join(", ")))
}

fn pointer(finding: &Finding) -> String {
    format!("Why a finding matters: rcalint explain {}", Terminal(&finding.rule))
}
