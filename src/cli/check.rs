//! `rcalint check`: every file read, reviewed and printed, in order.

use std::io;

use super::args::CheckArgs;
use super::changes::{Diff, DiffError};
use super::discover::{self, Candidate};
use super::in_order::in_order;
use super::known::{Known, Use};
use super::outputs::{self, Outputs, Waiting};
use super::reviewer::{Reviewed, Reviewer, jobs, stdin_is_free};
use super::setup::Setup;
use super::{Console, Exit, changes, misconfigured, say, say_of, stream};
use crate::config::FailOn;
use crate::render::Options;
use crate::render::escape::Terminal;
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
    let previous = match outputs::previous(args.previous.as_deref()) {
        Ok(previous) => previous,
        Err(error) => return Ok(error.told()),
    };
    let Some(outputs) = Outputs::of(args) else { return Ok(Exit::Failure) };
    let candidates = discover::candidates(&args.select, &setup.globs);
    let candidates = diff.as_ref().map_or(candidates.clone(), |diff| diff.narrow(candidates));
    let options = Options {
        quiet: args.quiet,
        several: candidates.len() > 1,
        buckets: &setup.lexicon.buckets,
        rules: &setup.lexicon.rules,
        failing: fail_on(args, setup).severity(),
        link_base: args.link_base.as_deref(),
        previous: previous.as_ref(),
        ..console.options()
    };
    let reviewer = Reviewer { select: &args.select, lexicon: &setup.lexicon };
    let task = Task { reviewer, options, outputs: &outputs, known: known.as_ref(), diff: diff.as_ref() };
    let mut collected = Collected::default();
    in_order(
        &candidates,
        jobs(&args.select),
        |candidate| task.examine(candidate),
        |outcome| collected.take(outcome, &outputs, console),
    )?;
    let waiting = std::mem::take(&mut collected.waiting);
    let report = collected.report(&task, setup);
    let written = outputs.close(waiting, &report, &task.options, console)?;
    let counts = changes::counts(args, &report.summary, &report.documents);
    let exit = exit(args, setup, counts, !report.errors.is_empty());
    Ok(if written == Exit::Failure { written } else { exit })
}

/// How a run ends that found this, and in which something failed or not.
pub(super) fn exit(args: &CheckArgs, setup: &Setup, found: Counts, failed: bool) -> Exit {
    match () {
        () if failed => Exit::Failure,
        () if args.exit_zero => Exit::Clean,
        () if fail_on(args, setup).reached_by(found) => Exit::Findings,
        () => Exit::Clean,
    }
}

fn fail_on(args: &CheckArgs, setup: &Setup) -> FailOn {
    let set = args.fail_on.map(FailOn::from).or(setup.config.fail_on.as_ref().map(|set| set.value));
    set.unwrap_or_default()
}

fn uncomparable(error: &DiffError) -> Exit {
    say(&Terminal(&error.to_string()).to_string());
    Exit::Failure
}

/// What became of one candidate; a document with what it took from the baseline and what is to be printed for it.
enum Outcome {
    Document(Box<DocumentReport>, Option<Use>, Vec<Guard>, Vec<String>),
    Skipped(Skipped),
    Failed(FileError),
}

/// What every thread needs to know.
struct Task<'a> {
    reviewer: Reviewer<'a>,
    options: Options<'a>,
    outputs: &'a Outputs,
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
                let texts = self.outputs.document(&report, &source, &self.options);
                Outcome::Document(report, used, guard, texts)
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
    waiting: Waiting,
}

impl Collected {
    /// Prints an outcome and keeps it.
    fn take(&mut self, outcome: Outcome, outputs: &Outputs, console: &mut Console) -> io::Result<()> {
        let texts = match outcome {
            Outcome::Document(report, used, guard, texts) => {
                self.guard.extend(guard);
                self.documents.push(*report);
                self.used.extend(used);
                texts
            }
            Outcome::Skipped(skipped) => {
                let texts = outputs.skipped(&skipped);
                self.skipped.push(skipped);
                texts
            }
            Outcome::Failed(error) => {
                say_of(&error.path, &error.message);
                let texts = outputs.error(&error);
                self.errors.push(error);
                texts
            }
        };
        outputs.take(&texts, &mut self.waiting, console)
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
