//! The timeline of a document: rows with a clock time, and what a comparison of two rows shows.

mod collect;
mod days;
mod fields;
mod groups;
mod marks;
mod order;
mod row;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use crate::analysis::sentences::Analysis;
use crate::analysis::timeline::fields::Field;
use crate::analysis::timeline::groups::is_enough;
use crate::analysis::timeline::row::DAY;
use crate::document::plain_text::PlainText;
use crate::lexicon::kinds::Situation;
use crate::model::{Role, SentenceId, TimelineEvent};
use crate::report::{RowReason, TimelineRow};
use crate::text::vocabulary::ClassId;

pub use crate::analysis::timeline::collect::events;
pub use crate::analysis::timeline::row::Row;

/// Minimum length in minutes of a gap or delay that is worth a question.
const SHORT: i64 = 15;

/// Number of minutes between an alert and the beginning of the trouble, at least and at most: an earlier one was about
/// other trouble.
const EARLY: RangeInclusive<i64> = 5..=60;

/// Minimum length in minutes of a silence that is worth a question.
const SILENT: i64 = 45;

/// How many times longer than the median gap a gap must be to stand out.
const STANDS_OUT: i64 = 3;

/// Length in minutes from which a gap is a night or a weekend rather than part of the incident.
const LONG: i64 = 6 * 60;

/// The class of words that begin a period.
const FROM: &str = "from-word";

/// The rows of a document.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// The rows with a date or time in the section that has the most of them, in document order.
    pub rows: Vec<Row>,
    /// The rows that are compared, in chronological order.
    compared: Vec<Row>,
    /// The rows beside them whose place among them is unknown.
    unplaced: Vec<Row>,
    /// The rows of all timelines, in document order.
    shown: Vec<Row>,
    /// The fields with times.
    fields: Vec<Field>,
}

/// A period between two times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The earlier time, as written.
    pub start: String,
    /// The later time, as written.
    pub end: String,
}

impl Timeline {
    /// Reads the timelines of a document. Compared are the rows of the longest one that is in order.
    pub fn read(analysis: &Analysis<'_>) -> Self {
        let fields = fields::read(analysis);
        let (wholes, parts) = groups::read(analysis);
        // From the end, because the first of equal ones counts.
        let all = || wholes.iter().chain(&parts).rev();
        let longest = all().max_by_key(|group| group.timed());
        let best = all().max_by_key(|group| (is_enough(&group.compared), group.timed()));
        let (Some(longest), Some(best)) = (longest, best) else { return Self { fields, ..Self::default() } };
        let has_time = |row: &&Row| row.reason != Some(RowReason::NoTime);
        let is_unplaced = |row: &&Row| row.reason.is_some();
        Self {
            rows: longest.rows.iter().filter(has_time).cloned().collect(),
            compared: best.compared.clone(),
            unplaced: best.rows.iter().filter(is_unplaced).cloned().collect(),
            shown: groups::shown(analysis, &wholes, longest.section),
            fields,
        }
    }

    /// Returns the rows for a report.
    pub fn report(&self, analysis: &Analysis<'_>) -> Vec<TimelineRow> {
        let minutes = self.minutes();
        let shown = |row: &Row| {
            let told: Vec<String> = row.sentences.iter().map(|&sentence| words(analysis, sentence)).collect();
            let mut marks = row.events.clone();
            marks.sort_unstable();
            marks.dedup();
            let (time, first, reason) = (row.time.clone(), row.sentences.first(), row.reason);
            let line = first.map_or(row.line, |&first| analysis.line(first));
            let minute = first.and_then(|first| minutes.get(first).copied());
            TimelineRow { time, line, quote: told.join(" "), marks, reason, minute }
        };
        let mut rows: Vec<TimelineRow> = self.shown.iter().map(shown).collect();
        let compared = self.usable().unwrap_or_default();
        fields::join(&mut rows, &self.fields, compared);
        let midnight = compared.first().map_or(0, |row| row.minute);
        let onsets = self.fields.iter().filter(|field| field.is(TimelineEvent::Onset));
        let onset = onsets.filter_map(|field| rows.iter().find(|row| row.line == field.line())?.minute).min();
        marks::correct(&mut rows, &told_times(analysis), midnight, onset);
        from_zero(&mut rows);
        rows
    }

