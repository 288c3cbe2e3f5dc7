//! `rcalint render`: prints a report saved as JSON in other formats. It reads no documents.

use std::io;

use crate::cli::args::render::RenderArgs;
use crate::cli::console::{Console, fail_file};
use crate::cli::exit::Exit;
use crate::cli::input::review_runner::file_error;
use crate::cli::output::sinks::{Outputs, PendingFiles, read_previous};
use crate::config::GivenOptions;
use crate::render::wrap::cut;
use crate::render::{EarlierComment, Options};
use crate::report::{FileError, Report, reader};
use crate::settings::Settings;
use crate::source::{self, InputError, Source};

/// Maximum length in characters of the reason for an invalid report.
const MAX_REASON: usize = 200;

/// Prints a saved report in the selected formats.
pub(crate) fn run(args: &RenderArgs, settings: &Settings, console: &mut Console) -> io::Result<Exit> {
    let Some(outputs) = Outputs::from_args(&args.output) else { return Ok(Exit::Failure) };
    let outputs = outputs.for_saved_report();
    match (read(args), read_previous(args.output.previous.as_deref())) {
        (Ok(report), Ok(previous)) => {
            let options = render_options(args, &report, previous.as_ref(), settings, console);
            print(&report, &outputs, &options, console)
        }
        (Err(error), _) | (_, Err(error)) => Ok(fail_file(&error)),
    }
}

fn read(args: &RenderArgs) -> Result<Report, FileError> {
    let source = read_source(args).map_err(file_error)?;
    reader::parse(&source.text)
        .map_err(|error| FileError { path: source.path, message: cut(&error.to_string(), MAX_REASON) })
}

fn read_source(args: &RenderArgs) -> Result<Source, InputError> {
    if args.from.as_os_str() == "-" {
        return source::read_stream("<stdin>", io::stdin().lock(), args.max_file_size);
    }
    source::check_named(&args.from)?;
    source::read(&args.from, args.max_file_size)
}

fn render_options<'a>(
    args: &'a RenderArgs,
    report: &Report,
    previous: Option<&'a EarlierComment>,
    settings: &'a Settings,
    console: &Console,
) -> Options<'a> {
    let preset = GivenOptions::default().preset(&settings.config);
    Options {
        parts: args.output.parts(preset),
        why: args.output.why,
        several: report.documents.len() + report.errors.len() > 1,
        failing: GivenOptions::default().fail_on(&settings.config).severity(),
        link_base: args.output.link_base.as_deref(),
        previous,
        ..console.options().with_lexicon(&settings.lexicon)
    }
}

/// Prints the same output as `rcalint check`, except that skipped files and errors follow the documents.
fn print(
    report: &Report,
    outputs: &Outputs,
    options: &Options<'_>,
    console: &mut Console,
) -> io::Result<Exit> {
    let mut pending = PendingFiles::default();
    for document in &report.documents {
        let unseen = Source::new(document.path.as_str(), "");
        let texts = outputs.render_document(document, &unseen, options);
        outputs.write_document(&texts, &report.tool, &mut pending, console)?;
    }
    for skipped in &report.skipped {
        outputs.write(&outputs.render_skipped(skipped), &mut pending, console)?;
    }
    for error in &report.errors {
        outputs.write(&outputs.render_error(error), &mut pending, console)?;
    }
    outputs.finish(pending, report, options, console)
}
