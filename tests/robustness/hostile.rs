//! Documents made to stall or crash a reader. None of them does, even on a small stack, and none is quoted at unlimited
//! length.
//!
//! Only growth is asserted, and loosely. This command prints how long each document takes compared with a bare parse of
//! the same bytes, and the cost of doubling its size:
//!
//! ```sh
//! cargo test --release --test robustness hostile -- --ignored --nocapture
//! ```
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]
#![expect(clippy::print_stdout, reason = "a measurement is printed")]
#![expect(clippy::disallowed_methods, reason = "a measurement asks the system for the time of its thread")]

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use pulldown_cmark::{Options, Parser};
use rcalint::document::Document;
use rcalint::lexicon::Lexicon;
use rcalint::looks_like_postmortem;
use rcalint::report::DocumentReport;
use rcalint::source::Source;

mod dialect_shapes;
mod page_shapes;
mod shapes;

use dialect_shapes::DIALECTS;
use page_shapes::PAGES;
use shapes::{SHAPES, nested_lists};

/// The default stack size of a thread, in bytes.
const STACK: usize = 2 << 20;

/// The default maximum size of a document, in bytes.
const CAP: usize = 1 << 20;

fn review(text: &str) -> DocumentReport {
    rcalint::review(&Source::new("a.md", text), Lexicon::embedded())
}

#[test]
fn no_shape_needs_more_than_a_small_stack() {
    let work = || {
        for shape in SHAPES.iter().chain(&DIALECTS) {
            review(&shape.document(20_000));
        }
        for page in &PAGES {
            rcalint::review(&Source::new("a.html", &page.document(20_000)), Lexicon::embedded());
        }
        review(&nested_lists(60_000));
        for (open, close) in [(">", ""), ("- ", ""), ("[", "]"), ("*", "*"), ("(", ")"), ("<div>", "</div>")]
        {
            review(&format!("{}human error{}", open.repeat(6_000), close.repeat(6_000)));
        }
    };
    thread::Builder::new().stack_size(STACK).spawn(work).unwrap().join().unwrap();
}

/// Eight times the size takes about eight times as long, not 64 times.
#[test]
fn no_shape_takes_quadratic_time() {
    let lexicon = Lexicon::embedded();
    let documents = SHAPES.iter().map(|shape| ("a.md", 8 << 10, shape));
    let pages = PAGES.iter().map(|page| ("a.html", 8 << 10, page));
    // Rewriting takes so little of the time that what is quadratic in it shows in large documents only.
    let dialects = DIALECTS.iter().map(|shape| ("a.md", 64 << 10, shape));
    for (name, small, shape) in documents.chain(pages).chain(dialects) {
        let growth = growth(small, |size| {
            let source = Source::new(name, &shape.document(size));
            move || {
                black_box(looks_like_postmortem(&source, lexicon));
            }
        });
        assert!(growth < LIMIT, "{}: eight times the size takes {growth:.1} times as long", shape.name);
    }
}

#[test]
fn the_measure_of_growth_detects_quadratic_time() {
    let growth = growth(8 << 10, |size| {
        let bytes = vec![1_u8; size >> 3];
        move || {
            let sum = |byte: &u8| bytes.iter().map(|other| u64::from(byte ^ other)).sum::<u64>();
            black_box(bytes.iter().map(sum).sum::<u64>());
        }
    });
    assert!(growth > LIMIT, "{growth:.1}");
}

/// Maximum growth of the time for eight times the size: less than half of quadratic growth, more than noise.
const LIMIT: f64 = 24.0;

/// Returns how many times as long work takes on eight times a size in bytes. `work` prepares it for a size.
fn growth<W: FnMut()>(small: usize, work: impl Fn(usize) -> W) -> f64 {
    let [few, many] = [small, 8 * small].map(|size| time(3 * TICK, work(size)).as_secs_f64());
    many / few
}

#[test]
fn a_very_long_sentence_is_judged_and_quoted_in_parts() {
    let report = review(&format!("# Root cause\n\n{}", "the engineer forgot to check and ".repeat(1_200)));
    assert!(report.findings.len() > 9, "{}", report.findings.len());
    assert!(report.findings.iter().all(|found| found.sentence.len() <= 5_000));
    let json = serde_json::to_string(&report).unwrap();
    assert!(json.len() < 8_000_000, "{} bytes", json.len());
}

