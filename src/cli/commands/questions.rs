//! `rcalint questions`: the facilitator's sheet for one document.

use std::io;

use crate::cli::args::questions::{QuestionsArgs, SheetFormat};
use crate::cli::console::{Console, fail_file, print_markup};
use crate::cli::exit::Exit;
use crate::cli::input::review_runner::file_error;
use crate::render::{self, Format};
use crate::report::{DocumentReport, Report};
use crate::review;
use crate::settings::Settings;
use crate::source::{self, InputError, Source};

/// Reads one document and prints the questions about it.
pub(crate) fn run(args: &QuestionsArgs, settings: &Settings, console: &mut Console) -> io::Result<Exit> {
    let (source, document) = match examine(args, settings) {
        Ok(examined) => examined,
        Err(error) => return Ok(fail_file(&file_error(error))),
    };
    print_markup(&document.path, document.markup);
    let lexicon = &settings.lexicon;
    let options = console.options().with_lexicon(lexicon);
    let text = match args.format {
        SheetFormat::Markdown => render::sheet(&document, &options),
        SheetFormat::Json => {
            let report = Report::new(&lexicon.version, vec![document], Vec::new(), Vec::new());
            let report = Report { tool: settings.tool(), ..report };
            render::whole(Format::Json, &report, |_| &source, &options)
        }
    };
    console.write(&text)?;
    Ok(Exit::Clean)
}

fn examine(args: &QuestionsArgs, settings: &Settings) -> Result<(Source, DocumentReport), InputError> {
    let source = read(args)?;
    let mut document = settings.examine(&source)?;
    review::limit(&mut document);
    Ok((source, document))
}

fn read(args: &QuestionsArgs) -> Result<Source, InputError> {
    if args.path.as_os_str() == "-" {
        return source::read_stream(&args.stdin_filename, io::stdin().lock(), args.max_file_size);
    }
    source::check_named(&args.path)?;
    source::read(&args.path, args.max_file_size)
}
