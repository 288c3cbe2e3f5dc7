//! One candidate read, filtered and reviewed.

use std::io;
use std::num::NonZeroUsize;
use std::thread::available_parallelism;

use crate::cli::args::Selection;
use crate::cli::console::say;
use crate::cli::discover::Candidate;
use crate::document::Document;
use crate::document::postmortem::is_postmortem;
use crate::lexicon::Lexicon;
use crate::report::{DocumentReport, FileError, Skipped};
use crate::review;
use crate::source::{self, InputError, Reason, Source};

/// What became of a candidate.
pub(crate) enum Reviewed {
    Document(Box<Source>, Box<DocumentReport>),
    Skipped(Skipped),
    Failed(FileError),
}

/// What every review of a run needs to know.
pub(crate) struct Reviewer<'a> {
    pub(crate) select: &'a Selection,
    pub(crate) lexicon: &'a Lexicon,
}

impl Reviewer<'_> {
    pub(crate) fn examine(&self, candidate: &Candidate) -> Reviewed {
        let limit = self.select.max_file_size;
        match candidate {
            Candidate::Stdin(name) => {
                self.judge(source::read_stream(name, io::stdin().lock(), limit), self.select.force_filter)
            }
            Candidate::File { path, found } => self.judge(source::read(path, limit), *found),
            Candidate::Skip(skipped) => Reviewed::Skipped(skipped.clone()),
            Candidate::Fail(error) => Reviewed::Failed(error.clone()),
        }
    }

    /// As for a file, of a text that came from elsewhere under this name.
    pub(crate) fn examine_text(&self, path: &str, text: &str) -> Reviewed {
        let source = source::read_stream(path, text.as_bytes(), self.select.max_file_size);
        self.judge(source, self.select.force_filter)
    }

    /// Reviews a source, unless it is to be filtered and is no postmortem. Nobody expects one in an empty file.
    fn judge(&self, source: Result<Source, InputError>, filtered: bool) -> Reviewed {
        match source {
            Ok(source) => self.parsed(source, filtered),
            Err(error) if filtered && error.reason == Reason::Empty => skipped(error.path, "empty"),
            Err(error) => Reviewed::Failed(error.into()),
        }
    }

    fn parsed(&self, source: Source, filtered: bool) -> Reviewed {
        let document = Document::parse(&source, &self.lexicon.headings);
        if filtered && !is_postmortem(&document, self.lexicon) {
            return skipped(source.path, "not-a-postmortem");
        }
        let report = review::examine_document(&document, self.lexicon);
        Reviewed::Document(Box::new(source), Box::new(report))
    }
}

fn skipped(path: String, reason: &str) -> Reviewed {
    Reviewed::Skipped(Skipped { path, reason: reason.to_owned() })
}

/// How many documents are reviewed at the same time.
pub(crate) fn jobs(select: &Selection) -> usize {
    let jobs = select.jobs.or_else(|| available_parallelism().ok());
    jobs.map_or(1, NonZeroUsize::get)
}

/// Whether standard input is asked to be one thing at most; says so if it is not.
pub(crate) fn stdin_is_free(select: &Selection, is_diff: bool) -> bool {
    let free = select.stdin_uses() + usize::from(is_diff) <= 1;
    if !free {
        say("standard input can be read only once, as a document, a list of files or a diff");
    }
    free
}
