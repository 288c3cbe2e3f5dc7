//! What remedies change, over time.

use crate::collection::data::{Place, RemedySeries, TierCounts};
use crate::collection::entry::Entry;
use crate::collection::period::Periods;
use crate::model::Tier;

/// Counts remedies by tier, and the documents whose remedies all rely on memory and vigilance.
pub(super) fn over_time(entries: &[Entry], periods: &Periods) -> RemedySeries {
    let mut by_period = vec![TierCounts::default(); periods.count()];
    let mut remedies = TierCounts::default();
    for entry in entries {
        by_period[periods.of(entry)].add(entry.tiers);
        remedies.add(entry.tiers);
    }
    let known = || entries.iter().filter(|entry| entry.tiers.known() > 0);
    let weak = || entries.iter().filter(|entry| entry.relies_on_memory);
    RemedySeries {
        remedies,
        by_period,
        documents: known().count(),
        documents_by_period: periods.tally(known()),
        only_weaker: weak().count(),
        only_weaker_by_period: periods.tally(weak()),
        places: entries.iter().enumerate().filter_map(first_weak).collect(),
    }
}

/// Returns the first weak remedy of a document whose remedies all rely on memory.
fn first_weak((document, entry): (usize, &Entry)) -> Option<Place> {
    let weak = entry.remedies.iter().find(|remedy| remedy.tier == Some(Tier::Weaker));
    let remedy = weak.filter(|_| entry.relies_on_memory)?;
    Some(Place { document, line: remedy.line, quote: remedy.quote.clone() })
}

impl TierCounts {
    /// Returns the number of remedies of a known tier.
    pub const fn known(&self) -> usize {
        self.stronger + self.intermediate + self.weaker
    }

    /// Returns the number of remedies.
    pub const fn all(&self) -> usize {
        self.known() + self.unknown
    }

    const fn add(&mut self, more: Self) {
        self.stronger += more.stronger;
        self.intermediate += more.intermediate;
        self.weaker += more.weaker;
        self.unknown += more.unknown;
    }
}
