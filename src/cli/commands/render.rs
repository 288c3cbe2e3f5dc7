//! `rcalint render`: a report that was saved as JSON, in other formats. No document is read.

use std::io;
use std::path::PathBuf;

use clap::Args;

use crate::cli::args::formats::FormatName;
use crate::cli::console::{Console, say_of};
use crate::cli::exit::Exit;
use crate::cli::output::targets::{self, Output, Outputs, Waiting};
use crate::cli::setup::Setup;
use crate::render::wrap::cut;
use crate::render::{Memory, Options};
use crate::report::report_reader;
use crate::report::{FileError, Report};
use crate::source::{self, InputError, Source};

/// What stands below the options in `--help`.
pub(crate) const EXAMPLES: &str = "\
Examples:
  rcalint render --from report.json --format markdown > comment.md
                                          the comment of a review that ran elsewhere
  rcalint render --from - --output sarif=out.sarif --output junit=out.xml < report.json
                                          several formats from one review

The report may come from anybody: it is held against the shape of a report, and
its texts are escaped like those of any document. `text` shows no lines of the
documents, since no document is read, and `rdjson` no columns.

Exit status: 0, or 2 if the file is no report or could not be read.";

/// Characters of a reason.
const REASON: usize = 200;

#[derive(Debug, Args)]
pub(crate) struct RenderArgs {
    /// The report, as `rcalint check --format json` writes it; `-` is standard input
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// What the output looks like [default: text]
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<FormatName>,
    /// Write a format to a file as well, whole or not at all; may be given again, and `-` is standard output
    #[arg(long, value_name = "FORMAT=PATH", value_parser = targets::parse)]
    output: Vec<Output>,
    /// The address that links to lines begin with in `markdown` and `step-summary`, up to the path of a document
    #[arg(long, value_name = "URL", value_parser = targets::parse_base)]
    link_base: Option<String>,
    /// The earlier comment, which `markdown` takes up: what is settled is ticked, what is new is marked
    #[arg(long, value_name = "FILE")]
    previous: Option<PathBuf>,
    /// Findings and nothing else: no summary, no questions (JSON stays whole)
    #[arg(long, short)]
    quiet: bool,
    /// A larger report is an error; `500k` is 500,000 bytes, `1MiB` is 1,048,576
    #[arg(long, value_name = "SIZE", default_value = "16MiB", value_parser = crate::cli::args::parse_size)]
    max_file_size: u64,
}

/// Prints a saved report in the formats that are asked for.
pub(crate) fn run(args: &RenderArgs, setup: &Setup, console: &mut Console) -> io::Result<Exit> {
    let Some(outputs) = Outputs::of(args.format, &args.output) else { return Ok(Exit::Failure) };
    let outputs = outputs.of_elsewhere();
    match (read(args), targets::previous(args.previous.as_deref())) {
        (Ok(report), Ok(previous)) => {
            let options = options(args, &report, previous.as_ref(), setup, console);
            print(&report, &outputs, &options, console)
        }
        (Err(error), _) | (_, Err(error)) => {
            say_of(&error.path, &error.message);
            Ok(Exit::Failure)
        }
    }
}

fn read(args: &RenderArgs) -> Result<Report, FileError> {
    let source = source(args)?;
    report_reader::parse(&source.text)
        .map_err(|error| FileError { path: source.path, message: cut(&error.to_string(), REASON) })
}

fn source(args: &RenderArgs) -> Result<Source, InputError> {
    if args.from.as_os_str() == "-" {
        return source::read_stream("<stdin>", io::stdin().lock(), args.max_file_size);
    }
    source::read(&args.from, args.max_file_size)
}

fn options<'a>(
    args: &'a RenderArgs,
    report: &Report,
    previous: Option<&'a Memory>,
    setup: &'a Setup,
    console: &Console,
) -> Options<'a> {
    Options {
        quiet: args.quiet,
        several: report.documents.len() + report.errors.len() > 1,
        buckets: &setup.lexicon.buckets,
        rules: &setup.lexicon.rules,
        themes: &setup.lexicon.questions.theme,
        failing: setup.fail_on().severity(),
        link_base: args.link_base.as_deref(),
        previous,
        ..console.options()
    }
}

/// As a run prints it, but for the order of documents and files that were not reviewed.
fn print(
    report: &Report,
    outputs: &Outputs,
    options: &Options<'_>,
    console: &mut Console,
) -> io::Result<Exit> {
    let mut waiting = Waiting::default();
    for document in &report.documents {
        let unseen = Source::new(document.path.as_str(), "");
        let texts = outputs.document(document, &unseen, options);
        outputs.take_document(&texts, &report.tool, &mut waiting, console)?;
    }
    for skipped in &report.skipped {
        outputs.take(&outputs.skipped(skipped), &mut waiting, console)?;
    }
    for error in &report.errors {
        outputs.take(&outputs.error(error), &mut waiting, console)?;
    }
    outputs.close(waiting, report, options, console)
}
