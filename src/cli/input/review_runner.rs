//! Reads, filters and reviews one candidate.

use std::io;
use std::num::NonZeroUsize;
use std::thread::available_parallelism;

use crate::cli::args::selection::Selection;
use crate::cli::console::print_error;
use crate::cli::input::discover::Candidate;
use crate::report::{DocumentReport, FileError, Skipped};
use crate::settings::Settings;
use crate::settings::folder;
use crate::source::{self, InputError, Reason, Source};

/// The result for a candidate.
pub(crate) enum Reviewed {
    Document(Box<Source>, Box<DocumentReport>),
    Skipped(Skipped),
    Failed(FileError),
}

/// The data that all reviews of a run share.
pub(crate) struct Reviewer<'a> {
    pub(crate) selection: &'a Selection,
    pub(crate) settings: &'a Settings,
}

impl Reviewer<'_> {
    pub(crate) fn review(&self, candidate: &Candidate) -> Reviewed {
        let limit = self.selection.max_file_size;
        match candidate {
            Candidate::Stdin(name) => {
                let source = source::read_stream(name, io::stdin().lock(), limit);
                self.review_source(source, self.selection.force_filter)
            }
            Candidate::File { path, found } => {
                let source = source::read(path, limit);
                let in_folder = *found && !self.selection.force_filter;
                let skipped = skipped_unread(&source).filter(|_| in_folder);
                skipped.unwrap_or_else(|| self.review_source(source, *found))
            }
            Candidate::Skip(skipped) => Reviewed::Skipped(skipped.clone()),
            Candidate::Fail(error) => Reviewed::Failed(error.clone()),
        }
    }

    /// Reviews a text that did not come from a file.
    pub(crate) fn review_text(&self, path: &str, text: &str) -> Reviewed {
        let source = source::read_stream(path, text.as_bytes(), self.selection.max_file_size);
        self.review_source(source, self.selection.force_filter)
    }

    /// Reviews a source. If `filtered` is true, skips it if it is empty or not a postmortem.
    fn review_source(&self, source: Result<Source, InputError>, filtered: bool) -> Reviewed {
        match source.and_then(|source| self.review_document(source, filtered)) {
            Ok(reviewed) => reviewed,
            Err(error) if filtered && matches!(error.reason, Reason::Empty | Reason::NoText) => {
                skipped(error.path, "empty")
            }
            Err(error) => Reviewed::Failed(file_error(error)),
        }
    }

    fn review_document(&self, source: Source, filtered: bool) -> Result<Reviewed, InputError> {
        Ok(match self.settings.examine_filtered(&source, filtered)? {
            Some(report) => Reviewed::Document(Box::new(source), Box::new(report)),
            None => skipped(source.path, "not-a-postmortem"),
        })
    }
}

/// Returns the error for a document, with the option for one that is too large.
pub(crate) fn file_error(error: InputError) -> FileError {
    let advice = if matches!(error.reason, Reason::TooLarge(_)) { " (see --max-file-size)" } else { "" };
    FileError { message: format!("{error}{advice}"), path: error.path }
}

/// Returns the result for a file in a folder that is skipped because it cannot be read.
fn skipped_unread(source: &Result<Source, InputError>) -> Option<Reviewed> {
    let error = source.as_ref().err()?;
    folder::skip_reason(error).map(|reason| skipped(error.path.clone(), reason))
}

fn skipped(path: String, reason: &str) -> Reviewed {
    Reviewed::Skipped(Skipped { path, reason: reason.to_owned() })
}

/// Returns how many documents to review at the same time.
pub(crate) fn jobs(selection: &Selection) -> usize {
    let jobs = selection.jobs.or_else(|| available_parallelism().ok());
    jobs.map_or(1, NonZeroUsize::get)
}

/// True if standard input is used at most once; prints an error if it is used more often.
pub(crate) fn stdin_is_free(selection: &Selection, is_diff: bool) -> bool {
    let free = selection.stdin_uses() + usize::from(is_diff) <= 1;
    if !free {
        print_error("standard input can be read only once: as a document, a list of files or a diff");
    }
    free
}
