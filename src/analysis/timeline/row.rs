//! Reads a line of the document as a row of a timeline.

use jiff::civil::Date;

use crate::document::{Block, BlockKind};
use crate::model::{BlockId, SectionId, SentenceId, TimelineEvent};
use crate::report::RowReason;
use crate::text::datetime::{DateTimeMatch, DateTimeNames, elapsed_at_line_start, with_colon};

/// Number of minutes in a day.
pub(super) const DAY: i64 = 24 * 60;

/// A row of the timeline.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Minutes since the midnight before the first row.
    pub minute: i64,
    /// The time as the document writes it; the date if it has only that; empty if it has neither.
    pub time: String,
    /// The end of the period, for a row about one.
    pub(super) until: Option<PeriodEnd>,
    /// Its line in the rendered text, from 1.
    pub line: usize,
    /// The date before the time or above the row, as written; empty if there is none.
    pub(super) date: String,
    /// The date, if it is known.
    pub(super) day: Option<Date>,
    /// Its time zone as written; empty if there is none.
    pub(super) zone: String,
    /// Minutes that its clock is ahead of UTC, if stated.
    pub(super) utc_offset: Option<i64>,
    /// Why it is not compared with other rows.
    pub(super) reason: Option<RowReason>,
    /// The events in its words.
    pub(super) events: Vec<TimelineEvent>,
    /// Its sentences.
    pub(super) sentences: Vec<SentenceId>,
    /// The section, if the row is a heading with text below it.
    pub(super) heading: Option<SectionId>,
    /// Its first block.
    pub(super) block: Option<BlockId>,
    /// The list or table that contains it.
    pub(super) holder: Option<Holder>,
    /// For a row of a table: the number of the row.
    pub(super) in_table: Option<usize>,
}

/// The end of a row's period.
#[derive(Clone, Debug)]
pub(super) struct PeriodEnd {
    /// The length of the period in minutes.
    pub(super) length: i64,
    /// The time as written.
    pub(super) time: String,
}

/// A list or table, by its number in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Holder {
    List(usize),
    Table(usize),
}

impl Holder {
    /// Returns the list or table that contains a block.
    pub(super) fn of(block: &Block) -> Option<Self> {
        let table = block.cell.map(|cell| Self::Table(cell.table));
        table.or_else(|| block.list.map(Self::List))
    }
}

/// The date above a row that has none itself.
#[derive(Clone, Debug)]
pub(super) struct DateAbove {
    /// The section in which it counts.
    pub(super) section: SectionId,
    /// The date as written.
    pub(super) text: String,
    /// The date, if it is known.
    pub(super) day: Option<Date>,
}

/// What is needed to read a row.
#[derive(Clone, Copy)]
pub(super) struct RowReader<'a> {
    pub(super) names: &'a DateTimeNames,
    /// The year of dates without one.
    pub(super) year: i16,
    /// The date of the document, which decides about daylight saving if a row has none.
    pub(super) document_day: Option<Date>,
    pub(super) above: Option<&'a DateAbove>,
}

