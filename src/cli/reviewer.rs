//! One candidate read, filtered and reviewed.

use std::io;
use std::num::NonZeroUsize;
use std::thread::available_parallelism;

use super::args::Selection;
use super::discover::Candidate;
use super::say;
use crate::document::Document;
use crate::input::{self, InputError, Reason, Source};
use crate::lexicon::Lexicon;
use crate::postmortem::is_postmortem;
use crate::report::{DocumentReport, FileError, Skipped};
use crate::review;

/// What became of a candidate.
pub(super) enum Reviewed {
    Document(Box<Source>, Box<DocumentReport>),
    Skipped(Skipped),
    Failed(FileError),
}

/// What every review of a run needs to know.
pub(super) struct Reviewer<'a> {
    pub(super) select: &'a Selection,
    pub(super) lexicon: &'a Lexicon,
    /// Whether a baseline has to see all findings, rather than those that are shown.
    pub(super) whole: bool,
}

impl Reviewer<'_> {
    pub(super) fn examine(&self, candidate: &Candidate) -> Reviewed {
        let limit = self.select.max_file_size;
        match candidate {
            Candidate::Stdin(name) => {
                self.judge(input::read_stream(name, io::stdin().lock(), limit), self.select.force_filter)
            }
            Candidate::File { path, found } => self.judge(input::read(path, limit), *found),
            Candidate::Skip(skipped) => Reviewed::Skipped(skipped.clone()),
            Candidate::Fail(error) => Reviewed::Failed(error.clone()),
        }
    }

    /// As for a file, of a text that came from elsewhere under this name.
    pub(super) fn examine_text(&self, path: &str, text: &str) -> Reviewed {
        let source = input::read_stream(path, text.as_bytes(), self.select.max_file_size);
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
        let review = if self.whole { review::examine_document } else { review::review_document };
        let report = review(&document, self.lexicon);
        Reviewed::Document(Box::new(source), Box::new(report))
    }
}

fn skipped(path: String, reason: &str) -> Reviewed {
    Reviewed::Skipped(Skipped { path, reason: reason.to_owned() })
}

/// How many documents are reviewed at the same time.
pub(super) fn jobs(select: &Selection) -> usize {
    let jobs = select.jobs.or_else(|| available_parallelism().ok());
    jobs.map_or(1, NonZeroUsize::get)
}

/// Whether standard input is asked to be one thing at most; says so if it is not.
pub(super) fn stdin_is_free(select: &Selection, is_diff: bool) -> bool {
    let free = select.stdin_uses() + usize::from(is_diff) <= 1;
    if !free {
        say("standard input can be read only once, as a document, a list of files or a diff");
    }
    free
}
