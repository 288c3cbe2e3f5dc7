//! Documents that somebody made to stall or crash a reader: none does, on a small stack, and none is quoted without end.
//!
//! No test here asserts a time. This prints how long each takes beside a bare parse of the same bytes, and what twice
//! the size costs:
//!
//! ```sh
//! cargo test --release --test hostile -- --ignored --nocapture
//! ```
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]
#![expect(clippy::print_stdout, reason = "a measurement is printed")]

use std::fmt::Write;
use std::thread;
use std::time::{Duration, Instant};

use pulldown_cmark::{Options, Parser};
use rcalint::input::Source;
use rcalint::lexicon::Lexicon;
use rcalint::report::DocumentReport;

/// The stack of a thread that nobody asked for more.
const STACK: usize = 2 << 20;

/// The size of the largest document that is read by default.
const CAP: usize = 1 << 20;

/// What is repeated, below which opening; the rest is cut at the size that is asked for.
const SHAPES: [(&str, &str, &str); 44] = [
    ("quotes", "", ">"),
    ("emphasis", "", "*a "),
    ("brackets", "", "["),
    ("links", "", "[a]("),
    ("tags", "", "<a "),
    ("back-ticks", "", "`"),
    ("backslashes", "", "\\"),
    ("pipes", "", "|"),
    ("rows of pipes", "|a|b|\n|-|-|\n", "|"),
    ("table", "# Timeline\n\n| time | event |\n|---|---|\n", "| 10:00 | the engineer deleted it |\n"),
    ("one line", "", "and so on "),
    ("headings", "", "# a\n"),
    ("headings with text", "", "## Root cause\n\nHuman error.\n\n"),
    ("underlined headings", "", "a\n=\n\n"),
    ("bold lines", "", "**a**\n\n"),
    ("labels", "", "Root cause: human error\n\n"),
    ("numbers", "", "1. a\n"),
    ("boxes", "", "- [ ] a\n"),
    ("paragraphs", "", "a\n\n"),
    ("one sentence", "", "the server and the database and "),
    ("failed to failed to", "", "failed to "),
    ("because", "# Root cause\n\nIt failed ", "because it failed "),
    ("blame in one paragraph", "# Root cause\n\n", "The engineer forgot to check. "),
    ("blame in one sentence", "# Root cause\n\n", "the engineer forgot to check and "),
    ("blame in paragraphs", "# Root cause\n\n", "Human error by the operator.\n\n"),
    ("blame in items", "# Root cause\n\n", "- Human error by the operator.\n"),
    ("timeline", "# Timeline\n\n", "- 10:00 the engineer deleted the database\n"),
    ("actions", "# Action items\n\n", "- Remind all engineers to be careful\n"),
    ("whys", "# Five whys\n\n", "1. Why? Because the operator failed.\n"),
    ("names", "", "The Atlas Team "),
    ("combining marks", "e", "\u{301}"),
    ("bidi controls", "", "\u{202e}a\u{202c} "),
    ("quotation marks", "", "\u{201c}a "),
    ("parentheses", "", "(a "),
    ("stops", "", ". "),
    ("comments that allow", "# Root cause\n\n", "<!-- rcalint-allow: human-error -- a -->\nHuman error.\n\n"),
    ("open comments", "", "<!-- "),
    ("open tables", "", "<table><tr><td>a"),
    ("HTML cells", "<table>", "<tr><td>Human error</td></tr>\n"),
    ("details", "", "<details>\n<summary>a</summary>\n\n"),
    ("front matter", "---\n", "title: human error\n"),
    ("entities", "", "&amp;"),
    ("carriage returns", "", "a\r"),
    ("chat", "", "> **ravi** 09:12\n> my mistake\n"),
];

/// A document of about `size` bytes.
fn document(open: &str, unit: &str, size: usize) -> String {
    open.to_owned() + &unit.repeat(size / unit.len())
}

/// Documents that take more than repetition to make.
fn composed(size: usize) -> [(&'static str, String); 3] {
    let until = |mut line: Box<dyn FnMut(usize) -> String>| {
        let mut text = String::new();
        let mut at = 0;
        while text.len() < size {
            text += &line(at);
            at += 1;
        }
        text
    };
    [
        ("nested lists", until(Box::new(|at| format!("{}- a\n", "  ".repeat(at % 700))))),
        ("footnotes", until(Box::new(|at| format!("[^{at}]: a\n\n")))),
        ("links by name", until(Box::new(|at| format!("[a{at}]: b\n[a{at}]\n\n")))),
    ]
}

fn review(text: &str) -> DocumentReport {
    rcalint::review(&Source::new("a.md", text), Lexicon::embedded())
}

#[test]
fn no_shape_needs_more_than_a_small_stack() {
    let work = || {
        for (_, open, unit) in SHAPES {
            review(&document(open, unit, 20_000));
        }
        for (_, text) in composed(60_000) {
            review(&text);
        }
        for (open, close) in [(">", ""), ("- ", ""), ("[", "]"), ("*", "*"), ("(", ")"), ("<div>", "</div>")]
        {
            review(&format!("{}human error{}", open.repeat(6_000), close.repeat(6_000)));
        }
    };
    thread::Builder::new().stack_size(STACK).spawn(work).unwrap().join().unwrap();
}

#[test]
fn a_sentence_without_end_is_judged_and_quoted_in_parts() {
    let report = review(&document("# Root cause\n\n", "the engineer forgot to check and ", 40_000));
    assert!(report.findings.len() > 9, "{}", report.findings.len());
    assert!(report.findings.iter().all(|found| found.sentence.len() <= 5_000));
    let json = serde_json::to_string(&report).unwrap();
    assert!(json.len() < 8_000_000, "{} bytes", json.len());
}

#[test]
fn findings_beyond_the_cap_are_counted() {
    let sentence = "The root cause was human error by the operator.\n\n";
    let report = review(&document("# Root cause\n\n", sentence, 49_000));
    assert_eq!(report.findings.len(), 500);
    assert!(report.truncated > 490, "{}", report.truncated);
}

/// The best of three.
fn time(mut work: impl FnMut()) -> Duration {
    let once = |()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    [(), (), ()].map(once).into_iter().min().unwrap()
}

/// One line of the table: bare parse, review, and review of half the size.
fn measure(name: &str, text: &str, half: &str) -> String {
    let bare = time(|| assert!(Parser::new_ext(text, Options::all()).into_offset_iter().count() > 0));
    let (whole, half) = (time(|| drop(review(text))), time(|| drop(review(half))));
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    let growth = ms(whole) / ms(half);
    let mut line =
        format!("{name:24} {:9.1} {:9.1} {:8.1} {growth:7.2}", ms(bare), ms(whole), ms(whole) / ms(bare));
    if growth > 2.2 {
        let _ = write!(line, "  grows");
    }
    line
}

#[test]
#[ignore = "a measurement, for a release build on a quiet machine"]
fn what_each_shape_costs() {
    println!("{:24} {:>9} {:>9} {:>8} {:>7}", "1 MiB of", "parse ms", "review ms", "ratio", "growth");
    for (name, open, unit) in SHAPES {
        println!("{}", measure(name, &document(open, unit, CAP), &document(open, unit, CAP / 2)));
    }
    for ((name, whole), (_, half)) in composed(CAP).into_iter().zip(composed(CAP / 2)) {
        println!("{}", measure(name, &whole, &half));
    }
}
