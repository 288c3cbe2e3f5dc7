//! A review as a Markdown comment: short, within the limits of all forges, and with hidden state.
//!
//! The first three lines are HTML comments: a constant marker that identifies the comment, a digest of its content with
//! its status, and the state for the next run. The visible part is never parsed.

mod earlier_comment;
mod guard;
mod section;

pub use crate::render::markdown::earlier_comment::EarlierComment;

use crate::model::Verdict;
use crate::render::markdown::earlier_comment::Progress;
use crate::render::markdown::section::CommentSection;
use crate::render::markdown_escape::{bounded, code};
use crate::render::wording::counted;
use crate::render::{Options, summary};
use crate::report::fingerprint::digest;
use crate::report::{DocumentReport, FileError, Report, SuppressedBy};

/// The first line of every comment.
pub(super) const MARKER: &str = "<!-- rcalint:sticky v1 -->";

/// Maximum size of a comment in bytes, below the limit of any forge.
const MAX_COMMENT: usize = 60_000;
/// Maximum size of a job summary in bytes; one above 1 MiB is rejected.
const MAX_SUMMARY: usize = 1_000_000;
/// Number of bytes reserved for the line about documents that did not fit.
const REST_BYTES: usize = 400;
/// Maximum number of unreadable files that are listed.
const MAX_UNREAD: usize = 10;

/// The last line: who says all this, and how to disagree.
const LAST_LINE: &str = "By rcalint, which can be wrong. To disagree, put `<!-- rcalint-allow: RULE -- reason -->` next to \
    the text, or report the sentence as `training/data/FORMAT.md` in the repository of rcalint says.\n";

/// Returns the comment: three hidden lines and the text.
pub(super) fn comment(report: &Report, options: &Options<'_>) -> String {
    let progress = Progress::between(options.previous, report);
    let plain = Options { link_base: None, ..*options };
    let said = digest(&text(report, &plain, &progress.without_news(), MAX_COMMENT));
    let memory = EarlierComment::new(report, &progress);
    let status = options.previous.map_or("first", |before| before.status(&said));
    let hidden = format!("{MARKER}\n{}\n{}\n\n", earlier_comment::digest_line(&said, status), memory.line());
    let room = MAX_COMMENT - hidden.len();
    hidden + &text(report, options, &progress, room)
}

/// Returns a job summary: only the visible part.
pub(super) fn step_summary(report: &Report, options: &Options<'_>) -> String {
    text(report, options, &Progress::default(), MAX_SUMMARY)
}

/// Returns the visible part, with at most `limit` bytes: as many sections as fit, each with as many findings as fit.
fn text(report: &Report, options: &Options<'_>, progress: &Progress, limit: usize) -> String {
    if is_well(report) {
        return all_well(report, progress) + LAST_LINE;
    }
    let mut documents: Vec<&DocumentReport> = report.documents.iter().collect();
    documents.sort_by_key(|document| document.verdict != Verdict::StartOver);
    let several = documents.len() > 1;
    let options = Options { several, ..*options };
    let sections =
        documents.iter().map(|document| CommentSection::new(document, progress.of(&document.path), &options));
    let guards = guard::part(report.guard.as_deref().unwrap_or_default());
    let (lead, tail) = (lead(report, several), guards + &unread(&report.errors) + LAST_LINE);
    let room = limit.saturating_sub(lead.len() + tail.len() + REST_BYTES);
    lead + &fit(sections, room) + &tail
}

/// Renders sections only while they fit.
fn fit(sections: impl ExactSizeIterator<Item = CommentSection>, mut room: usize) -> String {
    let all = sections.len();
    let mut shown: Vec<CommentSection> = Vec::new();
    for section in sections {
        match room.checked_sub(section.least()) {
            Some(rest) => room = rest,
            None => break,
        }
        shown.push(section);
    }
    let left = all - shown.len();
    let sections: String = shown.iter().map(|section| section.text(&mut room)).collect();
    let rest =
        format!("{} did not fit here; run `rcalint check` to see all.\n\n", counted(left, "more document"));
    if left > 0 { sections + &rest } else { sections }
}

/// True if no action is required.
fn is_well(report: &Report) -> bool {
    let well = |document: &DocumentReport| {
        let allowed = document.suppressed.iter().any(|finding| finding.by == SuppressedBy::Comment);
        matches!(document.verdict, Verdict::Clear | Verdict::Examined)
            && document.findings.is_empty()
            && document.questions.is_empty()
            && document.conflicts.is_empty()
            && !allowed
    };
    let milder = report.guard.as_ref().is_some_and(|guards| !guards.is_empty());
    report.errors.is_empty() && !milder && report.documents.iter().all(well)
}

/// Returns what was looked at, for a report that has nothing to ask.
fn all_well(report: &Report, progress: &Progress) -> String {
    let which = match report.documents.as_slice() {
        [] => return "rcalint found no postmortem to review here.\n\n".to_owned(),
        [one] => {
            let (word, _, reading) = summary::words(one);
            format!("this postmortem ({word}: {reading})")
        }
        many => format!("these {} postmortems ({})", many.len(), verdicts(many)),
    };
    let settled = if progress.all_settled() { "All earlier questions are settled. " } else { "" };
    format!(
        "{settled}rcalint looked at {which}: at what is given as the cause, the kinds of contributing factor and the \
         actions. It recognised nothing that calls for a question.\n\n"
    )
}

/// Returns the sentence above several documents: how many there are of each verdict.
fn lead(report: &Report, several: bool) -> String {
    match report.documents.as_slice() {
        [] => "No postmortem could be reviewed.\n\n".to_owned(),
        _ if !several => String::new(),
        many => format!("**rcalint read {} postmortems: {}.**\n\n", many.len(), verdicts(many)),
    }
}

/// Returns the number of documents of each verdict, without those that do not occur.
fn verdicts(documents: &[DocumentReport]) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for word in ["start over", "undetermined", "not judged", "examined", "clear"] {
        let count = documents.iter().filter(|document| summary::words(document).0 == word).count();
        counts.extend((count > 0).then_some((word, count)));
    }
    let counts = counts.iter().map(|(word, count)| format!("{count} {word}"));
    counts.collect::<Vec<_>>().join(", ")
}

fn unread(errors: &[FileError]) -> String {
    if errors.is_empty() {
        return String::new();
    }
    let row = |error: &FileError| format!("- {}: {}\n", code(&error.path), bounded(&error.message));
    let rows: String = errors.iter().take(MAX_UNREAD).map(row).collect();
    let more = errors.len().saturating_sub(MAX_UNREAD);
    let more = if more > 0 { format!("- and {more} more\n") } else { String::new() };
    format!("**Could not be read:**\n\n{rows}{more}\n")
}
