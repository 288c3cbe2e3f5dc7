//! The index of all documents.

use crate::collection::data::IndexRow;
use crate::collection::entry::Entry;
use crate::collection::period::Periods;
use crate::collection::stops::is_about_analysis;
use crate::lexicon::Lexicon;

/// Returns one row per document, in their order.
pub(super) fn rows(entries: &[Entry], periods: &Periods, lexicon: &Lexicon) -> Vec<IndexRow> {
    entries.iter().map(|entry| row(entry, periods, lexicon)).collect()
}

fn row(entry: &Entry, periods: &Periods, lexicon: &Lexicon) -> IndexRow {
    let counted = entry.rules.iter().filter(|(id, _)| is_about_analysis(lexicon, id));
    let examined = entry.buckets.iter().filter(|(_, examined)| *examined);
    IndexRow {
        path: entry.path.clone(),
        title: entry.title.clone(),
        date: entry.date.clone(),
        period: periods.of(entry),
        language: entry.language.clone(),
        verdict: entry.verdict,
        examined: examined.map(|(id, _)| id.clone()).collect(),
        findings: counted.map(|(_, uses)| uses.findings).sum(),
        remedies: entry.tiers,
        first_question: entry.questions.first().map(|asked| asked.text.clone()),
    }
}
