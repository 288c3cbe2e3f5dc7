//! Reads fields that say when something happened, such as `Detected: 10:35` or `| Start | 30 July 2024, 11:04 PM |`.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::analysis::sentences::Analysis;
use crate::analysis::timeline::collect::{ANY_YEAR, events};
use crate::analysis::timeline::order;
use crate::analysis::timeline::row::{DAY, Row, RowReader};
use crate::document::{Attribution, Block};
use crate::model::{Role, SentenceId, TimelineEvent};
use crate::report::TimelineRow;

/// Maximum number of fields that are read. A document with more lists many incidents.
const MOST: usize = 50;

/// What may precede the label of a field.
const MARKERS: &str = " \t>|*_-+";

/// A field with a time of day.
#[derive(Clone, Debug)]
pub(super) struct Field {
    row: Row,
    /// Its line in the source, from 1.
    line: usize,
    quote: String,
    /// Its time in minutes since the midnight before the first field, if the fields are in order.
    minute: Option<i64>,
}

/// Returns the fields of a document, each with the event that its label names.
pub(super) fn read(analysis: &Analysis<'_>) -> Vec<Field> {
    let mut lines: BTreeMap<usize, Vec<SentenceId>> = BTreeMap::new();
    for sentence in analysis.ids().filter(|&sentence| is_own(analysis.block(sentence))) {
        lines.entry(analysis.line(sentence)).or_default().push(sentence);
    }
    let found = lines.iter().filter_map(|(&line, sentences)| read_field(analysis, line, sentences));
    let mut found: Vec<Field> = found.take(MOST).collect();
    let mut rows: Vec<Row> = found.iter().map(|field| field.row.clone()).collect();
    let compared = order::chronological(&mut rows);
    for field in &mut found {
        field.minute = compared.iter().find(|row| row.line == field.line).map(|row| row.minute);
    }
    found
}

/// Puts fields in place of rows on the same lines, on the clock of `compared`, whose first row is at minute 0.
pub(super) fn join(rows: &mut Vec<TimelineRow>, fields: &[Field], compared: &[Row]) {
    let start = compared.first().map(|row| row.minute);
    let shift = start.map_or_else(|| own_start(fields), |start| Some(shift(fields, compared)? - start));
    for field in fields {
        let known = rows.iter().position(|row| row.line == field.line);
        let row = field.report(shift);
        match known {
            Some(at) => rows[at] = TimelineRow { quote: rows[at].quote.clone(), ..row },
            None => rows.insert(rows.partition_point(|other| other.line < field.line), row),
        }
    }
}

/// Returns what puts the first field at minute 0.
fn own_start(fields: &[Field]) -> Option<i64> {
    fields.iter().filter_map(|field| field.minute).min().map(|first| -first)
}

/// Returns the minutes, a number of days, from the clock of the fields to that of the rows: what makes most of the fields
/// agree with a row, or else nothing if no dates contradict that.
fn shift(fields: &[Field], compared: &[Row]) -> Option<i64> {
    let mut votes: BTreeMap<i64, usize> = BTreeMap::new();
    for minute in fields.iter().filter_map(|field| field.minute) {
        let apart: BTreeSet<i64> = compared.iter().map(|row| row.minute - minute).collect();
        for shift in apart.into_iter().filter(|apart| apart % DAY == 0) {
            *votes.entry(shift).or_default() += 1;
        }
    }
    let most = votes.into_iter().max_by_key(|&(shift, votes)| (votes, -shift.abs()));
    let days = fields.iter().find_map(|field| field.row.day).zip(compared.first().and_then(|row| row.day));
    most.map(|(shift, _)| shift).or_else(|| days.is_none_or(|(field, row)| field == row).then_some(0))
}

impl Field {
    /// Returns its line in the source, from 1.
    pub(super) fn line(&self) -> usize {
        self.line
    }

    /// True if its label names an event.
    pub(super) fn is(&self, event: TimelineEvent) -> bool {
        self.row.events.contains(&event)
    }

    /// Returns the row of a report, `shift` minutes later on its clock.
    fn report(&self, shift: Option<i64>) -> TimelineRow {
        let (time, line, quote) = (self.row.time.clone(), self.line, self.quote.clone());
        let minute = self.minute.zip(shift).map(|(minute, shift)| minute + shift);
        TimelineRow { time, line, quote, marks: self.row.events.clone(), reason: None, minute }
    }
}

fn is_own(block: &Block) -> bool {
    block.role != Role::Actions
        && !matches!(block.attribution, Attribution::Quoted | Attribution::Guidance | Attribution::Titles)
}

fn read_field(analysis: &Analysis<'_>, line: usize, sentences: &[SentenceId]) -> Option<Field> {
    let document = analysis.document;
    let source = document.lines.of(&document.source.text, line);
    let (label, value) = label_and_value(source)?;
    let labels = &analysis.lexicon.questions.moment_label;
    let (&event, _) = labels.iter().find(|(_, known)| known.contains(&label))?;
    let document_day: Option<Date> = document.date.as_deref().and_then(|date| date.parse().ok());
    let reader = RowReader {
        names: &analysis.lexicon.headings.dates,
        year: document_day.map_or(ANY_YEAR, Date::year),
        document_day,
        above: None,
    };
    let row = reader.value(value)?;
    let told: Vec<TimelineEvent> = sentences.iter().flat_map(|&at| events(analysis, at)).collect();
    let row = Row { line, events: events_of_label(event, &told), ..row };
    let quote = source.trim_matches(|c: char| MARKERS.contains(c)).trim_end().to_owned();
    Some(Field { row, line, quote, minute: None })
}

/// Returns the events of a field whose label names one. The words after the label only say who noticed.
fn events_of_label(event: TimelineEvent, told: &[TimelineEvent]) -> Vec<TimelineEvent> {
    match event {
        TimelineEvent::Resolved => vec![TimelineEvent::Fixed, event],
        TimelineEvent::Noticed if told.contains(&TimelineEvent::ToldByUsers) => {
            vec![event, TimelineEvent::ToldByUsers]
        }
        _ => vec![event],
    }
}

/// Returns the label of a line, in lower case, and what follows it.
fn label_and_value(line: &str) -> Option<(String, &str)> {
    let start = line.find(char::is_alphabetic)?;
    let (before, rest) = line.split_at(start);
    let end = rest.find(|c: char| !c.is_alphabetic() && c != ' ')?;
    let (label, value) = rest.split_at(end);
    let is_first = before.chars().all(|c| MARKERS.contains(c));
    let value = value.trim_start_matches([':', '|', '*', '_', ' ', '\t']);
    is_first.then(|| (label.trim().to_lowercase(), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_a_label_and_what_follows_it() {
        let found = |line| label_and_value(line).map(|(label, value)| format!("{label}={value}"));
        assert_eq!(found("- **Noticed:** Tue 08:40").as_deref(), Some("noticed=Tue 08:40"));
        assert_eq!(found("| Start | 11:04 PM |").as_deref(), Some("start=11:04 PM |"));
        assert_eq!(found("  - Team aware 2020-02-25 07:36").as_deref(), Some("team aware=2020-02-25 07:36"));
        assert_eq!(found("10:00 start"), None);
        assert_eq!(found("Start"), None);
    }
}
