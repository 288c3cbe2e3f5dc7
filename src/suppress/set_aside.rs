//! Findings set aside in a report, with their reasons, and with them the questions that only they ask.

use std::collections::BTreeMap;

use crate::model::Severity;
use crate::report::{About, DocumentReport, Finding, Suppressed, SuppressedBy};

/// The rule whose finding is the verdict.
pub const VERDICT: &str = "concludes-with-human-error";

/// Rules by the themes of the questions that they ask of the whole document; other rules have the theme's own name.
const THEMES: [(&str, &str); 2] = [("no-cause", "no-cause-stated"), ("remedies-ahead", VERDICT)];

/// The rule that asks about a bucket.
const BUCKETS: &str = "uncovered-bucket";

/// Sets aside each finding for which `why` has a reason. The verdict's word stays what it is.
pub fn set_aside(
    report: &mut DocumentReport,
    by: SuppressedBy,
    mut why: impl FnMut(&Finding) -> Option<String>,
) {
    let mut gone: Vec<Finding> = Vec::new();
    for finding in std::mem::take(&mut report.findings) {
        match why(&finding) {
            Some(reason) => {
                report.suppressed.push(suppressed(&finding, by, reason));
                gone.push(finding);
            }
            None => report.findings.push(finding),
        }
    }
    if !gone.is_empty() {
        report.suppressed.sort_by(|a, b| (a.line, &a.rule, a.by).cmp(&(b.line, &b.rule, b.by)));
        silence(report, &gone);
    }
}

fn suppressed(finding: &Finding, by: SuppressedBy, reason: String) -> Suppressed {
    Suppressed {
        rule: finding.rule.clone(),
        line: finding.start.line,
        start: finding.start,
        end: finding.end,
        reason,
        by,
        severity: finding.severity,
        quote: finding.quote.clone(),
        fingerprint: finding.fingerprint.clone(),
    }
}

/// Takes back the questions of findings that are gone. Those about an act that the verdict still rests on are the
/// verdict's own from now on.
fn silence(report: &mut DocumentReport, gone: &[Finding]) {
    let verdict = report.findings.iter().find(|finding| finding.rule == VERDICT);
    let verdict = verdict.map(|finding| finding.fingerprint.clone());
    let by_name: BTreeMap<&str, &Finding> =
        gone.iter().map(|finding| (finding.fingerprint.as_str(), finding)).collect();
    let allowed = |rule: &str| gone.iter().any(|finding| finding.rule == rule);
    report.questions.retain_mut(|question| match &mut question.about {
        About::Bucket(_) => !allowed(BUCKETS),
        About::Document(theme) => !allowed(rule_of(theme)),
        About::Finding(name) => match (by_name.get(name.as_str()), &verdict) {
            (Some(finding), Some(verdict)) if finding.severity == Severity::Error => {
                name.clone_from(verdict);
                true
            }
            (about, _) => about.is_none(),
        },
    });
}

fn rule_of(theme: &str) -> &str {
    THEMES.iter().find(|(name, _)| *name == theme).map_or(theme, |(_, rule)| rule)
}
