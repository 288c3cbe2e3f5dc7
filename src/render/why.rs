//! What judgements rest on, in words: for `--why`.

use crate::model::{DocumentTrait, Verdict};
use crate::render::escape::Terminal;
use crate::render::evidence::clause;
use crate::render::wording::said;
use crate::report::{DocumentReport, Evidence, EvidenceSource, Finding, Reason, VerdictQuestion, Witness};

/// Maximum number of reasons given for one answer.
const MOST_REASONS: usize = 4;

/// Maximum number of kinds of evidence named in a sentence.
const MOST_KINDS: usize = 2;

/// The questions that lead to a verdict, each as a statement.
const STATEMENTS: [(VerdictQuestion, &str); 3] = [
    (VerdictQuestion::Stated, "a cause is stated"),
    (VerdictQuestion::Person, "a person's act is part of it"),
    (VerdictQuestion::Examined, "the conditions behind the act are examined"),
];

/// Returns what makes a passage a finding; `None` for a rule about the document.
pub(super) fn finding(found: &Finding) -> Option<String> {
    let parts: Vec<String> = found.evidence.iter().map(source).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn source(evidence: &EvidenceSource) -> String {
    let EvidenceSource { witness, points, quote, .. } = evidence;
    format!("{} {points:+} points, \"{}\"", name(*witness), said(&clause(quote)))
}

/// Returns one row for each question that leads to the verdict: none after a question that is answered with no.
pub(super) fn verdict(report: &DocumentReport) -> Vec<String> {
    let asked = match report.verdict {
        Verdict::Undetermined => 1,
        Verdict::Clear => 2,
        Verdict::StartOver | Verdict::Examined => 3,
    };
    let answer = |(about, statement): &(VerdictQuestion, &str)| {
        let reasons: Vec<&Reason> =
            report.verdict_reasons.iter().filter(|reason| reason.about == *about).collect();
        let sum: i32 = reasons.iter().map(|reason| reason.points).sum();
        let answer = if sum >= 0 { "yes" } else { "no" };
        let told =
            reasons.iter().filter(|reason| reason.points != 0).take(MOST_REASONS).map(|reason| told(reason));
        let told = told.collect::<Vec<_>>().join(", ");
        (!reasons.is_empty()).then(|| format!("why: {statement}: {answer}, {sum:+} points ({told})"))
    };
    STATEMENTS.iter().take(asked).filter_map(answer).collect()
}

/// Returns, in words, what speaks most for a stated cause, other than the length of the text and the lexicon's opinion.
pub(super) fn weightiest(report: &DocumentReport) -> Vec<String> {
    use DocumentTrait::{Length, LexiconClear, LexiconExamined, LexiconStartOver, LexiconUndetermined};
    let for_cause = report
        .verdict_reasons
        .iter()
        .filter(|reason| reason.about == VerdictQuestion::Stated && reason.points > 0);
    let kinds = for_cause.filter_map(|reason| reason.kind).filter(|kind| {
        !matches!(kind, Length | LexiconClear | LexiconExamined | LexiconStartOver | LexiconUndetermined)
    });
    kinds.take(MOST_KINDS).map(words).collect()
}

fn told(reason: &Reason) -> String {
    let kind = reason.kind.map_or_else(|| "every document".to_owned(), words);
    format!("{kind} {:+}", reason.points)
}

/// Returns who shows that a bucket was examined, and with how many points, in brackets.
pub(super) fn evidence(found: &Evidence) -> String {
    format!(" ({} {:+})", name(found.witness), found.points)
}

const fn name(witness: Witness) -> &'static str {
    match witness {
        Witness::Lexicon => "lexicon",
        Witness::Reader => "reader",
        Witness::Document => "document",
    }
}

/// Returns the name of a trait in words.
fn words(kind: DocumentTrait) -> String {
    let name = serde_json::to_value(kind).unwrap_or_default();
    Terminal(name.as_str().unwrap_or_default()).to_string().replace('-', " ")
}
