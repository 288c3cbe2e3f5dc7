//! The products and services that are named in causes.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::collection::data::{FactorCount, Place, SystemSeries};
use crate::collection::entry::{Entry, NamedSystem};
use crate::collection::period::Periods;
use crate::lexicon::Lexicon;
use crate::report::{OTHER_FACTOR, SystemKind};

/// One system in the documents that name it.
#[derive(Default)]
struct Uses<'e> {
    kind: Option<SystemKind>,
    /// The documents that name it in a cause.
    documents: Vec<usize>,
    places: Vec<Place>,
    /// The documents in which a factor is stated in the same sentence.
    factors: BTreeMap<(&'e str, &'e str), BTreeSet<usize>>,
}

/// Returns the systems that are named in causes, the one in most documents first.
pub(super) fn named_as_causes(entries: &[Entry], periods: &Periods, lexicon: &Lexicon) -> Vec<SystemSeries> {
    let mut found: BTreeMap<String, Uses<'_>> = BTreeMap::new();
    for (document, entry) in entries.iter().enumerate() {
        for (at, system) in entry.systems.iter().enumerate() {
            if let Some(place) = &system.place {
                let uses = found.entry(key(system, lexicon)).or_default();
                uses.add(document, system, place);
                uses.add_factors(document, entry, at);
            }
        }
    }
    let spellings = spellings(entries, lexicon);
    let name = |key: &str| spellings.get(key).copied().unwrap_or_default();
    let mut all: Vec<SystemSeries> =
        found.into_iter().map(|(key, uses)| uses.into_series(name(&key), entries, periods)).collect();
    all.sort_by_key(|system| Reverse(system.documents));
    all
}

/// Returns what all names of a system have in common: `Route 53` is `route53`, and `PostgreSQL` is `postgres`.
pub(super) fn key(system: &NamedSystem, lexicon: &Lexicon) -> String {
    let name = system.name.to_lowercase();
    if system.kind == SystemKind::Own { name } else { lexicon.aliases.product(&name) }
}

/// Returns the spelling of each system that most documents use, by its key.
pub(super) fn spellings<'e>(entries: &'e [Entry], lexicon: &Lexicon) -> BTreeMap<String, &'e str> {
    let mut counts: BTreeMap<String, BTreeMap<&'e str, usize>> = BTreeMap::new();
    for system in entries.iter().flat_map(|entry| &entry.systems) {
        *counts.entry(key(system, lexicon)).or_default().entry(&system.name).or_default() += 1;
    }
    let most_common = |(key, names): (String, BTreeMap<&'e str, usize>)| {
        let (name, _) = names.into_iter().rev().max_by_key(|(_, count)| *count)?;
        Some((key, name))
    };
    counts.into_iter().filter_map(most_common).collect()
}

impl<'e> Uses<'e> {
    fn add(&mut self, document: usize, system: &'e NamedSystem, (line, quote): &'e (usize, String)) {
        self.kind.get_or_insert(system.kind);
        // A document may name it in two ways.
        if self.documents.last() != Some(&document) {
            self.documents.push(document);
            self.places.push(Place { document, line: *line, quote: quote.clone() });
        }
    }

    fn add_factors(&mut self, document: usize, entry: &'e Entry, system: usize) {
        let beside = entry.factors.iter().filter(|stated| stated.systems.contains(&system));
        for stated in beside.filter(|stated| stated.factor != OTHER_FACTOR) {
            self.factors.entry((&stated.bucket, &stated.factor)).or_default().insert(document);
        }
    }

    fn into_series(self, name: &str, entries: &[Entry], periods: &Periods) -> SystemSeries {
        let count = |((bucket, factor), documents): (&(&str, &str), &BTreeSet<usize>)| FactorCount {
            bucket: (*bucket).to_owned(),
            factor: (*factor).to_owned(),
            documents: documents.len(),
        };
        let mut factors: Vec<FactorCount> = self.factors.iter().map(count).collect();
        factors.sort_by_key(|factor| Reverse(factor.documents));
        SystemSeries {
            name: name.to_owned(),
            kind: self.kind.unwrap_or(SystemKind::Own),
            documents: self.documents.len(),
            by_period: periods.tally(self.documents.iter().map(|&document| &entries[document])),
            factors,
            places: self.places,
        }
    }
}
