//! The part of a comment about one document.

use crate::render::evidence::Shown;
use crate::render::markdown::earlier_comment::{AskedQuestion, DocumentProgress, key};
use crate::render::markdown_escape::{bounded, code, message};
use crate::render::wording::{counted, severity_name};
use crate::render::{Options, Parts, QUESTIONS_SHOWN, location, summary};
use crate::report::{
    BucketReport, BucketStatus, Conflict, Counts, DocumentReport, Finding, Question, RemedyReport,
    Suppressed, SuppressedBy,
};

/// Maximum number of rows of each kind in the part that is always displayed.
const MAX_ROWS: usize = 5;
/// Maximum number of buckets in the list.
const MAX_BUCKETS: usize = 12;

/// A section that can be shortened by leaving out the last rows of findings and of allowed findings.
pub(super) struct CommentSection {
    head: String,
    found: Fold,
    allowed: Fold,
}

/// Rows folded below a title.
#[derive(Default)]
struct Fold {
    title: String,
    rows: Vec<String>,
}

impl CommentSection {
    pub(super) fn new(report: &DocumentReport, progress: &DocumentProgress, options: &Options<'_>) -> Self {
        let mut parts = vec![heading(report, options), verdict(report, options)];
        if options.shows_questions() && report.is_judged() {
            parts.push(questions(report, progress, options));
        }
        if options.parts == Parts::All && report.is_judged() {
            parts.push(buckets(report, options));
            parts.push(remarks(report));
        }
        parts.retain(|part| !part.is_empty());
        let head = parts.join("\n") + "\n";
        if !options.shows_findings() {
            return Self { head, found: Fold::default(), allowed: Fold::default() };
        }
        Self { head, found: found(report, options), allowed: allowed(report, options) }
    }

    /// Returns the size in bytes without any rows.
    pub(super) fn least(&self) -> usize {
        self.head.len() + self.found.least() + self.allowed.least()
    }

    /// Returns the section with as many rows as fit, and subtracts its size from `room`.
    pub(super) fn text(&self, room: &mut usize) -> String {
        [self.head.clone(), self.found.text(room), self.allowed.text(room)].concat()
    }
}

impl Fold {
    fn least(&self) -> usize {
        if self.rows.is_empty() { 0 } else { self.with("").len() + Self::rest(self.rows.len()).len() }
    }

    fn text(&self, room: &mut usize) -> String {
        let mut fits = |row: &String| room.checked_sub(row.len()).map(|rest| *room = rest).is_some();
        let shown: Vec<&String> = self.rows.iter().take_while(|row| fits(row)).collect();
        let rest = Self::rest(self.rows.len() - shown.len());
        let rows: String = shown.into_iter().map(String::as_str).collect();
        if self.rows.is_empty() { String::new() } else { self.with(&(rows + &rest)) }
    }

    fn rest(left: usize) -> String {
        if left > 0 { format!("- and {left} more; run `rcalint check` to see them\n") } else { String::new() }
    }

    fn with(&self, rows: &str) -> String {
        format!("<details>\n<summary>{}</summary>\n\n{rows}\n</details>\n\n", self.title)
    }
}

fn heading(report: &DocumentReport, options: &Options<'_>) -> String {
    if options.several { format!("### {}\n", code(&report.path)) } else { String::new() }
}

/// Returns the verdict in one sentence, and the places on which it is based.
fn verdict(report: &DocumentReport, options: &Options<'_>) -> String {
    let (word, _, reading) = summary::words(report);
    let basis = summary::basis(report, &|line, words| place(line, words, report, options));
    let basis = if basis.is_empty() { basis } else { format!(" ({basis})") };
    let (first, rest) = word.split_at(1);
    format!("**{}{rest}**: {reading}{basis}.\n", first.to_uppercase())
}

/// Returns the open questions with check boxes, the settled ones, and those that are no longer asked.
fn questions(report: &DocumentReport, progress: &DocumentProgress, options: &Options<'_>) -> String {
    let open = report.questions.iter().take(QUESTIONS_SHOWN);
    let open = open.map(|question| task(question, report, progress, options));
    let settled =
        progress.settled.iter().map(|asked: &AskedQuestion| format!("- [x] {}\n", bounded(&asked.text)));
    let rows: String = open.chain(settled).chain(progress.withdrawn.iter().map(withdrawn)).collect();
    let more = report.questions.len().saturating_sub(QUESTIONS_SHOWN);
    let more = if more > 0 { format!("\nAnd {more} more in `rcalint questions`.\n") } else { String::new() };
    if rows.is_empty() { rows } else { format!("**Questions to ask**\n\n{rows}{more}") }
}

/// Returns a question that is no longer asked, without a box.
fn withdrawn(asked: &AskedQuestion) -> String {
    let reason = if asked.is_about_sentence() { "the sentence is gone" } else { "it no longer applies" };
    format!("- no longer asked, because {reason}: {}\n", bounded(&asked.text))
}

fn task(
    question: &Question,
    report: &DocumentReport,
    progress: &DocumentProgress,
    options: &Options<'_>,
) -> String {
    let new = if progress.is_new(&key(&question.about), &question.text) { "**new:** " } else { "" };
    let about = report.finding_of(question);
    let line = about.map(|finding| location::line(options.link_base, &report.path, finding.start.line));
    let line = line.map_or_else(String::new, |line| format!(" ({line})"));
    format!("- [ ] {new}{}{line}\n", bounded(&question.text))
}

