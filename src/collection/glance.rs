//! The collection at a glance: documents, dates, verdicts.

use crate::collection::data::{Glance, VerdictCounts};
use crate::collection::entry::{Entry, LeftOut};
use crate::collection::period::{DateRange, Periods};
use crate::model::Verdict;

/// Counts documents and verdicts. The entries are in the order of their dates.
pub(super) fn glance(entries: &[Entry], periods: &Periods, range: DateRange, left_out: LeftOut) -> Glance {
    let mut dates = entries.iter().filter_map(|entry| entry.date.clone());
    let mut by_period = vec![VerdictCounts::default(); periods.count()];
    let mut verdicts = VerdictCounts::default();
    for entry in entries {
        by_period[periods.of(entry)].add(entry.verdict);
        verdicts.add(entry.verdict);
    }
    Glance {
        documents: entries.len(),
        judged: entries.iter().filter(|entry| entry.is_judged()).count(),
        undated: entries.iter().filter(|entry| entry.date.is_none()).count(),
        first: dates.next(),
        last: entries.iter().rev().find_map(|entry| entry.date.clone()),
        since: range.since,
        until: range.until,
        outside: left_out.outside,
        outside_undated: left_out.undated,
        verdicts,
        by_period,
    }
}

impl VerdictCounts {
    /// Returns the number of documents.
    pub const fn documents(&self) -> usize {
        self.start_over + self.examined + self.clear + self.undetermined
    }

    const fn add(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::StartOver => self.start_over += 1,
            Verdict::Examined => self.examined += 1,
            Verdict::Clear => self.clear += 1,
            Verdict::Undetermined => self.undetermined += 1,
        }
    }
}
