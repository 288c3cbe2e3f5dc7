//! The comment of a review, as Markdown: short enough to be read, never longer than a forge takes, and with a memory.
//!
//! The first three lines are comments that no reader sees: a constant by which the comment is found again, a digest of
//! what it says and whether that is new, and what the next run has to know. Nothing is ever read from the visible part.

mod guard;
mod memory;
mod section;

pub use crate::render::markdown::memory::Memory;

use crate::model::Verdict;
use crate::render::markdown::memory::Changes;
use crate::render::markdown::section::Section;
use crate::render::markdown_escape::{code, escaped};
use crate::render::text::counted;
use crate::render::{Options, wrap};
use crate::report::fingerprint::digest;
use crate::report::{DocumentReport, FileError, Report, SuppressedBy};

/// The first line of every comment.
pub(super) const MARKER: &str = "<!-- rcalint:sticky v1 -->";

/// Bytes of a comment, below what any forge is known to take.
const COMMENT: usize = 60_000;
/// Bytes of a summary; one above 1 MiB is refused as a whole.
const SUMMARY: usize = 1_000_000;
/// Bytes kept free for what is said about the rest.
const REST: usize = 400;
/// Files named that could not be read.
const UNREAD: usize = 10;

/// The comment: three hidden lines and the text.
pub(super) fn comment(report: &Report, options: &Options<'_>) -> String {
    let changes = Changes::between(options.previous, report);
    let plain = Options { link_base: None, ..*options };
    let said = digest(&text(report, &plain, &changes.without_news(), COMMENT));
    let memory = Memory::of(report, &changes);
    let status = options.previous.map_or("first", |before| before.status(&said));
    let hidden = format!("{MARKER}\n{}\n{}\n\n", memory::digest_line(&said, status), memory.line());
    let room = COMMENT - hidden.len();
    hidden + &text(report, options, &changes, room)
}

/// The summary of a job: the text alone.
pub(super) fn step_summary(report: &Report, options: &Options<'_>) -> String {
    text(report, options, &Changes::default(), SUMMARY)
}

/// The visible part, of at most `limit` bytes: sections while there is room, and in them findings while there is room.
fn text(report: &Report, options: &Options<'_>, changes: &Changes, limit: usize) -> String {
    if is_well(report) {
        return all_well(report, changes);
    }
    let mut documents: Vec<&DocumentReport> = report.documents.iter().collect();
    documents.sort_by_key(|document| document.verdict != Verdict::StartOver);
    let several = documents.len() > 1;
    let options = Options { several, ..*options };
    let sections =
        documents.iter().map(|document| Section::of(document, changes.of(&document.path), &options));
    let (lead, tail) = (
        lead(report, several),
        guard::part(report.guard.as_deref().unwrap_or_default()) + &unread(&report.errors),
    );
    let room = limit.saturating_sub(lead.len() + tail.len() + REST);
    lead + &fit(sections, room) + &tail
}

/// Sections are made only while there is room.
fn fit(sections: impl ExactSizeIterator<Item = Section>, mut room: usize) -> String {
    let all = sections.len();
    let mut shown: Vec<Section> = Vec::new();
    for section in sections {
        match room.checked_sub(section.least()) {
            Some(rest) => room = rest,
            None => break,
        }
        shown.push(section);
    }
    let left = all - shown.len();
    let sections: String = shown.iter().map(|section| section.text(&mut room)).collect();
    let rest = format!("{} did not fit here; `rcalint check` shows all.\n\n", counted(left, "more document"));
    if left > 0 { sections + &rest } else { sections }
}

/// Whether nobody has anything to do.
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

fn all_well(report: &Report, changes: &Changes) -> String {
    let answered = if changes.any_settled() { "All questions are answered: nothing" } else { "Nothing" };
    match report.documents.len() {
        0 => "No postmortem to review here.\n".to_owned(),
        1 => format!("{answered} left to ask about this postmortem. Thank you for writing it.\n"),
        count => {
            format!("{answered} left to ask about these {count} postmortems. Thank you for writing them.\n")
        }
    }
}

/// The sentence above several documents.
fn lead(report: &Report, several: bool) -> String {
    let (all, over) = (report.summary.documents, report.summary.start_over);
    match over {
        _ if all == 0 => "No postmortem could be reviewed.\n\n".to_owned(),
        _ if !several => String::new(),
        0 => format!("**None of {all} documents concludes with human error.**\n\n"),
        1 => format!("**1 of {all} documents concludes with human error.**\n\n"),
        over => format!("**{over} of {all} documents conclude with human error.**\n\n"),
    }
}

fn unread(errors: &[FileError]) -> String {
    if errors.is_empty() {
        return String::new();
    }
    let row = |error: &FileError| format!("- {}: {}\n", code(&error.path), bounded(&error.message));
    let rows: String = errors.iter().take(UNREAD).map(row).collect();
    let more = errors.len().saturating_sub(UNREAD);
    let more = if more > 0 { format!("- and {more} more\n") } else { String::new() };
    format!("**Not read:**\n\n{rows}{more}")
}

/// Document text outside of quotes, short whatever is in it.
fn bounded(text: &str) -> String {
    const CHARACTERS: usize = 300;
    const BYTES: usize = 1_500;
    let shown = escaped(&wrap::cut(text, CHARACTERS));
    if shown.len() > BYTES { code(&wrap::cut(text, CHARACTERS / 4)) } else { shown }
}
