//! `--jsonl-documents`: documents as lines of JSON in, results as lines of JSON out, one for one and in order.
//!
//! What is held in memory at a time is what the input holds ready, up to a bound, so that the number of documents does
//! not matter and a program that waits for each answer gets it.

use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use serde::Deserialize;

use crate::cli::args::CheckArgs;
use crate::cli::args::formats::FormatName;
use crate::cli::commands::check::exit;
use crate::cli::console::{Console, say, say_of};
use crate::cli::exit::Exit;
use crate::cli::known::Known;
use crate::cli::output::ordered_parallel::in_order;
use crate::cli::reviewer::{Reviewed, Reviewer, jobs};
use crate::cli::setup::Setup;
use crate::render::{self, Format, Options, wrap};
use crate::report::{Counts, FileError, Skipped};
use crate::review;

/// Bytes of lines after which a batch is worked off.
const BATCH: usize = 8 << 20;
/// Lines after which it is.
const LINES: usize = 4096;
/// What JSON can make of a byte of text: `\u0001`.
const ESCAPED: u64 = 6;
/// Bytes of a line beside its text.
const BESIDE: u64 = 64 << 10;
/// Characters of a reason.
const REASON: usize = 200;

/// One line of the input; other keys are somebody else's.
#[derive(Deserialize)]
struct Document {
    path: String,
    text: String,
}

/// A line as it was read.
struct Line {
    /// From 1.
    number: usize,
    bytes: Vec<u8>,
    /// Whether it was longer than any document may be.
    cut: bool,
}

/// What is written for a line, and what it counts.
struct Answer {
    text: String,
    counts: Counts,
    failed: Option<FileError>,
}

/// Reviews what standard input holds.
pub(crate) fn run(
    args: &CheckArgs,
    setup: &Setup,
    known: Option<&Known>,
    console: &mut Console,
) -> io::Result<Exit> {
    if !matches!(args.format, None | Some(FormatName::Jsonl)) || !args.output.is_empty() {
        say("--jsonl-documents writes JSON lines and no other format");
        return Ok(Exit::Failure);
    }
    let reviewer = Reviewer { select: &args.select, lexicon: &setup.lexicon };
    let task = Task { reviewer, setup, known, options: console.options(), name: &args.select.stdin_filename };
    let mut lines =
        Lines { input: BufReader::with_capacity(1 << 20, io::stdin().lock()), number: 0, limit: limit(args) };
    let (mut found, mut failed) = (Counts::default(), false);
    loop {
        let batch = match lines.batch() {
            Ok(batch) if batch.is_empty() => return Ok(exit(args, setup, found, failed)),
            Ok(batch) => batch,
            Err(error) => {
                say(&format!("standard input is not readable: {}", error.kind()));
                return Ok(Exit::Failure);
            }
        };
        in_order(
            &batch,
            jobs(&args.select),
            |line| task.answer(line),
            |answer| {
                found = found.and(answer.counts);
                failed |= answer.failed.is_some();
                answer.failed.iter().for_each(|error| say_of(&error.path, &error.message));
                console.write(&answer.text)
            },
        )?;
        console.flush()?;
    }
}

/// The longest line that can hold a document of the largest size.
fn limit(args: &CheckArgs) -> u64 {
    args.select.max_file_size.saturating_mul(ESCAPED).saturating_add(BESIDE)
}

/// Lines of a stream.
struct Lines<R> {
    input: BufReader<R>,
    number: usize,
    limit: u64,
}

impl<R: Read> Lines<R> {
    /// The lines that are there, at least one unless all were read. Another is not waited for.
    fn batch(&mut self) -> io::Result<Vec<Line>> {
        let (mut lines, mut size) = (Vec::new(), 0);
        while lines.len() < LINES && size < BATCH && (lines.is_empty() || !self.input.buffer().is_empty()) {
            let Some(line) = self.next()? else { break };
            size += line.bytes.len();
            lines.push(line);
        }
        Ok(lines)
    }

    fn next(&mut self) -> io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        let read = self.input.by_ref().take(self.limit.saturating_add(1)).read_until(b'\n', &mut bytes)?;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        let cut = bytes.last() != Some(&b'\n') && read as u64 > self.limit;
        if cut {
            bytes = Vec::new();
            self.input.skip_until(b'\n')?;
        }
        Ok(Some(Line { number: self.number, bytes, cut }))
    }
}

/// What every thread needs to know.
struct Task<'a> {
    reviewer: Reviewer<'a>,
    setup: &'a Setup,
    known: Option<&'a Known>,
    options: Options<'a>,
    /// What the input is called.
    name: &'a str,
}

impl Task<'_> {
    fn answer(&self, line: &Line) -> Answer {
        let document = match parse(line) {
            Ok(document) => document,
            Err(message) => {
                return failed(FileError { path: format!("{}:{}", self.name, line.number), message });
            }
        };
        let filter = self.reviewer.select.force_filter;
        if let Some(reason) = self.setup.globs.reject(Path::new(&document.path)).filter(|_| filter) {
            return skipped(&Skipped { path: document.path, reason: reason.to_owned() });
        }
        match self.reviewer.examine_text(&document.path, &document.text) {
            Reviewed::Document(source, mut report) => {
                self.known.and_then(|known| known.set_aside(&mut report));
                review::limit(&mut report);
                let text = render::document(Format::Jsonl, &report, &source, &self.options);
                Answer { text, counts: Counts::of(report.findings.iter()), failed: None }
            }
            Reviewed::Skipped(file) => skipped(&file),
            Reviewed::Failed(error) => failed(error),
        }
    }
}

fn parse(line: &Line) -> Result<Document, String> {
    if line.cut {
        return Err("the line is longer than a document may be (see --max-file-size)".to_owned());
    }
    serde_json::from_slice(&line.bytes).map_err(|error| {
        let why = error.to_string();
        let why = why.split(" at line ").next().unwrap_or_default();
        format!("no document {{\"path\": …, \"text\": …}}: {}", wrap::cut(why, REASON))
    })
}

fn skipped(file: &Skipped) -> Answer {
    Answer { text: render::skipped(Format::Jsonl, file), counts: Counts::default(), failed: None }
}

fn failed(error: FileError) -> Answer {
    Answer { text: render::error(Format::Jsonl, &error), counts: Counts::default(), failed: Some(error) }
}
