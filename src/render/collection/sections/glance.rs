//! The collection at a glance.

use std::fmt::Write;

use crate::collection::{By, CollectionReport, Glance, UNDATED, VerdictCounts};
use crate::render::collection::certainty;
use crate::render::collection::page::{Cell, Part, Row, Section, Table, Tone};
use crate::render::collection::shares::share;
use crate::render::counted;

/// What the parts of a bar stand for, in their order.
const LEGEND: [(Tone, &str); 4] = [
    (Tone::StartOver, "start over: the analysis concludes with human error"),
    (Tone::Examined, "examined: conditions behind a human act are examined"),
    (Tone::Clear, "clear: a cause is given that does not stop at a person, as far as recognised"),
    (Tone::Undetermined, "undetermined: no cause is stated, or the document is not judged"),
];

/// A difference of so many documents is read as none.
const NO_DIFFERENCE: usize = 2;

pub(super) fn section(report: &CollectionReport) -> Section {
    let mut parts = vec![Part::Text(what_was_read(&report.glance))];
    if report.glance.documents > 0 {
        parts.push(Part::Text(what_is_seen(report)));
        parts.push(Part::Table(table(report)));
        parts.push(Part::Sure(certainty::of_verdicts(&report.tool)));
    }
    Section { id: "glance", title: "At a glance", parts }
}

fn what_was_read(glance: &Glance) -> String {
    let mut said = match (&glance.first, &glance.last) {
        (Some(first), Some(last)) if first == last => {
            format!("{}, of {first}.", counted(glance.documents, "document"))
        }
        (Some(first), Some(last)) => {
            format!("{}, from {first} to {last}.", counted(glance.documents, "document"))
        }
        _ => format!("{}.", counted(glance.documents, "document")),
    };
    if glance.undated > 0 {
        let _ =
            write!(said, " {} without a date in front matter, title, path or opening lines.", glance.undated);
    }
    let unread = glance.documents - glance.judged;
    if unread > 0 {
        let _ = write!(said, " {unread} in a language that is not judged.");
    }
    said + &left_out(glance)
}

fn left_out(glance: &Glance) -> String {
    let range = match (&glance.since, &glance.until) {
        (Some(since), Some(until)) => format!("{since} to {until}"),
        (Some(since), None) => format!("{since} or later"),
        (None, Some(until)) => format!("{until} or earlier"),
        (None, None) => return String::new(),
    };
    format!(
        " Only documents of {range} are included: {} of other dates and {} without a date left out.",
        glance.outside, glance.outside_undated
    )
}

fn what_is_seen(report: &CollectionReport) -> String {
    let Glance { verdicts, judged, by_period, .. } = &report.glance;
    let concludes =
        format!("The analysis concludes with human error in {} judged.", share(verdicts.start_over, *judged));
    let dated = report.periods.iter().zip(by_period).filter(|(period, _)| *period != UNDATED);
    let mut counts: Vec<(usize, &String)> =
        dated.map(|(period, counts)| (counts.start_over, period)).collect();
    counts.sort_unstable();
    match counts.as_slice() {
        [.., (next, _), (most, period)] if most - next > NO_DIFFERENCE => {
            format!("{concludes} The {} with the most is {period}: {most}.", period_name(report.by))
        }
        _ => concludes,
    }
}

fn table(report: &CollectionReport) -> Table {
    let largest = report.glance.by_period.iter().map(VerdictCounts::documents).max().unwrap_or(0);
    let row = |(period, counts): (&String, &VerdictCounts)| {
        let parts = vec![
            (Tone::StartOver, counts.start_over),
            (Tone::Examined, counts.examined),
            (Tone::Clear, counts.clear),
            (Tone::Undetermined, counts.undetermined),
        ];
        let counts = parts.iter().map(|&(_, count)| Cell::Count(count));
        let first = [Cell::Text(period.clone()), Cell::Bar { parts: parts.clone(), largest }];
        Row::of(first.into_iter().chain(counts).collect())
    };
    let rows = report.periods.iter().zip(&report.glance.by_period).map(row).collect();
    let columns = [period_name(report.by), "documents", "start over", "examined", "clear", "undetermined"];
    Table { legend: LEGEND.to_vec(), ..Table::new("Verdicts over time", &columns, rows) }
}

/// Returns the name of a period.
pub(super) const fn period_name(by: By) -> &'static str {
    match by {
        By::Quarter => "quarter",
        By::Month => "month",
        By::Year => "year",
        By::Folder => "folder",
    }
}
