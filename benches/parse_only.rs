//! The reference program for `compare.py`: reads and parses Markdown files with `pulldown-cmark`, and does nothing
//! else.
//!
//! `parse_only FOLDER THREADS` prints the number of events, so that the compiler cannot optimise the work away.
#![expect(clippy::print_stdout, reason = "it prints the count")]
#![expect(clippy::disallowed_methods, reason = "reading files is its purpose")]
#![expect(clippy::unwrap_used, reason = "if a file cannot be read, the measurement is worthless")]

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use pulldown_cmark::{Options, Parser};

fn main() {
    let mut arguments = std::env::args().skip(1);
    // `cargo bench` runs all benches without a folder; in this case there is nothing to measure.
    let Some(folder) = arguments.next().filter(|folder| !folder.starts_with('-')) else { return };
    let threads = arguments.next().and_then(|number| number.parse().ok()).unwrap_or(1);
    let files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let (next, events) = (AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    events.fetch_add(parse(path), Ordering::Relaxed);
                }
            });
        }
    });
    println!("{}", events.into_inner());
}

fn parse(path: &PathBuf) -> usize {
    let text = fs::read_to_string(path).unwrap();
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM;
    Parser::new_ext(&text, options).into_offset_iter().count()
}
