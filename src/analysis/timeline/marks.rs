//! Corrects the marks of rows by what the whole document says about when the trouble began.

use crate::analysis::timeline::row::DAY;
use crate::model::TimelineEvent::{Changed, Escalated, Fixed, Noticed, Onset, ToldByUsers, Understood};
use crate::report::TimelineRow;

/// Minutes before the beginning of the trouble from which a notice is about something else.
const LONG_BEFORE: i64 = 60;

/// Marks the row at which the trouble began according to `told`, the times of day in a summary, as minutes since midnight;
/// `midnight` is that before the first row. A field that says so is better. Earlier notices are about something else, if
/// there are later ones.
pub(super) fn correct(rows: &mut [TimelineRow], told: &[i64], midnight: i64, field: Option<i64>) {
    let began = field.or_else(|| mark_start(rows, told, midnight));
    let notices: Vec<i64> = rows.iter().filter(|row| is_notice(row)).filter_map(|row| row.minute).collect();
    for at in 0..rows.len() {
        let Some(minute) = rows[at].minute.filter(|_| is_notice(&rows[at])) else { continue };
        let is_before = |begin: i64| notices.iter().any(|&later| later >= begin);
        let before_start = began.is_some_and(|began| minute + LONG_BEFORE < began && is_before(began));
        if before_start || next_days_later(rows, minute).is_some_and(is_before) {
            rows[at].marks.retain(|mark| !matches!(mark, Noticed | ToldByUsers));
        }
    }
}

fn is_notice(row: &TimelineRow) -> bool {
    row.marks.iter().any(|mark| matches!(mark, Noticed | ToldByUsers))
}

/// Marks the earliest row at one of these times as the beginning, and returns its minute.
fn mark_start(rows: &mut [TimelineRow], told: &[i64], midnight: i64) -> Option<i64> {
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

/// Returns the time of the first change after a notice, if nothing is told of the first day after the notice, and no other
/// notice before the change.
fn next_days_later(rows: &[TimelineRow], notice: i64) -> Option<i64> {
    let later = || rows.iter().filter(|row| row.minute.is_some_and(|minute| minute > notice));
    let next = later().filter_map(|row| row.minute).min()?;
    let change = later().filter(|row| row.marks.contains(&Changed)).filter_map(|row| row.minute).min()?;
    let again = later().any(|row| is_notice(row) && row.minute < Some(change));
    (next > notice + DAY && !again).then_some(change)
}
