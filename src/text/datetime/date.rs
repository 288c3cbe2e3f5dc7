//! Dates.

use jiff::civil::Date;
use regex::{Captures, Regex};

use crate::model::Span;
use crate::text::datetime::patterns::{DAY_MONTH, MONTH_DAY, YEAR_FIRST, YEAR_LAST, YEAR_LAST_HYPHENS};
use crate::text::datetime::{DateTimeMatch, DateTimeNames};

/// Years that an incident date may be in.
const YEARS: std::ops::Range<i16> = 1970..2100;

/// A date in a text.
#[derive(Clone, Debug)]
pub struct DateMatch<'t> {
    /// Its span in bytes of the text.
    pub span: Span,
    /// The text as written: a date, or the name of a weekday.
    pub text: &'t str,
    /// The day, if the year is given and the order of day and month is unambiguous.
    pub date: Option<Date>,
    /// The month and day, if they are given without a year.
    month_day: Option<(i8, i8)>,
    is_complete: bool,
}

impl DateTimeNames {
    /// Returns the date that begins at byte `start` of `text`.
    pub(super) fn date_at<'t>(&self, text: &'t str, start: usize) -> Option<DateMatch<'t>> {
        let rest = &text[start..];
        let first = rest.bytes().next()?;
        if !first.is_ascii_digit() && !first.is_ascii_uppercase() {
            return None;
        }
        let read = numeric_date(rest).or_else(|| self.named_date(rest))?;
        let end = start + read.len;
        let goes_on = text[end..].starts_with(|c: char| c.is_ascii_digit());
        (!goes_on).then(|| DateMatch {
            span: Span::new(start, end),
            text: &text[start..end],
            date: read.date,
            month_day: read.month_day,
            is_complete: read.is_complete,
        })
    }

    /// Parses a date with the name of its month, such as `2 January 2026` or `Jan. 2`.
    fn named_date(&self, text: &str) -> Option<Read> {
        let (found, day, name) = match DAY_MONTH.captures(text) {
            Some(found) => (found, 1, 2),
            None => (MONTH_DAY.captures(text)?, 2, 1),
        };
        let (day, month) = (number(&found, day)?, self.month(&found[name])?);
        let year = number(&found, 3);
        let date = year.and_then(|year| known_date(year, month.into(), day));
        let month_day = i8::try_from(day).ok().map(|day| (month, day)).filter(|_| year.is_none());
        (1..=31).contains(&day).then_some(Read { len: found[0].len(), date, month_day, is_complete: true })
    }
}

impl<'t> DateMatch<'t> {
    /// Creates a match for a weekday. A weekday is a date only next to a time.
    pub(super) fn weekday(text: &'t str, span: Span) -> Self {
        Self { span, text: span.of(text), date: None, month_day: None, is_complete: false }
    }

    /// True if the date is recognised on its own. A short form such as `2.1.` may also be a number.
    pub(super) fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// Returns the day, in `year` if the date gives none.
    pub fn day_in(&self, year: i16) -> Option<Date> {
        self.date.or_else(|| self.month_day.and_then(|(month, day)| Date::new(year, month, day).ok()))
    }

    /// Returns the match of a date without a time.
    pub(super) fn alone(self, start: usize) -> DateTimeMatch<'t> {
        DateTimeMatch { span: Span::new(start, self.span.end), date: Some(self), time: None, until: None }
    }
}

/// The parts of a date that matched a pattern.
struct Read {
    /// Its length in bytes.
    len: usize,
    date: Option<Date>,
    month_day: Option<(i8, i8)>,
    is_complete: bool,
}

fn numeric_date(text: &str) -> Option<Read> {
    if let Some(found) = YEAR_FIRST.captures(text) {
        let date = known_date(number(&found, 1)?, number(&found, 2)?, number(&found, 3)?);
        return Some(Read { len: found[0].len(), date, month_day: None, is_complete: true });
    }
    let captures = |shape: &Regex| shape.captures(text);
    let found = captures(&YEAR_LAST_HYPHENS).or_else(|| captures(&YEAR_LAST))?;
    let is_complete = found.get(3).is_some_and(|year| year.len() == 4);
    let date = if is_complete { year_last_date(&found) } else { None };
    Some(Read { len: found[0].len(), date, month_day: None, is_complete })
}

/// Returns the date in a form such as `30/05/2018` or `02.01.2026`; `None` if either number may be the month. In a date
/// with dots, the day comes first.
fn year_last_date(found: &Captures<'_>) -> Option<Date> {
    let (first, second, year) = (number(found, 1)?, number(found, 2)?, number(found, 3)?);
    let has_dots = found[0].contains('.');
    match (has_dots || first > 12, second > 12) {
        (true, false) => known_date(year, second, first),
        (false, true) => known_date(year, first, second),
        _ => None,
    }
}

fn known_date(year: i16, month: i16, day: i16) -> Option<Date> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    YEARS.contains(&year).then(|| Date::new(year, month, day).ok())?
}

fn number(found: &Captures<'_>, group: usize) -> Option<i16> {
    found.get(group)?.as_str().parse().ok()
}
