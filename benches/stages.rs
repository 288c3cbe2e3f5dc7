//! Measures how long each stage of a review takes on the postmortems in `examples/`: `cargo bench --bench stages`.
//!
//! Each stage is repeated for one second, and the fastest round is printed, because other load on the machine can only
//! make a round slower.
#![expect(clippy::print_stdout, reason = "it prints a table")]
#![expect(clippy::disallowed_methods, reason = "it reads the examples")]
#![expect(clippy::unwrap_used, reason = "if a step fails, the measurement is worthless")]

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use rcalint::analysis::sentences::Analysis;
use rcalint::document::Document;
use rcalint::lexicon::Lexicon;
use rcalint::lexicon::embedded::FILES;
use rcalint::lexicon::load::load;
use rcalint::review;
use rcalint::source::Source;

fn main() {
    let sources = examples();
    let lexicon = Lexicon::embedded();
    let bytes: usize = sources.iter().map(|source| source.text.len()).sum();
    let documents: Vec<Document<'_>> =
        sources.iter().map(|source| Document::parse(source, &lexicon.headings)).collect();
    println!("{} documents, {bytes} bytes; fastest round", sources.len());
    row("load the lexicon from TOML", bytes, || drop(black_box(load(FILES))));
    row("document: sections, blocks, sentences", bytes, || {
        for source in &sources {
            drop(black_box(Document::parse(source, &lexicon.headings)));
        }
    });
    row("analysis: words and patterns", bytes, || {
        for document in &documents {
            drop(black_box(Analysis::new(document, lexicon)));
        }
    });
    row("review: all stages", bytes, || {
        for source in &sources {
            drop(black_box(review(source, lexicon)));
        }
    });
    let reports: Vec<_> = sources.iter().map(|source| review(source, lexicon)).collect();
    row("JSON", bytes, || drop(black_box(serde_json::to_string(&reports))));
}

fn examples() -> Vec<Source> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let markdown = paths.filter(|path| path.extension().is_some_and(|end| end == "md"));
    markdown.map(|path| Source::new("example.md", &fs::read_to_string(path).unwrap())).collect()
}

fn row(stage: &str, bytes: usize, work: impl Fn()) {
    let (begin, mut best) = (Instant::now(), Duration::MAX);
    while begin.elapsed() < Duration::from_secs(1) {
        let round = Instant::now();
        work();
        best = best.min(round.elapsed());
    }
    let rate = bytes as u128 * 1_000 / best.as_nanos().max(1);
    println!("{stage:40} {:>9} µs {rate:>6} MB/s", best.as_micros());
}
