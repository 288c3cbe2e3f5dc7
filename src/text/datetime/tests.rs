//! Tables of date and time forms, read with the names in the shipped lexicon.

use crate::lexicon::Lexicon;
use crate::text::datetime::{DateTimeMatch, DateTimeNames, elapsed_at_line_start, with_colon};

fn names() -> &'static DateTimeNames {
    &Lexicon::embedded().headings.dates
}

/// Formats a match as `date | time | end of the range | bytes`.
fn shown(found: &DateTimeMatch<'_>) -> String {
    let date = found.date.as_ref().map_or("-", |date| date.text);
    let time = |time: Option<&crate::text::datetime::ClockTime<'_>>| {
        time.map_or_else(|| String::from("-"), ToString::to_string)
    };
    format!("{date} | {} | {} | {}", time(found.time.as_ref()), time(found.until.as_ref()), found.span.end)
}

#[test]
fn lines_that_begin_with_a_date_or_time() {
    let table = [
        ("14:02 first errors", "- | 14:02 | - | 5"),
        ("9h30 restart", "- | 9:30 | - | 4"),
        ("09:05:33.123 restart", "- | 09:05 | - | 12"),
        ("09:05Z restart", "- | 09:05 | - | 6"),
        ("09:05UTC restart", "- | 09:05 | - | 8"),
        ("09:05 UTC restart", "- | 09:05 | - | 9"),
        ("09:05+02:00 restart", "- | 09:05 | - | 11"),
        ("T03:12Z restart", "- | 03:12 | - | 7"),
        ("4:48pm – back", "- | 4:48 PM | - | 6"),
        ("2pm back", "- | 2 PM | - | 3"),
        ("2:02 p.m. back", "- | 2:02 PM | - | 9"),
        ("2:02 PM ET back", "- | 2:02 PM | - | 10"),
        ("2026-01-02T09:05Z restart", "2026-01-02 | 09:05 | - | 17"),
        ("2026-01-02T09:05:00-05:00 restart", "2026-01-02 | 09:05 | - | 25"),
        ("2026-01-02 03:04 restart", "2026-01-02 | 03:04 | - | 16"),
        ("2026-01-02 restart", "2026-01-02 | - | - | 10"),
        ("30-05-2018, 10:00", "30-05-2018 | 10:00 | - | 17"),
        ("2.1. 10:00", "2.1. | 10:00 | - | 10"),
        ("1/2/26 10:00", "1/2/26 | 10:00 | - | 12"),
        ("2 January 10:00", "2 January | 10:00 | - | 15"),
        ("Jan. 2nd, 2026 10:00", "Jan. 2nd, 2026 | 10:00 | - | 20"),
        ("Friday, 2 January 2026", "2 January 2026 | - | - | 22"),
        ("Fri 10:00", "Fri | 10:00 | - | 9"),
        ("02-Feb-2024 04:05", "02-Feb-2024 | 04:05 | - | 17"),
        ("10:00 – 10:15 failover", "- | 10:00 | 10:15 | 15"),
        ("10:00-03:00 failover", "- | 10:00 | 03:00 | 11"),
        ("10:00 UTC - 10:15 UTC failover", "- | 10:00 | 10:15 | 21"),
        ("| 2026-01-02 | 14:02 | alert |", "2026-01-02 | 14:02 | - | 20"),
        ("- **~14:20** back", "- | 14:20 | - | 10"),
    ];
    for (line, expected) in table {
        let found = names().at_line_start(line).map(|found| shown(&found));
        assert_eq!(found.as_deref(), Some(expected), "{line}");
    }
}

#[test]
fn lines_that_do_not_begin_with_a_date_or_time() {
    for line in [
        "",
        "14 pods were lost",
        "2026 was a good year",
        "5000 users",
        "1,200 requests",
        "99.95% of calls",
        "1.6.0 is out",
        "1. restart",
        "25:61 is not a time",
        "10:001",
        "14:02x",
        "2 people came",
        "May we ask",
        "3 Engineers looked",
        "Friday came",
        "Jan 42",
        "v1.2 is out",
        "\u{e9}14:02",
    ] {
        assert!(names().at_line_start(line).is_none(), "{line}");
    }
}

#[test]
fn times_after_a_label() {
    for (line, expected) in [
        ("Repaired 2026-01-02 16:48", "2026-01-02 16:48"),
        ("| Start of disruption | 18:40 UTC |", "18:40 UTC"),
        ("End of impact: 4:48 PM ET.", "4:48 PM ET"),
    ] {
        let found = names().after_label(line).map(|found| found.span.of(line));
        assert_eq!(found, Some(expected), "{line}");
    }
    for line in ["At 16:48", "We saw it at 16:48 and left", "Order 2026-01-02", "14:02", &"a ".repeat(99)] {
        assert!(names().after_label(line).is_none(), "{line}");
    }
    for (length, is_label) in [(3, false), (4, true), (51, true), (52, false)] {
        let line = format!("{} 14:02", "a".repeat(length));
        assert_eq!(names().after_label(&line).is_some(), is_label, "{length} letters");
    }
}

