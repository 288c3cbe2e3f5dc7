//! Clock times.

use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};

use crate::model::Span;
use crate::text::datetime::DateTimeNames;
use crate::text::datetime::patterns::{CLOCK, ZONE_NAME, ZONE_OFFSET};

/// Number of seconds in a minute.
const MINUTE: i32 = 60;

/// A clock time in a text.
#[derive(Clone, Debug)]
pub struct ClockTime<'t> {
    /// Its span in bytes of the text, including seconds, am or pm, and time zone.
    pub span: Span,
    hours: &'t str,
    minutes: &'t str,
    has_colon: bool,
    half: Option<Half>,
    zone: Option<TimeZone>,
    zone_text: &'t str,
}

/// The half of the day: am or pm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Am,
    Pm,
}

impl DateTimeNames {
    /// Returns the clock time that begins at byte `start` of `text`.
    pub(super) fn time_at<'t>(&self, text: &'t str, start: usize) -> Option<ClockTime<'t>> {
        if !text[start..].starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let found = CLOCK.captures(&text[start..])?;
        let half =
            found.get(4).map(|letter| if matches!(letter.as_str(), "a" | "A") { Half::Am } else { Half::Pm });
        let hours = found.get(1)?;
        let minutes = found.get(2).map_or("", |minutes| minutes.as_str());
        if minutes.is_empty() && half.is_none() {
            return None;
        }
        let end = start + found[0].len();
        let (zone, zone_len) = self.zone_at_start(&text[end..], found.get(3).is_some()).unzip();
        let zone_end = end + zone_len.unwrap_or(0);
        let time = ClockTime {
            span: Span::new(start, zone_end),
            hours: hours.as_str(),
            minutes,
            has_colon: text.as_bytes()[start + hours.end()] == b':',
            half,
            zone,
            zone_text: text[end..zone_end].trim(),
        };
        (ends_word(text, time.span.end) && time.civil().is_some()).then_some(time)
    }

    /// Returns the later time of a range, if a dash and a time follow at byte `start` of `text`.
    pub(super) fn range_end_at<'t>(&self, text: &'t str, start: usize) -> Option<ClockTime<'t>> {
        let dash = text[start..].trim_start();
        let time = dash.strip_prefix(['-', '\u{2013}', '\u{2014}'])?.trim_start();
        self.time_at(text, text.len() - time.len())
    }

    /// Returns the time zone at the start of `text` and its length in bytes. An offset to the west looks like the end
    /// of a range, so it counts only after seconds.
    fn zone_at_start(&self, text: &str, has_seconds: bool) -> Option<(TimeZone, usize)> {
        if let Some(found) = ZONE_NAME.captures(text) {
            return Some((self.zone(&found[1])?, found[0].len()));
        }
        let found = ZONE_OFFSET.captures(text)?;
        let (hours, minutes): (i32, i32) = (found[1].parse().ok()?, found[2].parse().ok()?);
        let is_west = found[1].starts_with('-');
        let minutes = hours * 60 + if is_west { -minutes } else { minutes };
        let offset = Offset::from_seconds(minutes * MINUTE).ok()?;
        (has_seconds || !is_west).then(|| (TimeZone::fixed(offset), found[0].len()))
    }
}

impl<'t> ClockTime<'t> {
    /// Returns its time zone as written, such as `CEST` or `+02:00`; empty if there is none.
    pub fn zone_text(&self) -> &'t str {
        self.zone_text
    }

    /// Returns the minutes since midnight.
    pub fn minute_of_day(&self) -> i64 {
        self.civil().map_or(0, |time| i64::from(time.hour()) * 60 + i64::from(time.minute()))
    }

    /// Returns the same time in the half of the day that `other` has, if it has none itself.
    #[must_use]
    pub fn in_half_of(self, other: &Self) -> Self {
        Self { half: self.half.or(other.half), ..self }
    }

    /// Returns the number of minutes that its time zone is ahead of UTC. If the date is unknown, returns it only if it
    /// is the same all year.
    pub fn utc_offset_minutes(&self, date: Option<Date>) -> Option<i64> {
        if let Some(date) = date {
            return self.utc_offset_on(date);
        }
        let [january, july] = [1, 7].map(|month| self.utc_offset_on(Date::constant(2026, month, 1)));
        january.filter(|_| january == july)
    }

    fn utc_offset_on(&self, date: Date) -> Option<i64> {
        let zone = self.zone.as_ref()?;
        let instant = zone.to_ambiguous_timestamp(date.to_datetime(self.civil()?)).compatible().ok()?;
        Some(i64::from(zone.to_offset(instant).seconds() / MINUTE))
    }

    pub(super) fn has_colon(&self) -> bool {
        self.has_colon
    }

    fn civil(&self) -> Option<Time> {
        let hour: i8 = self.hours.parse().ok()?;
        let minute: i8 = if self.minutes.is_empty() { 0 } else { self.minutes.parse().ok()? };
        let hour = match self.half {
            Some(Half::Am) => hour % 12,
            Some(Half::Pm) => hour % 12 + 12,
            None => hour,
        };
        Time::new(hour, minute, 0, 0).ok()
    }
}

/// Writes the time as questions show it: without seconds and time zone.
impl std::fmt::Display for ClockTime<'_> {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let half = match self.half {
            Some(Half::Am) => " AM",
            Some(Half::Pm) => " PM",
            None => "",
        };
        let colon = if self.minutes.is_empty() { "" } else { ":" };
        write!(to, "{}{colon}{}{half}", self.hours, self.minutes)
    }
}

/// True if no letter or digit follows the byte `end`.
fn ends_word(text: &str, end: usize) -> bool {
    !text[end..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
}