    /// Returns the minutes from the first of the compared rows to each of them, by the sentence that opens it.
    fn minutes(&self) -> BTreeMap<SentenceId, i64> {
        let rows = self.usable().unwrap_or_default();
        let start = rows.first().map_or(0, |row| row.minute);
        rows.iter().filter_map(|row| Some((*row.sentences.first()?, row.minute - start))).collect()
    }

    /// True if there is a row on this line of the rendered text, from 1.
    pub fn has_row_on(&self, line: usize) -> bool {
        self.rows.binary_search_by_key(&line, |row| row.line).is_ok()
    }

    /// Returns what comparisons of two rows show. Each stretch is used once.
    pub fn joins(&self, analysis: &Analysis<'_>) -> Vec<(Situation, Stretch)> {
        let detection = self.detection();
        let by_users = detection.as_ref().is_some_and(|stretch| self.told_by_users(&stretch.end));
        let detected = if by_users { Situation::UsersFirst } else { Situation::LateDetection };
        let all = [
            (detected, detection),
            (Situation::Silence, self.silence(analysis)),
            (Situation::EarlyAlert, self.early_alert()),
        ];
        let mut found: Vec<(Situation, Stretch)> = Vec::new();
        for (theme, stretch) in all {
            let Some(stretch) = stretch else { continue };
            if !found.iter().any(|(_, known)| *known == stretch) {
                found.push((theme, stretch));
            }
        }
        found
    }

    /// Returns the stretch from the end of the timeline to the end of the trouble in a summary, if that is much later
    /// on the same day.
    pub fn tail(&self, analysis: &Analysis<'_>) -> Option<Stretch> {
        let rows = self.usable()?;
        let (first, last) = (rows.first()?, rows.last()?);
        let opens = analysis.lexicon.vocabulary.class(FROM)?;
        let told = |sentence: SentenceId| matches!(analysis.role(sentence), Role::Summary | Role::Impact);
        let spans = analysis.ids().filter(|&at| told(at)).filter_map(|at| spoken(analysis, opens, at));
        let same = |from: i64| (from - first.minute).abs() <= 2 * SHORT;
        let mut later = spans.filter(|&(from, (until, _))| same(from) && until - last.end() >= 2 * SHORT);
        let (_, (until, time)) = later.next()?;
        (until - last.end() <= DAY / 2).then(|| Stretch { start: last.end_time().to_owned(), end: time })
    }

    /// Returns the stretch from the first notice to the beginning of the trouble, if the notice came earlier.
    fn early_alert(&self) -> Option<Stretch> {
        let rows = self.usable()?;
        let onset = rows.iter().position(|row| row.events.contains(&TimelineEvent::Onset))?;
        let early = |row: &&Row| {
            row.events.contains(&TimelineEvent::Noticed) && !row.events.contains(&TimelineEvent::ToldByUsers)
        };
        let alert = rows[..onset].iter().find(early)?;
        let lead = rows[onset].minute - alert.minute;
        EARLY.contains(&lead).then(|| stretch(alert, &rows[onset]))
    }

    fn told_by_users(&self, time: &str) -> bool {
        self.compared.iter().any(|row| row.time == time && row.events.contains(&TimelineEvent::ToldByUsers))
    }

    /// Returns the longest gap between two rows, if it stands out.
    fn silence(&self, analysis: &Analysis<'_>) -> Option<Stretch> {
        let rows = self.usable()?;
        let gap = |pair: &[Row]| pair[1].minute - pair[0].end();
        let mut gaps: Vec<i64> = rows.windows(2).map(gap).filter(|&gap| gap > 0).collect();
        gaps.sort_unstable();
        let median = *gaps.get(gaps.len() / 2)?;
        // Before anybody knew of the trouble, there was nothing to try.
        let tells = |event: &TimelineEvent| !matches!(event, TimelineEvent::Changed | TimelineEvent::Onset);
        let is_known = |row: &Row| row.events.iter().any(tells);
        let is_unmarked = |row: &Row| row.events.is_empty();
        let first = rows.iter().position(is_known).or_else(|| rows.iter().position(is_unmarked))?;
        let pair = rows[first..].windows(2).rev().max_by_key(|pair| gap(pair))?;
        let stands_out = gap(pair) >= SILENT && gap(pair) >= STANDS_OUT * median;
        let before = |row: &&Row| row.minute <= pair[0].minute;
        let notices = |row: &Row| {
            row.events.contains(&TimelineEvent::Noticed) || row.events.contains(&TimelineEvent::ToldByUsers)
        };
        // Until the first notice, nobody could have done anything.
        let first_notice = notices(&pair[1]) && !rows.iter().filter(before).any(notices);
        let begins = first_notice || pair[1].events.contains(&TimelineEvent::Onset);
        let is_fixed = |row: &Row| row.events.contains(&TimelineEvent::Fixed);
        let ends = begins || rows.iter().filter(before).any(is_fixed);
        let unless = &analysis.lexicon.questions.silence_unless;
        let explains = |row: &Row| row.sentences.iter().any(|&at| analysis.has_guard(at, unless));
        // The text below a heading tells what happened until the next one.
        let told = pair[0].heading.is_some();
        let within = gap(pair) <= LONG && pair[0].date == pair[1].date;
        (stands_out
            && within
            && !ends
            && !told
            && !explains(&pair[1])
            && self.is_empty_between(&pair[0], &pair[1]))
        .then(|| stretch(&pair[0], &pair[1]))
    }

