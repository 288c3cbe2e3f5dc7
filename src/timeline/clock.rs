//! Times of day as documents write them: at the head of a row, at its end, or counted from when it began.

use std::sync::OnceLock;

use regex_lite::Regex;

use super::{DAY, Row};

/// Bytes of list and table marks before a row's time.
const MOST_MARKS: usize = 12;

/// Bytes before the first digit of a row that begins with a time: marks, and the name of a month.
const LONGEST_HEAD: usize = 32;

/// Bytes of a line that is a label and a time.
const LONGEST_LABELLED: usize = 120;

/// The row that a line is: it begins with a time after list or table marks and a date, or ends with one.
pub(super) fn row(line: &str, number: usize) -> Option<Row> {
    let row = leading(line).or_else(|| relative(line)).or_else(|| trailing(line))?;
    Some(Row { line: number, ..row })
}

/// `14:02 first errors`, `| 2026-01-02 14:02 | … |`, `2:02 PM – 2:10 PM …`.
fn leading(line: &str) -> Option<Row> {
    static ROW: OnceLock<Option<Regex>> = OnceLock::new();
    if !line.as_bytes().iter().take(LONGEST_HEAD).any(u8::is_ascii_digit) || !has_clock(line) {
        return None;
    }
    let found = ROW.get_or_init(|| Regex::new(ROW_PATTERN).ok()).as_ref()?.captures(line)?;
    let date = found.get(1).map_or("", |date| date.as_str()).to_owned();
    let (minute, time) = clock(&found[2], &found[3], found.get(4).map(|half| half.as_str()))?;
    let half = found.get(7).or_else(|| found.get(4)).map(|half| half.as_str());
    let until = found
        .get(5)
        .zip(found.get(6))
        .and_then(|(hours, minutes)| clock(hours.as_str(), minutes.as_str(), half));
    let until = until.map(|(end, time)| ((end - minute).rem_euclid(DAY), time));
    Some(Row { minute, time, until, date, ..Row::default() })
}

/// `T+5 …`, `T-0:10 …`: minutes, or hours and minutes, from when it began.
fn relative(line: &str) -> Option<Row> {
    static ROW: OnceLock<Option<Regex>> = OnceLock::new();
    let head = line.as_bytes().iter().take(MOST_MARKS).position(|&byte| byte == b'T')?;
    if !line[head + 1..].trim_start().starts_with(['+', '-']) {
        return None;
    }
    let found = ROW.get_or_init(|| Regex::new(RELATIVE_PATTERN).ok()).as_ref()?.captures(line)?;
    let (first, second) = (found[3].parse::<i64>().ok()?, found.get(4));
    let minutes = match second {
        Some(minutes) => first * 60 + minutes.as_str().parse::<i64>().ok()?,
        None if found.get(5).is_some() => first * 60,
        None => first,
    };
    let minute = if &found[2] == "+" { minutes } else { -minutes };
    Some(Row { minute, time: found[1].trim().to_owned(), ..Row::default() })
}

/// `Repaired 2026-01-02 16:48`, `| Start of disruption | 18:40 UTC |`.
fn trailing(line: &str) -> Option<Row> {
    static ROW: OnceLock<Option<Regex>> = OnceLock::new();
    if line.len() > LONGEST_LABELLED || !has_clock(line) {
        return None;
    }
    let found = ROW.get_or_init(|| Regex::new(TRAILING_PATTERN).ok()).as_ref()?.captures(line)?;
    let date = found.get(1).map_or("", |date| date.as_str()).to_owned();
    let (minute, time) = clock(&found[2], &found[3], found.get(4).map(|half| half.as_str()))?;
    Some(Row { minute, time, date, ..Row::default() })
}

const RELATIVE_PATTERN: &str = r"(?x)^
    [\x20\t|*_\[(>~`\x23-]*
    (T[\x20]?([-+])[\x20]?([0-9]{1,4})(?::([0-9]{2}))?(?:[\x20]?(h|hours?)\b)?(?:[\x20]?m(?:in)?(?:utes)?\b)?)";

const TRAILING_PATTERN: &str = r"(?x)^
    [\x20\t|*_+-]* [A-Za-z][A-Za-z\x20()/_*-]{3,50}? [\x20\t|*:]+
    (?: ( [0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2} ) [T,\x20]+ )?
    ([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})? (?:[\x20]?([AaPp])[Mm]\b)? (?:[\x20]?[A-Z]{1,5})? [\x20\t|*.]* $";

const ROW_PATTERN: &str = r"(?x)^
    [\x20\t|*+_\[(>~`≈\x23-]*
    (?: ( [0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2} | [0-9]{1,2}[./][0-9]{1,2}[./]?(?:[0-9]{2,4})? | [0-9]{1,2}[\x20\t\r\n]+[A-Z][a-z]{2,8} | [A-Z][a-z]{2,8}\.?[\x20\t\r\n]+[0-9]{1,2} )
        [T,\x20\t|*:@-]+ )?
    ([0-9]{1,2})[:h]([0-9]{2})\b (?::[0-9]{2})? (?:[\x20\t\r\n]*([AaPp])\.?[Mm]\b)?
    (?: [\x20\t\r\n]*[-–—][\x20\t\r\n]* ([0-9]{1,2})[:h]([0-9]{2})\b (?::[0-9]{2})? (?:[\x20\t\r\n]*([AaPp])\.?[Mm]\b)? )?";

const CLOCK_PATTERN: &str = r"\b([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})?\b(?:[\x20\t\r\n]*([AaPp])\.?[Mm]\b)?";

/// The times of day in a sentence, as written, without seconds.
pub fn clock_times(text: &str) -> impl Iterator<Item = String> {
    clocks(text).map(|(_, time)| time)
}

/// The same with their minutes past midnight.
pub(super) fn clocks(text: &str) -> impl Iterator<Item = (i64, String)> {
    static CLOCK: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern = has_clock(text).then(|| CLOCK.get_or_init(|| Regex::new(CLOCK_PATTERN).ok()).as_ref());
    let times = pattern.flatten().into_iter().flat_map(move |pattern| pattern.captures_iter(text));
    times.filter_map(|found| clock(&found[1], &found[2], found.get(3).map(|half| half.as_str())))
}

/// Whether there is anything like `14:02` or `9h30`. Every pattern here wants one, and nearly no line has one; the look
/// is far cheaper than the pattern, let alone making it.
fn has_clock(text: &str) -> bool {
    let is_clock = |four: &[u8]| {
        let [hour, sign, tens, ones] = four else { return false };
        matches!(sign, b':' | b'h') && [hour, tens, ones].iter().all(|digit| digit.is_ascii_digit())
    };
    text.as_bytes().windows(4).any(is_clock)
}

/// Minutes past midnight, and the time as a question writes it.
fn clock(hours: &str, minutes: &str, half: Option<&str>) -> Option<(i64, String)> {
    let (hour, minute): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    let (hour, half) = match half {
        Some("p" | "P") => (hour % 12 + 12, " PM"),
        Some(_) => (hour % 12, " AM"),
        None => (hour, ""),
    };
    (hour < 24 && minute < 60).then(|| (hour * 60 + minute, format!("{hours}:{minutes}{half}")))
}
