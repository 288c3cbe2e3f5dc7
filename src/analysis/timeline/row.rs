//! Reads a line of the document as a row of a timeline.

use jiff::civil::Date;

use crate::document::{Block, BlockKind};
use crate::model::{SectionId, SentenceId, TimelineEvent};
use crate::text::datetime::{DateTimeMatch, DateTimeNames, elapsed_at_line_start};

/// Number of minutes in a day.
pub(super) const DAY: i64 = 24 * 60;

/// A row of the timeline.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Minutes since the midnight before the first row.
    pub minute: i64,
    /// The time as the document writes it.
    pub time: String,
    /// For a row about a period: its length in minutes, and its end time as written.
    pub(super) until: Option<(i64, String)>,
    /// Its line, from 1.
    pub line: usize,
    /// The date before the time, as written; empty if there is none.
    pub(super) date: String,
    /// The date, if its year is given.
    pub(super) day: Option<Date>,
    /// Minutes that its clock is ahead of UTC, if stated.
    pub(super) utc_offset: Option<i64>,
    /// The events in its words.
    pub(super) events: Vec<TimelineEvent>,
    /// Its sentences.
    pub(super) sentences: Vec<SentenceId>,
    /// Number of sentences that open the row: one; in a table, those of the cell after the time.
    pub(super) opening: usize,
    /// The section, if the row is a heading with text below it.
    pub(super) heading: Option<SectionId>,
}

impl Row {
    /// Reads a line that begins or ends with a time; `number` is its number, from 1.
    pub(super) fn from_line(line: &str, number: usize, names: &DateTimeNames) -> Option<Self> {
        let timed = |found: &DateTimeMatch<'_>| found.time.is_some();
        let absolute = || names.at_line_start(line).filter(timed).or_else(|| names.after_label(line));
        let row = elapsed_row(line).or_else(|| clock_row(&absolute()?))?;
        Some(Self { line: number, ..row })
    }

    /// True if a block is part of the row.
    pub(super) fn tells(&self, block: &Block) -> bool {
        block.kind != BlockKind::Heading && self.heading == Some(block.section)
    }

    /// Returns the minute at which it ends.
    pub(super) fn end(&self) -> i64 {
        self.minute + self.until.as_ref().map_or(0, |(minutes, _)| *minutes)
    }
}

/// Reads a row with a clock time: `14:02 first errors`, `| 2026-01-02 14:02 | … |`, `Repaired: 16:48`.
fn clock_row(found: &DateTimeMatch<'_>) -> Option<Row> {
    let time = found.time.as_ref()?;
    let minute = time.minute_of_day();
    let until = found.until.clone().map(|until| {
        let until = until.in_half_of(time);
        ((until.minute_of_day() - minute).rem_euclid(DAY), until.to_string())
    });
    let day = found.date.as_ref().and_then(|date| date.date);
    Some(Row {
        minute,
        time: time.to_string(),
        until,
        date: found.date.as_ref().map_or_else(String::new, |date| date.text.to_owned()),
        day,
        utc_offset: time.utc_offset_minutes(day),
        ..Row::default()
    })
}

/// Reads a row with a relative time: `T+5 first errors`.
fn elapsed_row(line: &str) -> Option<Row> {
    let elapsed = elapsed_at_line_start(line)?;
    Some(Row { minute: elapsed.minutes, time: elapsed.text.to_owned(), ..Row::default() })
}
