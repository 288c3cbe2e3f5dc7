//! What was not read or not judged, and why.

use std::collections::BTreeMap;

use crate::collection::CollectionReport;
use crate::model::ENGLISH;
use crate::render::collection::page::{Cell, Part, Row, Section, Table};
use crate::render::counted;

/// Maximum number of files that are listed.
const MOST_LISTED: usize = 100;

pub(super) fn section(report: &CollectionReport) -> Section {
    let mut parts = vec![Part::Text(what_is_missing(report))];
    let rows: Vec<Row> = unread(report).take(MOST_LISTED).collect();
    if !rows.is_empty() {
        parts.push(Part::Table(Table::new("Files that were not read or not judged", &["file", "why"], rows)));
    }
    Section { id: "unread", title: "What was not read", parts }
}

fn what_is_missing(report: &CollectionReport) -> String {
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    report.skipped.iter().for_each(|skipped| *reasons.entry(&skipped.reason).or_default() += 1);
    let reasons: Vec<String> =
        reasons.iter().map(|(reason, count)| format!("{count} {}", in_words(reason))).collect();
    let skipped = match reasons.as_slice() {
        [] => "No file was skipped.".to_owned(),
        reasons => format!("{} skipped: {}.", counted(report.skipped.len(), "file"), reasons.join(", ")),
    };
    let failed = match report.errors.len() {
        0 => "Every file could be read.".to_owned(),
        count => format!("{} could not be read.", counted(count, "file")),
    };
    let total = unread(report).count();
    let more = if total > MOST_LISTED {
        format!(" The first {MOST_LISTED} of {total} are listed.")
    } else {
        String::new()
    };
    format!("{failed} {skipped}{more}")
}

/// Returns the id of a reason as words.
fn in_words(reason: &str) -> String {
    reason.replace('-', " ")
}

/// Returns the files that failed, then those that are not judged, then those that were skipped.
fn unread(report: &CollectionReport) -> impl Iterator<Item = Row> {
    let failed = report.errors.iter().map(|error| (&error.path, error.message.clone()));
    let foreign = report.documents.iter().filter(|row| row.language != ENGLISH);
    let foreign = foreign.map(|row| (&row.path, "not judged: in another language".to_owned()));
    let skipped = report.skipped.iter().map(|skipped| (&skipped.path, in_words(&skipped.reason)));
    let row = |(path, why): (&String, String)| Row::of(vec![Cell::Code(path.clone()), Cell::Text(why)]);
    failed.chain(foreign).chain(skipped).map(row)
}