    /// True if no row may be about a time between two neighbours.
    fn is_empty_between(&self, start: &Row, end: &Row) -> bool {
        let (first, last) = (start.line.min(end.line), start.line.max(end.line));
        self.unplaced.iter().all(|row| match row.reason {
            Some(RowReason::OutOfOrder | RowReason::UnknownZone) => false,
            _ => !(first..=last).contains(&row.line),
        })
    }

    /// Returns the stretch from the beginning of the trouble to the first notice, if nothing happens for a while before
    /// that.
    fn detection(&self) -> Option<Stretch> {
        let is = |row: &Row, event| row.events.contains(&event);
        let is_told = |row: &Row| is(row, TimelineEvent::Onset) || is(row, TimelineEvent::Noticed);
        if self.unplaced.iter().any(is_told) {
            return None;
        }
        let rows = self.usable()?;
        let first = rows.iter().position(|row| is(row, TimelineEvent::Onset))?;
        let noticed = rows.iter().position(|row| is(row, TimelineEvent::Noticed)).filter(|&at| at > first)?;
        let gap = rows[noticed].minute - rows[noticed - 1].end();
        let is_quick = rows[noticed - 1].minute - rows[first].minute < 2 * SHORT;
        let certain = is_quick && !is(&rows[noticed], TimelineEvent::Fixed);
        (certain && (SHORT..=LONG).contains(&gap)).then(|| stretch(&rows[first], &rows[noticed]))
    }

    fn usable(&self) -> Option<&[Row]> {
        is_enough(&self.compared).then_some(self.compared.as_slice())
    }
}

fn stretch(start: &Row, end: &Row) -> Stretch {
    Stretch { start: start.end_time().to_owned(), end: end.time.clone() }
}

/// Returns a sentence as its readers see it.
fn words(analysis: &Analysis<'_>, sentence: SentenceId) -> String {
    PlainText::new(analysis.document, analysis.sentence(sentence).span).text
}

/// Returns the first and the last time in a sentence about a period: "between 13:00 and 17:35".
fn spoken(analysis: &Analysis<'_>, opens: ClassId, sentence: SentenceId) -> Option<(i64, (i64, String))> {
    if !analysis.matches(sentence).tokens.held.has(opens) {
        return None;
    }
    let text = words(analysis, sentence);
    let mut times = analysis.lexicon.headings.dates.clock_times(&text);
    let (from, until) = (times.next()?, times.next()?);
    let (first, last) = (from.minute_of_day(), until.minute_of_day());
    (times.next().is_none() && first < last).then(|| (first, (last, until.to_string())))
}

/// Counts the minutes from the earliest row, which may be a field.
fn from_zero(rows: &mut [TimelineRow]) {
    let first = rows.iter().filter_map(|row| row.minute).min().unwrap_or_default();
    for row in rows {
        row.minute = row.minute.map(|minute| minute - first);
    }
}

/// Returns the times of day in the summary and the account of the impact, in minutes since midnight.
fn told_times(analysis: &Analysis<'_>) -> BTreeSet<i64> {
    let told = analysis.ids().filter(|&at| matches!(analysis.role(at), Role::Summary | Role::Impact));
    let times = |sentence| {
        let text = words(analysis, sentence);
        let times = analysis.lexicon.headings.dates.clock_times(&text);
        times.map(|time| time.minute_of_day()).collect::<Vec<i64>>()
    };
    told.flat_map(times).collect()
}
