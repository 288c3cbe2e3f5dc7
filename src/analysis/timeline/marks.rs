//! Corrects the marks of rows by what the whole document says about when the trouble began.

use std::collections::BTreeSet;

use crate::analysis::timeline::row::DAY;
use crate::model::TimelineEvent::{Changed, Escalated, Fixed, Noticed, Onset, ToldByUsers, Understood};
use crate::report::TimelineRow;

/// Minutes before the beginning of the trouble from which a notice is about something else.
const LONG_BEFORE: i64 = 60;

/// The times of rows, in order.
struct Moments {
    all: Vec<i64>,
    notices: Vec<i64>,
    changes: Vec<i64>,
}

/// Marks the row at which the trouble began according to `told`, the times of day in a summary, as minutes since midnight;
/// `midnight` is that before the first row. A field that says so is better. Earlier notices are about something else, if
/// there are later ones.
pub(super) fn correct(rows: &mut [TimelineRow], told: &BTreeSet<i64>, midnight: i64, field: Option<i64>) {
    let began = field.or_else(|| mark_start(rows, told, midnight));
    let moments = Moments::of(rows);
    let is_earlier = |begin: i64| moments.notices.last().is_some_and(|&last| last >= begin);
    for row in rows.iter_mut().filter(|row| is_notice(row)) {
        let Some(minute) = row.minute else { continue };
        let long_before = began.filter(|began| minute + LONG_BEFORE < *began);
        if long_before.is_some_and(is_earlier) || moments.days_later(minute).is_some_and(is_earlier) {
            row.marks.retain(|mark| !matches!(mark, Noticed | ToldByUsers));
        }
    }
}

fn is_notice(row: &TimelineRow) -> bool {
    row.marks.iter().any(|mark| matches!(mark, Noticed | ToldByUsers))
}

/// Marks the earliest row at one of these times as the beginning, and returns its minute.
fn mark_start(rows: &mut [TimelineRow], told: &BTreeSet<i64>, midnight: i64) -> Option<i64> {
    let reacts = |row: &TimelineRow| {
        row.marks.iter().any(|mark| matches!(mark, Noticed | ToldByUsers | Escalated | Understood | Fixed))
    };
    let is_told = |row: &TimelineRow| {
        row.minute.is_some_and(|minute| told.contains(&(minute + midnight).rem_euclid(DAY)))
    };
    let row = rows.iter_mut().filter(|row| is_told(row) && !reacts(row)).min_by_key(|row| row.minute)?;
    if !row.marks.contains(&Onset) {
        row.marks.push(Onset);
        row.marks.sort_unstable();
    }
    row.minute
}

impl Moments {
    fn of(rows: &[TimelineRow]) -> Self {
        let sorted = |is_meant: fn(&TimelineRow) -> bool| {
            let mut minutes: Vec<i64> =
                rows.iter().filter(|row| is_meant(row)).filter_map(|row| row.minute).collect();
            minutes.sort_unstable();
            minutes
        };
        Self {
            all: sorted(|_| true),
            notices: sorted(is_notice),
            changes: sorted(|row| row.marks.contains(&Changed)),
        }
    }

    /// Returns the time of the first change after a notice, if nothing is told of the first day after the notice, and no
    /// other notice before the change.
    fn days_later(&self, notice: i64) -> Option<i64> {
        let change = first_after(&self.changes, notice)?;
        let is_late = first_after(&self.all, notice)? > notice + DAY;
        let again = first_after(&self.notices, notice).is_some_and(|again| again < change);
        (is_late && !again).then_some(change)
    }
}

/// Returns the first of some times, in order, that is later than `minute`.
fn first_after(minutes: &[i64], minute: i64) -> Option<i64> {
    minutes.get(minutes.partition_point(|&other| other <= minute)).copied()
}
