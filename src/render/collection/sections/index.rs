//! The index of all documents.

use crate::collection::{CollectionReport, IndexRow, UNDATED};
use crate::render::collection::page::{Cell, Part, Row, Section, Table};

pub(super) fn section(report: &CollectionReport) -> Section {
    let mut parts = Vec::new();
    if report.documents.is_empty() {
        parts.push(Part::Text("There are no documents.".to_owned()));
    } else {
        parts.push(Part::Text("By date; the CSV has the same rows.".to_owned()));
        parts.push(Part::Table(table(report)));
    }
    Section { id: "documents", title: "All documents", parts }
}

fn table(report: &CollectionReport) -> Table {
    let rows = report.documents.iter().enumerate().map(|(at, row)| index_row(report, at, row)).collect();
    let columns = ["document", "date", "verdict", "buckets examined", "findings", "first question"];
    Table { sortable: true, ..Table::new("Documents by date", &columns, rows) }
}

fn index_row(report: &CollectionReport, at: usize, row: &IndexRow) -> Row {
    let name = |id: &String| {
        let known = report.buckets.iter().find(|bucket| bucket.id == *id);
        known.map_or_else(|| id.clone(), |bucket| bucket.name.clone())
    };
    Row::of(vec![
        Cell::Document(at),
        Cell::Text(row.date.clone().unwrap_or_else(|| UNDATED.to_owned())),
        Cell::Verdict(row.verdict),
        Cell::Text(row.examined.iter().map(name).collect::<Vec<_>>().join(", ")),
        Cell::Count(row.findings),
        Cell::Text(row.first_question.clone().unwrap_or_default()),
    ])
}
