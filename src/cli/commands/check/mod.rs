//! `rcalint check`: reads, reviews and prints every file, in order.

mod jsonl;

use std::io;

use crate::cli::args::check::CheckArgs;
use crate::cli::console::{Console, fail, fail_file, print_file_error, print_markup};
use crate::cli::exit::Exit;
use crate::cli::input::diff::Diff;
use crate::cli::input::discover::{self, Candidate};
use crate::cli::input::review_runner::{Reviewed, Reviewer, jobs, stdin_is_free};
use crate::cli::ordered_parallel::in_order;
use crate::cli::output::sinks::{Outputs, PendingFiles, read_previous};
use crate::config::{FailOn, GivenOptions};
use crate::lexicon::kinds::DocumentRole;
use crate::render::{EarlierComment, Options};
use crate::report::{Counts, DocumentReport, FileError, Finding, Guard, Report, Skipped, Tool};
use crate::review;
use crate::settings::Settings;
use crate::settings::baseline_file::{BaselineFile, BaselineUse};

/// Reviews the selected documents.
pub(crate) fn run(args: &CheckArgs, settings: &Settings, console: &mut Console) -> io::Result<Exit> {
    if !stdin_is_free(&args.selection, args.diff.as_deref() == Some("-")) {
        return Ok(Exit::Failure);
    }
    let baseline = match settings.baseline(args.baseline.as_deref()) {
        Ok(baseline) => baseline,
        Err(error) => return Ok(fail(&error)),
    };
    if args.jsonl_documents {
        return jsonl::run(args, settings, baseline.as_ref(), console);
    }
    match Context::open(args, baseline) {
        Ok(context) => review_all(args, settings, &context, console),
        Err(exit) => Ok(exit),
    }
}

/// Reviews and prints each document in order, and then the overall summary.
fn review_all(
    args: &CheckArgs,
    settings: &Settings,
    context: &Context,
    console: &mut Console,
) -> io::Result<Exit> {
    let candidates = context.changed(discover::candidates(&args.selection, &settings.globs));
    let reviewer = Reviewer { selection: &args.selection, settings };
    let several = candidates.len() > 1;
    let options = Options { several, ..render_options(args, settings, context, console) };
    let worker = CheckWorker { reviewer, options, context };
    let mut results = Results::new(settings.tool());
    in_order(
        &candidates,
        jobs(&args.selection),
        |candidate| worker.check(candidate),
        |checked| results.add(checked, &context.outputs, console),
    )?;
    let pending = std::mem::take(&mut results.pending);
    let report = results.into_report(context, args, settings);
    let written = context.outputs.finish(pending, &report, &worker.options, console)?;
    let exit = exit(args, settings, counts(args, settings, &report), !report.errors.is_empty());
    Ok(if written == Exit::Failure { written } else { exit })
}

fn render_options<'a>(
    args: &'a CheckArgs,
    settings: &'a Settings,
    context: &'a Context,
    console: &Console,
) -> Options<'a> {
    let preset = GivenOptions::from(args.given).preset(&settings.config);
    Options {
        parts: args.output.parts(preset),
        why: args.output.why,
        failing: fail_on(args, settings).severity(),
        link_base: args.output.link_base.as_deref(),
        previous: context.previous.as_ref(),
        ..console.options().with_lexicon(&settings.lexicon)
    }
}

/// Returns the exit status of a run with these findings; `failed` is true if a file could not be read.
fn exit(args: &CheckArgs, settings: &Settings, found: Counts, failed: bool) -> Exit {
    if failed {
        Exit::Failure
    } else if !args.exit_zero && fail_on(args, settings).reached_by(found) {
        Exit::Findings
    } else {
        Exit::Clean
    }
}

fn fail_on(args: &CheckArgs, settings: &Settings) -> FailOn {
    GivenOptions::from(args.given).fail_on(&settings.config)
}

/// Returns the findings that count for `--fail-on`. With `--diff`, these are the findings on changed lines and the
/// verdict.
fn counts(args: &CheckArgs, settings: &Settings, report: &Report) -> Counts {
    if args.diff.is_none() {
        return report.summary.findings;
    }
    let verdict = &settings.lexicon.document_rule(DocumentRole::Verdict).id;
    let counts = |finding: &&Finding| finding.changed == Some(true) || finding.rule == *verdict;
    Counts::count(report.documents.iter().flat_map(|document| &document.findings).filter(counts))
}

/// The data of a run other than its documents.
struct Context {
    baseline: Option<BaselineFile>,
    diff: Option<Diff>,
    previous: Option<EarlierComment>,
    outputs: Outputs,
}

