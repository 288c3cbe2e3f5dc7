//! Reviews every example sentence of a rule as a separate document.

use rcalint::lexicon::Example;
use rcalint::report::{DocumentReport, Finding};
use rcalint::review;
use rcalint::source::Source;

use super::{lexicon, none, text_rules};

/// A heading for each role that an example may have.
const HEADINGS: [(&str, &str); 15] = [
    ("summary", "Summary"),
    ("impact", "Impact"),
    ("background", "Background"),
    ("trigger", "Trigger"),
    ("detection", "Detection"),
    ("timeline", "Timeline"),
    ("cause", "Root cause"),
    ("contributing-factors", "Contributing factors"),
    ("response", "Resolution"),
    ("went-well", "What went well"),
    ("went-wrong", "What went wrong"),
    ("lessons", "Lessons learned"),
    ("actions", "Action items"),
    ("appendix", "Appendix"),
    ("other", "Miscellany"),
];

#[test]
fn every_heading_has_its_role() {
    let wrong = |(role, heading): &(&str, &str)| {
        let report = read(heading, "The disk was full.");
        let found = report.sections.last().unwrap().role.clone();
        (found != *role).then(|| format!("`{heading}` should be {role}, but is {found}"))
    };
    none(&HEADINGS.iter().filter_map(wrong).collect::<Vec<_>>());
}

#[test]
fn every_bad_example_is_flagged_by_its_rule() {
    let mut missed = Vec::new();
    for rule in text_rules() {
        for example in &rule.bad {
            let found = text_findings(example);
            if !found.iter().any(|finding| finding.rule == rule.id) {
                missed.push(complaint(&rule.id, example, &found));
            }
        }
    }
    none(&missed);
}

#[test]
fn every_good_example_has_no_findings() {
    let mut flagged = Vec::new();
    for rule in text_rules() {
        for example in &rule.good {
            let found = text_findings(example);
            if !found.is_empty() {
                flagged.push(complaint(&rule.id, example, &found));
            }
        }
    }
    none(&flagged);
}

fn text_findings(example: &Example) -> Vec<Finding> {
    let mut findings = read_example(example).findings;
    findings.retain(|finding| text_rules().any(|rule| rule.id == finding.rule));
    findings
}

#[track_caller]
fn read_example(example: &Example) -> DocumentReport {
    let heading = HEADINGS.iter().find(|(role, _)| *role == example.under);
    let (_, heading) = heading.unwrap_or_else(|| panic!("`{}` is no role: {}", example.under, example.text));
    read(heading, &example.text)
}

fn read(heading: &str, text: &str) -> DocumentReport {
    let text = format!("# Incident\n\n## {heading}\n\n{text}\n");
    review(&Source::new("example.md", &text), lexicon())
}

fn complaint(rule: &str, example: &Example, found: &[Finding]) -> String {
    let found: Vec<_> = found.iter().map(|found| format!("{} `{}`", found.rule, found.quote)).collect();
    format!("{rule}, under {}: `{}` gave [{}]", example.under, example.text, found.join(", "))
}