impl RowReader<'_> {
    /// Reads a line that begins or ends with a time.
    pub(super) fn line(&self, line: &str) -> Option<Row> {
        let absolute =
            || self.names.at_line_start(line).filter(is_timed).or_else(|| self.names.after_label(line));
        elapsed_row(line).or_else(|| self.clock_row(&absolute()?))
    }

    /// Reads the value of a field: a time, and after a stop or comma what else the field says.
    pub(super) fn value(&self, value: &str) -> Option<Row> {
        let found = self.names.at(value, 0).filter(is_timed)?;
        let rest = value[found.span.end..].trim_start();
        (rest.is_empty() || rest.starts_with([',', ';', '.', '(', '|', '*', '-', '–']))
            .then(|| self.clock_row(&found))?
    }

    /// Reads the text of a row in any form that is a time only in a timeline: `At 14:02`, `14.02`, a date
    /// alone, a time in brackets at the end.
    pub(super) fn entry(&self, text: &str) -> Option<Row> {
        let begins = self.names.at_row_start(text);
        let timed = begins.clone().filter(is_timed).or_else(|| self.names.in_brackets_at_end(text));
        let clock = timed.and_then(|found| self.clock_row(&found));
        let day = || begins.and_then(|found| self.day_row(&found));
        clock.or_else(day).or_else(|| self.line(&with_colon(text)?))
    }

    /// Returns the date if a text consists of nothing else.
    pub(super) fn date_alone(&self, text: &str, section: SectionId) -> Option<DateAbove> {
        let found = self.names.at_line_start(text).filter(|found| found.time.is_none())?;
        let date = found.date.as_ref()?;
        let rest = &text[found.span.end..];
        let is_alone = !rest.contains(char::is_alphanumeric);
        is_alone.then(|| DateAbove { section, text: date.text.to_owned(), day: date.day_in(self.year) })
    }

    /// Reads a row with a clock time: `14:02 first errors`, `| 2026-01-02 14:02 | … |`, `Repaired: 16:48`.
    fn clock_row(&self, found: &DateTimeMatch<'_>) -> Option<Row> {
        let time = found.time.as_ref()?;
        let minute = time.minute_of_day();
        let until = found.until.clone().map(|until| {
            let until = until.in_half_of(time);
            let length = (until.minute_of_day() - minute).rem_euclid(DAY);
            PeriodEnd { length, time: until.to_string() }
        });
        let own = found.date.as_ref().map(|date| (date.text, date.day_in(self.year)));
        let (date, day) =
            own.or(self.above.map(|above| (above.text.as_str(), above.day))).unwrap_or_default();
        let zone = match time.zone_text() {
            "" => found.until.as_ref().map_or("", |until| until.zone_text()),
            zone => zone,
        };
        let zoned = if time.zone_text().is_empty() { found.until.as_ref().unwrap_or(time) } else { time };
        Some(Row {
            minute,
            time: time.to_string(),
            until,
            date: date.to_owned(),
            day,
            zone: zone.to_owned(),
            utc_offset: zoned.utc_offset_minutes(day.or(self.document_day)),
            ..Row::default()
        })
    }

    /// Reads a row with a date and no time: `3 March: the table is restored`.
    fn day_row(&self, found: &DateTimeMatch<'_>) -> Option<Row> {
        let date = found.date.as_ref()?;
        Some(Row {
            time: date.text.to_owned(),
            date: date.text.to_owned(),
            day: date.day_in(self.year),
            reason: Some(RowReason::NoTimeOfDay),
            ..Row::default()
        })
    }
}

impl Row {
    /// True if a block is part of the row.
    pub(super) fn contains(&self, block: &Block) -> bool {
        block.kind != BlockKind::Heading && self.heading == Some(block.section)
    }

    /// Returns the minute at which it ends.
    pub(super) fn end(&self) -> i64 {
        self.minute + self.until.as_ref().map_or(0, |until| until.length)
    }

    /// Returns the time at which it ends, as written.
    pub(super) fn end_time(&self) -> &str {
        self.until.as_ref().map_or(self.time.as_str(), |until| until.time.as_str())
    }

    /// True if it has a time of day.
    pub(super) fn is_timed(&self) -> bool {
        !matches!(self.reason, Some(RowReason::NoTime | RowReason::NoTimeOfDay))
    }
}

fn is_timed(found: &DateTimeMatch<'_>) -> bool {
    found.time.is_some()
}

/// Reads a row with a relative time: `T+5 first errors`.
fn elapsed_row(line: &str) -> Option<Row> {
    let elapsed = elapsed_at_line_start(line)?;
    Some(Row { minute: elapsed.minutes, time: elapsed.text.to_owned(), ..Row::default() })
}

/// Reads a row with a relative time without the T: `+0:05 first errors`, `+10 min`.
pub(super) fn added_row(text: &str) -> Option<Row> {
    let text = text.trim_start_matches(['|', ' ', '*', '`']);
    let row = elapsed_row(&format!("T{}", text.starts_with('+').then_some(text)?))?;
    let is_time = row.time.contains(':') || row.time.ends_with(|c: char| c.is_ascii_alphabetic());
    is_time.then(|| Row { time: row.time[1..].to_owned(), ..row })
}
