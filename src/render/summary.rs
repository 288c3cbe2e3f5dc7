//! The text summary of one document: verdict, buckets, remarks and open questions.

use std::collections::BTreeMap;

use crate::model::Verdict;
use crate::render::escape::Terminal;
use crate::render::wording::{counted, said};
use crate::render::{AnsiColor, Effects, Options, Style, why, wrap};
use crate::report::{
    Actions, BucketReport, BucketStatus, ClaimHead, ClaimReport, Conflict, DocumentReport, Evidence, ReadAs,
    Suppressed, SuppressedBy,
};

/// Maximum number of line numbers listed before "and N more".
const MAX_LINES: usize = 5;

/// Returns the summary of one document; `open` contains the questions that are not shown below a finding.
pub(super) fn document(report: &DocumentReport, open: &[&str], options: &Options<'_>) -> String {
    let mut parts = vec![verdict(report, options) + &reasons(report, options)];
    if nothing_new(report) {
        let known = wrap::hanging("  ", &suppressed(&report.suppressed).join("; "), options.width);
        return format!("{}{known}\n", parts.concat());
    }
    if report.language == "en" && !nothing_left(report) {
        parts.push(table(&buckets(report, options)));
        parts.push(remarks(report, options));
    }
    parts.push(questions(open, report, options));
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

/// True if all findings are in the baseline: an old document needs no attention.
fn nothing_new(report: &DocumentReport) -> bool {
    report.findings.is_empty() && report.suppressed.iter().any(|finding| finding.by == SuppressedBy::Baseline)
}

/// True if no action is required.
fn nothing_left(report: &DocumentReport) -> bool {
    let absent = report.coverage.iter().any(|(_, bucket)| bucket.status == BucketStatus::Absent);
    let quiet = report.findings.is_empty() && report.suppressed.is_empty() && report.questions.is_empty();
    quiet && !absent && matches!(report.verdict, Verdict::Clear | Verdict::Examined)
}

/// Returns the verdict in one or two words, its colour, and its meaning.
pub(super) fn words(report: &DocumentReport) -> (&'static str, AnsiColor, &'static str) {
    match report.verdict {
        _ if report.language != "en" => ("not judged", AnsiColor::Cyan, "rcalint reads English only"),
        Verdict::StartOver => ("start over", AnsiColor::Red, "the analysis concludes with human error"),
        Verdict::Examined => (
            "examined",
            AnsiColor::Green,
            "a human act is part of the story, and the text asks what led to it",
        ),
        Verdict::Clear => ("clear", AnsiColor::Green, "a cause is given that does not stop at a person"),
        Verdict::Undetermined => ("undetermined", AnsiColor::Cyan, "no cause is stated yet"),
    }
}

fn verdict(report: &DocumentReport, options: &Options<'_>) -> String {
    let (word, color, reading) = words(report);
    let ending = if nothing_left(report) { "; no open questions" } else { "" };
    let said = wrap::lines(&format!("{word}: {reading}{ending}"), options.width).join("\n");
    let style = color.on_default().effects(Effects::BOLD);
    let basis = wrap::hanging("  ", &basis(report), options.width).trim_end().to_owned();
    let basis = if basis.is_empty() { basis } else { basis + "\n" };
    format!("{}\n{basis}", said.replacen(word, &options.paint(style, word), 1))
}

/// Returns what the verdict was weighed from, if that is asked for.
fn reasons(report: &DocumentReport, options: &Options<'_>) -> String {
    let rows = if options.why { why::verdict(report) } else { Vec::new() };
    rows.iter().map(|row| wrap::hanging("  ", row, options.width) + "\n").collect()
}

/// Returns the lines of the claims on which the verdict is based, so that it can be contested.
pub(super) fn basis(report: &DocumentReport) -> String {
    if report.language != "en" || report.verdict == Verdict::Undetermined {
        return String::new();
    }
    let cause = claim_lines(report, |claim| claim.read_as == Some(ReadAs::Cause));
    let mut basis = format!("given as the cause: {}", cause.as_deref().unwrap_or("none"));
    if report.verdict == Verdict::Examined {
        let conditions = claim_lines(report, |claim| claim.read_as == Some(ReadAs::Condition));
        basis += "; conditions behind it: ";
        basis += conditions.as_deref().unwrap_or("in the same sentences");
    }
    if report.verdict == Verdict::StartOver {
        basis += "; conditions behind it: none";
        let is_mentioned =
            |claim: &ClaimReport| claim.read_as.is_none() && claim.head == ClaimHead::Condition;
        if let Some(lines) = claim_lines(report, is_mentioned) {
            basis += "; mentioned, but not given as an explanation: ";
            basis += &lines;
        }
    }
    basis
}

/// Returns the lines of the wanted claims; `None` if there are none.
fn claim_lines(report: &DocumentReport, wanted: impl Fn(&ClaimReport) -> bool) -> Option<String> {
    let claims = report.claims.iter().filter(|claim| wanted(claim));
    lines(&claims.map(|claim| claim.line).collect::<Vec<_>>())
}

/// Formats line numbers as `line 3` or `lines 3, 8 and 12 more`; `None` if there are none.
pub(super) fn lines(numbers: &[usize]) -> Option<String> {
    let mut numbers = numbers.to_vec();
    numbers.dedup();
    let (shown, more) = numbers.split_at(numbers.len().min(MAX_LINES));
    let list = shown.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
    match (shown.len(), more.len()) {
        (0, _) => None,
        (1, _) => Some(format!("line {list}")),
        (_, 0) => Some(format!("lines {list}")),
        (_, more) => Some(format!("lines {list} and {more} more")),
    }
}

/// Returns one row per bucket: its name, whether it was examined, and where.
fn buckets(report: &DocumentReport, options: &Options<'_>) -> Vec<[String; 3]> {
    let row = |(id, bucket): &(String, BucketReport)| {
        let shown = if options.why { why::bucket(bucket) } else { place(&bucket.evidence) };
        [Terminal(options.bucket_name(id)).to_string(), status(bucket, options), shown]
    };
    report.coverage.iter().map(row).collect()
}

fn status(bucket: &BucketReport, options: &Options<'_>) -> String {
    match bucket.status {
        BucketStatus::Examined => options.paint(AnsiColor::Green.on_default(), "examined    "),
        BucketStatus::Absent => options.paint(Style::new().effects(Effects::BOLD), "not examined"),
    }
}

fn place(evidence: &[Evidence]) -> String {
    lines(&evidence.iter().map(|found| found.line).collect::<Vec<_>>()).unwrap_or_default()
}

fn table(rows: &[[String; 3]]) -> String {
    let width = rows.iter().map(|[name, ..]| wrap::columns(name)).max().unwrap_or_default();
    let line = |[name, status, place]: &[String; 3]| {
        let gap = " ".repeat(width - wrap::columns(name));
        format!("  {name}{gap}  {status}  {place}").trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

/// Returns conflicts, actions, suppressed findings and the number of findings beyond the limit.
fn remarks(report: &DocumentReport, options: &Options<'_>) -> String {
    let mut rows: Vec<String> = Vec::new();
    rows.extend(report.conflicts.iter().map(conflict));
    rows.extend(actions(report.actions));
    rows.extend(suppressed(&report.suppressed));
    if report.truncated > 0 {
        let more = counted(report.truncated, "more finding");
        rows.push(format!("{more} not shown (limit per file)"));
    }
    let line = |row: &String| wrap::hanging("  ", row, options.width) + "\n";
    rows.iter().map(line).collect()
}

fn conflict(conflict: &Conflict) -> String {
    let place = lines(&conflict.lines).map_or_else(String::new, |lines| format!(" ({lines})"));
    format!("{}{place}", said(&conflict.text))
}

pub(super) fn actions(actions: Actions) -> Option<String> {
    let Actions { stronger, intermediate, weaker } = actions;
    let any = stronger + intermediate + weaker > 0;
    any.then(|| format!("actions: {stronger} stronger, {intermediate} intermediate, {weaker} weaker"))
}

/// Returns one row per rule and reason of allowed findings, in their order, and one for the findings in the baseline.
fn suppressed(findings: &[Suppressed]) -> Vec<String> {
    let mut allowed: Vec<(&Suppressed, Vec<usize>)> = Vec::new();
    let mut positions: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.by == SuppressedBy::Comment) {
        let at = *positions.entry((&finding.rule, &finding.reason)).or_insert(allowed.len());
        if at == allowed.len() {
            allowed.push((finding, Vec::new()));
        }
        allowed[at].1.push(finding.line);
    }
    let mut rows: Vec<String> = allowed.iter().map(|(finding, lines)| allowed_row(finding, lines)).collect();
    let known = findings.iter().filter(|finding| finding.by == SuppressedBy::Baseline).count();
    if known > 0 {
        rows.push(format!("{} already in the baseline", counted(known, "finding")));
    }
    rows
}

fn allowed_row(finding: &Suppressed, numbers: &[usize]) -> String {
    let place = lines(numbers).unwrap_or_default();
    format!("allowed: {} in {place} ({})", Terminal(&finding.rule), said(&finding.reason))
}

fn questions(open: &[&str], report: &DocumentReport, options: &Options<'_>) -> String {
    if open.is_empty() {
        return String::new();
    }
    let rows = open.iter().enumerate().map(|(at, question)| {
        wrap::hanging(&format!("  {}. ", at + 1), &said(question), options.width) + "\n"
    });
    format!("{}:\n{}{}", title(report), rows.collect::<String>(), further(report))
}

fn title(report: &DocumentReport) -> &'static str {
    if report.findings.is_empty() { "Questions to ask" } else { "Further questions to ask" }
}

fn further(report: &DocumentReport) -> String {
    match report.questions.len().saturating_sub(super::QUESTIONS_SHOWN) {
        0 => String::new(),
        more => format!("  and {more} more in `rcalint questions`\n"),
    }
}
