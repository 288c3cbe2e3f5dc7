//! The kinds of contributing factor over time.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::collection::data::{BucketSeries, FactorSeries, Place};
use crate::collection::entry::{Entry, StatedFactor};
use crate::collection::period::Periods;
use crate::lexicon::Lexicon;
use crate::report::OTHER_FACTOR;

/// What the factor `other` stands for.
const OTHER_NAME: &str = "none of the named factors";

/// Counts buckets and factors by document. Buckets of the lexicon come first, then any that only saved reviews have.
pub(super) fn over_time(entries: &[Entry], periods: &Periods, lexicon: &Lexicon) -> Vec<BucketSeries> {
    let mut ids: Vec<&str> = lexicon.buckets.iter().map(|bucket| bucket.id.as_str()).collect();
    for (id, _) in entries.iter().flat_map(|entry| &entry.buckets) {
        if !ids.contains(&id.as_str()) {
            ids.push(id);
        }
    }
    ids.into_iter().map(|id| bucket(entries, periods, lexicon, id)).collect()
}

/// Returns what a factor covers, or its id if the lexicon does not know it.
pub(super) fn factor_name(lexicon: &Lexicon, bucket: &str, factor: &str) -> String {
    if factor == OTHER_FACTOR {
        return OTHER_NAME.to_owned();
    }
    let bucket = lexicon.buckets.iter().find(|known| known.id == bucket);
    let known = bucket.and_then(|bucket| bucket.factors.iter().find(|known| known.id == factor));
    known.map_or_else(|| factor.to_owned(), |known| known.summary.clone())
}

fn bucket(entries: &[Entry], periods: &Periods, lexicon: &Lexicon, id: &str) -> BucketSeries {
    let examines = |entry: &&Entry| entry.buckets.iter().any(|(known, examined)| known == id && *examined);
    let known = lexicon.buckets.iter().find(|bucket| bucket.id == id);
    BucketSeries {
        id: id.to_owned(),
        name: known.map_or_else(|| id.to_owned(), |bucket| bucket.name.clone()),
        documents: entries.iter().filter(examines).count(),
        by_period: periods.tally(entries.iter().filter(examines)),
        factors: factors(entries, periods, lexicon, id),
    }
}

fn factors(entries: &[Entry], periods: &Periods, lexicon: &Lexicon, bucket: &str) -> Vec<FactorSeries> {
    let mut found: BTreeMap<&str, Vec<(usize, &StatedFactor)>> = BTreeMap::new();
    for (document, entry) in entries.iter().enumerate() {
        for (id, stated) in best(entry, bucket) {
            found.entry(id).or_default().push((document, stated));
        }
    }
    let series = |(id, stated): (&str, Vec<(usize, &StatedFactor)>)| FactorSeries {
        id: id.to_owned(),
        name: factor_name(lexicon, bucket, id),
        documents: stated.len(),
        by_period: periods.tally(stated.iter().map(|&(document, _)| &entries[document])),
        places: stated.iter().map(|&(document, stated)| stated.place(document)).collect(),
    };
    let mut all: Vec<FactorSeries> = found.into_iter().map(series).collect();
    all.sort_by_key(|factor| (factor.id == OTHER_FACTOR, Reverse(factor.documents)));
    all
}

/// Returns the best place of each factor of a bucket in one document: one that gives a cause before one that does not.
fn best<'e>(entry: &'e Entry, bucket: &str) -> BTreeMap<&'e str, &'e StatedFactor> {
    let mut best: BTreeMap<&str, &StatedFactor> = BTreeMap::new();
    for stated in entry.factors.iter().filter(|stated| stated.bucket == bucket) {
        let known = best.entry(&stated.factor).or_insert(stated);
        if (stated.standing, stated.points) > (known.standing, known.points) {
            *known = stated;
        }
    }
    best
}

impl StatedFactor {
    /// Returns its place; `document` is the index of its document.
    pub(super) fn place(&self, document: usize) -> Place {
        Place { document, line: self.line, quote: self.quote.clone() }
    }
}
