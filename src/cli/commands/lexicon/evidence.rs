//! `rcalint lexicon evidence`: what each witness says about every sentence, for training.

use std::io;

use serde::Serialize;

use crate::cli::args::lexicon::LexiconEvidenceArgs;
use crate::cli::console::{Console, fail_file};
use crate::cli::exit::Exit;
use crate::cli::settings::Settings;
use crate::model::DEFAULT_MAX_FILE_SIZE;
use crate::review::evidence::{self, SentenceEvidence};
use crate::source;

/// One line of the output.
#[derive(Serialize)]
struct DocumentEvidence {
    path: String,
    sentences: Vec<SentenceEvidence>,
}

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
                let sentences = evidence::of_sentences(&source, settings.witnesses());
                let line = serde_json::to_string(&DocumentEvidence { path: source.path, sentences })?;
                console.write(&format!("{line}\n"))?;
            }
            Err(error) => exit = fail_file(&error.into()),
        }
    }
    Ok(exit)
}
