//! `rcalint check`: every file read, reviewed and printed, in order.

use std::io;
use std::num::NonZeroUsize;
use std::thread::available_parallelism;

use super::args::CheckArgs;
use super::discover::{self, Candidate};
use super::in_order::in_order;
use super::{Console, Exit, say, say_of};
use crate::input::{self, InputError, Reason, Source};
use crate::lexicon::Lexicon;
use crate::render::{self, Format, Options};
use crate::report::{DocumentReport, FileError, Report, Skipped};

/// Reviews what the arguments name.
pub(super) fn run(args: &CheckArgs, console: &mut Console) -> io::Result<Exit> {
    if args.stdin_uses() > 1 {
        say("standard input can be read only once, as a document or as a list of files");
        return Ok(Exit::Failure);
    }
    let candidates = discover::candidates(args);
    let options = Options { quiet: args.quiet, several: candidates.len() > 1, ..console.options() };
    let task = Task { args, options, format: args.format.into(), lexicon: Lexicon::embedded() };
    let mut collected = Collected::default();
    in_order(
        &candidates,
        jobs(args),
        |candidate| task.examine(candidate),
        |outcome| collected.take(outcome, task.format, console),
    )?;
    let report = collected.report(task.lexicon);
    console.write(&render::closing(task.format, &report, &task.options))?;
    Ok(exit(args, &report))
}

fn jobs(args: &CheckArgs) -> usize {
    let jobs = args.jobs.or_else(|| available_parallelism().ok());
    jobs.map_or(1, NonZeroUsize::get)
}

fn exit(args: &CheckArgs, report: &Report) -> Exit {
    match () {
        () if !report.errors.is_empty() => Exit::Failure,
        () if args.exit_zero => Exit::Clean,
        () if args.fail_on.reached_by(report.summary.findings) => Exit::Findings,
        () => Exit::Clean,
    }
}

/// What became of one candidate; a document with what is to be printed for it.
enum Outcome {
    Document(Box<DocumentReport>, String),
    Skipped(Skipped),
    Failed(FileError),
}

/// What every thread needs to know.
struct Task<'a> {
    args: &'a CheckArgs,
    options: Options<'a>,
    format: Format,
    lexicon: &'a Lexicon,
}

impl Task<'_> {
    fn examine(&self, candidate: &Candidate) -> Outcome {
        let limit = self.args.max_file_size;
        match candidate {
            Candidate::Stdin(name) => {
                self.judge(input::read_stream(name, io::stdin().lock(), limit), self.args.force_filter)
            }
            Candidate::File { path, found } => self.judge(input::read(path, limit), *found),
            Candidate::Skip(skipped) => Outcome::Skipped(skipped.clone()),
            Candidate::Fail(error) => Outcome::Failed(error.clone()),
        }
    }

    /// Reviews a source, unless it is to be filtered and is no postmortem. Nobody expects one in an empty file.
    fn judge(&self, source: Result<Source, InputError>, filtered: bool) -> Outcome {
        match source {
            Ok(source) if filtered && !crate::looks_like_postmortem(&source, self.lexicon) => {
                skipped(source.path, "not-a-postmortem")
            }
            Ok(source) => self.review(&source),
            Err(error) if filtered && error.reason == Reason::Empty => skipped(error.path, "empty"),
            Err(error) => Outcome::Failed(error.into()),
        }
    }

    fn review(&self, source: &Source) -> Outcome {
        let report = crate::review(source, self.lexicon);
        let text = render::document(self.format, &report, source, &self.options);
        Outcome::Document(Box::new(report), text)
    }
}

fn skipped(path: String, reason: &str) -> Outcome {
    Outcome::Skipped(Skipped { path, reason: reason.to_owned() })
}

/// The parts of the report, as they come in.
#[derive(Default)]
struct Collected {
    documents: Vec<DocumentReport>,
    skipped: Vec<Skipped>,
    errors: Vec<FileError>,
}

impl Collected {
    /// Prints an outcome and keeps it.
    fn take(&mut self, outcome: Outcome, format: Format, console: &mut Console) -> io::Result<()> {
        match outcome {
            Outcome::Document(report, text) => {
                self.documents.push(*report);
                console.write(&text)
            }
            Outcome::Skipped(skipped) => {
                let text = render::skipped(format, &skipped);
                self.skipped.push(skipped);
                console.write(&text)
            }
            Outcome::Failed(error) => {
                say_of(&error.path, &error.message);
                let text = render::error(format, &error);
                self.errors.push(error);
                console.write(&text)
            }
        }
    }

    fn report(self, lexicon: &Lexicon) -> Report {
        Report::new(&lexicon.version, self.documents, self.skipped, self.errors)
    }
}
