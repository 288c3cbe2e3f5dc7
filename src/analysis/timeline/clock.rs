//! Times of day as documents write them: at the head of a row, at its end, or counted from when it began.

use crate::analysis::timeline::cursor::{Cursor, is_word};
use crate::analysis::timeline::{DAY, Row};

/// Bytes of list and table marks before a row's time.
const MOST_MARKS: usize = 12;

/// Bytes before the first digit of a row that begins with a time: marks, and the name of a month.
const LONGEST_HEAD: usize = 32;

/// Bytes of a line that is a label and a time.
const LONGEST_LABELLED: usize = 120;

/// Bytes of such a label after its first letter.
const LABEL: (usize, usize) = (3, 50);

/// The row that a line is: it begins with a time after list or table marks and a date, or ends with one.
pub(super) fn row(line: &str, number: usize) -> Option<Row> {
    let row = leading(line).or_else(|| relative(line)).or_else(|| trailing(line))?;
    Some(Row { line: number, ..row })
}

/// The times of day in a sentence, as written, without seconds.
pub fn clock_times(text: &str) -> impl Iterator<Item = String> {
    clocks(text).map(|(_, time)| time)
}

/// The same with their minutes past midnight.
pub(super) fn clocks(text: &str) -> impl Iterator<Item = (i64, String)> {
    let mut from = 0;
    let times = text.match_indices(':').filter_map(move |(colon, _)| {
        let (time, end) = around(text, from, colon)?;
        from = end;
        Some(time)
    });
    times.filter_map(Time::read)
}

/// `14:02 first errors`, `| 2026-01-02 14:02 | … |`, `2:02 PM – 2:10 PM …`.
fn leading(line: &str) -> Option<Row> {
    let mut rest = Cursor::new(line, 0);
    while rest.skip(|byte| b" \t|*+_[(>~`#-".contains(&byte)) > 0 || rest.sign('≈') {}
    let may_begin = rest.is_at(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    if !may_begin || !line.as_bytes().iter().take(LONGEST_HEAD).any(u8::is_ascii_digit) {
        return None;
    }
    let date = rest.maybe(|rest| {
        let date = date(rest)?;
        rest.run(|byte| b"T, \t|*:@-".contains(&byte), 1..=usize::MAX).and(Some(date))
    });
    let begin = Time::of_row(&mut rest)?;
    let (minute, time) = begin.read()?;
    let end = rest.maybe(|rest| {
        rest.skip(is_blank);
        let dashed = ['-', '–', '—'].into_iter().any(|dash| rest.sign(dash));
        rest.skip(is_blank);
        dashed.then(|| Time::of_row(rest))?
    });
    let until = end.and_then(|end| Time { half: end.half.or(begin.half), ..end }.read());
    let until = until.map(|(end, time)| ((end - minute).rem_euclid(DAY), time));
    Some(Row { minute, time, until, date: date.unwrap_or_default().to_owned(), ..Row::default() })
}

/// `T+5 …`, `T-0:10 …`: minutes, or hours and minutes, from when it began.
fn relative(line: &str) -> Option<Row> {
    let head = line.as_bytes().iter().take(MOST_MARKS).position(|&byte| byte == b'T')?;
    if !line.bytes().take(head).all(|byte| b" \t|*_[(>~`#-".contains(&byte)) {
        return None;
    }
    let mut rest = Cursor::new(line, head + 1);
    rest.sign(' ');
    let sign = rest.take(|byte| b"+-".contains(&byte))?;
    rest.sign(' ');
    let first = rest.digits(1..=4)?.parse::<i64>().ok()?;
    let second = rest.maybe(|rest| rest.sign(':').then(|| rest.digits(2..=2))?);
    let hours = rest.maybe(|rest| unit(rest, &["h", "hour", "hours"]));
    rest.maybe(|rest| unit(rest, &["m", "min", "mins", "minute", "minutes"]));
    let minutes = match second {
        Some(minutes) => first * 60 + minutes.parse::<i64>().ok()?,
        None if hours.is_some() => first * 60,
        None => first,
    };
    let minute = if sign == b'+' { minutes } else { -minutes };
    Some(Row { minute, time: rest.since(head).trim().to_owned(), ..Row::default() })
}

/// A unit of time, which may stand apart from its number.
fn unit(rest: &mut Cursor<'_>, names: &[&str]) -> Option<()> {
    rest.sign(' ');
    let start = rest.at;
    rest.skip(is_word);
    names.contains(&rest.since(start)).then_some(())
}

/// `Repaired 2026-01-02 16:48`, `| Start of disruption | 18:40 UTC |`.
fn trailing(line: &str) -> Option<Row> {
    if line.len() > LONGEST_LABELLED || !line.as_bytes().contains(&b':') {
        return None;
    }
    let head = line.bytes().position(|byte| byte.is_ascii_digit())?;
    if !is_label(&line.as_bytes()[..head]) {
        return None;
    }
    let mut rest = Cursor::new(line, head);
    let date = rest.maybe(|rest| {
        let date = iso_date(rest)?;
        rest.run(|byte| b"T, ".contains(&byte), 1..=usize::MAX).and(Some(date))
    });
    let (minute, time) = Time::at_end(&mut rest)?.read()?;
    Some(Row { minute, time, date: date.unwrap_or_default().to_owned(), ..Row::default() })
}

/// Whether this is a label after marks and before a mark: it begins with a letter, and is neither short nor long.
fn is_label(head: &[u8]) -> bool {
    let mark = |byte: &u8| b" \t|*_+-".contains(byte);
    let within = |byte: &u8| byte.is_ascii_alphabetic() || b" ()/_*-".contains(byte);
    let parts = |byte: &u8| b" \t|*:".contains(byte);
    let Some((first, rest)) = head.iter().position(|byte| !mark(byte)).map(|at| (head[at], &head[at + 1..]))
    else {
        return false;
    };
    let longest = rest.iter().take_while(|byte| within(byte)).count();
    let shortest = rest.len() - rest.iter().rev().take_while(|byte| parts(byte)).count();
    let ends = LABEL.0.max(shortest) <= LABEL.1.min(longest).min(rest.len().saturating_sub(1));
    first.is_ascii_alphabetic() && ends
}

/// A date before a time.
fn date<'t>(rest: &mut Cursor<'t>) -> Option<&'t str> {
    let numbers = rest.maybe(iso_date).or_else(|| rest.maybe(dotted));
    numbers.or_else(|| rest.maybe(day_first)).or_else(|| rest.maybe(month_first))
}

