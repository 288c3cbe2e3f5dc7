//! How incidents were noticed, and how long it took, where timelines say so.

use crate::collection::data::{Median, MedianSeries, NoticedIncident, Noticing, Place};
use crate::collection::entry::Entry;
use crate::collection::notice::{LONGEST, Notice};
use crate::collection::period::Periods;

/// Counts who noticed first, and returns medians of the times until the notice and until the fix.
pub(super) fn over_time(entries: &[Entry], periods: &Periods) -> Noticing {
    let notices = || entries.iter().filter_map(|entry| entry.noticed.as_ref());
    Noticing {
        timelines: entries.iter().filter(|entry| entry.has_timeline).count(),
        noticed: notices().count(),
        by_users: notices().filter(|notice| notice.by_users).count(),
        unnoticed: medians(entries, periods, |notice| notice.unnoticed),
        repair: medians(entries, periods, |notice| notice.repair),
        incidents: entries.iter().enumerate().filter_map(incident).collect(),
    }
}

fn incident((document, entry): (usize, &Entry)) -> Option<NoticedIncident> {
    let Notice { line, quote, by_users, unnoticed, repair, until_resolved } = entry.noticed.clone()?;
    let noticed = Place { document, line, quote };
    Some(NoticedIncident { noticed, by_users, unnoticed, repair, until_resolved })
}

fn medians(entries: &[Entry], periods: &Periods, minutes: impl Fn(&Notice) -> Option<i64>) -> MedianSeries {
    let mut by_period: Vec<Vec<i64>> = vec![Vec::new(); periods.count()];
    let mut left_out = 0;
    for entry in entries {
        match entry.noticed.as_ref().and_then(&minutes) {
            Some(minutes) if minutes > LONGEST => left_out += 1,
            given => by_period[periods.of(entry)].extend(given),
        }
    }
    let all = median(by_period.concat());
    MedianSeries { all, by_period: by_period.into_iter().map(median).collect(), left_out }
}

fn median(mut minutes: Vec<i64>) -> Median {
    minutes.sort_unstable();
    let middle = |at: usize| minutes.get(at).copied();
    let upper = middle(minutes.len() / 2);
    let lower =
        if minutes.len().is_multiple_of(2) { middle(minutes.len().wrapping_sub(2) / 2) } else { upper };
    Median {
        documents: minutes.len(),
        minutes: upper.zip(lower).map(|(upper, lower)| i64::midpoint(lower, upper)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_of_an_even_number_is_between_two() {
        let of = |minutes: &[i64]| median(minutes.to_vec()).minutes;
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[7]), Some(7));
        assert_eq!(of(&[9, 1]), Some(5));
        assert_eq!(of(&[9, 1, 3]), Some(3));
        assert_eq!(of(&[0, 10, 20, 1000]), Some(15));
    }
}
