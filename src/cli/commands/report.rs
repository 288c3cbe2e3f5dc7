//! `rcalint report`: reads a whole collection and says what its documents have in common.

use std::io;

use crate::cli::args::report::ReportArgs;
use crate::cli::console::{Console, fail, fail_file, print_file_error, print_markup};
use crate::cli::exit::Exit;
use crate::cli::input::discover;
use crate::cli::input::review_runner::{Reviewed, Reviewer, jobs, stdin_is_free};
use crate::cli::input::saved_reviews;
use crate::cli::ordered_parallel::in_order;
use crate::cli::output::destination::{Destination, destinations};
use crate::collection::{self, Collection, CollectionReport, DateRange, Entry, Request};
use crate::model::Markup;
use crate::render::collection::{self as renderer, CollectionFormat};
use crate::report::{FileError, Skipped};
use crate::review;
use crate::settings::Settings;
use crate::settings::baseline_file::BaselineFile;

/// Reports on the selected documents, or on saved reviews.
pub(crate) fn run(args: &ReportArgs, settings: &Settings, console: &mut Console) -> io::Result<Exit> {
    if !stdin_is_free(&args.selection, args.from.iter().any(|path| path.as_os_str() == "-")) {
        return Ok(Exit::Failure);
    }
    if range(args).is_reversed() {
        return Ok(fail(&"--since is later than --until"));
    }
    let standard_output = args.format.or_else(|| args.output.is_empty().then(CollectionFormat::default));
    let Some(outputs) = destinations(standard_output, &args.output) else { return Ok(Exit::Failure) };
    let baseline = match settings.baseline(args.baseline.as_deref()) {
        Ok(baseline) => baseline,
        Err(error) => return Ok(fail(&error)),
    };
    let collection =
        if args.from.is_empty() { reviewed(args, settings, baseline.as_ref()) } else { saved(args) };
    let report = collection::report(collection, request(args, settings), &settings.lexicon);
    write(args, &report, &outputs, console)
}

fn request(args: &ReportArgs, settings: &Settings) -> Request {
    Request { title: args.title.clone(), by: args.by, range: range(args), tool: settings.tool() }
}

fn range(args: &ReportArgs) -> DateRange {
    DateRange { since: args.since.clone(), until: args.until.clone() }
}

fn saved(args: &ReportArgs) -> Collection {
    let mut collection = Collection::default();
    args.from.iter().for_each(|path| saved_reviews::add(path, &mut collection));
    collection
}

/// The result for one candidate. The review itself is dropped as soon as its entry is made.
enum Read {
    Entry(Box<Entry>, Option<Markup>),
    Skipped(Skipped),
    Failed(FileError),
}

fn reviewed(args: &ReportArgs, settings: &Settings, baseline: Option<&BaselineFile>) -> Collection {
    let candidates = discover::candidates(&args.selection, &settings.globs);
    let reviewer = Reviewer { selection: &args.selection, settings };
    let read = |candidate: &_| match reviewer.review(candidate) {
        Reviewed::Document(_, mut report) => {
            baseline.and_then(|baseline| baseline.suppress(&mut report));
            review::limit(&mut report);
            Read::Entry(Box::new(Entry::from(&*report)), report.markup)
        }
        Reviewed::Skipped(skipped) => Read::Skipped(skipped),
        Reviewed::Failed(error) => Read::Failed(error),
    };
    let mut collection = Collection::default();
    let add = |read| {
        match read {
            Read::Entry(entry, markup) => {
                print_markup(entry.path(), markup);
                collection.entries.push(*entry);
            }
            Read::Skipped(skipped) => collection.skipped.push(skipped),
            Read::Failed(error) => {
                print_file_error(&error);
                collection.errors.push(error);
            }
        }
        Ok::<(), std::convert::Infallible>(())
    };
    let Ok(()) = in_order(&candidates, jobs(&args.selection), read, add);
    collection
}

/// Writes every format. If a file cannot be written, the run fails, but the others are still written.
fn write(
    args: &ReportArgs,
    report: &CollectionReport,
    outputs: &[(CollectionFormat, Destination)],
    console: &mut Console,
) -> io::Result<Exit> {
    let mut exit = if report.errors.is_empty() { Exit::Clean } else { Exit::Failure };
    // The paths of saved reviews are not trusted, so they are not looked up as files.
    let documents = if args.from.is_empty() { report.documents.as_slice() } else { &[] };
    for (format, to) in outputs {
        let text = renderer::render(*format, report, args.link_base.as_deref());
        if !to.is_file() {
            console.write(&text)?;
        } else if let Err(error) = to.write_file(&text, documents.iter().map(|row| row.path.as_str())) {
            exit = fail_file(&error);
        }
    }
    Ok(exit)
}
