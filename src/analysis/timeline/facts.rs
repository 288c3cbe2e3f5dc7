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

/// What may precede the label of a field.
const MARKERS: &str = " \t>|*_-+";

/// A field with a time of day.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    row: Row,
    /// Its line in the source, from 1.
    line: usize,
    quote: String,
    /// Its time in minutes since the midnight before the first field, if the fields are in order.
    minute: Option<i64>,
}

/// Returns the fields of a document, each with the event that its label names.
pub(super) fn read(analysis: &Analysis<'_>) -> Vec<Fact> {
    let mut lines: BTreeMap<usize, Vec<SentenceId>> = BTreeMap::new();
    for sentence in analysis.ids().filter(|&sentence| is_own(analysis.block(sentence))) {
        lines.entry(analysis.line(sentence)).or_default().push(sentence);
    }
    let mut found: Vec<Fact> =
        lines.iter().filter_map(|(&line, sentences)| fact(analysis, line, sentences)).collect();
    let mut rows: Vec<Row> = found.iter().map(|fact| fact.row.clone()).collect();
    let compared = order::chronological(&mut rows);
    for fact in &mut found {
        fact.minute = compared.iter().find(|row| row.line == fact.line).map(|row| row.minute);
    }
    found
}

/// Puts fields in place of rows on the same lines, on the clock of `compared`, whose first row is at minute 0.
pub(super) fn join(rows: &mut Vec<TimelineRow>, facts: &[Fact], compared: &[Row]) {
    let start = compared.first().map(|row| row.minute);
    let shift = start.map_or_else(|| own_start(facts), |start| Some(shift(facts, compared)? - start));
    for fact in facts {
        let known = rows.iter().position(|row| row.line == fact.line);
        let row = fact.report(shift);
        match known {
            Some(at) => rows[at] = TimelineRow { quote: rows[at].quote.clone(), ..row },
            None => rows.insert(rows.partition_point(|other| other.line < fact.line), row),
        }
    }
}

/// Returns what puts the first field at minute 0.
fn own_start(facts: &[Fact]) -> Option<i64> {
    facts.iter().filter_map(|fact| fact.minute).min().map(|first| -first)
}

/// Returns the minutes, a number of days, from the clock of the fields to that of the rows: what makes most of the fields
/// agree with a row, or else nothing if no dates contradict that.
fn shift(facts: &[Fact], compared: &[Row]) -> Option<i64> {
    let days = |fact: &Fact| -> BTreeSet<i64> {
        let minute = fact.minute.unwrap_or_default();
        let apart = compared.iter().map(|row| row.minute - minute);
        apart.filter(|apart| apart % DAY == 0).collect()
    };
    let all: Vec<i64> = facts.iter().filter(|fact| fact.minute.is_some()).flat_map(days).collect();
    let votes = |shift: i64| all.iter().filter(|&&other| other == shift).count();
    let most = all.iter().copied().max_by_key(|&shift| (votes(shift), -shift.abs()));
    let days = facts.iter().find_map(|fact| fact.row.day).zip(compared.first().and_then(|row| row.day));
    most.or_else(|| days.is_none_or(|(fact, row)| fact == row).then_some(0))
}

impl Fact {
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

fn fact(analysis: &Analysis<'_>, line: usize, sentences: &[SentenceId]) -> Option<Fact> {
    let document = analysis.document;
    let source = document.lines.of(&document.source.text, line);
    let (label, value) = field(source)?;
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
    let row = Row { line, events: named(event, &told), ..row };
    let quote = source.trim_matches(|c: char| MARKERS.contains(c)).trim_end().to_owned();
    Some(Fact { row, line, quote, minute: None })
}

/// Returns the events of a field whose label names one. The words after it only say who noticed.
fn named(event: TimelineEvent, told: &[TimelineEvent]) -> Vec<TimelineEvent> {
    match event {
        TimelineEvent::Resolved => vec![TimelineEvent::Fixed, event],
        TimelineEvent::Noticed if told.contains(&TimelineEvent::ToldByUsers) => {
            vec![event, TimelineEvent::ToldByUsers]
        }
        _ => vec![event],
    }
}

/// Returns the label of a line, in lower case, and what follows it.
fn field(line: &str) -> Option<(String, &str)> {
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
        let found = |line| field(line).map(|(label, value)| format!("{label}={value}"));
        assert_eq!(found("- **Noticed:** Tue 08:40").as_deref(), Some("noticed=Tue 08:40"));
        assert_eq!(found("| Start | 11:04 PM |").as_deref(), Some("start=11:04 PM |"));
        assert_eq!(found("  - Team aware 2020-02-25 07:36").as_deref(), Some("team aware=2020-02-25 07:36"));
        assert_eq!(found("10:00 start"), None);
        assert_eq!(found("Start"), None);
    }
}
