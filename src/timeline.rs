//! The timeline of a document as rows with a time of day, and what two rows tell when they are put side by side.

use std::sync::OnceLock;

use regex::Regex;

use crate::document::{Role, Voice};
use crate::lexicon::Owner;
use crate::lexicon::questions::{Moment, Part};
use crate::reading::Reading;

/// Rows below which a list of times is no timeline.
const FEWEST_ROWS: usize = 4;

/// Minutes below which a silent stretch or a delay is not worth a question.
const SHORT: i64 = 15;

/// How many times longer than the median a silent stretch must be.
const STANDS_OUT: i64 = 3;

/// Minutes beyond which a stretch is a night or a weekend rather than a part of the incident.
const LONG: i64 = 6 * 60;

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// A row of the timeline.
#[derive(Clone, Debug)]
pub struct Row {
    /// Minutes from the midnight before the first row.
    pub minute: i64,
    /// The time as the document writes it.
    pub time: String,
    /// For a row that tells of a while: minutes that it lasts, and the time at which it ends, as written.
    until: Option<(i64, String)>,
    /// Its line, from 1.
    pub line: usize,
    /// The date that stands before the time, as written.
    date: String,
    /// What its words tell.
    moments: Vec<Moment>,
}

/// All rows, in document order.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// Rows of one section.
    pub rows: Vec<Row>,
    /// Whether they run forward in time.
    ordered: bool,
}

/// Two times that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The earlier time, as written.
    pub start: String,
    /// The later time, as written.
    pub end: String,
}

impl Timeline {
    /// Reads the timeline: of the sections that hold timed rows, the one with most.
    pub fn read(reading: &Reading<'_>) -> Self {
        let mut by_section: Vec<(usize, Vec<Row>)> = Vec::new();
        for (section, row) in rows(reading) {
            match by_section.iter_mut().find(|(known, _)| *known == section) {
                Some((_, rows)) => rows.push(row),
                None => by_section.push((section, vec![row])),
            }
        }
        let longest = by_section.into_iter().map(|(_, rows)| rows).rev().max_by_key(Vec::len);
        let mut timeline = Self { rows: longest.unwrap_or_default(), ordered: false };
        timeline.ordered = timeline.unroll();
        timeline
    }

    /// The time of the row on a line.
    pub fn at_line(&self, line: usize) -> Option<&str> {
        self.rows.iter().find(|row| row.line == line).map(|row| row.time.as_str())
    }

    /// The time of the only row whose line of `text` holds `words`.
    pub fn only_row_with(&self, text: &str, words: &str) -> Option<&str> {
        let lines: Vec<&str> = text.lines().collect();
        let holds = |row: &&Row| lines.get(row.line - 1).is_some_and(|line| line.contains(words));
        let mut found = self.rows.iter().filter(holds);
        let only = found.next()?;
        found.next().is_none().then_some(only.time.as_str())
    }

    /// The longest stretch of which the timeline tells nothing, if it stands out.
    pub fn silence(&self) -> Option<Stretch> {
        let rows = self.usable()?;
        let gap = |pair: &[Row]| pair[1].minute - pair[0].end();
        let mut gaps: Vec<i64> = rows.windows(2).map(gap).filter(|&gap| gap > 0).collect();
        gaps.sort_unstable();
        let median = *gaps.get(gaps.len() / 2)?;
        let pair = rows.windows(2).rev().max_by_key(|pair| gap(pair))?;
        let stands_out = gap(pair) >= SHORT && gap(pair) >= STANDS_OUT * median;
        (stands_out && gap(pair) <= LONG && pair[0].date == pair[1].date).then(|| stretch(&pair[0], &pair[1]))
    }

    /// From the first row in which the trouble begins to the first after it in which somebody notices.
    pub fn detection(&self) -> Option<Stretch> {
        self.between(Moment::Onset, Moment::Noticed, SHORT)
    }

    /// From the row in which the cause is known to the next in which the fix is in.
    pub fn recovery(&self) -> Option<Stretch> {
        self.between(Moment::Understood, Moment::Fixed, 2 * SHORT)
    }

    /// The time of the row in which the trouble begins.
    pub fn onset(&self) -> Option<&str> {
        let row = self.usable()?.iter().find(|row| row.moments.contains(&Moment::Onset))?;
        Some(row.time.as_str())
    }

    /// The time at which the trouble begins, else that of the first row.
    pub fn opening(&self) -> Option<&str> {
        self.onset().or_else(|| self.usable()?.first().map(|row| row.time.as_str()))
    }

    /// The time of the last change at or before the trouble began.
    pub fn change(&self) -> Option<&str> {
        let rows = self.usable()?;
        let onset = rows.iter().position(|row| row.moments.contains(&Moment::Onset))?;
        let row = rows[..=onset].iter().rev().find(|row| row.moments.contains(&Moment::Changed))?;
        Some(row.time.as_str())
    }

    fn between(&self, from: Moment, to: Moment, least: i64) -> Option<Stretch> {
        let rows = self.usable()?;
        let first = rows.iter().position(|row| row.moments.contains(&from))?;
        let noticed_before = rows[..=first].iter().any(|row| row.moments.contains(&to));
        let later = rows[first + 1..].iter().find(|row| row.moments.contains(&to))?;
        let delay = later.minute - rows[first].minute;
        (!noticed_before && (least..=LONG).contains(&delay)).then(|| stretch(&rows[first], later))
    }

