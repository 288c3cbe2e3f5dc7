//! Puts the rows of a timeline in chronological order on one clock.

use std::collections::BTreeSet;

use crate::analysis::timeline::days::Days;
use crate::analysis::timeline::row::{DAY, Row};
use crate::report::RowReason;

/// One row in so many may be out of order; with more, none are compared.
const MOST_STRAYS: usize = 4;

/// Gives each row that is not compared its reason, and returns the others in chronological order: none if too many are
/// out of order. A date without a time counts days and is not compared. Rows that begin with the newest are reversed.
pub(super) fn chronological(rows: &mut [Row]) -> Vec<Row> {
    to_one_clock(rows);
    let all: Vec<usize> = (0..rows.len()).filter(|&at| is_dated(&rows[at])).collect();
    let mut run = Run::over(rows, all.iter().copied());
    if let Some(late) = run.before_first_stray {
        let other = Run::over(rows, all.iter().copied().filter(|&at| at != late));
        if other.strays.len() + 1 < run.strays.len() {
            run = other;
            run.strays.push(late);
        }
    }
    let timed = all.iter().filter(|&&at| rows[at].is_timed()).count();
    let is_orderly = |strays: usize| strays * MOST_STRAYS <= timed;
    if !is_orderly(run.strays.len()) {
        let newest_first = Run::over(rows, all.iter().rev().copied());
        if newest_first.strays.is_empty() {
            run = newest_first;
        }
    }
    for &stray in &run.strays {
        rows[stray].reason = Some(RowReason::OutOfOrder);
    }
    if is_orderly(run.strays.len()) { run.rows } else { Vec::new() }
}

fn is_dated(row: &Row) -> bool {
    matches!(row.reason, None | Some(RowReason::NoTimeOfDay))
}

/// Converts all times to the clock of the first row that names its time zone. Times of several zones are shown with
/// them. A row without a known zone among such rows is not compared.
fn to_one_clock(rows: &mut [Row]) {
    let zones: BTreeSet<String> = rows.iter().map(|row| row.zone.to_ascii_uppercase()).collect();
    let offsets: BTreeSet<i64> = rows.iter().filter_map(|row| row.utc_offset).collect();
    let is_mixed = zones.iter().filter(|zone| !zone.is_empty()).count() > 1;
    let clock = rows.iter().find_map(|row| row.utc_offset);
    for row in rows.iter_mut().filter(|row| row.reason.is_none()) {
        row.minute += clock.zip(row.utc_offset).map_or(0, |(clock, offset)| clock - offset);
        let is_unknown = is_mixed && row.utc_offset.is_none();
        if is_unknown && (offsets.len() > 1 || !row.zone.is_empty()) {
            row.reason = Some(RowReason::UnknownZone);
        }
        if is_mixed && offsets.len() > 1 && !row.zone.is_empty() {
            row.time = format!("{} {}", row.time, row.zone);
        }
    }
}

/// Rows in the order in which they were given, as far as each is no earlier than the one before.
#[derive(Default)]
struct Run {
    rows: Vec<Row>,
    /// The others, as indices.
    strays: Vec<usize>,
    /// The row before the first stray, which may be the one that is wrong.
    before_first_stray: Option<usize>,
}

impl Run {
    fn over(rows: &[Row], order: impl Iterator<Item = usize>) -> Self {
        let mut days = Days::default();
        let mut run = Self::default();
        let mut before: Option<(usize, Row)> = None;
        for at in order {
            let mut row = rows[at].clone();
            let last = before.as_ref().map(|(_, row)| row);
            if !row.is_timed() {
                row.minute = last.map_or(0, |last| last.minute.rem_euclid(DAY));
            }
            let Some(passed) = days.until(&row, last) else {
                run.strays.push(at);
                run.before_first_stray = run.before_first_stray.or(before.as_ref().map(|(at, _)| *at));
                continue;
            };
            row.minute += passed * DAY;
            if row.is_timed() {
                before = Some((at, row.clone()));
                run.rows.push(row);
            }
        }
        run
    }
}