impl Context {
    /// Opens the inputs and outputs. Prints an error if one cannot be opened.
    fn open(args: &CheckArgs, baseline: Option<BaselineFile>) -> Result<Self, Exit> {
        let diff = args.diff.as_deref().map(Diff::open).transpose().map_err(|error| fail(&error))?;
        let previous = read_previous(args.output.previous.as_deref()).map_err(|error| fail_file(&error))?;
        let outputs = Outputs::from_args(&args.output).ok_or(Exit::Failure)?;
        Ok(Self { baseline, diff, previous, outputs })
    }

    /// Returns the candidates that changed, if `--diff` is given; otherwise all of them.
    fn changed(&self, candidates: Vec<Candidate>) -> Vec<Candidate> {
        match &self.diff {
            Some(diff) => diff.changed(candidates),
            None => candidates,
        }
    }
}

/// The result for one candidate.
enum Checked {
    Document(Box<CheckedDocument>),
    Skipped(Skipped),
    Failed(FileError),
}

struct CheckedDocument {
    report: DocumentReport,
    baseline_use: Option<BaselineUse>,
    guards: Vec<Guard>,
    /// The document, rendered in each output format.
    texts: Vec<String>,
}

/// The data that all threads share.
struct CheckWorker<'a> {
    reviewer: Reviewer<'a>,
    options: Options<'a>,
    context: &'a Context,
}

impl CheckWorker<'_> {
    fn check(&self, candidate: &Candidate) -> Checked {
        let (source, mut report) = match self.reviewer.review(candidate) {
            Reviewed::Document(source, report) => (source, report),
            Reviewed::Skipped(skipped) => return Checked::Skipped(skipped),
            Reviewed::Failed(error) => return Checked::Failed(error),
        };
        let Context { baseline, diff, outputs, .. } = self.context;
        let baseline_use = baseline.as_ref().and_then(|baseline| baseline.suppress(&mut report));
        let guards = diff.as_ref().map(|diff| diff.mark(&mut report, &source)).unwrap_or_default();
        review::limit(&mut report);
        let texts = outputs.render_document(&report, &source, &self.options);
        Checked::Document(Box::new(CheckedDocument { report: *report, baseline_use, guards, texts }))
    }
}

/// The parts of the report, in the order of the candidates.
struct Results {
    tool: Tool,
    documents: Vec<DocumentReport>,
    baseline_uses: Vec<BaselineUse>,
    guards: Vec<Guard>,
    skipped: Vec<Skipped>,
    errors: Vec<FileError>,
    pending: PendingFiles,
}

impl Results {
    fn new(tool: Tool) -> Self {
        Self {
            tool,
            documents: Vec::new(),
            baseline_uses: Vec::new(),
            guards: Vec::new(),
            skipped: Vec::new(),
            errors: Vec::new(),
            pending: PendingFiles::default(),
        }
    }

    /// Prints a result and adds it to the report.
    fn add(&mut self, checked: Checked, outputs: &Outputs, console: &mut Console) -> io::Result<()> {
        match checked {
            Checked::Document(document) => self.add_document(*document, outputs, console),
            Checked::Skipped(skipped) => {
                outputs.write(&outputs.render_skipped(&skipped), &mut self.pending, console)?;
                self.skipped.push(skipped);
                Ok(())
            }
            Checked::Failed(error) => {
                print_file_error(&error);
                outputs.write(&outputs.render_error(&error), &mut self.pending, console)?;
                self.errors.push(error);
                Ok(())
            }
        }
    }

    fn add_document(
        &mut self,
        document: CheckedDocument,
        outputs: &Outputs,
        console: &mut Console,
    ) -> io::Result<()> {
        print_markup(&document.report.path, document.report.markup);
        self.guards.extend(document.guards);
        self.documents.push(document.report);
        self.baseline_uses.extend(document.baseline_use);
        outputs.write_document(&document.texts, &self.tool, &mut self.pending, console)
    }

    fn into_report(self, context: &Context, args: &CheckArgs, settings: &Settings) -> Report {
        let report = Report::new(&settings.lexicon.version, self.documents, self.skipped, self.errors);
        let suppressed = report.summary.suppressed.baseline;
        let baseline = context.baseline.as_ref();
        let baseline = baseline.map(|baseline| baseline.report(suppressed, &self.baseline_uses));
        let path = settings.baseline_path(args.baseline.as_deref()).ok().flatten();
        let diff = context.diff.as_ref();
        let guard = diff.map(|diff| [diff.guards(settings, path.as_deref()), self.guards].concat());
        Report { tool: settings.tool(), baseline, guard, ..report }
    }
}
