//! Remembers what the network said about windows, for documents that are read again and again while they are written.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::reader::network::Outputs;
use crate::reader::windows::Window;

/// Maximum number of windows in each generation: a document of the maximum size has fewer.
const WINDOWS: usize = 4096;

/// The complete input of the network: pieces, and which of them are judged.
type Key = (Vec<u32>, Vec<Range<usize>>);

/// What the network said about windows. It is off at first, because a document that is read once gains nothing.
#[derive(Default)]
pub(crate) struct Memo {
    is_on: AtomicBool,
    generations: Mutex<Generations>,
}

/// Windows in the order of their last use, roughly: those that were used since the last time that there were too many,
/// and those that were used before.
#[derive(Default)]
struct Generations {
    new: HashMap<Key, Arc<Vec<Outputs>>>,
    old: HashMap<Key, Arc<Vec<Outputs>>>,
}

impl Memo {
    /// Turns it on.
    pub(crate) fn turn_on(&self) {
        self.is_on.store(true, Ordering::Relaxed);
    }

    /// Returns what the network says about a window, which `read` asks it if that is not known.
    pub(crate) fn outputs(&self, window: &Window, read: impl FnOnce() -> Vec<Outputs>) -> Arc<Vec<Outputs>> {
        if !self.is_on.load(Ordering::Relaxed) {
            return Arc::new(read());
        }
        let key = (window.pieces.clone(), window.sentences.clone());
        let known = self.lock(|generations| generations.find(&key));
        known.unwrap_or_else(|| {
            let outputs = Arc::new(read());
            self.lock(|generations| generations.add(key, Arc::clone(&outputs)));
            outputs
        })
    }

    /// Uses the windows; the lock is never held while the network reads.
    fn lock<T>(&self, use_them: impl FnOnce(&mut Generations) -> T) -> T {
        use_them(&mut self.generations.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Generations {
    fn find(&mut self, key: &Key) -> Option<Arc<Vec<Outputs>>> {
        if let Some(outputs) = self.new.get(key) {
            return Some(Arc::clone(outputs));
        }
        let (key, outputs) = self.old.remove_entry(key)?;
        self.add(key, Arc::clone(&outputs));
        Some(outputs)
    }

    fn add(&mut self, key: Key, outputs: Arc<Vec<Outputs>>) {
        if self.new.len() >= WINDOWS {
            self.old = std::mem::take(&mut self.new);
        }
        self.new.insert(key, outputs);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(piece: u32) -> Window {
        Window { pieces: vec![piece], sentences: Vec::new() }
    }

    /// Returns how often the network reads these windows.
    fn reads(memo: &Memo, pieces: impl Iterator<Item = u32>) -> usize {
        let mut count = 0;
        for piece in pieces {
            memo.outputs(&window(piece), || {
                count += 1;
                Vec::new()
            });
        }
        count
    }

    #[test]
    fn a_window_is_read_once_if_the_memo_is_on() {
        let memo = Memo::default();
        assert_eq!(reads(&memo, [1, 1].into_iter()), 2);
        memo.turn_on();
        assert_eq!(reads(&memo, [1, 2, 1, 2, 1].into_iter()), 2);
    }

    #[test]
    fn the_memo_is_bounded_and_keeps_what_was_used_last() {
        let memo = Memo::default();
        memo.turn_on();
        reads(&memo, 0..20_000);
        let held = memo.lock(|generations| generations.new.len() + generations.old.len());
        assert!(held <= 2 * WINDOWS, "{held}");
        assert_eq!(reads(&memo, 18_000..20_000), 0);
        assert_eq!(reads(&memo, 0..10), 10);
    }
}
