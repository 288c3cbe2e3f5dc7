//! The facilitator's sheet: Markdown to print or to paste into a document, with room for answers.
//!
//! Quotes from the document are inline code between more backticks than any run in them, so that they stay plain text.

use crate::lexicon::kinds::{RuleKind, TextKind, ThemeSubject};
use crate::model::{Severity, TimelineEvent, Verdict};
use crate::render::evidence::Shown;
use crate::render::markdown_escape::{code, escaped};
use crate::render::{Options, summary};
use crate::report::{
    About, Actions, BucketReport, BucketStatus, ClaimReport, DocumentReport, Evidence, Finding, Question,
    ReadAs, RemedyReport, RowReason, TimelineRow,
};

/// Maximum number of rows of each list except the timeline.
const MAX_ROWS: usize = 12;
/// Number of questions to ask if time is short.
const MAX_FIRST: usize = 3;

/// Returns the whole sheet for one document.
pub(super) fn document(report: &DocumentReport, options: &Options<'_>) -> String {
    let parts = [
        head(report),
        story(report),
        stops(report),
        conflicts(report),
        first(report),
        questions(report, options),
        buckets(report, options),
        actions(report),
    ];
    let told = parts.iter().map(|part| part.trim_end()).filter(|part| !part.is_empty());
    told.map(|part| format!("{part}\n")).collect::<Vec<_>>().join("\n")
}

fn head(report: &DocumentReport) -> String {
    let title = report.title.as_deref().map_or_else(|| code(&report.path), code);
    let date = report.date.as_deref().map_or_else(String::new, |date| format!(" · {}", escaped(date)));
    let lead = "Quotes from the document are shown as code, with their lines. The questions are about conditions, never \
        about guilt; those that the text already answers are left out.";
    format!(
        "# Questions for the review: {title}\n\nSource: {}{date} · {}\n\n{lead}\n",
        code(&report.path),
        verdict(report)
    )
}

fn verdict(report: &DocumentReport) -> &'static str {
    match report.verdict {
        _ if !report.is_judged() => "not judged: only English is read",
        Verdict::StartOver => "the text concludes with human error so far",
        Verdict::Examined => "the text goes on to the conditions behind the act",
        Verdict::Clear => "the text gives a cause that does not stop at a person",
        Verdict::Undetermined => "the text states no cause yet",
    }
}

/// Returns what happened, in the document's own words: causes, conditions and the timeline.
fn story(report: &DocumentReport) -> String {
    let cause = listed("Given as the cause:", claims(report, ReadAs::Cause).map(claim));
    let conditions = listed("Conditions behind it:", claims(report, ReadAs::Condition).map(claim));
    let times = all_listed("Timeline:", report.timeline.iter().map(row));
    section("The story as told", &[cause, conditions, times])
}

/// Returns the claims that were interpreted as `read`, without repeated quotes: a title may also be a heading.
fn claims(report: &DocumentReport, read: ReadAs) -> impl Iterator<Item = &ClaimReport> {
    let mut found: Vec<&ClaimReport> =
        report.claims.iter().filter(|claim| claim.read_as == Some(read)).collect();
    found.dedup_by_key(|claim| &claim.quote);
    found.into_iter()
}

fn claim(claim: &ClaimReport) -> String {
    format!("line {}: {}", claim.line, code(&claim.quote))
}

fn row(row: &TimelineRow) -> String {
    let marks = row.marks.iter().map(|&mark| moment(mark)).chain(row.reason.and_then(not_compared));
    let marks: Vec<&str> = marks.collect();
    let marks = if marks.is_empty() { String::new() } else { format!(" ({})", marks.join(", ")) };
    let time = if row.time.is_empty() { "no time".to_owned() } else { escaped(&row.time) };
    format!("{time}{marks}, line {}: {}", row.line, code(&row.quote))
}

/// Returns what to say about a row that is not compared, unless its time shows it.
const fn not_compared(reason: RowReason) -> Option<&'static str> {
    match reason {
        RowReason::NoTime | RowReason::NoTimeOfDay => None,
        RowReason::OutOfOrder => Some("out of order"),
        RowReason::UnknownZone => Some("time zone not known"),
    }
}

