//! The index of all documents.

use crate::collection::data::IndexRow;
use crate::collection::entry::Entry;
use crate::collection::period::Periods;

/// Returns one row per document, in their order.
pub(super) fn rows(entries: &[Entry], periods: &Periods) -> Vec<IndexRow> {
    entries.iter().map(|entry| row(entry, periods)).collect()
}

fn row(entry: &Entry, periods: &Periods) -> IndexRow {
    let examined = entry.buckets.iter().filter(|(_, examined)| *examined);
    IndexRow {
        path: entry.path.clone(),
        title: entry.title.clone(),
        date: entry.date.clone(),
        period: periods.of(entry),
        language: entry.language.clone(),
        verdict: entry.verdict,
        examined: examined.map(|(id, _)| id.clone()).collect(),
        findings: entry.rules.values().map(|uses| uses.findings).sum(),
        remedies: entry.tiers,
        first_question: entry.questions.first().map(|asked| asked.text.clone()),
    }
}
