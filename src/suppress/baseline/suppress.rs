//! Suppresses known findings in a finished report, together with the questions that only they ask.

use std::collections::BTreeSet;

use crate::report::{About, DocumentReport, Finding, Question, Suppressed, SuppressedBy};

/// The reason that a report gives for a finding in the baseline.
const REASON: &str = "baseline";

/// Suppresses the known findings. The verdict does not change.
pub(super) fn suppress(report: &mut DocumentReport, mut is_known: impl FnMut(&Finding) -> bool) {
    let known: Vec<Finding> = report.findings.extract_if(.., |finding| is_known(finding)).collect();
    let suppressed = |finding| Suppressed::new(finding, SuppressedBy::Baseline, REASON.to_owned());
    report.suppressed.extend(known.iter().map(suppressed));
    report.suppressed.sort_by(|a, b| (a.line, &a.rule, a.by).cmp(&(b.line, &b.rule, b.by)));
    let gone: BTreeSet<String> = known.into_iter().map(|finding| finding.fingerprint).collect();
    report.questions.retain_mut(|question| is_still_asked(question, &gone));
}

/// True unless all findings that ask the question have been suppressed. Makes the question refer to the first remaining
/// one.
fn is_still_asked(question: &mut Question, gone: &BTreeSet<String>) -> bool {
    if !question.asked_by.iter().any(|finding| gone.contains(finding)) {
        return true;
    }
    question.asked_by.retain(|finding| !gone.contains(finding));
    if let (About::Finding(about), Some(left)) = (&mut question.about, question.asked_by.first()) {
        about.clone_from(left);
    }
    !question.asked_by.is_empty()
}
