//! Findings set aside in a finished report, with their reasons, and with them the questions that only they ask.

use std::collections::BTreeSet;

use crate::report::{About, DocumentReport, Finding, Question, Suppressed, SuppressedBy};

/// Sets aside each finding for which `why` gives a reason. The verdict stays what it is.
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

/// True unless all findings that ask the question are gone; it is about the first of those that are left.
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
