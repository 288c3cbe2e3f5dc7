//! Which tables only arrange other blocks, which rows are headers, and in which column a cell stands.

use crate::document::html_page::elements::{Kind, WIDEST};
use crate::document::html_page::page::{Element, Page};

/// A table as it is read.
#[derive(Clone, Copy)]
pub(super) struct Table {
    /// The header row.
    pub(super) header: Option<usize>,
}

/// The columns of a table, with the cells that reach down into later rows.
#[derive(Default)]
pub(super) struct Columns {
    /// For each of the first columns, the number of rows below that a cell above reaches.
    reach: Vec<usize>,
    /// The column of the next cell.
    next: usize,
}

impl Columns {
    /// Begins a row.
    pub(super) fn begin_row(&mut self) {
        self.next = 0;
    }

    /// Places a cell, and returns the number of empty cells to write before it, so that it stands in its column.
    pub(super) fn place(&mut self, cell: &Element) -> usize {
        let before = self.pass_cells_above();
        for _ in 0..cell.columns {
            self.pass(cell.rows - 1);
        }
        before
    }

    /// Passes the columns that cells above reach into, and returns how many there are.
    fn pass_cells_above(&mut self) -> usize {
        let first = self.next;
        while let Some(rows) = self.reach.get(self.next).copied().filter(|rows| *rows > 0) {
            self.pass(rows - 1);
        }
        self.next - first
    }

    /// Passes a column whose cell reaches this number of rows below.
    fn pass(&mut self, rows: usize) {
        if self.next < WIDEST {
            self.reach.resize(self.reach.len().max(self.next + 1), 0);
            self.reach[self.next] = rows;
        }
        self.next += 1;
    }
}

/// Returns how a table is read; `None` if it only arranges other blocks: it has one column, or contains headings or other
/// tables.
pub(super) fn table(page: &Page, node: usize) -> Option<Table> {
    let rows = rows(page, node);
    let cells = |row: usize| elements(page, row).filter(|(_, cell)| matches!(cell.kind, Kind::Cell(_)));
    let is_wide = rows.iter().any(|&(row, _)| cells(row).nth(1).is_some());
    let header = rows.first().filter(|&&(row, in_head)| {
        let is_header = in_head || cells(row).all(|(_, cell)| cell.kind == Kind::Cell(true));
        cells(row).nth(1).is_some() && (is_header || !page.nodes[row].has_plain_words)
    });
    (is_wide && !page.nodes[node].has_parts).then_some(Table { header: header.map(|(row, _)| *row) })
}

/// Returns the rows of a table, and whether they are in its head.
fn rows(page: &Page, table: usize) -> Vec<(usize, bool)> {
    let groups = elements(page, table);
    let rows = groups.flat_map(|(group, element)| {
        let in_head = element.kind == Kind::TableHead;
        let is_row = element.kind == Kind::Row;
        let inside = elements(page, group).filter(move |(_, row)| !is_row && row.kind == Kind::Row);
        is_row.then_some((group, false)).into_iter().chain(inside.map(move |(row, _)| (row, in_head)))
    });
    rows.collect()
}

/// Returns the elements directly in a node.
fn elements(page: &Page, node: usize) -> impl Iterator<Item = (usize, &Element)> {
    let children = page.nodes[node].children.iter();
    children.filter_map(|&child| Some((child, page.nodes[child].element()?)))
}
