//! The forms of dates and times. Each is matched at the start of a text.

use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};

/// `2026-01-02`, `2026/1/2`: year, month, day.
pub(super) static YEAR_FIRST: LazyLock<Regex> =
    LazyLock::new(|| compile(r"^([0-9]{4})[-/._]([0-9]{1,2})[-/._]([0-9]{1,2})"));

/// `02.01.2026`, `1/2/26`, `2.1.`: two numbers, whose order depends on the country, and an optional year.
pub(super) static YEAR_LAST: LazyLock<Regex> =
    LazyLock::new(|| compile(r"^([0-9]{1,2})[./]([0-9]{1,2})(?:[./]([0-9]{4}|[0-9]{2})?)?"));

/// `30-05-2018`: the same with hyphens; the year is required.
pub(super) static YEAR_LAST_HYPHENS: LazyLock<Regex> =
    LazyLock::new(|| compile(r"^([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})"));

/// `2 January`, `2nd Jan. 2026`, `02-Jan-2026`: day, month, year.
pub(super) static DAY_MONTH: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"^([0-9]{1,2})(?:[a-z]{2})?(?:[ \t]+|[-/])([A-Z][A-Za-z]{2,8})\.?(?:(?:,?[ \t]+|[-/])([0-9]{4}))?",
    )
});

/// `January 2`, `Jan. 2nd, 2026`: month, day, year.
pub(super) static MONTH_DAY: LazyLock<Regex> = LazyLock::new(|| {
    compile(r"^([A-Z][A-Za-z]{2,8})\.?[ \t]+([0-9]{1,2})(?:[a-z]{2})?(?:[.,]?[ \t]+([0-9]{4}))?")
});

/// `14:02`, `9h30`, `09:05:33.123`, `2:02 p.m.`, `2pm`: hours, minutes, seconds, and the `a` or `p` before the `m`.
pub(super) static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    compile(r"^([0-9]{1,2})(?:[:h]([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?)?(?:\s*([AaPp])\.?[Mm]\b\.?)?")
});

/// `UTC`, ` CET`, `Z`: a possible name of a time zone.
pub(super) static ZONE_NAME: LazyLock<Regex> = LazyLock::new(|| compile(r"^ ?([A-Z]{1,5})\b"));

/// `+02:00`, ` -0500`: only offsets that exist, since `-03:10` is more likely the end of a range.
pub(super) static ZONE_OFFSET: LazyLock<Regex> =
    LazyLock::new(|| compile(r"^ ?([-+](?:0[0-9]|1[0-4])):?(00|30|45)\b"));

/// `14.02`, `1402`, `1402Z`: a clock time without a colon, at the start of a row. Without a zone, a number that may be a year is none.
pub(super) static BARE_CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"^(?:([01][0-9]|2[0-3])\.([0-5][0-9])(?:[ \t|:*]|$)|([01][0-9]|2[0-3])([0-5][0-9]) ?(?:Z|UTC|GMT|h(?:rs?)?)\b|(0[0-9]|1[0-8]|2[1-3])([0-5][0-9])[ \t]*[|:*-])",
    )
});

/// `T+5`, `T-0:10`, `T+2h`, `T + 10 min`.
pub(super) static ELAPSED: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"^T ?(?P<sign>[-+]) ?(?P<first>[0-9]{1,4})(?::(?P<minutes>[0-9]{2}))?(?P<hours> ?h(?:ours?)?\b)?(?: ?m(?:in(?:ute)?s?)?\b)?",
    )
});

/// What may precede a date and time to name them: markers, a label of 4 to 51 letters, markers.
pub(super) static LABEL: LazyLock<Regex> =
    LazyLock::new(|| compile(r"^[ \t|*_+-]*[A-Za-z][A-Za-z ()/_*-]{3,50}?[ \t|*:]+$"));

fn compile(pattern: &str) -> Regex {
    RegexBuilder::new(pattern).unicode(false).build().unwrap_or_else(|why| panic!("{why}"))
}