#[test]
fn times_of_rows() {
    let shown = |text| names().at_row_start(text).map(|found| found.span.of(text).to_owned());
    for (text, expected) in [
        ("At 14:02 errors", "At 14:02"),
        ("ca. 14:02 errors", "ca. 14:02"),
        ("→ 14:02 errors", "14:02"),
        ("around 2 January 14:02", "around 2 January 14:02"),
    ] {
        assert!(shown(text).is_some_and(|found| expected.ends_with(&found)), "{text}");
    }
    for text in ["At last 14:02", "Errors at 14:02", "At", ""] {
        assert!(shown(text).is_none(), "{text}");
    }
}

#[test]
fn times_without_a_colon() {
    for (text, expected) in [
        ("14.02 errors", "14:02 errors"),
        ("1402Z errors", "14:02Z errors"),
        ("0910 | errors", "09:10 | errors"),
        ("1402 hrs errors", "14:02 hrs errors"),
    ] {
        assert_eq!(with_colon(text).as_deref(), Some(expected));
    }
    for text in ["2026: errors", "1402 errors", "14.02.26", "14.02% of calls", "99.10 errors", "1.30 errors"]
    {
        assert_eq!(with_colon(text), None, "{text}");
    }
}

#[test]
fn times_relative_to_the_start_of_the_incident() {
    for (line, minutes, text) in [
        ("T+5 errors", 5, "T+5"),
        ("- T-0:10 deploy", -10, "T-0:10"),
        ("T + 2 hours: back", 120, "T + 2 hours"),
        ("**T+90 min** back", 90, "T+90 min"),
        ("T+1:30 back", 90, "T+1:30"),
    ] {
        let found = elapsed_at_line_start(line).unwrap();
        assert_eq!((found.minutes, found.text), (minutes, text), "{line}");
    }
    for line in ["Tuesday", "T5 was slow", "at T+5", "T03:12Z"] {
        assert!(elapsed_at_line_start(line).is_none(), "{line}");
    }
}

#[test]
fn clock_times_in_a_sentence() {
    let times = |text| names().clock_times(text).map(|time| time.to_string()).collect::<Vec<_>>().join(", ");
    assert_eq!(times("Between 13:00 and 5:35 pm, then at 09:05Z."), "13:00, 5:35 PM, 09:05");
    assert_eq!(times("10:00-10:15"), "10:00, 10:15");
    assert_eq!(times("host-1:8080, 1:2, 12:345, a12:30 and 9h30"), "");
}

#[test]
fn the_first_date_of_a_text() {
    for (text, date) in [
        ("Outage of 2 March 2026", Some("2026-03-02")),
        ("March 2nd, 2026: outage", Some("2026-03-02")),
        ("incident_2026_03_02", Some("2026-03-02")),
        ("2026-03-02T10:00", Some("2026-03-02")),
        ("on 30/05/2018", Some("2018-05-30")),
        ("on 05.06.2018", Some("2018-06-05")),
        ("on 14-Nov-2022", Some("2022-11-14")),
        ("October 17. 2021", Some("2021-10-17")),
        ("on 05/06/2018", None),
        ("2026-02-30 is not a day, 2026-03-02 is", Some("2026-03-02")),
        ("Room 4 May 12", None),
    ] {
        assert_eq!(names().first_date(text).as_deref(), date, "{text}");
    }
}

#[test]
fn a_line_with_only_a_date_and_time() {
    for line in [
        "2026-01-02",
        "Friday, January 2, 10:00 UTC",
        "10:42 AM local time",
        "10:00 - 11:15",
        "2 Jan",
        "May 2022",
        "Time: 15:30:00 UTC",
    ] {
        assert!(names().is_only_date_time(line), "{line}");
    }
    for line in ["1.2.3", "Friday", "10:42 deploy", "2026-01-02: outage", "Day 2"] {
        assert!(!names().is_only_date_time(line), "{line}");
    }
}

#[test]
fn offsets_of_time_zones() {
    let winter = jiff::civil::date(2026, 1, 2);
    let summer = jiff::civil::date(2026, 7, 2);
    for (time, date, offset) in [
        ("09:05Z", None, Some(0)),
        ("09:05 CEST", None, Some(120)),
        ("09:05+05:30", None, Some(330)),
        ("09:05:00-05:00", None, Some(-300)),
        ("09:05 ET", None, None),
        ("09:05 ET", Some(winter), Some(-300)),
        ("09:05 ET", Some(summer), Some(-240)),
        ("09:05", Some(summer), None),
    ] {
        let found = names().at_line_start(time).unwrap().time.unwrap();
        assert_eq!(found.utc_offset_minutes(date), offset, "{time} {date:?}");
    }
}

#[test]
fn every_time_zone_has_a_valid_rule() {
    for name in names().zones.keys() {
        assert!(names().zone(name).is_some(), "{name}");
    }
}
