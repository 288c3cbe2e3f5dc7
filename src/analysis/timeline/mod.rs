//! The timeline of a document: rows with a clock time, and what a comparison of two rows shows.

mod days;
mod row;

use std::collections::BTreeMap;

use crate::analysis::sentences::Analysis;
use crate::analysis::timeline::days::Days;
use crate::analysis::timeline::row::DAY;
use crate::document::{Attribution, BlockKind, Section};
use crate::lexicon::Owner;
use crate::lexicon::kinds::Situation;
use crate::lexicon::questions::QuestionPattern;
use crate::model::{CODE, Role, SectionId, SentenceId, TimelineEvent};
use crate::report::TimelineRow;
use crate::text::vocabulary::ClassId;

pub use crate::analysis::timeline::row::Row;

/// Minimum number of rows in a timeline; one fewer if all have dates.
const FEWEST_ROWS: usize = 4;

/// Minimum length in minutes of a gap or delay that is worth a question.
const SHORT: i64 = 15;

/// How many times longer than the median gap a gap must be to stand out.
const STANDS_OUT: i64 = 3;

/// Length in minutes from which a gap is a night or a weekend rather than part of the incident.
const LONG: i64 = 6 * 60;

/// Minimum length in minutes of a repair that is worth a question on its own.
const LONG_REPAIR: i64 = 60;

/// With this many rows or fewer, the time from the first notice to the fix counts as one long repair.
const FEW_ROWS: usize = 6;

/// Maximum number of rows in a report.
const MOST_SHOWN: usize = 200;

