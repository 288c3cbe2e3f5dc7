//! The outputs of a run: standard output and any number of files.

use std::io;
use std::path::Path;

use crate::cli::args::output::OutputArgs;
use crate::cli::console::{Console, PIPE_WIDTH, fail_file};
use crate::cli::exit::Exit;
use crate::cli::output::destination::{Destination, destinations};
use crate::render::{self, EarlierComment, Format, Options};
use crate::report::{DocumentReport, FileError, Report, Skipped, Tool};
use crate::source::{self, InputError, Reason, Source};

/// Maximum size in bytes of the earlier comment; no forge accepts a larger one.
const MAX_COMMENT: u64 = 1 << 20;

/// All outputs of a run.
pub(crate) struct Outputs {
    sinks: Vec<Sink>,
    /// True if the paths of the documents are files on this machine, which must not be overwritten.
    protect_documents: bool,
}

/// One format and its destination. Standard output is written immediately, a file at the end.
struct Sink {
    format: Format,
    to: Destination,
}

/// Texts that will be written to files at the end.
#[derive(Debug, Default)]
pub(crate) struct PendingFiles {
    /// One text per sink.
    texts: Vec<String>,
    /// True once a document has been rendered.
    has_documents: bool,
}

/// Reads the earlier comment. Returns `None` if the file does not contain one, since there may be no earlier comment.
pub(crate) fn read_previous(path: Option<&Path>) -> Result<Option<EarlierComment>, FileError> {
    let Some(path) = path else { return Ok(None) };
    match source::check_named(path).and_then(|()| source::read(path, MAX_COMMENT)) {
        Ok(source) => Ok(EarlierComment::parse(&source.text)),
        Err(InputError {
            reason:
                Reason::Empty | Reason::TooLarge(_) | Reason::NotUtf8(_) | Reason::Utf16 | Reason::Binary(_),
            ..
        }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

impl Outputs {
    /// Returns the outputs selected by the arguments. Prints an error if two have the same destination.
    pub(crate) fn from_args(args: &OutputArgs) -> Option<Self> {
        let is_free = args.output.iter().all(|target| !target.is_standard_output());
        let standard_output = args.format.or_else(|| is_free.then(Format::default));
        let all = destinations(standard_output, &args.output)?;
        let sinks = all.into_iter().map(|(format, to)| Sink { format, to }).collect();
        Some(Self { sinks, protect_documents: true })
    }

    /// Returns the same outputs for a saved report. Its paths are not trusted, so they are not looked up as files.
    pub(crate) fn for_saved_report(self) -> Self {
        Self { protect_documents: false, ..self }
    }

    /// Renders a document in every format.
    pub(crate) fn render_document(
        &self,
        report: &DocumentReport,
        source: &Source,
        options: &Options<'_>,
    ) -> Vec<String> {
        self.render_each(|sink| render::document(sink.format, report, source, &sink.options(options)))
    }

    /// Renders a skipped file in every format.
    pub(crate) fn render_skipped(&self, skipped: &Skipped) -> Vec<String> {
        self.render_each(|sink| render::skipped(sink.format, skipped))
    }

    /// Renders a file that could not be read in every format.
    pub(crate) fn render_error(&self, error: &FileError) -> Vec<String> {
        self.render_each(|sink| render::error(sink.format, error))
    }

    /// Writes a rendered document, preceded by whatever each format needs before it.
    pub(crate) fn write_document(
        &self,
        texts: &[String],
        tool: &Tool,
        pending: &mut PendingFiles,
        console: &mut Console,
    ) -> io::Result<()> {
        let is_first = !std::mem::replace(&mut pending.has_documents, true);
        let before = self.render_each(|sink| render::before(sink.format, is_first, tool));
        self.write(&before, pending, console)?;
        self.write(texts, pending, console)
    }

    /// Writes the texts for standard output and keeps the others. There is one text per sink.
    pub(crate) fn write(
        &self,
        texts: &[String],
        pending: &mut PendingFiles,
        console: &mut Console,
    ) -> io::Result<()> {
        pending.texts.resize(self.sinks.len(), String::new());
        for ((sink, text), pending) in self.sinks.iter().zip(texts).zip(&mut pending.texts) {
            if sink.to.is_file() {
                pending.push_str(text);
            } else {
                console.write(text)?;
            }
        }
        Ok(())
    }

    /// Completes every format and writes the files. If a file cannot be written, the run fails, but the others are
    /// still written.
    pub(crate) fn finish(
        &self,
        mut pending: PendingFiles,
        report: &Report,
        options: &Options<'_>,
        console: &mut Console,
    ) -> io::Result<Exit> {
        let closing = self.render_each(|sink| render::closing(sink.format, report, &sink.options(options)));
        let printed = self.write(&closing, &mut pending, console);
        let documents = if self.protect_documents { report.documents.as_slice() } else { &[] };
        let mut exit = Exit::Clean;
        for (sink, text) in self.sinks.iter().zip(&pending.texts) {
            let paths = documents.iter().map(|document| document.path.as_str());
            if let Err(error) = sink.to.write_file(text, paths) {
                exit = fail_file(&error);
            }
        }
        printed.map(|()| exit)
    }

    fn render_each(&self, render: impl Fn(&Sink) -> String) -> Vec<String> {
        self.sinks.iter().map(render).collect()
    }
}

impl Sink {
    /// Returns the options; for a file, without colour and terminal width.
    fn options<'a>(&self, options: &Options<'a>) -> Options<'a> {
        if self.to.is_file() { Options { width: PIPE_WIDTH, color: false, ..*options } } else { *options }
    }
}