/// `2026-01-02`, `2026/1/2`.
fn iso_date<'t>(rest: &mut Cursor<'t>) -> Option<&'t str> {
    let start = rest.at;
    rest.digits(4..=4)?;
    for _ in 0..2 {
        rest.take(|byte| b"-/".contains(&byte))?;
        rest.digits(1..=2)?;
    }
    Some(rest.since(start))
}

/// `2.1.`, `2/1/26`, `02.01.2026`; the second point may be missing.
fn dotted<'t>(rest: &mut Cursor<'t>) -> Option<&'t str> {
    let start = rest.at;
    rest.digits(1..=2)?;
    rest.take(|byte| b"./".contains(&byte))?;
    let second = rest.digits(1..=6)?;
    let parted = second.len() <= 2 && rest.take(|byte| b"./".contains(&byte)).is_some();
    let year = if parted { rest.digits(0..=4)? } else { "" };
    (year.len() != 1).then(|| rest.since(start))
}

/// `2 January`.
fn day_first<'t>(rest: &mut Cursor<'t>) -> Option<&'t str> {
    let start = rest.at;
    rest.digits(1..=2)?;
    rest.run(is_blank, 1..=usize::MAX)?;
    month(rest)?;
    Some(rest.since(start))
}

/// `Jan. 2`.
fn month_first<'t>(rest: &mut Cursor<'t>) -> Option<&'t str> {
    let start = rest.at;
    month(rest)?;
    rest.sign('.');
    rest.run(is_blank, 1..=usize::MAX)?;
    rest.digits(1..=2)?;
    Some(rest.since(start))
}