/// All rows, in document order.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// The rows of one section.
    pub rows: Vec<Row>,
    /// True if the rows are in chronological order.
    ordered: bool,
    /// For each piece of inline code on the line of a row: the row, if it is the only one.
    by_code: BTreeMap<String, Option<usize>>,
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
    /// Reads the timeline from the section with the most timed rows.
    pub fn read(analysis: &Analysis<'_>) -> Self {
        let mut known: BTreeMap<SectionId, usize> = BTreeMap::new();
        let mut by_section: Vec<Vec<Row>> = Vec::new();
        for (section, row) in rows(analysis) {
            let at = *known.entry(section).or_insert(by_section.len());
            if at == by_section.len() {
                by_section.push(Vec::new());
            }
            by_section[at].push(row);
        }
        let rows = by_section.into_iter().rev().max_by_key(Vec::len).unwrap_or_default();
        let mut timeline = Self { by_code: by_code(analysis, &rows), rows, ordered: false };
        timeline.ordered = timeline.unroll();
        timeline
    }

    /// Returns the rows for a report.
    pub fn report(&self, analysis: &Analysis<'_>) -> Vec<TimelineRow> {
        let shown = |row: &Row| {
            let told: Vec<&str> = row.sentences.iter().map(|&sentence| analysis.text(sentence)).collect();
            let mut marks = row.events.clone();
            marks.sort_unstable();
            marks.dedup();
            TimelineRow { time: row.time.clone(), line: row.line, quote: told.join(" "), marks }
        };
        self.usable().unwrap_or_default().iter().take(MOST_SHOWN).map(shown).collect()
    }

    /// Returns the time of the row that a sentence opens, unless the row is about a notice, a finding or a fix.
    pub fn at_sentence(&self, sentence: SentenceId) -> Option<&str> {
        let later = [
            TimelineEvent::Noticed,
            TimelineEvent::ToldByUsers,
            TimelineEvent::Understood,
            TimelineEvent::Fixed,
        ];
        let after = self.rows.partition_point(|row| row.sentences.first() <= Some(&sentence));
        let row = &self.rows[after.checked_sub(1)?];
        let opens = row.sentences.iter().take(row.opening).any(|&first| first == sentence);
        let acts = opens && !row.events.iter().any(|event| later.contains(event));
        acts.then_some(row.time.as_str())
    }

    /// True if there is a row on this line, from 1.
    pub fn has_row_on(&self, line: usize) -> bool {
        self.rows.binary_search_by_key(&line, |row| row.line).is_ok()
    }

    /// Returns the time of the only row whose line has this inline code, backticks included. A later row that names the
    /// same thing is about how it was found or fixed, not about what was done to it.
    pub fn only_row_with(&self, code: &str) -> Option<&str> {
        let row = (*self.by_code.get(code)?)?;
        let is_of_trouble = |row: &Row| row.events.iter().any(|event| *event != TimelineEvent::Changed);
        let late = self.rows[..row].iter().any(is_of_trouble);
        (!late).then(|| self.rows[row].time.as_str())
    }

    /// Returns what comparisons of two rows show. Each stretch is used once.
    pub fn joins(&self) -> Vec<(Situation, Stretch)> {
        let detection = self.between(TimelineEvent::Onset, TimelineEvent::Noticed, SHORT);
        let by_users = detection.as_ref().is_some_and(|stretch| self.told_by_users(&stretch.end));
        let detected = if by_users { Situation::UsersFirst } else { Situation::LateDetection };
        let noticed_change = if detection.is_none() { self.noticed_change() } else { None };
        let escalation = self.between(TimelineEvent::Noticed, TimelineEvent::Escalated, SHORT);
        let recovery = self.between(TimelineEvent::Understood, TimelineEvent::Fixed, 2 * SHORT);
        let short = self.rows.len() <= FEW_ROWS && recovery.is_none();
        let repair = if short {
            self.between(TimelineEvent::Noticed, TimelineEvent::Fixed, LONG_REPAIR)
        } else {
            None
        };
        let all = [
            (detected, detection),
            (Situation::LateChangeNotice, noticed_change),
            (Situation::Silence, self.silence()),
            (Situation::LateEscalation, escalation),
            (Situation::LongRecovery, recovery),
            (Situation::LongRepair, repair),
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

    /// Returns the stretch from the first notice to the fix, if it is long.
    pub fn work(&self) -> Option<Stretch> {
        self.between(TimelineEvent::Noticed, TimelineEvent::Fixed, SHORT)
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
        let last_time = last.until.as_ref().map_or(&last.time, |(_, time)| time);
        (until - last.end() <= DAY / 2).then(|| Stretch { start: last_time.clone(), end: time })
    }

    /// Returns the stretch from the last change before the first notice to that notice, if no row states when the
    /// trouble began.
    fn noticed_change(&self) -> Option<Stretch> {
        let rows = self.usable()?;
        let is = |row: &Row, event| row.events.contains(&event);
        let noticed = rows
            .iter()
            .position(|row| is(row, TimelineEvent::Noticed) && !is(row, TimelineEvent::Changed))?;
        let before = &rows[..noticed];
        let changed = before.iter().rposition(|row| is(row, TimelineEvent::Changed))?;
        let delay = rows[noticed].minute - rows[changed].minute;
        let plain = before.iter().all(|row| !is(row, TimelineEvent::Onset)) && changed + 1 == noticed;
        (plain && (SHORT..=LONG).contains(&delay)).then(|| stretch(&rows[changed], &rows[noticed]))
    }

    fn told_by_users(&self, time: &str) -> bool {
        self.rows.iter().any(|row| row.time == time && row.events.contains(&TimelineEvent::ToldByUsers))
    }

    /// Returns the longest gap between two rows, if it stands out.
    fn silence(&self) -> Option<Stretch> {
        let rows = self.usable()?;
        let gap = |pair: &[Row]| pair[1].minute - pair[0].end();
        let mut gaps: Vec<i64> = rows.windows(2).map(gap).filter(|&gap| gap > 0).collect();
        gaps.sort_unstable();
        let median = *gaps.get(gaps.len() / 2)?;
        let pair = rows.windows(2).rev().max_by_key(|pair| gap(pair))?;
        let stands_out = gap(pair) >= SHORT && gap(pair) >= STANDS_OUT * median;
        let ends =
            pair[1].events.contains(&TimelineEvent::Onset) || pair[0].events.contains(&TimelineEvent::Fixed);
        let within = gap(pair) <= LONG && pair[0].date == pair[1].date;
        (stands_out && within && !ends).then(|| stretch(&pair[0], &pair[1]))
    }

    /// Returns the time of the row in which the trouble begins.
    pub fn onset(&self) -> Option<&str> {
        let row = self.usable()?.iter().find(|row| row.events.contains(&TimelineEvent::Onset))?;
        Some(row.time.as_str())
    }

    /// Returns the time at which the trouble begins or, if all rows are of one day, that of the first row.
    pub fn opening(&self) -> Option<&str> {
        let first = || self.usable()?.first().filter(|_| self.is_of_one_day()).map(|row| row.time.as_str());
        self.onset().or_else(first)
    }

    fn is_of_one_day(&self) -> bool {
        let mut dates = self.rows.iter().map(|row| &row.date).filter(|date| !date.is_empty());
        let first = dates.next();
        dates.all(|date| Some(date) == first)
    }

    /// Returns the time of the last change at or before the beginning of the trouble.
    pub fn change(&self) -> Option<&str> {
        let rows = self.usable()?;
        let onset = rows.iter().position(|row| row.events.contains(&TimelineEvent::Onset))?;
        let near = |row: &&Row| rows[onset].minute - row.minute <= LONG;
        let row = rows[..=onset]
            .iter()
            .rev()
            .filter(near)
            .find(|row| row.events.contains(&TimelineEvent::Changed))?;
        Some(row.time.as_str())
    }

    fn between(&self, from: TimelineEvent, to: TimelineEvent, least: i64) -> Option<Stretch> {
        let rows = self.usable()?;
        let first = rows.iter().position(|row| row.events.contains(&from))?;
        let noticed_before = rows[..=first].iter().any(|row| row.events.contains(&to));
        let later = rows[first + 1..].iter().find(|row| row.events.contains(&to))?;
        let delay = later.minute - rows[first].minute;
        (!noticed_before && (least..=LONG).contains(&delay)).then(|| stretch(&rows[first], later))
    }

    fn usable(&self) -> Option<&[Row]> {
        let dated = self.rows.iter().all(|row| !row.date.is_empty());
        let enough = self.rows.len() + usize::from(dated) >= FEWEST_ROWS;
        (self.ordered && enough).then_some(self.rows.as_slice())
    }

    /// Makes minutes continue after midnight and converts all times to the clock of the first row. Returns true if the
    /// rows are in chronological order.
    fn unroll(&mut self) -> bool {
        let mut days = Days::default();
        let clock = self.rows.iter().find_map(|row| row.utc_offset);
        for at in 0..self.rows.len() {
            let (before, row) =
                (at.checked_sub(1).map(|before| self.rows[before].clone()), &mut self.rows[at]);
            row.minute += clock.zip(row.utc_offset).map_or(0, |(clock, offset)| clock - offset);
            let Some(passed) = days.until(row, before.as_ref()) else { return false };
            row.minute += passed * DAY;
        }
        true
    }
}

fn stretch(start: &Row, end: &Row) -> Stretch {
    let from = start.until.as_ref().map_or(&start.time, |(_, time)| time);
    Stretch { start: from.clone(), end: end.time.clone() }
}

/// Returns every timed row outside the remedies, with its section. A row that is a heading belongs to the parent
/// section.
fn rows(analysis: &Analysis<'_>) -> Vec<(SectionId, Row)> {
    let mut found: Vec<(SectionId, Row)> = Vec::new();
    let document = analysis.document;
    let above = above(&document.sections);
    let mut seen = 0;
    for sentence in analysis.ids() {
        let block = analysis.block(sentence);
        let line = analysis.line(sentence);
        let again = std::mem::replace(&mut seen, line) == line;
        let skipped = block.role == Role::Actions
            || block.attribution == Attribution::Quoted
            || block.attribution == Attribution::Guidance;
        if skipped {
            continue;
        }
        match found.last_mut() {
            Some((_, row)) if row.line == line || row.tells(block) => {
                row.events.extend(events(analysis, sentence));
                row.sentences.push(sentence);
            }
            _ if again => {}
            _ => {
                let text = document.lines.of(&document.source.text, line);
                let row = Row::from_line(text, line, &analysis.lexicon.headings.dates);
                found.extend(row.map(|row| placed(analysis, &above, sentence, row)));
            }
        }
    }
    found
}

/// Returns a row with its section and the events in its first sentence.
fn placed(analysis: &Analysis<'_>, above: &[SectionId], sentence: SentenceId, row: Row) -> (SectionId, Row) {
    let block = analysis.block(sentence);
    let heading = (block.kind == BlockKind::Heading).then_some(block.section);
    let section = heading.map_or(block.section, |section| above[section.index()]);
    let opening = 1 + usize::from(block.cell.is_some());
    let events = events(analysis, sentence);
    (section, Row { events, heading, sentences: vec![sentence], opening, ..row })
}

/// Returns the parent of each section; a top-level section is its own parent.
fn above(sections: &[Section]) -> Vec<SectionId> {
    let mut open: Vec<usize> = Vec::new();
    let mut above = Vec::with_capacity(sections.len());
    for (at, section) in sections.iter().enumerate() {
        while open.last().is_some_and(|&last| sections[last].level >= section.level) {
            open.pop();
        }
        above.push(SectionId::new(open.last().copied().unwrap_or(at)));
        open.push(at);
    }
    above
}

/// Returns the row of each piece of inline code on the lines of rows.
fn by_code(analysis: &Analysis<'_>, rows: &[Row]) -> BTreeMap<String, Option<usize>> {
    let document = analysis.document;
    let mut found: BTreeMap<String, Option<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let on_line = row.sentences.iter().filter(|&&sentence| analysis.line(sentence) == row.line);
        for token in on_line.flat_map(|&sentence| &analysis.matches(sentence).tokens.all) {
            if document.prose.as_bytes()[token.span().start] == CODE {
                let whose = found.entry(token.span().of(&document.source.text).to_owned());
                let known = whose.or_insert(Some(at));
                *known = known.filter(|&known| known == at);
            }
        }
    }
    found
}

/// Returns the first and the last time in a sentence about a period: "between 13:00 and 17:35".
fn spoken(analysis: &Analysis<'_>, opens: ClassId, sentence: SentenceId) -> Option<(i64, (i64, String))> {
    if !analysis.matches(sentence).tokens.held.has(opens) {
        return None;
    }
    let mut times = analysis.lexicon.headings.dates.clock_times(analysis.text(sentence));
    let (from, until) = (times.next()?, times.next()?);
    let (first, last) = (from.minute_of_day(), until.minute_of_day());
    (times.next().is_none() && first < last).then(|| (first, (last, until.to_string())))
}

/// The class of words that begin a period.
const FROM: &str = "from-word";

fn events(analysis: &Analysis<'_>, sentence: SentenceId) -> Vec<TimelineEvent> {
    let event = |hit| match analysis.owner(hit) {
        Owner::Question(QuestionPattern::TimelineEvent(event)) => Some(*event),
        _ => None,
    };
    analysis.matches(sentence).hits.iter().filter_map(event).collect()
}
