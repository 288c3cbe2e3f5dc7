//! Findings as diagnostics, and what is wrong in files of settings.

use gen_lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, Position, Range,
    Uri,
};
use serde_json::json;

use crate::config::{GivenOptions, Preset};
use crate::lexicon::Lexicon;
use crate::lexicon::kinds::{DocumentRole, RuleKind};
use crate::lsp::documents::Text;
use crate::lsp::uri;
use crate::lsp::view::View;
use crate::lsp::workspace::{Outcome, Problem};
use crate::model::{Markup, Severity, Span};
use crate::report::{ClaimReport, EvidenceSource, Finding, ReadAs, TOOL};

/// Returns the diagnostics of a document.
pub(crate) fn of_document(view: &View<'_>) -> Vec<Diagnostic> {
    match &view.analysis.outcome {
        Outcome::Judged(judged) => {
            let shown = judged.report.findings.iter().filter(|finding| is_shown(view, finding));
            let markup = judged.report.markup.map(of_markup);
            markup.into_iter().chain(shown.map(|finding| of_finding(view, finding))).collect()
        }
        Outcome::Failed(why) => vec![failure(why)],
        Outcome::Skipped => Vec::new(),
    }
}

/// True unless the preset shows only the verdict and the questions.
fn is_shown(view: &View<'_>, finding: &Finding) -> bool {
    let preset = GivenOptions::default().preset(&view.analysis.project.settings.config);
    preset != Preset::Draft || is_verdict(view, finding)
}

/// True if the finding states the verdict.
fn is_verdict(view: &View<'_>, finding: &Finding) -> bool {
    view.kind(finding) == Some(RuleKind::Document(DocumentRole::Verdict))
}

/// Returns the diagnostic of a finding.
pub(crate) fn of_finding(view: &View<'_>, finding: &Finding) -> Diagnostic {
    let related = related(view, finding);
    Diagnostic {
        code: Some(finding.rule.clone().into()),
        code_description: page(view, &finding.rule),
        data: Some(json!({ "fingerprint": finding.fingerprint })),
        related_information: (!related.is_empty()).then_some(related),
        ..plain(view.range(finding), severity(finding.severity), &finding.message)
    }
}

/// Returns the link to the page of a rule: in the manual, if the client says where that is and the rule is in it, and else on
/// this machine.
fn page(view: &View<'_>, rule: &str) -> Option<CodeDescription> {
    let manual = view.client.docs_url.as_ref().filter(|_| Lexicon::embedded().rule(rule).is_some());
    let href = match manual {
        Some(base) => Uri(format!("{base}/rules/{rule}.html")),
        None if view.client.links_codes => {
            let rule = view.analysis.project.settings.lexicon.rule(rule)?;
            uri::from_path(&view.files.page(rule).ok()?)
        }
        None => return None,
    };
    Some(CodeDescription { href })
}

const fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Note => DiagnosticSeverity::Information,
    }
}

/// Returns the other places that a finding rests on: for the verdict, the claims that are read as the cause.
fn related(view: &View<'_>, finding: &Finding) -> Vec<DiagnosticRelatedInformation> {
    let elsewhere = |evidence: &&EvidenceSource| evidence.line != finding.start.line;
    let evidence = finding.evidence.iter().filter(elsewhere);
    let mut places: Vec<(usize, &str, &str)> =
        evidence.map(|one| (one.line, one.quote.as_str(), "it also rests on this")).collect();
    if is_verdict(view, finding) {
        let claims = view.judged().into_iter().flat_map(|judged| &judged.report.claims);
        let causes = claims.filter(|claim| claim.read_as == Some(ReadAs::Cause));
        places.extend(
            causes.map(|claim: &ClaimReport| (claim.line, claim.quote.as_str(), "given as the cause")),
        );
    }
    places.into_iter().map(|(line, quote, message)| place(view, line, quote, message)).collect()
}

/// Returns a place in the same document: the quote, if its line contains it, or else the line.
fn place(view: &View<'_>, line: usize, quote: &str, message: &str) -> DiagnosticRelatedInformation {
    let text = &view.text.content;
    let line = view.text.line(line);
    let end = text.floor_char_boundary(line.end + quote.len()); // the quote may go on in the next lines
    let found = text[line.start..end].find(quote).filter(|_| !quote.is_empty()).map(|at| line.start + at);
    let span = found.map_or(line, |start| Span::new(start, start + quote.len()));
    let location = Location { uri: view.uri.clone(), range: view.text.range(span) };
    DiagnosticRelatedInformation { location, message: message.to_owned() }
}

/// Returns the diagnostic that says how a document is read that is not Markdown.
fn of_markup(markup: Markup) -> Diagnostic {
    plain(Range::default(), DiagnosticSeverity::Hint, markup.notice())
}

fn failure(why: &str) -> Diagnostic {
    plain(Range::default(), DiagnosticSeverity::Error, &format!("not read: {why}"))
}

/// Returns the diagnostic for what is wrong in a file of settings, whose text may be unknown.
pub(crate) fn of_problem(problem: &Problem, text: Option<&Text>) -> Diagnostic {
    let (line, column) = (problem.line.max(1), problem.column.max(1));
    let range = text.map_or_else(|| point(line, column), |text| text.range(rest_of_line(text, line, column)));
    plain(range, DiagnosticSeverity::Error, &problem.message)
}

fn point(line: usize, column: usize) -> Range {
    let number = |number: usize| u32::try_from(number - 1).unwrap_or(u32::MAX);
    let place = Position { line: number(line), character: number(column) };
    Range { start: place, end: Position { character: u32::MAX >> 1, ..place } }
}

/// Returns the rest of a line from a column, both from 1; the column is counted in code points.
fn rest_of_line(text: &Text, line: usize, column: usize) -> Span {
    let span = text.line(line);
    let before: usize = span.of(&text.content).chars().take(column - 1).map(char::len_utf8).sum();
    Span::new(span.start + before, span.end)
}

fn plain(range: Range, severity: DiagnosticSeverity, message: &str) -> Diagnostic {
    Diagnostic {
        range,
        severity: Some(severity),
        code: None,
        code_description: None,
        source: Some(TOOL.to_owned()),
        message: message.to_owned().into(),
        tags: None,
        related_information: None,
        data: None,
    }
}
