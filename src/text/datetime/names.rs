//! The words in dates and times.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::model::Span;

/// Length in letters of the longest name of a month or weekday.
const LONGEST_NAME: usize = 12;

/// Names of months, weekdays and time zones in lower case, from `lexicon/sections.toml`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct DateTimeNames {
    /// Number of each month, from 1, by name.
    pub months: BTreeMap<String, i8>,
    /// Names of weekdays.
    pub weekdays: BTreeSet<String>,
    /// Rule of each time zone in POSIX notation (`CET-1CEST,M3.5.0,M10.5.0/3`), by name.
    pub zones: BTreeMap<String, String>,
    /// Other words that occur next to a clock time, such as "am" and "local".
    pub clock_words: BTreeSet<String>,
    /// Words before the time of a row, such as "at" and "around".
    pub lead_words: BTreeSet<String>,
}

impl DateTimeNames {
    /// Returns the number of the month with this name, from 1.
    pub fn month(&self, word: &str) -> Option<i8> {
        (word.len() <= LONGEST_NAME).then(|| self.months.get(&word.to_lowercase()).copied())?
    }

    /// True if the word is the name of a weekday.
    pub fn is_weekday(&self, word: &str) -> bool {
        word.len() <= LONGEST_NAME && self.weekdays.contains(&word.to_lowercase())
    }

    /// Returns the time zone with this name.
    pub fn zone(&self, name: &str) -> Option<TimeZone> {
        TimeZone::posix(self.zones.get(&name.to_lowercase())?).ok()
    }

    /// True for a word that may occur next to a date or time: a short number, a month, a weekday or a time zone.
    pub(super) fn belongs_to_date_time(&self, word: &str) -> bool {
        let is_number = word.len() <= 5 && word.starts_with(|c: char| c.is_ascii_digit());
        is_number || self.month(word).is_some() || self.is_weekday(word) || self.is_clock_word(word)
    }

    /// Returns the span of the weekday name that begins at byte `start` of `text`.
    pub(super) fn weekday_at(&self, text: &str, start: usize) -> Option<Span> {
        let letters = text[start..].bytes().take_while(u8::is_ascii_alphabetic).count();
        let span = Span::new(start, start + letters);
        self.is_weekday(span.of(text)).then_some(span)
    }

    fn is_clock_word(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        self.clock_words.contains(&word) || self.zones.contains_key(&word)
    }
}
