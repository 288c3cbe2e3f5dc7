//! The index as CSV: one row per document.

use std::collections::BTreeSet;

use ::csv::WriterBuilder;

use crate::collection::{CollectionReport, IndexRow};
use crate::render::escape::prose;
use crate::render::wording::verdict_id;

/// The columns before those of the buckets.
const FIRST: [&str; 6] = ["path", "title", "date", "period", "language", "verdict"];

/// The columns after those of the buckets.
const LAST: [&str; 6] = ["findings", "stronger", "intermediate", "weaker", "unrecognised", "first_question"];

/// Returns a header and one row per document.
pub(super) fn rows(report: &CollectionReport) -> String {
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    let buckets: Vec<&str> = report.buckets.iter().map(|bucket| bucket.id.as_str()).collect();
    let head = FIRST.into_iter().chain(buckets.iter().copied()).chain(LAST).map(harmless);
    // Writing to memory cannot fail.
    let _ = writer.write_record(head);
    for row in &report.documents {
        let _ = writer.write_record(cells(report, &buckets, row).iter().map(|cell| harmless(cell)));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn cells(report: &CollectionReport, buckets: &[&str], row: &IndexRow) -> Vec<String> {
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut cells = vec![
        row.path.clone(),
        optional(&row.title),
        optional(&row.date),
        report.periods[row.period].clone(),
        row.language.clone(),
        verdict_id(row.verdict).to_owned(),
    ];
    let known: BTreeSet<&str> = row.examined.iter().map(String::as_str).collect();
    let examines = |id: &str| usize::from(known.contains(id));
    cells.extend(buckets.iter().map(|id| examines(id).to_string()));
    let tiers = row.remedies;
    let counts = [row.findings, tiers.stronger, tiers.intermediate, tiers.weaker, tiers.unknown];
    cells.extend(counts.map(|count| count.to_string()));
    cells.push(optional(&row.first_question));
    cells
}

/// Returns a cell that no spreadsheet reads as a formula.
fn harmless(cell: &str) -> String {
    let text = prose(cell);
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(harmless("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(harmless(" @SUM(1)"), "'@SUM(1)");
        assert_eq!(harmless("a = b"), "a = b");
    }
}
