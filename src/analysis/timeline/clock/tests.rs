//! The readers of times against regular expressions that say the same in one line each.

use std::sync::LazyLock;

use proptest::prelude::*;
use regex::Regex;

use crate::analysis::timeline::clock::*;

static RELATIVE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?x-u)^
    [\x20\t|*_\[(>~`\x23-]*
    (T[\x20]?([-+])[\x20]?([0-9]{1,4})(?::([0-9]{2}))?(?:[\x20]?(h|hours?)\b)?(?:[\x20]?m(?:ins?|inutes?)?\b)?)")
    .unwrap()
});

static TRAILING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x-u)^
    [\x20\t|*_+-]* [A-Za-z][A-Za-z\x20()/_*-]{3,50}? [\x20\t|*:]+
    (?: ( [0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2} ) [T,\x20]+ )?
    ([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})? (?:[\x20]?([AaPp])[Mm]\b)? (?:[\x20]?[A-Z]{1,5})? [\x20\t|*.]* $",
    )
    .unwrap()
});

static LEADING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?x-u)^
    (?: [\x20\t|*+_\[(>~`\x23-] | (?u:≈) )*
    (?: ( [0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2} | [0-9]{1,2}[./][0-9]{1,2}[./]?(?:[0-9]{2,4})? | [0-9]{1,2}[\x20\t\r\n]+[A-Z][a-z]{2,8} | [A-Z][a-z]{2,8}\.?[\x20\t\r\n]+[0-9]{1,2} )
        [T,\x20\t|*:@-]+ )?
    ([0-9]{1,2})[:h]([0-9]{2})\b (?::[0-9]{2})? (?:[\x20\t\r\n]*([AaPp])\.?[Mm]\b)?
    (?: [\x20\t\r\n]*(?:-|(?u:[–—]))[\x20\t\r\n]* ([0-9]{1,2})[:h]([0-9]{2})\b (?::[0-9]{2})? (?:[\x20\t\r\n]*([AaPp])\.?[Mm]\b)? )?")
    .unwrap()
});

static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u)\b([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})?\b(?:[\x20\t\r\n]*([AaPp])\.?[Mm]\b)?").unwrap()
});

/// Lines made of what the readers look at.
fn line() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "0",
        "1",
        "2",
        "3",
        "12",
        "14",
        "59",
        "2026",
        "14:02",
        "9h30",
        "2:02",
        "12:00:30",
        "25:61",
        ":",
        "h",
        " ",
        "  ",
        "\t",
        "\r",
        "-",
        "–",
        "—",
        "≈",
        "/",
        ".",
        ",",
        "|",
        "*",
        "_",
        "(",
        "#",
        "@",
        "T",
        "+",
        "T+5",
        "T-",
        "AM",
        "pm",
        "p.m",
        "a",
        "P",
        "M",
        "m",
        "min",
        "minutes",
        "minute",
        "mins",
        "hours",
        "hour",
        "UTC",
        "CET",
        "Jan",
        "May.",
        "Wed",
        "January",
        "x",
        "ab",
        "Start",
        "End of",
        "Repaired ",
        "2026-01-02",
        "2/1/26",
        "02.01.2026",
        "2.1.",
        "é",
    ]);
    prop::collection::vec(piece, 0..9).prop_map(|pieces| pieces.concat())
}

fn slow_time(hours: &str, minutes: &str, half: Option<&str>) -> Option<(i64, String)> {
    Time { hours, minutes, half: half.map(|half| half.as_bytes()[0]) }.read()
}

/// Minute, time, date, and the end of a row, as the expression for it has them.
type Told = (i64, String, String, Option<(i64, String)>);

fn told(row: Option<Row>) -> Option<Told> {
    row.map(|row| (row.minute, row.time, row.date, row.until))
}

fn slow_leading(line: &str) -> Option<Told> {
    let found = LEADING.captures(line)?;
    let group = |at: usize| found.get(at).map(|part| part.as_str());
    let (minute, time) = slow_time(&found[2], &found[3], group(4))?;
    let end = group(5).and_then(|hours| slow_time(hours, &found[6], group(7).or(group(4))));
    let until = end.map(|(end, time)| ((end - minute).rem_euclid(DAY), time));
    Some((minute, time, group(1).unwrap_or_default().to_owned(), until))
}

fn slow_trailing(line: &str) -> Option<Told> {
    let found = TRAILING.captures(line)?;
    let group = |at: usize| found.get(at).map(|part| part.as_str());
    let (minute, time) = slow_time(&found[2], &found[3], group(4))?;
    Some((minute, time, group(1).unwrap_or_default().to_owned(), None))
}

fn slow_relative(line: &str) -> Option<(i64, String)> {
    let found = RELATIVE.captures(line)?;
    let first = found[3].parse::<i64>().unwrap();
    let minutes = match found.get(4) {
        Some(minutes) => first * 60 + minutes.as_str().parse::<i64>().unwrap(),
        None if found.get(5).is_some() => first * 60,
        None => first,
    };
    Some((if &found[2] == "+" { minutes } else { -minutes }, found[1].trim().to_owned()))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3000) })]

    #[test]
    fn the_head_of_a_row_is_read_as_its_expression_reads_it(line in line()) {
        prop_assert_eq!(told(leading(&line)), slow_leading(&line));
    }

    #[test]
    fn the_end_of_a_row_is_read_as_its_expression_reads_it(line in line(), label in "[|* ]{0,2}[A-Za-z (/:]{0,8}") {
        for line in [label + &line, line] {
            prop_assert_eq!(told(trailing(&line)), slow_trailing(&line));
        }
    }

    #[test]
    fn times_from_the_start_are_read_as_their_expression_reads_them(line in line(), head in "[|* ]{0,2}T ?[+-]") {
        for line in [head + &line, line] {
            let fast = relative(&line).map(|row| (row.minute, row.time));
            prop_assert_eq!(fast, slow_relative(&line));
        }
    }

    #[test]
    fn times_in_a_sentence_are_found_as_their_expression_finds_them(line in line()) {
        let slow = CLOCK.captures_iter(&line).filter_map(|found| {
            slow_time(&found[1], &found[2], found.get(3).map(|half| half.as_str()))
        });
        prop_assert_eq!(clocks(&line).collect::<Vec<_>>(), slow.collect::<Vec<_>>());
    }
}

#[test]
fn a_label_before_a_time_is_neither_short_nor_long() {
    for (length, read) in [(3, false), (4, true), (51, true), (52, false)] {
        let line = format!("{} 14:02", "a".repeat(length));
        assert_eq!(trailing(&line).is_some(), read, "{length} letters");
        assert_eq!(told(trailing(&line)), slow_trailing(&line), "{length} letters");
    }
}