#[test]
fn findings_beyond_the_cap_are_counted() {
    let sentence = "The root cause was human error by the operator.\n\n";
    let report = review(&format!("# Root cause\n\n{}", sentence.repeat(1_000)));
    assert_eq!(report.findings.len(), 500);
    assert!(report.truncated > 490, "{}", report.truncated);
}

/// The findings that are shown do not depend on whether the others were assembled, or on whether comments allow some of
/// them.
#[test]
fn findings_beyond_the_cap_do_not_change_those_shown() {
    let json = |report: &DocumentReport| serde_json::to_string(report).unwrap();
    for shape in SHAPES.iter().filter(|shape| shape.name.contains("blame")) {
        for comment in ["", "\n\n<!-- rcalint-allow-file: human-error, single-cause -- agreed -->\n"] {
            let source = Source::new("a.md", &(shape.document(40_000) + comment));
            let mut whole = rcalint::review::examine(&source, Lexicon::embedded());
            rcalint::review::limit(&mut whole);
            assert_eq!(json(&rcalint::review(&source, Lexicon::embedded())), json(&whole), "{}", shape.name);
        }
    }
}

/// The resolution with which a system may measure CPU time.
pub(super) const TICK: Duration = Duration::from_millis(4);

/// Returns the CPU time of this thread, so that other load on the machine counts less; if no file contains it, the
/// wall-clock time.
fn clock() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    let had = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let had = had.and_then(|told| told.split(' ').next()?.parse().ok()).map(Duration::from_nanos);
    had.unwrap_or_else(|| START.get_or_init(Instant::now).elapsed())
}

/// Returns the best of three measurements, each the mean of as many runs as take `least`.
pub(super) fn time(least: Duration, mut work: impl FnMut()) -> Duration {
    let once = |()| {
        let start = clock();
        for runs in 1.. {
            work();
            let spent = clock().saturating_sub(start);
            if spent >= least {
                return spent / runs;
            }
        }
        unreachable!("time goes on")
    };
    [(), (), ()].map(once).into_iter().min().unwrap()
}

/// The maximum cost of a document: three bare parses of the same bytes, plus this.
const BESIDE: f64 = 20.0;

/// Returns one line of the table: bare parse, our own parse, review, the share of its maximum cost, and twice the size.
fn measure(name: &str, text: &str, half: &str) -> String {
    let headings = &Lexicon::embedded().headings;
    let source = Source::new("a.md", text);
    let bare = time(10 * TICK, || {
        black_box(Parser::new_ext(text, Options::all()).into_offset_iter().count());
    });
    let read = time(10 * TICK, || drop(Document::parse(&source, headings)));
    let (whole, half) = (time(10 * TICK, || drop(review(text))), time(10 * TICK, || drop(review(half))));
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    let (bare, read, whole, growth) = (ms(bare), ms(read), ms(whole), ms(whole) / ms(half));
    let part = whole / (3.0 * bare + BESIDE);
    let mut line = format!("{name:28} {bare:9.1} {read:9.1} {whole:9.1} {part:8.2} {growth:7.2}");
    if growth > 2.2 && whole > BESIDE / 4.0 {
        let _ = write!(line, "  grows");
    }
    line
}

/// `HOSTILE_SHAPE` selects shapes by a part of their names, and `HOSTILE_SIZE` sets the larger size in bytes.
#[test]
#[ignore = "a measurement, for a release build on a quiet machine"]
fn cost_of_each_shape() {
    let wanted = std::env::var("HOSTILE_SHAPE").unwrap_or_default();
    let size = std::env::var("HOSTILE_SIZE").map_or(CAP, |size| size.parse().unwrap());
    let names = ["parse ms", "read ms", "review ms", "of limit", "growth"];
    let [parse, read, whole, part, growth] = names;
    println!("{:28} {parse:>9} {read:>9} {whole:>9} {part:>8} {growth:>7}", format!("{} kB of", size >> 10));
    for shape in SHAPES.iter().chain(&DIALECTS).filter(|shape| shape.name.contains(&wanted)) {
        println!("{}", measure(shape.name, &shape.document(size), &shape.document(size / 2)));
    }
    println!("{}", measure("nested lists", &nested_lists(size), &nested_lists(size / 2)));
}
