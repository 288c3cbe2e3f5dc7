//! Counts the days between the rows of a timeline.

use jiff::civil::Date;

use crate::analysis::timeline::row::{DAY, Row};

/// Counts the days of a timeline.
#[derive(Default)]
pub(super) struct Days {
    /// Days since the first row.
    passed: i64,
    /// The last date with a year, and the number of days from the first row to it.
    dated: Option<(Date, i64)>,
}

impl Days {
    /// Returns the number of days from the first row to `row`, whose minutes count from midnight; `None` if it is
    /// before the row above.
    pub(super) fn until(&mut self, row: &Row, before: Option<&Row>) -> Option<i64> {
        self.passed = match before {
            None => 0,
            Some(before) => match self.by_date(row, before) {
                Some(passed) => passed,
                None => self.passed + self.past_midnight(row, before)?,
            },
        };
        self.dated = row.day.map(|day| (day, self.passed)).or(self.dated);
        Some(self.passed)
    }

    /// Counts the days by the dates of the rows. A date before that of the previous row is ignored as mistyped, which
    /// happens in real timelines.
    fn by_date(&self, row: &Row, before: &Row) -> Option<i64> {
        let ((date, passed), day) = self.dated.zip(row.day)?;
        let passed = passed + days_between(date, day);
        (row.minute + passed * DAY >= before.minute).then_some(passed)
    }

    /// Counts the days without dates: 1 if midnight is between two rows, else 0; `None` if the later row has the
    /// earlier time.
    fn past_midnight(&self, row: &Row, before: &Row) -> Option<i64> {
        let is_other_day = !row.date.is_empty() && !before.date.is_empty() && row.date != before.date;
        let back = before.minute - (row.minute + self.passed * DAY);
        match back {
            ..=0 if is_other_day && row.day.is_none() => Some(1),
            ..=0 => Some(0),
            _ if is_other_day || back > DAY / 2 => Some(1),
            _ => None,
        }
    }
}

fn days_between(from: Date, to: Date) -> i64 {
    (to - from).get_days().into()
}
