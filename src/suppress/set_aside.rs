//! Suppresses findings in a finished report, together with the questions that only they ask.

use std::collections::BTreeSet;

use crate::report::{About, DocumentReport, Finding, Question, Suppressed, SuppressedBy};

/// Suppresses each finding for which `why` returns a reason. The verdict does not change.
pub fn set_aside(
    report: &mut DocumentReport,
    by: SuppressedBy,
    mut why: impl FnMut(&Finding) -> Option<String>,
) {
    let mut gone: BTreeSet<String> = BTreeSet::new();
    for finding in std::mem::take(&mut report.findings) {
        let Some(reason) = why(&finding) else {
            report.findings.push(finding);
            continue;
        };
        report.suppressed.push(Suppressed::new(&finding, by, reason));
        gone.insert(finding.fingerprint);
    }
    report.suppressed.sort_by(|a, b| (a.line, &a.rule, a.by).cmp(&(b.line, &b.rule, b.by)));
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
