//! The index of all documents, or of those that start over.

use crate::collection::{CollectionReport, IndexRow, UNDATED};
use crate::model::Verdict;
use crate::render::collection::extent::Extent;
use crate::render::collection::page::{Cell, Part, Row, Section, Table};

pub(super) fn section(report: &CollectionReport, extent: &Extent) -> Section {
    if extent.all_documents { all(report) } else { starting_over(report) }
}

fn all(report: &CollectionReport) -> Section {
    let parts = if report.documents.is_empty() {
        vec![Part::Text("There are no documents.".to_owned())]
    } else {
        let rows = report.documents.iter().enumerate().map(|(at, row)| index_row(report, at, row)).collect();
        let columns = ["document", "date", "verdict", "buckets examined", "findings", "first question"];
        let table = Table { sortable: true, ..Table::new("Documents by date", &columns, rows) };
        vec![Part::Text("By date; the CSV has the same rows.".to_owned()), Part::Table(table)]
    };
    Section { id: "documents", title: "All documents", parts }
}

fn starting_over(report: &CollectionReport) -> Section {
    let wanted = report.documents.iter().enumerate().filter(|(_, row)| row.verdict == Verdict::StartOver);
    let row = |(at, row): (usize, &IndexRow)| {
        let question = row.first_question.clone().unwrap_or_default();
        Row::of(vec![Cell::Document(at), Cell::Text(date(row)), Cell::Text(question)])
    };
    let rows: Vec<Row> = wanted.map(row).collect();
    let none = if rows.is_empty() { "There are none; the" } else { "By date; the" };
    let mut parts = vec![Part::Text(format!("{none} HTML page and the CSV list all documents."))];
    if !rows.is_empty() {
        let columns = ["document", "date", "first question"];
        parts.push(Part::Table(Table::new("Documents that start over, by date", &columns, rows)));
    }
    Section { id: "documents", title: "Documents that start over", parts }
}

fn date(row: &IndexRow) -> String {
    row.date.clone().unwrap_or_else(|| UNDATED.to_owned())
}

fn index_row(report: &CollectionReport, at: usize, row: &IndexRow) -> Row {
    let name = |id: &String| {
        let known = report.buckets.iter().find(|bucket| bucket.id == *id);
        known.map_or_else(|| id.clone(), |bucket| bucket.name.clone())
    };
    Row::of(vec![
        Cell::Document(at),
        Cell::Text(date(row)),
        Cell::Verdict(row.verdict),
        Cell::Text(row.examined.iter().map(name).collect::<Vec<_>>().join(", ")),
        Cell::Count(row.findings),
        Cell::Text(row.first_question.clone().unwrap_or_default()),
    ])
}
