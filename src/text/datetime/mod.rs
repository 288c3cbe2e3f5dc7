//! Recognises dates and clock times in text; the only such recogniser in the program.
//!
//! Regular expressions in `patterns` define their forms; the names of months, weekdays and time zones are data.

mod date;
mod names;
mod patterns;
#[cfg(test)]
mod tests;
mod time;

use crate::model::Span;
use crate::text::datetime::patterns::{BARE_CLOCK, ELAPSED, LABEL};

pub use crate::text::datetime::date::DateMatch;
pub use crate::text::datetime::names::DateTimeNames;
pub use crate::text::datetime::time::ClockTime;

/// Maximum length in bytes of a line that is read as a label followed by a date and time.
const LONGEST_LABELLED_LINE: usize = 120;

/// A date, a clock time, or a date with a clock time after it.
#[derive(Clone, Debug)]
pub struct DateTimeMatch<'t> {
    /// Its span in bytes of the text.
    pub span: Span,
    /// The date.
    pub date: Option<DateMatch<'t>>,
    /// The clock time, or the earlier one of a range such as `14:02 – 14:10`.
    pub time: Option<ClockTime<'t>>,
    /// The later time of a range.
    pub until: Option<ClockTime<'t>>,
}

/// A time relative to the start of the incident: `T+5`, `T-0:10`, `T+2h`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElapsedTime<'t> {
    /// The text as written.
    pub text: &'t str,
    /// Minutes from the start of the incident; negative before it.
    pub minutes: i64,
}

impl DateTimeNames {
    /// Returns the date or time at the start of a line, after list, table and emphasis markers.
    pub fn at_line_start<'t>(&self, line: &'t str) -> Option<DateTimeMatch<'t>> {
        self.at(line, marks_len(line))
    }

    /// Returns the date or time at the start of the text of a row, after marks and a word such as "at".
    pub fn at_row_start<'t>(&self, text: &'t str) -> Option<DateTimeMatch<'t>> {
        let start = text.find(|c: char| c.is_ascii_alphanumeric())?;
        if let Some(found) = self.at(text, start) {
            return Some(found);
        }
        let rest = &text[start..];
        let word = rest.split(|c: char| !c.is_ascii_alphabetic()).next()?;
        let space = rest[word.len()..].len() - rest[word.len()..].trim_start_matches(['.', ' ', '~']).len();
        let leads = space > 0 && self.lead_words.contains(&word.to_ascii_lowercase());
        leads.then(|| self.at(text, start + word.len() + space))?
    }

    /// Returns the date and time in brackets that a text ends with: `Errors rose (14:05 UTC).`
    pub fn in_brackets_at_end<'t>(&self, text: &'t str) -> Option<DateTimeMatch<'t>> {
        let found = self.at(text, text.rfind('(')? + 1)?;
        let is_last = text[found.span.end..].trim_matches([' ', '\t', ')', '.', '*', '|']).is_empty();
        (found.time.is_some() && is_last).then_some(found)
    }

    /// Returns the date or time that begins at byte `start` of `text`.
    ///
    /// A numeric date without a four-digit year, such as `2.1.`, counts only if a time follows it.
    pub fn at<'t>(&self, text: &'t str, start: usize) -> Option<DateTimeMatch<'t>> {
        let date = self.date_or_weekday_at(text, start);
        let time_start = match &date {
            Some(date) => date.span.end + separators_len(&text[date.span.end..]),
            None => start + usize::from(text[start..].starts_with('T')),
        };
        let is_separate = date.as_ref().is_none_or(|date| date.span.end < time_start);
        let time = if is_separate { self.time_at(text, time_start) } else { None };
        let Some(time) = time else {
            return date.filter(DateMatch::is_complete).map(|date| date.alone(start));
        };
        let until = self.range_end_at(text, time.span.end);
        let end = until.as_ref().unwrap_or(&time).span.end;
        Some(DateTimeMatch { span: Span::new(start, end), date, time: Some(time), until })
    }

    /// Returns a date, optionally after a weekday, or a weekday alone.
    fn date_or_weekday_at<'t>(&self, text: &'t str, start: usize) -> Option<DateMatch<'t>> {
        let Some(weekday) = self.weekday_at(text, start) else { return self.date_at(text, start) };
        let after = weekday.end + text[weekday.end..].len()
            - text[weekday.end..].trim_start_matches(['.', ',', ' ', '\t']).len();
        self.date_at(text, after).or_else(|| Some(DateMatch::weekday(text, weekday)))
    }

    /// Returns the date and time after a label, if only punctuation follows them: `Repaired: 2026-01-02 16:48 UTC |`.
    pub fn after_label<'t>(&self, line: &'t str) -> Option<DateTimeMatch<'t>> {
        if line.len() > LONGEST_LABELLED_LINE {
            return None;
        }
        let start = line.find(|c: char| c.is_ascii_digit())?;
        if !LABEL.is_match(&line[..start]) {
            return None;
        }
        let found = self.at(line, start)?;
        let rest = line[found.span.end..].trim_matches([' ', '\t', '|', '*', '.']);
        (found.time.is_some() && rest.is_empty()).then_some(found)
    }

    /// Returns all clock times with a colon in `text`, in order. `9h30` does not count, because in a sentence it may be
    /// a duration.
    pub fn clock_times<'t>(&self, text: &'t str) -> impl Iterator<Item = ClockTime<'t>> {
        let mut end = 0;
        number_starts(text).filter_map(move |start| {
            let time = (start >= end).then(|| self.time_at(text, start))??;
            end = time.span.end;
            time.has_colon().then_some(time)
        })
    }

    /// Returns the first date with a year in `text`, as `2026-01-02`.
    pub fn first_date(&self, text: &str) -> Option<String> {
        let date = word_starts(text).find_map(|start| self.date_at(text, start)?.date)?;
        Some(date.to_string())
    }

    /// True if a line contains only a date, a month of a year, or one or more clock times, as a heading in a timeline
    /// may.
    pub fn is_only_date_time(&self, line: &str) -> bool {
        let mut words = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let has_date_time = || word_starts(line).any(|start| self.at(line, start).is_some());
        let has_month = || line.split_whitespace().any(|word| self.month(word).is_some());
        line.contains(|c: char| c.is_ascii_digit())
            && words.all(|word| self.belongs_to_date_time(word))
            && (has_month() || has_date_time())
    }
}

