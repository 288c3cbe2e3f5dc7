//! `rcalint lexicon evidence`: what each witness says about every sentence, for training.

use std::io;

use crate::cli::args::lexicon::LexiconEvidenceArgs;
use crate::cli::console::{Console, fail_file};
use crate::cli::exit::Exit;
use crate::model::DEFAULT_MAX_FILE_SIZE;
use crate::review::evidence;
use crate::settings::Settings;
use crate::source;

/// Prints one line of JSON for each document.
pub(crate) fn print(
    args: &LexiconEvidenceArgs,
    settings: &Settings,
    console: &mut Console,
) -> io::Result<Exit> {
    let mut exit = Exit::Clean;
    for path in &args.paths {
        match source::read(path, DEFAULT_MAX_FILE_SIZE) {
            Ok(source) => {
                let line = serde_json::to_string(&evidence::of_document(&source, settings.witnesses()))?;
                console.write(&format!("{line}\n"))?;
            }
            Err(error) => exit = fail_file(&error.into()),
        }
    }
    Ok(exit)
}
