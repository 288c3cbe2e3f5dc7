//! Runs work on several threads and returns the results in the order of the input.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::thread;

/// Runs `work` on every item with up to `jobs` threads. Passes each result to `each` as soon as it and all earlier ones
/// are done. Stops at the first error of `each`.
///
/// The threads take the items in order, so results arrive nearly in order and few have to wait.
pub(crate) fn in_order<T: Sync, R: Send, E>(
    items: &[T],
    jobs: usize,
    work: impl Fn(&T) -> R + Sync,
    mut each: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let jobs = jobs.min(items.len());
    if jobs < 2 {
        return items.iter().try_for_each(|item| each(work(item)));
    }
    let (next, work) = (AtomicUsize::new(0), &work);
    let take = || {
        let at = next.fetch_add(1, Ordering::Relaxed);
        items.get(at).map(|item| (at, work(item)))
    };
    let (sender, results) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..jobs {
            let sender = sender.clone();
            // Sending fails if no further results are wanted.
            scope.spawn(move || while take().is_some_and(|result| sender.send(result).is_ok()) {});
        }
        drop(sender);
        hand_over(results, each)
    })
}

fn hand_over<R, E>(results: Receiver<(usize, R)>, mut each: impl FnMut(R) -> Result<(), E>) -> Result<(), E> {
    let (mut waiting, mut next) = (BTreeMap::new(), 0);
    for (at, result) in results {
        waiting.insert(at, result);
        while let Some(result) = waiting.remove(&next) {
            each(result)?;
            next += 1;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<u64> = (0..100).collect();
        let slow = |&item: &u64| {
            thread::sleep(Duration::from_micros((100 - item) * 20));
            item
        };
        let mut seen = Vec::new();
        in_order(&items, 4, slow, |item| {
            seen.push(item);
            Ok::<(), ()>(())
        })
        .unwrap();
        assert_eq!(seen, items);
    }

    #[test]
    fn an_error_stops_the_work() {
        let items: Vec<u32> = (0..10_000).collect();
        let outcome = in_order(&items, 4, |&item| item, |item| if item < 5 { Ok(()) } else { Err(item) });
        assert_eq!(outcome, Err(5));
    }
}