/// Returns the time relative to the start of the incident at the start of a line, after markers.
pub fn elapsed_at_line_start(line: &str) -> Option<ElapsedTime<'_>> {
    let found = ELAPSED.captures(&line[marks_len(line)..])?;
    let number = |name: &str| found.name(name).and_then(|digits| digits.as_str().parse::<i64>().ok());
    let first = number("first")?;
    let minutes = match number("minutes") {
        Some(minutes) => first * 60 + minutes,
        None if found.name("hours").is_some() => first * 60,
        None => first,
    };
    let is_before = found.name("sign")?.as_str() == "-";
    let text = found.get(0)?.as_str().trim();
    Some(ElapsedTime { text, minutes: if is_before { -minutes } else { minutes } })
}

/// Returns a text that begins with a time without a colon, such as `14.02` or `1402Z`, with a colon.
pub fn with_colon(text: &str) -> Option<String> {
    let text = text.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    let found = BARE_CLOCK.captures(text)?;
    let (hours, minutes) = [(1, 2), (3, 4), (5, 6)]
        .into_iter()
        .find_map(|(hours, minutes)| found.get(hours).zip(found.get(minutes)))?;
    Some(format!("{}:{}{}", hours.as_str(), minutes.as_str(), &text[minutes.end()..]))
}

/// True if a text begins like a clock time, whether or not there is such a time: `25:61`, `9.7`.
pub fn begins_like_time(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    (1..=2).contains(&digits) && rest.starts_with(':') && rest[1..].starts_with(|c: char| c.is_ascii_digit())
}

/// Returns the length in bytes of the list, table, heading and emphasis markers at the start of a line.
fn marks_len(line: &str) -> usize {
    let marks = [' ', '\t', '|', '*', '+', '_', '[', '(', '>', '~', '`', '#', '-', '\u{2248}'];
    line.len() - line.trim_start_matches(marks).len()
}

/// Returns the length in bytes of the separators between a date and a time.
fn separators_len(text: &str) -> usize {
    text.len() - text.trim_start_matches(['T', ',', ' ', '\t', '|', '*', ':', '@', '-']).len()
}

/// Returns the offsets of words that start with an ASCII digit.
fn number_starts(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let starts = move |&at: &usize| bytes[at].is_ascii_digit() && (at == 0 || !is_word(&bytes[at - 1]));
    (0..bytes.len()).filter(starts)
}

/// Returns the offsets of runs of ASCII letters and digits.
fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let starts = |&at: &usize| {
        bytes[at].is_ascii_alphanumeric() && (at == 0 || !bytes[at - 1].is_ascii_alphanumeric())
    };
    (0..bytes.len()).filter(starts)
}
