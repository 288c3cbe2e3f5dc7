//! The first notice of the trouble in a timeline.

use crate::collection::excerpt::excerpt;
use crate::model::TimelineEvent;
use crate::report::TimelineRow;

/// Times longer than this many minutes, ninety days, are left out of medians: more often than not, a date is mistyped.
pub(super) const LONGEST: i64 = 90 * 24 * 60;

/// The first notice in a timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Notice {
    pub(super) line: usize,
    pub(super) quote: String,
    pub(super) by_users: bool,
    /// Minutes since the trouble began.
    pub(super) unnoticed: Option<i64>,
    /// Minutes until the fix.
    pub(super) repair: Option<i64>,
    /// True if only the end of the incident is given, and `repair` is the time until then.
    pub(super) until_resolved: bool,
}

impl Notice {
    /// Returns the first notice. Times are compared only where the timeline allows it.
    pub(super) fn of(timeline: &[TimelineRow]) -> Option<Self> {
        let first = first(timeline)?;
        let rows = |event| timeline.iter().filter(move |row| row.marks.contains(&event));
        let began =
            rows(TimelineEvent::Onset).filter(|row| row.minute.is_some()).min_by_key(|row| row.minute);
        // A row about both says when it was noticed, and not how long it had gone on.
        let began = began.filter(|row| row.line != first.line).and_then(|row| row.minute);
        let between = |from: Option<i64>, to: Option<i64>| Some(to? - from?).filter(|&minutes| minutes >= 0);
        let resolves = |row: &TimelineRow| row.marks.contains(&TimelineEvent::Resolved);
        let later =
            || rows(TimelineEvent::Fixed).filter(|row| row.minute >= first.minute && row.line != first.line);
        let repaired = later().filter(|row| !resolves(row)).filter_map(|row| row.minute).min();
        let until = repaired.or_else(|| later().filter_map(|row| row.minute).min());
        let repair = between(first.minute, until);
        Some(Self {
            line: first.line,
            quote: excerpt(&first.quote, ""),
            by_users: first.marks.contains(&TimelineEvent::ToldByUsers),
            unnoticed: between(began, first.minute),
            repair,
            until_resolved: repair.is_some() && repaired.is_none(),
        })
    }
}

/// Returns the row of the first notice: the earliest of those that are compared, unless a row before it that is not
/// compared, such as "First detected: 08:56" in a table of key facts, gives another time.
fn first(timeline: &[TimelineRow]) -> Option<&TimelineRow> {
    let notices = |row: &&TimelineRow| {
        row.marks.iter().any(|mark| matches!(mark, TimelineEvent::Noticed | TimelineEvent::ToldByUsers))
    };
    let fixed = timeline.iter().filter(|row| row.marks.contains(&TimelineEvent::Fixed));
    let fixed = fixed.filter_map(|row| row.minute).min();
    // What is told after the fix is no notice of the trouble.
    let is_late = |row: &&TimelineRow| row.minute.zip(fixed).is_some_and(|(minute, fixed)| minute > fixed);
    let above = timeline.iter().filter(|row| !is_late(row)).find(notices)?;
    let compared = timeline.iter().filter(|row| row.minute.is_some() && !is_late(row)).filter(notices);
    let earliest = compared.min_by_key(|row| row.minute).unwrap_or(above);
    let differs = above.minute.is_none() && above.time != earliest.time;
    Some(if differs { above } else { earliest })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(time: &str, minute: Option<i64>, marks: &[TimelineEvent]) -> TimelineRow {
        let (time, quote, marks) = (time.to_owned(), time.to_owned(), marks.to_vec());
        // Each row is on a line of its own.
        let line = minute.map_or(1, |minute| 2 + usize::try_from(minute).unwrap());
        TimelineRow { time, line, quote, marks, reason: None, minute }
    }

    #[test]
    fn the_first_notice_is_the_earliest_row_about_one() {
        let noticed = [TimelineEvent::Noticed];
        let notice = |rows: &[TimelineRow]| Notice::of(rows).map(|found| (found.quote, found.repair));
        let fixed = row("10:00", Some(60), &[TimelineEvent::Fixed]);
        let late = row("09:20", Some(20), &noticed);
        let rows = [late.clone(), row("09:05", Some(5), &noticed), fixed.clone()];
        assert_eq!(notice(&rows), Some(("09:05".to_owned(), Some(55))));
        let key_facts = row("08:56", None, &noticed);
        assert_eq!(notice(&[key_facts, late.clone(), fixed.clone()]), Some(("08:56".to_owned(), None)));
        let the_same = row("09:20", None, &noticed);
        assert_eq!(notice(&[the_same, late, fixed]), Some(("09:20".to_owned(), Some(40))));
        assert_eq!(notice(&[row("09:00", Some(0), &[TimelineEvent::Onset])]), None);
    }

    #[test]
    fn the_fix_counts_before_the_resolution_and_nothing_after_it_is_a_notice() {
        let ended = [TimelineEvent::Fixed, TimelineEvent::Resolved];
        let (noticed, fixed) = (row("09:05", Some(5), &[TimelineEvent::Noticed]), [TimelineEvent::Fixed]);
        let of = |rows: &[TimelineRow]| Notice::of(rows).map(|found| (found.repair, found.until_resolved));
        let end = row("10:00", Some(60), &ended);
        assert_eq!(of(&[noticed.clone(), end.clone()]), Some((Some(55), true)));
        assert_eq!(of(&[noticed, row("09:30", Some(30), &fixed), end.clone()]), Some((Some(25), false)));
        assert_eq!(of(&[end, row("10:05", Some(65), &[TimelineEvent::ToldByUsers])]), None);
    }

    #[test]
    fn a_row_about_beginning_and_notice_gives_no_time() {
        let unnoticed = |rows: &[TimelineRow]| Notice::of(rows).and_then(|found| found.unnoticed);
        let both = row("09:00", Some(0), &[TimelineEvent::Onset, TimelineEvent::Noticed]);
        assert_eq!(unnoticed(&[both]), None);
        let began = row("09:00", Some(0), &[TimelineEvent::Onset]);
        let alert = row("09:04", Some(4), &[TimelineEvent::Noticed]);
        assert_eq!(unnoticed(&[began, alert]), Some(4));
    }
}