/// Returns a place in the document with its words.
fn place(line: usize, words: &str, report: &DocumentReport, options: &Options<'_>) -> String {
    format!("{} {}", location::line(options.link_base, &report.path, line), code(words))
}

/// Returns the kinds of contributing factor, with the words that show that one was examined.
fn buckets(report: &DocumentReport, options: &Options<'_>) -> String {
    let shown = report.coverage.iter().take(MAX_BUCKETS);
    let rows: String = shown.map(|(id, bucket)| row(id, bucket, report, options)).collect();
    if rows.is_empty() { rows } else { format!("**Kinds of contributing factor**\n\n{rows}") }
}

fn row(id: &str, bucket: &BucketReport, report: &DocumentReport, options: &Options<'_>) -> String {
    let name = bounded(options.bucket_name(id));
    let status = match bucket.status {
        BucketStatus::Examined => "examined",
        BucketStatus::Absent => "**not examined yet**",
    };
    let Shown { best, more } = Shown::of(bucket, report);
    let best = best.into_iter().map(|(found, words)| place(found.line, &words, report, options));
    let more = summary::lines(&more).map(|lines| format!("and {lines}"));
    let places = best.chain(more).collect::<Vec<_>>().join(", ");
    let places = if places.is_empty() { places } else { format!(" in {places}") };
    format!("- {name}: {status}{places}\n")
}

/// Returns the conflicts within the document, its actions by strength, and the number of findings that are not shown.
fn remarks(report: &DocumentReport) -> String {
    let mut rows: Vec<String> = report.conflicts.iter().take(MAX_ROWS).map(conflict).collect();
    let actions = summary::actions(report);
    rows.extend(actions.map(|actions| format!("{}.", actions.replacen("actions", "Actions by strength", 1))));
    let known = report.suppressed.iter().filter(|finding| finding.by == SuppressedBy::Baseline).count();
    rows.extend((known > 0).then(|| format!("{} already in the baseline.", counted(known, "finding"))));
    let left = report.truncated;
    rows.extend((left > 0).then(|| format!("{} not shown (limit per file).", counted(left, "more finding"))));
    rows.into_iter().map(|row| format!("{row}\n")).collect::<Vec<_>>().join("\n")
}

fn conflict(conflict: &Conflict) -> String {
    let lines = summary::lines(&conflict.lines).map_or_else(String::new, |lines| format!(" ({lines})"));
    format!("{}{lines}", bounded(&conflict.text))
}

fn found(report: &DocumentReport, options: &Options<'_>) -> Fold {
    let counts = Counts::count(report.findings.iter());
    let kinds = [(counts.error, "error"), (counts.warning, "warning"), (counts.note, "note")];
    let kinds: Vec<String> =
        kinds.iter().filter(|(count, _)| *count > 0).map(|(count, kind)| counted(*count, kind)).collect();
    let title = match kinds.as_slice() {
        [one] => one.clone(),
        many => format!("{}: {}", counted(report.findings.len(), "finding"), many.join(", ")),
    };
    let title = title + &on_changed(report);
    let rows = location::by_weight(&report.findings)
        .into_iter()
        .map(|found| finding(found, report, options))
        .collect();
    Fold { title, rows }
}

/// Returns how many findings are on changed lines; empty without `--diff`.
fn on_changed(report: &DocumentReport) -> String {
    let is_known = report.findings.iter().any(|finding| finding.changed.is_some());
    let changed = report.findings.iter().filter(|finding| finding.changed == Some(true)).count();
    match changed {
        _ if !is_known => String::new(),
        0 => "; none on changed lines".to_owned(),
        _ if changed == report.findings.len() => "; on changed lines".to_owned(),
        count => format!("; {count} on changed lines, shown first"),
    }
}

/// Returns one finding: its message and, for a text finding, its sentence and an offer of a stronger action.
fn finding(finding: &Finding, report: &DocumentReport, options: &Options<'_>) -> String {
    let line = location::line(options.link_base, &report.path, finding.start.line);
    let (severity, rule) = (severity_name(finding.severity), code(&finding.rule));
    let sentence = if finding.mechanism.is_some() && finding.sentence.trim_end_matches('.') != finding.quote {
        format!("\n  - {}", code(&finding.sentence))
    } else {
        String::new()
    };
    let stronger = stronger(finding, report)
        .map_or_else(String::new, |offer| format!("\n  - stronger: {}", bounded(offer)));
    let place = if finding.changed == Some(true) { " (changed)" } else { "" };
    let message = message(&finding.message, &finding.quote);
    format!("- {severity} {rule}, {line}{place}: {message}{sentence}{stronger}\n")
}

/// Returns what a stronger action could be, if a finding is about an action that relies on people.
fn stronger<'r>(finding: &Finding, report: &'r DocumentReport) -> Option<&'r str> {
    let same = |remedy: &&RemedyReport| {
        let asks = remedy.words.as_deref().is_some_and(|words| finding.quote.contains(words));
        remedy.line == finding.start.line && asks
    };
    report.remedies.iter().find(same)?.stronger.as_deref()
}

fn allowed(report: &DocumentReport, options: &Options<'_>) -> Fold {
    let by_comment = report.suppressed.iter().filter(|finding| finding.by == SuppressedBy::Comment);
    let row = |finding: &Suppressed| {
        let line = location::line(options.link_base, &report.path, finding.line);
        format!("- {}, {line}: {}\n", code(&finding.rule), code(&finding.reason))
    };
    let rows: Vec<String> = by_comment.map(row).collect();
    Fold { title: format!("{} allowed, with reasons", counted(rows.len(), "finding")), rows }
}
