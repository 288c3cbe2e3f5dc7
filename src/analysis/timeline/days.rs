//! The days between the rows of a timeline.

use jiff::civil::Date;

use crate::analysis::timeline::row::{DAY, Row};

/// Counts the days of a timeline.
#[derive(Default)]
pub(super) struct Days {
    /// Days since the first row.
    passed: i64,
    /// The last date with a year, and the days passed by then.
    dated: Option<(Date, i64)>,
}

impl Days {
    /// Days from the first row to `row`, whose minutes count from midnight; none if it is before the row above.
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

    /// Days by the dates of the rows. One that leads back is mistyped: it happens in real timelines.
    fn by_date(&self, row: &Row, before: &Row) -> Option<i64> {
        let ((date, passed), day) = self.dated.zip(row.day)?;
        let passed = passed + days_between(date, day);
        (row.minute + passed * DAY >= before.minute).then_some(passed)
    }

    /// Without dates to count by: 1 if midnight lies between two rows, else 0; none if the later one is earlier.
    fn past_midnight(&self, row: &Row, before: &Row) -> Option<i64> {
        let back = before.minute - (row.minute + self.passed * DAY);
        match back {
            ..=0 => Some(0),
            _ if row.date != before.date || back > DAY / 2 => Some(1),
            _ => None,
        }
    }
}

fn days_between(from: Date, to: Date) -> i64 {
    (to - from).get_days().into()
}
