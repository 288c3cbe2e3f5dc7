//! Dates and times of day, as far as a document's form depends on them.

use crate::lexicon::headings::Headings;

/// Bytes of a line in which it may begin with a moment.
const LONGEST: usize = 120;

/// The first date in `text`, as `2026-01-02`.
pub(super) fn first_date(text: &str, headings: &Headings) -> Option<String> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(3).find_map(|window| date(window, headings))
}

/// Whether a line begins with a time of day or a date.
pub(super) fn starts_with_moment(line: &str, headings: &Headings) -> bool {
    let end = (0..=LONGEST.min(line.len())).rev().find(|&at| line.is_char_boundary(at)).unwrap_or(0);
    let line = line[..end].trim_start_matches(['[', '(', '~', '*', ' ', '\u{2248}']);
    let first = line.chars().next();
    match first {
        Some('0'..='9') => clock_len(line) > 0 || numeric_date(line) || day_and_month(line, headings),
        Some(c) if c.is_uppercase() && has_number(line) => month_and_day(line, headings),
        _ => false,
    }
}

/// Whether a line is nothing but a date, a time of day or both.
pub(super) fn is_moment(line: &str, headings: &Headings) -> bool {
    let belongs = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 5
            || headings.month(word).is_some()
            || headings.is_weekday(word)
            || headings.is_clock_word(word)
    };
    if line.len() > 80 || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let mut words = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    (line.contains([':', '-', '/']) || words.clone().nth(1).is_some()) && words.all(belongs)
}

/// Length of a time of day at the start of `text`: `9:05`, `09:05:33.123`, `09h05`; 0 if there is none.
pub(super) fn clock_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let hours = digits(bytes, 0);
    if !(1..=2).contains(&hours) || !matches!(bytes.get(hours), Some(b':' | b'h')) {
        return 0;
    }
    if digits(bytes, hours + 1) != 2 {
        return 0;
    }
    let mut end = hours + 3;
    while matches!(bytes.get(end), Some(b':' | b'.' | b',')) && digits(bytes, end + 1) > 0 {
        end += 1 + digits(bytes, end + 1);
    }
    end
}

/// Length of a timestamp: a time of day, perhaps with a date before it; 0 if there is none.
pub(super) fn timestamp_len(text: &str) -> usize {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return 0;
    }
    if !numeric_date(text) {
        return clock_len(text);
    }
    let date = text.find(|c: char| !c.is_ascii_digit() && !"-/.".contains(c)).unwrap_or(text.len());
    match text[date..].strip_prefix(['T', ' ']).map(clock_len) {
        Some(clock) if clock > 0 => date + 1 + clock,
        _ => 0,
    }
}

/// Whether a number stands near the head of a line.
fn has_number(line: &str) -> bool {
    line.bytes().take(24).any(|byte| byte.is_ascii_digit())
}

fn digits(bytes: &[u8], from: usize) -> usize {
    bytes[from.min(bytes.len())..].iter().take(9).take_while(|byte| byte.is_ascii_digit()).count()
}

/// `2026-01-02`, `2026/1/2`, `30-05-2018`; a version such as `1.6.0` is none.
fn numeric_date(text: &str) -> bool {
    let head = text.get(..10).unwrap_or(text);
    let mut parts = head.splitn(3, ['-', '/', '.']).map(|part| (digits(part.as_bytes(), 0), part.len()));
    let (Some(first), Some(second), Some(third)) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let whole = first.0 == first.1 && second.0 == second.1 && (1..=2).contains(&second.0);
    let year_first = first.0 == 4 && (1..=2).contains(&third.0);
    let year_last = (1..=2).contains(&first.0) && third.0 == 4;
    whole && (year_first || year_last)
}

fn day_and_month(text: &str, headings: &Headings) -> bool {
    let mut words = text.splitn(3, ' ');
    let (day, month) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    day_number(day).is_some() && headings.month(letters(month)).is_some()
}

/// `Jan 3`, also after a weekday.
fn month_and_day(text: &str, headings: &Headings) -> bool {
    let mut words = text.splitn(5, [' ', ',']).filter(|word| !word.is_empty());
    let mut month = letters(words.next().unwrap_or_default());
    if headings.is_weekday(month) {
        month = letters(words.next().unwrap_or_default());
        if day_number(month).is_some() {
            return words.next().is_some_and(|word| headings.month(letters(word)).is_some());
        }
    }
    headings.month(month).is_some() && words.next().is_some_and(|word| day_number(word).is_some())
}

fn letters(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

fn date(words: &[&str], headings: &Headings) -> Option<String> {
    let (year, month, day) = if let Some(year) = year(words[0]) {
        (year, month_number(words[1])?, leading_day(words[2])?)
    } else {
        let year = year(words[2])?;
        match (headings.month(words[0]), headings.month(words[1])) {
            (Some(month), _) => (year, month, day_number(words[1])?),
            (None, Some(month)) => (year, month, day_number(words[0])?),
            (None, None) => return None,
        }
    };
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

fn year(word: &str) -> Option<u16> {
    let all_digits = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    all_digits.then(|| word.parse().ok()).flatten().filter(|year| (1970..2100).contains(year))
}

fn month_number(word: &str) -> Option<u8> {
    (word.len() <= 2).then(|| word.parse().ok()).flatten().filter(|month| (1..=12).contains(month))
}

/// The day of `03T10`.
fn leading_day(word: &str) -> Option<u8> {
    let len = digits(word.as_bytes(), 0);
    let ends = word[len..].is_empty() || word[len..].starts_with('T');
    (ends && len <= 2).then(|| word[..len].parse().ok()).flatten().filter(|day| (1..=31).contains(day))
}

/// The day of `3`, `03` or `3rd`.
fn day_number(word: &str) -> Option<u8> {
    let word = letters(word);
    let len = digits(word.as_bytes(), 0);
    let suffix = &word[len..];
    let ordinal =
        suffix.is_empty() || suffix.len() == 2 && suffix.bytes().all(|byte| byte.is_ascii_lowercase());
    (ordinal && len <= 2).then(|| word[..len].parse().ok()).flatten().filter(|day| (1..=31).contains(day))
}