const fn moment(moment: TimelineEvent) -> &'static str {
    match moment {
        TimelineEvent::Changed => "change",
        TimelineEvent::Onset => "start",
        TimelineEvent::Noticed => "noticed",
        TimelineEvent::ToldByUsers => "reported by users",
        TimelineEvent::Escalated => "escalated",
        TimelineEvent::Understood => "cause known",
        TimelineEvent::Fixed => "fixed",
        TimelineEvent::Resolved => "resolved",
    }
}

/// Returns the sentences in which the story stops at a person.
fn stops(report: &DocumentReport) -> String {
    let stops = |finding: &&Finding| {
        finding.cause
            && !finding.deepened
            && finding.mechanism.is_some()
            && finding.severity >= Severity::Warning
    };
    let mut found: Vec<&Finding> = report.findings.iter().filter(stops).collect();
    found.dedup_by_key(|finding| &finding.sentence);
    let shape = |finding: &Finding| {
        let shape = finding.shape.as_deref().map(|shape| format!("\n  - try: {}", escaped(shape)));
        format!("line {}: {}{}", finding.start.line, code(&finding.sentence), shape.unwrap_or_default())
    };
    section("Where it stops at a person", &[listed("", found.into_iter().map(shape))])
}

fn conflicts(report: &DocumentReport) -> String {
    let told = report.conflicts.iter().map(|conflict| {
        let lines: Vec<String> = conflict.lines.iter().map(usize::to_string).collect();
        let place = match lines.as_slice() {
            [] => String::new(),
            [line] => format!(" (line {line})"),
            lines => format!(" (lines {})", lines.join(", ")),
        };
        format!("{}{place}", escaped(&conflict.text))
    });
    section("Where it disagrees with itself", &[listed("", told)])
}

fn first(report: &DocumentReport) -> String {
    if report.questions.len() <= MAX_FIRST {
        return String::new();
    }
    let rows = report.questions.iter().take(MAX_FIRST).enumerate();
    let rows = rows.map(|(at, question)| format!("{}. {}\n", at + 1, escaped(&question.text)));
    format!("## If there is time for three\n\n{}", rows.collect::<Vec<_>>().concat())
}

/// Returns all questions by theme, each with space for an answer.
fn questions(report: &DocumentReport, options: &Options<'_>) -> String {
    let mut number = 0;
    let mut parts = Vec::new();
    for theme in SheetPart::ALL {
        let asked =
            report.questions.iter().filter(|question| SheetPart::of(question, report, options) == theme);
        let rows: String = asked
            .map(|question| {
                number += 1;
                answerable(number, question, options)
            })
            .collect();
        if !rows.is_empty() {
            parts.push(format!("### {}\n\n{rows}", theme.title()));
        }
    }
    if parts.is_empty() { String::new() } else { format!("## Questions\n\n{}", parts.join("")) }
}

fn answerable(number: usize, question: &Question, options: &Options<'_>) -> String {
    let indent = " ".repeat(format!("{number}. ").len());
    let about = match &question.about {
        About::Bucket(id) => format!(" ({})", escaped(options.bucket_name(id))),
        About::Finding(_) | About::Document(_) => String::new(),
    };
    format!(
        "{number}. {}{about}\n\n{indent}Answer:\n\n{indent}Source (log, graph, person):\n\n",
        escaped(&question.text)
    )
}

/// The subjects of questions, in the order of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SheetPart {
    Act,
    Cause,
    Facts,
    Missing,
    Remedies,
}

impl SheetPart {
    const ALL: [Self; 5] = [Self::Act, Self::Cause, Self::Facts, Self::Missing, Self::Remedies];

    fn of(question: &Question, report: &DocumentReport, options: &Options<'_>) -> Self {
        match &question.about {
            About::Bucket(_) => Self::Missing,
            About::Document(theme) => match options.theme_subject(theme) {
                ThemeSubject::Remedies => Self::Remedies,
                ThemeSubject::Cause => Self::Cause,
                ThemeSubject::Facts => Self::Facts,
            },
            About::Finding(_) => {
                let rule = report.finding_of(question).and_then(|finding| options.rule_kind(&finding.rule));
                if rule == Some(RuleKind::Text(TextKind::Remedy)) { Self::Remedies } else { Self::Act }
            }
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Act => "The act and its context",
            Self::Cause => "The cause as a whole",
            Self::Facts => "Facts to clarify",
            Self::Missing => "What has not been examined yet",
            Self::Remedies => "The actions",
        }
    }
}

