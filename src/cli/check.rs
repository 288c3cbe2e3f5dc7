//! `rcalint check`: every file read, reviewed and printed, in order.

use std::io;

use super::args::CheckArgs;
use super::changes::{Diff, DiffError};
use super::discover::{self, Candidate};
use super::in_order::in_order;
use super::known::{Known, Use};
use super::reviewer::{Reviewed, Reviewer, jobs, stdin_is_free};
use super::setup::Setup;
use super::{Console, Exit, changes, misconfigured, say, say_of, stream};
use crate::config::FailOn;
use crate::render::escape::Terminal;
use crate::render::{self, Format, Options};
use crate::report::{Counts, DocumentReport, FileError, Guard, Report, Skipped};
use crate::review;

/// Reviews what the arguments name.
pub(super) fn run(args: &CheckArgs, setup: &Setup, console: &mut Console) -> io::Result<Exit> {
    if !stdin_is_free(&args.select, args.diff.as_deref() == Some("-")) {
        return Ok(Exit::Failure);
    }
    let known = match setup.baseline(args.baseline.as_deref()) {
        Ok(known) => known,
        Err(error) => return Ok(misconfigured(&error)),
    };
    if args.jsonl_documents {
        return stream::run(args, setup, known.as_ref(), console);
    }
    let diff = match args.diff.as_deref().map(Diff::open).transpose() {
        Ok(diff) => diff,
        Err(error) => return Ok(uncomparable(&error)),
    };
    let candidates = discover::candidates(&args.select, &setup.globs);
    let candidates = diff.as_ref().map_or(candidates.clone(), |diff| diff.narrow(candidates));
    let buckets = &setup.lexicon.buckets;
    let options = Options { quiet: args.quiet, several: candidates.len() > 1, buckets, ..console.options() };
    let reviewer = Reviewer { select: &args.select, lexicon: &setup.lexicon };
    let task =
        Task { reviewer, options, format: args.format.into(), known: known.as_ref(), diff: diff.as_ref() };
    let mut collected = Collected::default();
    in_order(
        &candidates,
        jobs(&args.select),
        |candidate| task.examine(candidate),
        |outcome| collected.take(outcome, task.format, console),
    )?;
    let report = collected.report(&task, setup);
    console.write(&render::closing(task.format, &report, &task.options))?;
    let counts = changes::counts(args, &report.summary, &report.documents);
    Ok(exit(args, setup, counts, !report.errors.is_empty()))
}

/// How a run ends that found this, and in which something failed or not.
pub(super) fn exit(args: &CheckArgs, setup: &Setup, found: Counts, failed: bool) -> Exit {
    let fail_on = args.fail_on.map(FailOn::from).or(setup.config.fail_on.as_ref().map(|set| set.value));
    match () {
        () if failed => Exit::Failure,
        () if args.exit_zero => Exit::Clean,
        () if fail_on.unwrap_or_default().reached_by(found) => Exit::Findings,
        () => Exit::Clean,
    }
}

fn uncomparable(error: &DiffError) -> Exit {
    say(&Terminal(&error.to_string()).to_string());
    Exit::Failure
}

/// What became of one candidate; a document with what it took from the baseline and what is to be printed for it.
enum Outcome {
    Document(Box<DocumentReport>, Option<Use>, Vec<Guard>, String),
    Skipped(Skipped),
    Failed(FileError),
}

/// What every thread needs to know.
struct Task<'a> {
    reviewer: Reviewer<'a>,
    options: Options<'a>,
    format: Format,
    known: Option<&'a Known>,
    diff: Option<&'a Diff>,
}

impl Task<'_> {
    fn examine(&self, candidate: &Candidate) -> Outcome {
        match self.reviewer.examine(candidate) {
            Reviewed::Document(source, mut report) => {
                let used = self.known.and_then(|known| known.set_aside(&mut report));
                let guard = self.diff.map(|diff| diff.mark(&mut report, &source)).unwrap_or_default();
                review::limit(&mut report);
                let text = render::document(self.format, &report, &source, &self.options);
                Outcome::Document(report, used, guard, text)
            }
            Reviewed::Skipped(skipped) => Outcome::Skipped(skipped),
            Reviewed::Failed(error) => Outcome::Failed(error),
        }
    }
}

/// The parts of the report, as they come in.
#[derive(Default)]
struct Collected {
    documents: Vec<DocumentReport>,
    used: Vec<Use>,
    guard: Vec<Guard>,
    skipped: Vec<Skipped>,
    errors: Vec<FileError>,
}

impl Collected {
    /// Prints an outcome and keeps it.
    fn take(&mut self, outcome: Outcome, format: Format, console: &mut Console) -> io::Result<()> {
        match outcome {
            Outcome::Document(report, used, guard, text) => {
                self.guard.extend(guard);
                self.documents.push(*report);
                self.used.extend(used);
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

    fn report(self, task: &Task<'_>, setup: &Setup) -> Report {
        let version = &task.reviewer.lexicon.version;
        let report = Report::new(version, self.documents, self.skipped, self.errors);
        let known = report.summary.suppressed.baseline;
        let baseline = task.known.map(|baseline| baseline.report(known, &self.used));
        let guard = task.diff.map(|diff| [diff.guards(setup, task.known), self.guard].concat());
        Report { baseline, guard, ..report }
    }
}