/// A word with a capital in front, as long as the name of a month.
fn month<'t>(rest: &mut Cursor<'t>) -> Option<&'t str> {
    rest.take(|byte| byte.is_ascii_uppercase())?;
    rest.run(|byte| byte.is_ascii_lowercase(), 2..=8)
}

/// A time as the document writes it.
#[derive(Clone, Copy)]
struct Time<'t> {
    hours: &'t str,
    minutes: &'t str,
    /// The letter before the `m` of `AM` or `p.m`.
    half: Option<u8>,
}

impl<'t> Time<'t> {
    /// `14:02`, `9h30`, `2:02:15 p.m`: at the head of a row.
    fn of_row(rest: &mut Cursor<'t>) -> Option<Self> {
        let hours = rest.digits(1..=2)?;
        rest.take(|byte| b":h".contains(&byte))?;
        let minutes = rest.digits(2..=2).filter(|_| rest.parts())?;
        rest.maybe(seconds);
        Some(Self { hours, minutes, half: rest.maybe(half) })
    }

    /// `16:48`, `4:48 PM ET`: with nothing but marks behind it.
    fn at_end(rest: &mut Cursor<'t>) -> Option<Self> {
        let hours = rest.digits(1..=2)?;
        rest.take(|byte| byte == b':')?;
        let minutes = rest.digits(2..=2)?;
        rest.maybe(seconds);
        let half = rest.maybe(close_half);
        rest.maybe(zone);
        rest.skip(|byte| b" \t|*.".contains(&byte));
        rest.is_done().then_some(Self { hours, minutes, half })
    }

    /// Minutes past midnight, and the time as a question writes it.
    fn read(self) -> Option<(i64, String)> {
        let Self { hours, minutes, .. } = self;
        let (hour, minute): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
        let (hour, half) = match self.half {
            Some(b'p' | b'P') => (hour % 12 + 12, " PM"),
            Some(_) => (hour % 12, " AM"),
            None => (hour, ""),
        };
        (hour < 24 && minute < 60).then(|| (hour * 60 + minute, format!("{hours}:{minutes}{half}")))
    }
}

/// The time around a colon of a sentence and where it ends, if it begins at `from` or later.
fn around(text: &str, from: usize, colon: usize) -> Option<(Time<'_>, usize)> {
    let before = text.as_bytes().get(from..colon)?;
    let digits = before.iter().rev().take(3).take_while(|byte| byte.is_ascii_digit()).count();
    let opens = !before[..before.len() - digits].last().is_some_and(|&byte| is_word(byte));
    let mut rest = Cursor::new(text, colon + 1);
    let minutes = rest.digits(2..=2).filter(|_| opens && (1..=2).contains(&digits))?;
    rest.maybe(|rest| seconds(rest).filter(|_| rest.parts()));
    let facts = rest.parts();
    let half = rest.maybe(half);
    facts.then_some((Time { hours: &text[colon - digits..colon], minutes, half }, rest.at))
}

fn seconds<'t>(rest: &mut Cursor<'t>) -> Option<&'t str> {
    rest.take(|byte| byte == b':')?;
    rest.digits(2..=2)
}

/// `PM`, ` p.m`.
fn half(rest: &mut Cursor<'_>) -> Option<u8> {
    rest.skip(is_blank);
    let half = rest.take(|byte| b"AaPp".contains(&byte))?;
    rest.sign('.');
    rest.take(|byte| b"Mm".contains(&byte)).filter(|_| rest.parts()).and(Some(half))
}

/// The same where it is written in one word, with one blank before it at most.
fn close_half(rest: &mut Cursor<'_>) -> Option<u8> {
    rest.sign(' ');
    let half = rest.take(|byte| b"AaPp".contains(&byte))?;
    rest.take(|byte| b"Mm".contains(&byte)).filter(|_| rest.parts()).and(Some(half))
}

/// ` UTC`, ` CET`.
fn zone<'t>(rest: &mut Cursor<'t>) -> Option<&'t str> {
    rest.sign(' ');
    rest.run(|byte| byte.is_ascii_uppercase(), 1..=5)
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

#[cfg(test)]
mod tests;