/// Returns the kinds of contributing factor, with the document's statements about each.
fn buckets(report: &DocumentReport, options: &Options<'_>) -> String {
    let rows: String =
        report.coverage.iter().map(|(id, bucket)| bucket_row(report, (id, bucket), options)).collect();
    if rows.is_empty() { rows } else { format!("## Kinds of contributing factor\n\n{rows}") }
}

fn bucket_row(report: &DocumentReport, (id, bucket): (&str, &BucketReport), options: &Options<'_>) -> String {
    let name = escaped(options.bucket_name(id));
    match bucket.status {
        BucketStatus::Absent => {
            let note =
                "not examined. It may have played no part; saying so, and how you know, is a full answer.";
            format!("- **{name}**: {note}\n")
        }
        BucketStatus::Examined => {
            let told =
                |(found, words): (&Evidence, String)| format!("  - line {}: {}\n", found.line, code(&words));
            let rows: String = Shown::of(bucket, report).best.into_iter().map(told).collect();
            format!("- **{name}**: examined\n{rows}")
        }
    }
}

/// Returns the actions by tier, each of them, and what kind of action would be stronger.
fn actions(report: &DocumentReport) -> String {
    let Actions { stronger, intermediate, weaker } = report.actions;
    let unknown = report.remedies.iter().filter(|remedy| remedy.tier.is_none()).count();
    if stronger + intermediate + weaker + unknown == 0 {
        return String::new();
    }
    let rows = [
        (
            "stronger",
            stronger,
            "works whoever is on duty: removes the step, refuses it, limits it or undoes it",
        ),
        (
            "intermediate",
            intermediate,
            "helps people: a checklist at hand, an alert, a test, a second pair of eyes, slack",
        ),
        ("weaker", weaker, "relies on memory and vigilance: a reminder, training, a warning, a new rule"),
        ("not recognised", unknown, "rcalint cannot tell; judge it yourself"),
    ];
    let rows = rows.map(|(tier, count, kind)| format!("| {tier} | {count} | {kind} |\n")).concat();
    let table = format!("| Tier | Actions | What it is |\n| --- | ---: | --- |\n{rows}");
    let next = "For each weaker one, ask: what would make the same act impossible, refused, limited in reach, undone in \
        minutes, or at least seen at once?";
    let next = if weaker > 0 { format!("{next}\n") } else { String::new() };
    section("Actions by strength (RCA² action hierarchy)", &[table, remedies(report), next])
}

/// Returns each action with its tier and the words that decided.
fn remedies(report: &DocumentReport) -> String {
    let row = |remedy: &RemedyReport| {
        let words = remedy.words.as_deref().filter(|words| *words != remedy.quote);
        let words = words.map_or_else(String::new, |words| format!(", because of {}", code(words)));
        let stronger = remedy.stronger.as_deref();
        let stronger = stronger.map_or_else(String::new, |text| format!("\n  - stronger: {}", escaped(text)));
        let tier = summary::tier(remedy.tier);
        format!("line {}, {tier}{words}: {}{stronger}", remedy.line, code(&remedy.quote))
    };
    listed("", report.remedies.iter().map(row))
}

/// Returns a heading with its parts; empty if there are none.
fn section(title: &str, parts: &[String]) -> String {
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { String::new() } else { format!("## {title}\n\n{}", parts.join("\n")) }
}

/// Returns a list of at most [`MAX_ROWS`] rows, below `lead` unless that is empty.
fn listed(lead: &str, rows: impl Iterator<Item = String>) -> String {
    let mut rows: Vec<String> = rows.collect();
    let more = rows.len().saturating_sub(MAX_ROWS);
    rows.truncate(MAX_ROWS);
    rows.extend((more > 0).then(|| format!("and {more} more")));
    all_listed(lead, rows.into_iter())
}

/// Returns a list of all rows, below `lead` unless that is empty.
fn all_listed(lead: &str, rows: impl Iterator<Item = String>) -> String {
    let text = rows.map(|row| format!("- {row}\n")).collect::<Vec<_>>().concat();
    if text.is_empty() || lead.is_empty() { text } else { format!("{lead}\n\n{text}") }
}
