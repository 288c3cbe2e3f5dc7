//! Tables, with bars and shades in their cells.

use maud::{Markup, html};

use super::{Writer, title, with_code};
use crate::render::collection::page::{Cell, Row, Table, Tone};
use crate::render::escape::prose;
use crate::render::wording::verdict_id;

/// Number of shades, without the one for nothing.
const SHADES: usize = 5;

impl Writer<'_> {
    pub(super) fn table(&self, table: &Table) -> Markup {
        html! {
            div.scroll role="region" aria-label=(table.caption) tabindex="0" {
                table.sortable[table.sortable] {
                    caption { (table.caption) }
                    thead {
                        tr {
                            @for (at, column) in table.columns.iter().enumerate() {
                                th.number[table.is_number(at)] scope="col" { (with_code(column)) }
                            }
                        }
                    }
                    tbody { @for row in &table.rows { (self.row(row)) } }
                }
            }
            @if !table.legend.is_empty() { (legend(table)) }
        }
    }

    fn row(&self, row: &Row) -> Markup {
        html! {
            tr.group[row.heads_group] {
                @for (at, cell) in row.cells.iter().enumerate() {
                    @if at == 0 { (self.first(cell)) } @else { (self.cell(cell)) }
                }
            }
        }
    }

    /// Returns the cell that names the row.
    fn first(&self, cell: &Cell) -> Markup {
        match cell {
            Cell::Document(at) => {
                let row = &self.report.documents[*at];
                html! {
                    th scope="row" id={ "d" (at) } {
                        (title(row)) br;
                        span.path { (self.linked(*at, 1, &prose(&row.path))) }
                    }
                }
            }
            Cell::Code(text) => html! { th scope="row" { code { (prose(text)) } } },
            Cell::Text(text) => html! { th scope="row" { (with_code(text)) } },
            _ => self.cell(cell),
        }
    }

    fn cell(&self, cell: &Cell) -> Markup {
        match cell {
            Cell::Text(text) => html! { td { (with_code(text)) } },
            Cell::Code(text) => html! { td { code { (prose(text)) } } },
            Cell::Count(count) => html! { td.number { (shown(*count)) } },
            Cell::Shade { count, largest } => {
                html! { td.number.shade.{ "s" (shade(*count, *largest)) } { (shown(*count)) } }
            }
            Cell::Bar { parts, largest } => html! { td.chart { (bar(parts, *largest)) } },
            Cell::Document(at) => html! { td { (title(&self.report.documents[*at])) } },
            Cell::Verdict(verdict) => html! { td.verdict { (verdict_id(*verdict)) } },
        }
    }
}

impl Table {
    /// True if a column contains numbers.
    fn is_number(&self, column: usize) -> bool {
        let is_number =
            |row: &Row| matches!(row.cells.get(column), Some(Cell::Count(_) | Cell::Shade { .. }));
        self.rows.iter().any(is_number)
    }
}

/// Returns a number; nothing for zero, because tables are mostly empty.
fn shown(count: usize) -> String {
    if count == 0 { String::new() } else { count.to_string() }
}

/// Returns the shade of a number, from 0 for nothing.
fn shade(count: usize, largest: usize) -> usize {
    (count * SHADES).div_ceil(largest.max(1))
}

/// Returns a bar. It repeats what the cells beside it say, so screen readers leave it out.
fn bar(parts: &[(Tone, usize)], largest: usize) -> Markup {
    let starts = parts.iter().scan(0, |end, &(_, count)| {
        let start = *end;
        *end += count;
        Some(start)
    });
    html! {
        svg.bar viewBox={ "0 0 " (largest.max(1)) " 1" } preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            @for (&(tone, count), start) in parts.iter().zip(starts).filter(|((_, count), _)| *count > 0) {
                rect.(class(tone)) x=(start) y="0" width=(count) height="1" {}
            }
        }
    }
}

fn legend(table: &Table) -> Markup {
    html! {
        ul.legend {
            @for &(tone, name) in &table.legend {
                li {
                    svg.key viewBox="0 0 1 1" aria-hidden="true" focusable="false" {
                        rect.(class(tone)) width="1" height="1" {}
                    }
                    " " (name)
                }
            }
        }
    }
}

const fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::StartOver | Tone::Weaker => "t1",
        Tone::Examined | Tone::Intermediate => "t2",
        Tone::Clear | Tone::Stronger => "t3",
        Tone::Undetermined | Tone::Unknown => "t4",
    }
}
