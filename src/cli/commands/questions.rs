//! `rcalint questions`: the facilitator's sheet for one document.

use std::io;

use crate::cli::args::QuestionsArgs;
use crate::cli::console::{Console, say_of};
use crate::cli::exit::Exit;
use crate::cli::setup::Setup;
use crate::render::{self, Format, Options};
use crate::report::Report;
use crate::source::{self, InputError, Source};

/// Reads one document and prints what to ask about it.
pub(crate) fn run(args: &QuestionsArgs, setup: &Setup, console: &mut Console) -> io::Result<Exit> {
    match read(args) {
        Ok(source) => sheet(&source, args.format.into(), setup, console).map(|()| Exit::Clean),
        Err(error) => {
            say_of(&error.path, &error.reason.to_string());
            Ok(Exit::Failure)
        }
    }
}

fn read(args: &QuestionsArgs) -> Result<Source, InputError> {
    if args.path.as_os_str() == "-" {
        return source::read_stream(&args.stdin_filename, io::stdin().lock(), args.max_file_size);
    }
    source::read(&args.path, args.max_file_size)
}

fn sheet(source: &Source, format: Format, setup: &Setup, console: &mut Console) -> io::Result<()> {
    let lexicon = &setup.lexicon;
    let (buckets, rules, themes) = (&lexicon.buckets, &lexicon.rules, &lexicon.questions.theme);
    let options = Options { buckets, rules, themes, ..console.options() };
    let report = crate::review(source, lexicon);
    let report = Report::new(&lexicon.version, vec![report], Vec::new(), Vec::new());
    console.write(&render::whole(format, &report, |_| source, &options))
}
