//! What an editor shows beside the text: Markdown about a finding, a section, or the whole document.

use crate::model::Role;
use crate::render::evidence::Shown;
use crate::render::markdown_escape::{bounded, code, escaped};
use crate::render::wording::{counted, severity_name};
use crate::render::{Options, summary, why};
use crate::report::{BucketReport, BucketStatus, DocumentReport, Finding};

/// Returns why a passage is a finding, what to ask, and what to write instead.
pub fn finding(finding: &Finding, options: &Options<'_>) -> String {
    let head = format!("**{}** {}", severity_name(finding.severity), code(&finding.rule));
    let rule = options.rules.iter().find(|rule| rule.id == finding.rule);
    let reason = rule.map_or_else(String::new, |rule| escaped(&rule.why));
    let questions = list("**Ask**\n\n", finding.questions.iter().map(|question| bounded(question)));
    let shape = finding.shape.as_deref();
    let shape = shape.map_or_else(String::new, |shape| format!("**Shape to try:** {}", code(shape)));
    let evidence = why::finding(finding);
    let evidence = evidence.map_or_else(String::new, |why| format!("**Rests on:** {}", escaped(&why)));
    paragraphs(&[head, reason, questions, shape, evidence])
}

/// Returns the role of a section.
pub fn section(role: Role) -> String {
    format!("Role of this section: {}", code(role.id()))
}

/// Returns the verdict and the number of open questions, in a few words.
pub fn lens(report: &DocumentReport) -> String {
    let (word, ..) = summary::words(report);
    match report.questions.len() {
        0 => word.to_owned(),
        count => format!("{word}, {}", counted(count, "open question")),
    }
}

/// Returns the verdict with its reasons, and the kinds of contributing factor.
pub fn document(report: &DocumentReport, options: &Options<'_>) -> String {
    let (word, _, reading) = summary::words(report);
    let basis = summary::basis(report, &|line, words| format!("line {line} {}", code(words)));
    let basis = if basis.is_empty() { basis } else { format!(" ({basis})") };
    let verdict = format!("**{word}**: {reading}{basis}.");
    let reasons = list("", why::verdict(report).iter().map(|row| escaped(row)));
    let buckets = report.coverage.iter().map(|(id, bucket)| row(id, bucket, report, options));
    let buckets = list("**Kinds of contributing factor**\n\n", buckets);
    paragraphs(&[verdict, reasons, buckets])
}

fn row(id: &str, bucket: &BucketReport, report: &DocumentReport, options: &Options<'_>) -> String {
    let name = bounded(options.bucket_name(id));
    if bucket.status == BucketStatus::Absent {
        return format!("{name}: **not examined yet**");
    }
    let Shown { best, .. } = Shown::of(bucket, report);
    let places: Vec<String> =
        best.into_iter().map(|(found, words)| format!("line {} {}", found.line, code(&words))).collect();
    format!("{name}: examined in {}", places.join(", "))
}

/// Returns a list below `lead`; empty if it has no items.
fn list(lead: &str, items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.map(|item| format!("- {item}")).collect();
    if items.is_empty() { String::new() } else { format!("{lead}{}", items.join("\n")) }
}

fn paragraphs(parts: &[String]) -> String {
    let parts: Vec<&str> = parts.iter().map(|part| part.trim_end()).filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}
