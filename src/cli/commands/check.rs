//! `rcalint check`: every file read, reviewed and printed, in order.

use std::io;

use crate::cli::args::CheckArgs;
use crate::cli::changes::{Diff, DiffError};
use crate::cli::console::{Console, say, say_of};
use crate::cli::discover::{self, Candidate};
use crate::cli::exit::Exit;
use crate::cli::known::{Known, Use};
use crate::cli::output::ordered_parallel::in_order;
use crate::cli::output::stream;
use crate::cli::output::targets::{self, Outputs, Waiting};
use crate::cli::reviewer::{Reviewed, Reviewer, jobs, stdin_is_free};
use crate::cli::setup::Setup;
use crate::cli::{changes, misconfigured};
use crate::config::FailOn;
use crate::render::escape::Terminal;
use crate::render::{Memory, Options};
use crate::report::{Counts, DocumentReport, FileError, Guard, Report, Skipped, Tool};
use crate::review;

/// Reviews what the arguments name.
pub(crate) fn run(args: &CheckArgs, setup: &Setup, console: &mut Console) -> io::Result<Exit> {
    if !stdin_is_free(&args.select, args.diff.as_deref() == Some("-")) {
        return Ok(Exit::Failure);
    }
    match setup.baseline(args.baseline.as_deref()) {
        Err(error) => Ok(misconfigured(&error)),
        Ok(known) if args.jsonl_documents => stream::run(args, setup, known.as_ref(), console),
        Ok(known) => match Given::of(args, known) {
            Ok(given) => review_all(args, setup, &given, console),
            Err(exit) => Ok(exit),
        },
    }
}

/// Each document in order, and then what is said of all of them.
fn review_all(args: &CheckArgs, setup: &Setup, given: &Given, console: &mut Console) -> io::Result<Exit> {
    let candidates = given.narrow(discover::candidates(&args.select, &setup.globs));
    let reviewer = Reviewer { select: &args.select, lexicon: &setup.lexicon };
    let options = Options { several: candidates.len() > 1, ..options(args, setup, given, console) };
    let task = Task { reviewer, options, given };
    let mut collected = Collected::default();
    let tool = Tool::of(&setup.lexicon.version);
    in_order(
        &candidates,
        jobs(&args.select),
        |candidate| task.examine(candidate),
        |outcome| collected.take(outcome, &tool, &given.outputs, console),
    )?;
    let waiting = std::mem::take(&mut collected.waiting);
    let report = collected.report(&task, args, setup);
    let written = given.outputs.close(waiting, &report, &task.options, console)?;
    let counts = changes::counts(args, &setup.lexicon, &report.summary, &report.documents);
    let exit = exit(args, setup, counts, !report.errors.is_empty());
    Ok(if written == Exit::Failure { written } else { exit })
}

fn options<'a>(args: &'a CheckArgs, setup: &'a Setup, given: &'a Given, console: &Console) -> Options<'a> {
    Options {
        quiet: args.quiet,
        buckets: &setup.lexicon.buckets,
        rules: &setup.lexicon.rules,
        themes: &setup.lexicon.questions.theme,
        failing: fail_on(args, setup).severity(),
        link_base: args.link_base.as_deref(),
        previous: given.previous.as_ref(),
        ..console.options()
    }
}

/// How a run ends that found this, and in which something failed or not.
pub(crate) fn exit(args: &CheckArgs, setup: &Setup, found: Counts, failed: bool) -> Exit {
    match () {
        () if failed => Exit::Failure,
        () if args.exit_zero => Exit::Clean,
        () if fail_on(args, setup).reached_by(found) => Exit::Findings,
        () => Exit::Clean,
    }
}

fn fail_on(args: &CheckArgs, setup: &Setup) -> FailOn {
    args.fail_on.map_or_else(|| setup.fail_on(), FailOn::from)
}

fn uncomparable(error: &DiffError) -> Exit {
    say(&Terminal(&error.to_string()).to_string());
    Exit::Failure
}

/// What a run is given beside its documents.
struct Given {
    known: Option<Known>,
    diff: Option<Diff>,
    previous: Option<Memory>,
    outputs: Outputs,
}

impl Given {
    /// Gathers it, or says what is wrong with it.
    fn of(args: &CheckArgs, known: Option<Known>) -> Result<Self, Exit> {
        let diff = args.diff.as_deref().map(Diff::open).transpose().map_err(|error| uncomparable(&error))?;
        let previous = targets::previous(args.previous.as_deref()).map_err(|error| error.told())?;
        let outputs = Outputs::of(args.format, &args.output).ok_or(Exit::Failure)?;
        Ok(Self { known, diff, previous, outputs })
    }

    /// Of the candidates, those that changed, if that is asked.
    fn narrow(&self, candidates: Vec<Candidate>) -> Vec<Candidate> {
        match &self.diff {
            Some(diff) => diff.narrow(candidates),
            None => candidates,
        }
    }
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
    given: &'a Given,
}

impl Task<'_> {
    fn examine(&self, candidate: &Candidate) -> Outcome {
        match self.reviewer.examine(candidate) {
            Reviewed::Document(source, mut report) => {
                let Given { known, diff, outputs, .. } = self.given;
                let used = known.as_ref().and_then(|known| known.set_aside(&mut report));
                let guard = diff.as_ref().map(|diff| diff.mark(&mut report, &source)).unwrap_or_default();
                review::limit(&mut report);
                let texts = outputs.document(&report, &source, &self.options);
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
    fn take(
        &mut self,
        outcome: Outcome,
        tool: &Tool,
        outputs: &Outputs,
        console: &mut Console,
    ) -> io::Result<()> {
        let texts = match outcome {
            Outcome::Document(report, used, guard, texts) => {
                self.guard.extend(guard);
                self.documents.push(*report);
                self.used.extend(used);
                return outputs.take_document(&texts, tool, &mut self.waiting, console);
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

    fn report(self, task: &Task<'_>, args: &CheckArgs, setup: &Setup) -> Report {
        let version = &task.reviewer.lexicon.version;
        let report = Report::new(version, self.documents, self.skipped, self.errors);
        let known = report.summary.suppressed.baseline;
        let baseline = task.given.known.as_ref().map(|baseline| baseline.report(known, &self.used));
        let file = setup.baseline_named(args.baseline.as_deref());
        let diff = task.given.diff.as_ref();
        let guard = diff.map(|diff| [diff.guards(setup, file.as_deref()), self.guard].concat());
        Report { baseline, guard, ..report }
    }
}
