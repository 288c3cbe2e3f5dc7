//! `--jsonl-documents`: reads documents as JSON lines and writes one result per line, in the same order.
//!
//! Lines are reviewed in batches of the input that is ready, up to a limit. Memory use does not grow with the number of
//! documents, and a program that waits for each answer receives it.

use std::io;
use std::path::Path;

use serde::Deserialize;

use crate::cli::args::check::CheckArgs;
use crate::cli::console::{Console, print_error, print_file_error};
use crate::cli::exit::Exit;
use crate::cli::input::json_lines::{InputLine, LineReader};
use crate::cli::input::review_runner::{Reviewed, Reviewer, jobs};
use crate::cli::ordered_parallel::in_order;
use crate::render::{self, Format, Options, wrap};
use crate::report::{Counts, FileError, Skipped};
use crate::review;
use crate::settings::Settings;
use crate::settings::baseline_file::BaselineFile;

/// Maximum length in bytes of a byte escaped in JSON: `\u0001`.
const MAX_ESCAPE: u64 = 6;
/// Number of bytes allowed in a line besides the text of the document.
const OVERHEAD: u64 = 64 << 10;
/// Maximum length in characters of the reason for an invalid line.
const MAX_REASON: usize = 200;

/// One line of the input; unknown keys are ignored.
#[derive(Deserialize)]
struct JsonDocument {
    path: String,
    text: String,
}

/// The output for a line, and its counts.
struct Answer {
    text: String,
    counts: Counts,
    error: Option<FileError>,
}

/// Reviews the documents on standard input.
pub(super) fn run(
    args: &CheckArgs,
    settings: &Settings,
    baseline: Option<&BaselineFile>,
    console: &mut Console,
) -> io::Result<Exit> {
    if !matches!(args.output.format, None | Some(Format::Jsonl)) || !args.output.output.is_empty() {
        print_error("--jsonl-documents writes JSON lines and no other format");
        return Ok(Exit::Failure);
    }
    let mut lines = LineReader::new(io::stdin().lock(), max_line(args));
    let worker = JsonlWorker::new(args, settings, baseline, console.options());
    let (mut counts, mut failed) = (Counts::default(), false);
    loop {
        let batch = match lines.next_batch() {
            Ok(batch) => batch,
            Err(error) => {
                print_error(&format!("standard input cannot be read: {}", error.kind()));
                return Ok(Exit::Failure);
            }
        };
        if batch.is_empty() {
            return Ok(super::exit(args, settings, counts, failed));
        }
        let write = |answer: Answer| {
            counts = counts.and(answer.counts);
            failed |= answer.error.is_some();
            answer.error.iter().for_each(print_file_error);
            console.write(&answer.text)
        };
        in_order(&batch, jobs(&args.selection), |line| worker.answer(line), write)?;
        console.flush()?;
    }
}

/// Returns the maximum length in bytes of a line with a document of the maximum size.
fn max_line(args: &CheckArgs) -> u64 {
    args.selection.max_file_size.saturating_mul(MAX_ESCAPE).saturating_add(OVERHEAD)
}

/// The data that all threads share.
struct JsonlWorker<'a> {
    reviewer: Reviewer<'a>,
    settings: &'a Settings,
    baseline: Option<&'a BaselineFile>,
    options: Options<'a>,
}

impl<'a> JsonlWorker<'a> {
    fn new(
        args: &'a CheckArgs,
        settings: &'a Settings,
        baseline: Option<&'a BaselineFile>,
        options: Options<'a>,
    ) -> Self {
        let reviewer = Reviewer { selection: &args.selection, settings };
        Self { reviewer, settings, baseline, options }
    }

    fn answer(&self, line: &InputLine) -> Answer {
        match parse(line) {
            Ok(document) => self.review(document),
            Err(message) => {
                let path = format!("{}:{}", self.reviewer.selection.stdin_filename, line.number);
                failed(FileError { path, message })
            }
        }
    }

    fn review(&self, document: JsonDocument) -> Answer {
        let rejected = self.settings.globs.reject(Path::new(&document.path));
        if let Some(reason) = rejected.filter(|_| self.reviewer.selection.force_filter) {
            return skipped(&Skipped { path: document.path, reason: reason.to_owned() });
        }
        match self.reviewer.review_text(&document.path, &document.text) {
            Reviewed::Document(source, mut report) => {
                self.baseline.and_then(|baseline| baseline.suppress(&mut report));
                review::limit(&mut report);
                let text = render::document(Format::Jsonl, &report, &source, &self.options);
                Answer { text, counts: Counts::count(report.findings.iter()), error: None }
            }
            Reviewed::Skipped(file) => skipped(&file),
            Reviewed::Failed(error) => failed(error),
        }
    }
}

fn parse(line: &InputLine) -> Result<JsonDocument, String> {
    if line.too_long {
        return Err("the line is longer than a document may be (see --max-file-size)".to_owned());
    }
    serde_json::from_slice(&line.bytes).map_err(|error| {
        let why = error.to_string();
        // A line of JSON has only one line, so its number is useless.
        let why = why.split(" at line ").next().unwrap_or_default();
        format!("expected {{\"path\": …, \"text\": …}}: {}", wrap::cut(why, MAX_REASON))
    })
}

fn skipped(file: &Skipped) -> Answer {
    Answer { text: render::skipped(Format::Jsonl, file), counts: Counts::default(), error: None }
}

fn failed(error: FileError) -> Answer {
    Answer { text: render::error(Format::Jsonl, &error), counts: Counts::default(), error: Some(error) }
}
