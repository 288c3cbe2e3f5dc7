//! What a document concludes, what it looked into, and what is still to be asked.

use crate::model::Verdict;
use crate::render::escape::Terminal;
use crate::render::text::{counted, said};
use crate::render::{AnsiColor, Effects, Options, Style, wrap};
use crate::report::{
    Actions, BucketReport, BucketStatus, ClaimHead, ClaimReport, Conflict, DocumentReport, Evidence, ReadAs,
    Suppressed, SuppressedBy,
};

/// Line numbers listed before "and N more".
const LINES_LISTED: usize = 5;

/// The summary of one document; `open` are the questions that no finding has asked yet.
pub(super) fn document(report: &DocumentReport, open: &[&str], options: &Options<'_>) -> String {
    let mut parts = vec![verdict(report, options)];
    if nothing_new(report) {
        let known = wrap::hanging("  ", &set_aside(&report.suppressed).join("; "), options.width);
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

/// Whether all that was found was there before: an old document needs no reader today.
fn nothing_new(report: &DocumentReport) -> bool {
    report.findings.is_empty() && report.suppressed.iter().any(|finding| finding.by == SuppressedBy::Baseline)
}

/// Whether there is nothing to do for anybody.
fn nothing_left(report: &DocumentReport) -> bool {
    let absent = report.coverage.iter().any(|(_, bucket)| bucket.status == BucketStatus::Absent);
    let quiet = report.findings.is_empty() && report.suppressed.is_empty() && report.questions.is_empty();
    quiet && !absent && matches!(report.verdict, Verdict::Clear | Verdict::Examined)
}

/// The verdict in one word, how bright it is shown, and what it means.
pub(super) fn words(report: &DocumentReport) -> (&'static str, AnsiColor, &'static str) {
    match report.verdict {
        _ if report.language != "en" => ("not judged", AnsiColor::Cyan, "this build reads English only"),
        Verdict::StartOver => ("start over", AnsiColor::Red, "the analysis concludes with human error"),
        Verdict::Examined => (
            "examined",
            AnsiColor::Green,
            "a human act is part of the story, and the text asks what led to it",
        ),
        Verdict::Clear => ("clear", AnsiColor::Green, "a cause is given, and nobody is blamed for it"),
        Verdict::Undetermined => ("undetermined", AnsiColor::Cyan, "no cause is stated yet"),
    }
}

fn verdict(report: &DocumentReport, options: &Options<'_>) -> String {
    let (word, color, reading) = words(report);
    let rest = if nothing_left(report) { "; nothing left to ask" } else { "" };
    let said = wrap::lines(&format!("{word}: {reading}{rest}"), options.width).join("\n");
    let style = color.on_default().effects(Effects::BOLD);
    let basis = wrap::hanging("  ", &basis(report), options.width).trim_end().to_owned();
    let basis = if basis.is_empty() { basis } else { basis + "\n" };
    format!("{}\n{basis}", said.replacen(word, &options.paint(style, word), 1))
}

/// What conditions are called that explain a human act.
const BEHIND: &str = "as conditions behind it";

/// The claims that the verdict was read from, so that it can be contested.
pub(super) fn basis(report: &DocumentReport) -> String {
    let at = |test: &dyn Fn(&ClaimReport) -> bool| {
        let claims = report.claims.iter().filter(|claim| test(claim));
        lines(&claims.map(|claim| claim.line).collect::<Vec<_>>())
    };
    let cause = at(&|claim| claim.read_as == Some(ReadAs::Cause));
    let conditions = at(&|claim| claim.read_as == Some(ReadAs::Condition));
    let elsewhere = at(&|claim| claim.read_as.is_none() && claim.head == ClaimHead::Condition);
    let mut parts = match report.verdict {
        _ if report.language != "en" => return String::new(),
        Verdict::Undetermined => return String::new(),
        Verdict::Clear => vec![named("read as the cause", cause.as_deref())],
        Verdict::StartOver => vec![named("read as the cause", cause.as_deref()), named(BEHIND, None)],
        Verdict::Examined => {
            let conditions = conditions.as_deref().unwrap_or("in the same sentences");
            vec![named("read as the cause", cause.as_deref()), named(BEHIND, Some(conditions))]
        }
    };
    if report.verdict == Verdict::StartOver {
        parts.extend(
            elsewhere.iter().map(|lines| format!("told elsewhere, not as what made it possible: {lines}")),
        );
    }
    parts.join("; ")
}

fn named(what: &str, lines: Option<&str>) -> String {
    format!("{what}: {}", lines.unwrap_or("none"))
}

/// `line 3`, `lines 3, 8 and 12 more`; none without any.
pub(super) fn lines(numbers: &[usize]) -> Option<String> {
    let mut numbers = numbers.to_vec();
    numbers.dedup();
    let (shown, more) = numbers.split_at(numbers.len().min(LINES_LISTED));
    let list = shown.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
    match (shown.len(), more.len()) {
        (0, _) => None,
        (1, _) => Some(format!("line {list}")),
        (_, 0) => Some(format!("lines {list}")),
        (_, more) => Some(format!("lines {list} and {more} more")),
    }
}

/// One row a bucket: name, whether it was looked into, where.
fn buckets(report: &DocumentReport, options: &Options<'_>) -> Vec<[String; 3]> {
    let row = |(id, bucket): &(String, BucketReport)| {
        [Terminal(options.bucket_name(id)).to_string(), status(bucket, options), place(&bucket.evidence)]
    };
    report.coverage.iter().map(row).collect()
}

fn status(bucket: &BucketReport, options: &Options<'_>) -> String {
    match bucket.status {
        BucketStatus::Examined => options.paint(AnsiColor::Green.on_default(), "looked into    "),
        BucketStatus::Absent => options.paint(Style::new().effects(Effects::BOLD), "not looked into"),
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

/// Actions, findings set aside and those beyond the cap.
fn remarks(report: &DocumentReport, options: &Options<'_>) -> String {
    let mut rows: Vec<String> = Vec::new();
    rows.extend(report.conflicts.iter().map(conflict));
    rows.extend(actions(report.actions));
    rows.extend(set_aside(&report.suppressed));
    if report.truncated > 0 {
        let more = counted(report.truncated, "more finding");
        rows.push(format!("{more} left out, beyond the limit for one file"));
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

/// What comments allow, one row a rule and reason, and how much the baseline knows.
fn set_aside(findings: &[Suppressed]) -> Vec<String> {
    let mut rows: Vec<(&str, &str, Vec<usize>)> = Vec::new();
    for finding in findings.iter().filter(|finding| finding.by == SuppressedBy::Comment) {
        let (rule, reason) = (finding.rule.as_str(), finding.reason.as_str());
        match rows.iter_mut().find(|row| (row.0, row.1) == (rule, reason)) {
            Some((_, _, lines)) => lines.push(finding.line),
            None => rows.push((rule, reason, vec![finding.line])),
        }
    }
    let row = |(rule, reason, at): &(&str, &str, Vec<usize>)| {
        format!("allowed: {} in {} ({})", Terminal(rule), lines(at).unwrap_or_default(), said(reason))
    };
    let known = findings.iter().filter(|finding| finding.by == SuppressedBy::Baseline).count();
    let known = (known > 0).then(|| format!("{} known from the baseline", counted(known, "finding")));
    rows.iter().map(row).chain(known).collect()
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
