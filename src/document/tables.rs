//! Roles of table cells: from the first cell of the row, from the column header, or because the table is a timeline.

use std::collections::BTreeMap;

use crate::document::Cell;
use crate::document::parsed_markdown::{RawBlock, RawBlockKind};
use crate::document::roles::label_counts;
use crate::lexicon::headings::{Headings, Meaning};
use crate::model::{Role, Span};

/// The role and label that a row or column gives to a cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Given {
    /// Role of the cell.
    pub(super) role: Role,
    /// The label; `None` if the whole table is a timeline.
    pub(super) label: Option<Span>,
}

/// Returns what the labels give to each cell of a table. `section` is the role of the enclosing section.
pub(super) fn roles(
    prose: &str,
    table: &[RawBlock],
    section: Role,
    headings: &Headings,
) -> Vec<Option<Given>> {
    if matches!(section, Role::Other | Role::Summary) && is_timeline(prose, table, headings) {
        let timeline = Given { role: Role::Timeline, label: None };
        return vec![Some(timeline); table.len()];
    }
    let mut columns = column_labels(prose, table, headings);
    let mut rows = row_labels(prose, table, headings);
    if head_is_row(&rows, &columns, table) {
        columns.clear();
    } else {
        rows.remove(&0);
    }
    // In a table about the impact, a measure is a number.
    let is_figure = |given: &Given| section == Role::Impact && given.role == Role::Actions;
    let counts = |given: &&Given| label_counts(section, given.role) && !is_figure(given);
    table
        .iter()
        .filter_map(cell)
        .map(|cell| {
            let row = rows.get(&cell.row).filter(|_| cell.column > 0);
            let column = columns.get(&cell.column).filter(|_| !cell.header);
            row.filter(counts).or_else(|| column.filter(counts)).copied()
        })
        .collect()
}

fn cell(raw: &RawBlock) -> Option<Cell> {
    if let RawBlockKind::Cell(cell) = raw.kind { Some(cell) } else { None }
}

fn cells(table: &[RawBlock]) -> impl Iterator<Item = (Cell, Span)> {
    table.iter().filter_map(|raw| cell(raw).map(|cell| (cell, raw.span)))
}

fn is_timeline(prose: &str, table: &[RawBlock], headings: &Headings) -> bool {
    let column = cells(table)
        .find(|(cell, span)| cell.row == 0 && headings.is_time_column(span.of(prose)))
        .map(|(cell, _)| cell.column);
    column.is_some_and(|column| {
        cells(table).any(|(cell, span)| {
            cell.row > 0 && cell.column == column && headings.dates.at_line_start(span.of(prose)).is_some()
        })
    })
}

/// Returns the labels in the header row, if at least two columns have one.
fn column_labels(prose: &str, table: &[RawBlock], headings: &Headings) -> BTreeMap<usize, Given> {
    let heads: Vec<(Cell, Span)> = cells(table).filter(|(cell, _)| cell.row == 0 && cell.header).collect();
    if heads.len() < 2 {
        return BTreeMap::new();
    }
    let labels = heads.iter().filter_map(|(cell, span)| Some((cell.column, given(prose, *span, headings)?)));
    labels.collect()
}

/// Returns the labels in the first column. A row whose first cell is empty continues the one above.
fn row_labels(prose: &str, table: &[RawBlock], headings: &Headings) -> BTreeMap<usize, Given> {
    let mut labels = BTreeMap::new();
    let mut above = None;
    for (cell, span) in cells(table) {
        let label = if cell.column == 0 { given(prose, span, headings) } else { above };
        if let Some(label) = label {
            labels.entry(cell.row).or_insert(label);
        }
        if cell.column == 0 {
            above = label.filter(|_| !cell.header);
        }
    }
    labels
}

/// True if the first cell of the header row labels that row, as the cells below do, rather than its column.
fn head_is_row(rows: &BTreeMap<usize, Given>, columns: &BTreeMap<usize, Given>, table: &[RawBlock]) -> bool {
    let alone = cells(table).all(|(cell, _)| cell.row == 0);
    columns.keys().all(|&column| column == 0) && (alone || rows.keys().any(|&row| row > 0))
}

fn given(prose: &str, span: Span, headings: &Headings) -> Option<Given> {
    let Meaning { role, .. } = headings.label(span.of(prose))?;
    Some(Given { role, label: Some(span) })
}