    fn usable(&self) -> Option<&[Row]> {
        (self.ordered && self.rows.len() >= FEWEST_ROWS).then_some(self.rows.as_slice())
    }

    /// Counts minutes past midnight on; whether the rows run forward.
    fn unroll(&mut self) -> bool {
        let mut days = 0;
        for at in 1..self.rows.len() {
            let before = self.rows[at - 1].minute;
            let dated = self.rows[at].date != self.rows[at - 1].date;
            let here = self.rows[at].minute + days * DAY;
            if here < before && (dated || before - here > DAY / 2) {
                days += 1;
            } else if here < before {
                return false;
            }
            self.rows[at].minute += days * DAY;
        }
        true
    }
}

impl Row {
    /// The minute at which it ends.
    fn end(&self) -> i64 {
        self.minute + self.until.as_ref().map_or(0, |(minutes, _)| *minutes)
    }
}

fn stretch(start: &Row, end: &Row) -> Stretch {
    let from = start.until.as_ref().map_or(&start.time, |(_, time)| time);
    Stretch { start: from.clone(), end: end.time.clone() }
}

/// Every timed row outside the remedies, with its section.
fn rows(reading: &Reading<'_>) -> Vec<(usize, Row)> {
    let mut found: Vec<(usize, Row)> = Vec::new();
    let lines: Vec<&str> = reading.document.source.text.lines().collect();
    for sentence in 0..reading.sentences.len() {
        let block = reading.block(sentence);
        let line = reading.line(sentence);
        let skipped =
            block.role == Role::Actions || block.voice == Voice::Quoted || block.voice == Voice::Guidance;
        if skipped {
            continue;
        }
        match found.last_mut() {
            Some((_, row)) if row.line == line => row.moments.extend(moments(reading, sentence)),
            _ => {
                let row = lines.get(line - 1).and_then(|text| row(text, line));
                found.extend(
                    row.map(|row| (block.section, Row { moments: moments(reading, sentence), ..row })),
                );
            }
        }
    }
    found
}

fn moments(reading: &Reading<'_>, sentence: usize) -> Vec<Moment> {
    let moment = |hit| match reading.owner(hit) {
        Owner::Question(Part::Moment(moment)) => Some(*moment),
        _ => None,
    };
    reading.sentences[sentence].hits.iter().filter_map(moment).collect()
}

/// The row that a line is, if it begins with a time after list or table marks and a date.
fn row(line: &str, number: usize) -> Option<Row> {
    static ROW: OnceLock<Option<Regex>> = OnceLock::new();
    let found = ROW.get_or_init(|| Regex::new(ROW_PATTERN).ok()).as_ref()?.captures(line)?;
    let date = found.get(1).map_or("", |date| date.as_str()).to_owned();
    let (minute, time) = clock(&found[2], &found[3], found.get(4).map(|half| half.as_str()))?;
    let half = found.get(7).or_else(|| found.get(4)).map(|half| half.as_str());
    let until = found
        .get(5)
        .zip(found.get(6))
        .and_then(|(hours, minutes)| clock(hours.as_str(), minutes.as_str(), half));
    let until = until.map(|(end, time)| ((end - minute).rem_euclid(DAY), time));
    Some(Row { minute, time, until, line: number, date, moments: Vec::new() })
}

// ASCII classes throughout: the Unicode ones cost a tenth of a cold start to compile.
const ROW_PATTERN: &str = r"(?x)^
    [\x20\t|*+_\[(>~`≈-]*
    (?: ( [0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2} | [0-9]{1,2}[./][0-9]{1,2}[./]?(?:[0-9]{2,4})? | [0-9]{1,2}[\x20\t\r\n]+[A-Z][a-z]{2,8} | [A-Z][a-z]{2,8}\.?[\x20\t\r\n]+[0-9]{1,2} )
        [T,\x20\t|*:@-]+ )?
    ([0-9]{1,2})[:h]([0-9]{2})(?-u:\b) (?::[0-9]{2})? (?:[\x20\t\r\n]*([AaPp])\.?[Mm](?-u:\b))?
    (?: [\x20\t\r\n]*[-–—][\x20\t\r\n]* ([0-9]{1,2})[:h]([0-9]{2})(?-u:\b) (?::[0-9]{2})? (?:[\x20\t\r\n]*([AaPp])\.?[Mm](?-u:\b))? )?";

const CLOCK_PATTERN: &str =
    r"(?-u:\b)([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})?(?-u:\b)(?:[\x20\t\r\n]*([AaPp])\.?[Mm](?-u:\b))?";

/// The times of day in a sentence, as written, without seconds.
pub fn clock_times(text: &str) -> impl Iterator<Item = String> {
    static CLOCK: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern = CLOCK.get_or_init(|| Regex::new(CLOCK_PATTERN).ok()).as_ref();
    let times = pattern.into_iter().flat_map(move |pattern| pattern.captures_iter(text));
    times.filter_map(|found| Some(clock(&found[1], &found[2], found.get(3).map(|half| half.as_str()))?.1))
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
