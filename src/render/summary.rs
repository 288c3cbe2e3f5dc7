//! The verdict of one document in a sentence, and what the document covers: buckets, actions, suppressed findings.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Role, Tier, Verdict};
use crate::render::escape::Terminal;
use crate::render::evidence::{self, Shown};
use crate::render::wording::{counted, said};
use crate::render::{AnsiColor, Effects, Options, Style, why, wrap};
use crate::report::{
    Actions, BucketReport, BucketStatus, ClaimHead, ClaimReport, Conflict, DocumentReport, Evidence, ReadAs,
    RemedyReport, Suppressed, SuppressedBy,
};

/// Maximum number of line numbers listed before "and N more".
const MAX_LINES: usize = 5;

/// Maximum number of claims of one kind whose words are shown.
const MAX_CLAIMS: usize = 2;

/// Formats a place in the document, from its line and its words.
pub(super) type Place<'p> = dyn Fn(usize, &str) -> String + 'p;

/// Returns the verdict with its reasons; for a document without news, also what is known about it.
pub(super) fn verdict(report: &DocumentReport, options: &Options<'_>) -> String {
    let known = if nothing_new(report) {
        wrap::hanging("  ", &suppressed(&report.suppressed).join("; "), options.width) + "\n"
    } else {
        String::new()
    };
    sentence(report, options) + &reasons(report, options) + &known
}

/// Returns the buckets, each with the words that show that it was examined, and remarks; empty if there is nothing to
/// do or nothing new.
pub(super) fn coverage(report: &DocumentReport, options: &Options<'_>) -> String {
    if !report.is_judged() || nothing_new(report) {
        return String::new();
    }
    let is_brief = nothing_left(report) && !options.why;
    let table = if is_brief { String::new() } else { buckets(report, options) };
    let mut parts = vec![table, remarks(report, options)];
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

/// True if all findings are in the baseline: an old document needs no attention.
pub(super) fn nothing_new(report: &DocumentReport) -> bool {
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
        _ if !report.is_judged() => ("not judged", AnsiColor::Cyan, "rcalint reads English only"),
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

/// Returns the verdict in one sentence, with the places on which it is based.
fn sentence(report: &DocumentReport, options: &Options<'_>) -> String {
    let (word, color, reading) = words(report);
    let basis = basis(report, &evidence::place);
    let basis = if basis.is_empty() { basis } else { format!(" ({basis})") };
    let ending = if nothing_left(report) { "; no open questions" } else { "" };
    let text = format!("{word}: {reading}{basis}{ending}");
    let said = wrap::lines(&text, options.width.saturating_sub(2)).join("\n  ");
    let style = color.on_default().effects(Effects::BOLD);
    said.replacen(word, &options.paint(style, word), 1) + "\n"
}

/// Returns what the verdict was weighed from, if that is asked for.
fn reasons(report: &DocumentReport, options: &Options<'_>) -> String {
    let rows = if options.why { why::verdict(report) } else { Vec::new() };
    rows.iter().map(|row| wrap::hanging("  ", row, options.width) + "\n").collect()
}

/// Returns the places on which the verdict is based, so that it can be contested.
pub(super) fn basis(report: &DocumentReport, show: &Place<'_>) -> String {
    if !report.is_judged() {
        return String::new();
    }
    let read_as = |read| claims(report, show, |claim| claim.read_as == Some(read));
    let given = |places: String| format!("given as the cause: {places}");
    let cause = || read_as(ReadAs::Cause).map_or_else(|| weighed(report), given);
    match report.verdict {
        Verdict::Undetermined => without_cause(report),
        Verdict::Clear => cause(),
        Verdict::Examined => {
            let conditions = read_as(ReadAs::Condition);
            let conditions = conditions.as_deref().unwrap_or("in the same sentences");
            format!("{}; conditions behind it: {conditions}", cause())
        }
        Verdict::StartOver => format!("{}; conditions behind it: none{}", cause(), mentioned(report)),
    }
}

/// Returns what a verdict rests on that is based on no single claim.
fn weighed(report: &DocumentReport) -> String {
    let most = why::weightiest(report).join(", ");
    let most = if most.is_empty() { most } else { format!("; what counted most: {most}") };
    format!("no single sentence was recognised as the cause{most}")
}

/// Returns why no cause was read.
fn without_cause(report: &DocumentReport) -> String {
    let section = report.sections.iter().find(|section| section.role == Role::Cause.id());
    match section {
        Some(section) => format!("none was recognised in the section about the cause, line {}", section.line),
        None => "no section is about the cause".to_owned(),
    }
}

/// Returns the lines of the conditions that are mentioned without being given as an explanation.
fn mentioned(report: &DocumentReport) -> String {
    let is_mentioned = |claim: &&ClaimReport| claim.read_as.is_none() && claim.head == ClaimHead::Condition;
    let found = report.claims.iter().filter(is_mentioned).map(|claim| claim.line).collect::<Vec<_>>();
    lines(&found)
        .map_or_else(String::new, |lines| format!("; mentioned, but not given as an explanation: {lines}"))
}

/// Returns the places of the wanted claims, those about the cause first; `None` if there are none.
fn claims(
    report: &DocumentReport,
    show: &Place<'_>,
    wanted: impl Fn(&ClaimReport) -> bool,
) -> Option<String> {
    let mut found: Vec<&ClaimReport> = report.claims.iter().filter(|claim| wanted(claim)).collect();
    let is_strong = |claim: &&ClaimReport| claim.points() >= evidence::ENOUGH;
    if found.iter().any(is_strong) {
        found.retain(is_strong);
    }
    found.sort_by_key(|claim| evidence::distance(&claim.section));
    let mut known = BTreeSet::new();
    found.retain(|claim| known.insert(claim.line));
    let (best, more) = found.split_at(found.len().min(MAX_CLAIMS));
    let mut more: Vec<usize> = more.iter().map(|claim| claim.line).collect();
    more.sort_unstable();
    let best = best.iter().map(|claim| show(claim.line, &evidence::clause(&claim.quote)));
    let places: Vec<String> = best.chain(lines(&more)).collect();
    (!places.is_empty()).then(|| places.join(", "))
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

/// Returns each bucket, whether it was examined, and where.
fn buckets(report: &DocumentReport, options: &Options<'_>) -> String {
    let name = |id: &str| Terminal(options.bucket_name(id)).to_string();
    let names = report.coverage.iter().map(|(id, _)| wrap::columns(&name(id)));
    let width = names.max().unwrap_or_default();
    let row = |(id, bucket): &(String, BucketReport)| {
        let name = name(id);
        let gap = " ".repeat(width - wrap::columns(&name));
        format!("  {name}{gap}  {}\n{}", status(bucket, options), places(bucket, report, options))
    };
    let rows: String = report.coverage.iter().map(row).collect();
    if rows.is_empty() { rows } else { format!("Kinds of contributing factor:\n{rows}") }
}

fn status(bucket: &BucketReport, options: &Options<'_>) -> String {
    match bucket.status {
        BucketStatus::Examined => options.paint(AnsiColor::Green.on_default(), "examined"),
        BucketStatus::Absent => options.paint(Style::new().effects(Effects::BOLD), "not examined"),
    }
}

/// Returns the best places of a bucket, one per line.
fn places(bucket: &BucketReport, report: &DocumentReport, options: &Options<'_>) -> String {
    let Shown { best, more } = Shown::of(bucket, report);
    let place = |(found, words): (&Evidence, String)| {
        let why = if options.why { why::evidence(found) } else { String::new() };
        evidence::place(found.line, &words) + &why
    };
    let more = lines(&more).map(|lines| format!("and {lines}"));
    let rows = best.into_iter().map(place).chain(more);
    rows.map(|row| wrap::hanging("    ", &row, options.width) + "\n").collect()
}

/// Returns conflicts, actions, suppressed findings and the number of findings beyond the limit.
fn remarks(report: &DocumentReport, options: &Options<'_>) -> String {
    let mut rows: Vec<String> = Vec::new();
    rows.extend(report.conflicts.iter().map(conflict));
    rows.extend(actions(report));
    rows.extend(report.remedies.iter().filter(|_| options.why).map(remedy));
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

/// Returns how many actions there are of each tier, and how many were not recognised; `None` if there are none.
pub(super) fn actions(report: &DocumentReport) -> Option<String> {
    let Actions { stronger, intermediate, weaker } = report.actions;
    let unknown = report.remedies.iter().filter(|remedy| remedy.tier.is_none()).count();
    let any = stronger + intermediate + weaker + unknown > 0;
    let unknown = if unknown > 0 { format!(", {unknown} not recognised") } else { String::new() };
    any.then(|| {
        format!("actions: {stronger} stronger, {intermediate} intermediate, {weaker} weaker{unknown}")
    })
}

/// Returns a remedy with its tier and the words that decided.
fn remedy(remedy: &RemedyReport) -> String {
    let words = remedy.words.as_deref().filter(|words| *words != remedy.quote);
    let words = words.map(|words| format!(", because of \"{}\"", said(&evidence::clause(words))));
    let place = evidence::place(remedy.line, &evidence::clause(&remedy.quote));
    let stronger = remedy.stronger.as_deref().map(|text| format!("; stronger: {}", said(text)));
    format!("{place}: {}{}{}", tier(remedy.tier), words.unwrap_or_default(), stronger.unwrap_or_default())
}

/// Returns the name of a tier.
pub(super) const fn tier(tier: Option<Tier>) -> &'static str {
    match tier {
        Some(Tier::Stronger) => "stronger",
        Some(Tier::Intermediate) => "intermediate",
        Some(Tier::Weaker) => "weaker",
        None => "not recognised",
    }
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
