//! The outputs of a run: standard output and any number of files.

use std::io;
use std::path::{Path, PathBuf, absolute};

use crate::cli::args::output::OutputArgs;
use crate::cli::console::{Console, PIPE_WIDTH, fail_file, print_error};
use crate::cli::exit::Exit;
use crate::cli::output::atomic_write::{self, IfExists, write_error};
use crate::render::escape::Terminal;
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
    /// The file; `None` for standard output.
    file: Option<PathBuf>,
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
    match source::read(path, MAX_COMMENT) {
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
        let mut sinks: Vec<Sink> = Vec::new();
        if args.format.is_some() || args.output.iter().all(|target| target.path.as_os_str() != "-") {
            sinks.push(Sink { format: args.format.unwrap_or_default(), file: None });
        }
        for target in &args.output {
            let file = (target.path.as_os_str() != "-").then(|| target.path.clone());
            let sink = Sink { format: target.format, file };
            if sinks.iter().any(|other| other.has_destination_of(&sink)) {
                print_error(&format!("two outputs cannot both go to {}", sink.destination()));
                return None;
            }
            sinks.push(sink);
        }
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
        self.for_each(|sink| render::document(sink.format, report, source, &sink.options(options)))
    }

    /// Renders a skipped file in every format.
    pub(crate) fn render_skipped(&self, skipped: &Skipped) -> Vec<String> {
        self.for_each(|sink| render::skipped(sink.format, skipped))
    }

    /// Renders a file that could not be read in every format.
    pub(crate) fn render_error(&self, error: &FileError) -> Vec<String> {
        self.for_each(|sink| render::error(sink.format, error))
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
        let before = self.for_each(|sink| render::before(sink.format, is_first, tool));
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
            match sink.file {
                Some(_) => pending.push_str(text),
                None => console.write(text)?,
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
        let closing = self.for_each(|sink| render::closing(sink.format, report, &sink.options(options)));
        let printed = self.write(&closing, &mut pending, console);
        let documents = if self.protect_documents { report.documents.as_slice() } else { &[] };
        let mut exit = Exit::Clean;
        for (sink, text) in self.sinks.iter().zip(&pending.texts) {
            if let Err(error) = sink.write_file(text, documents) {
                exit = fail_file(&error);
            }
        }
        printed.map(|()| exit)
    }

    fn for_each(&self, render: impl Fn(&Sink) -> String) -> Vec<String> {
        self.sinks.iter().map(render).collect()
    }
}

impl Sink {
    /// Returns the options; for a file, without colour and terminal width.
    fn options<'a>(&self, options: &Options<'a>) -> Options<'a> {
        if self.file.is_some() { Options { width: PIPE_WIDTH, color: false, ..*options } } else { *options }
    }

    fn has_destination_of(&self, other: &Self) -> bool {
        match (&self.file, &other.file) {
            (Some(one), Some(other)) => resolved(one) == resolved(other),
            (None, None) => true,
            _ => false,
        }
    }

    fn destination(&self) -> String {
        match &self.file {
            Some(file) => Terminal(&source::shown(file)).to_string(),
            None => "standard output".to_owned(),
        }
    }

    /// Writes the file, unless it is a reviewed document or not a regular file.
    fn write_file(&self, text: &str, documents: &[DocumentReport]) -> Result<(), FileError> {
        let Some(file) = &self.file else { return Ok(()) };
        let refused = |message: &str| FileError { path: source::shown(file), message: message.to_owned() };
        if documents.iter().any(|document| resolved(Path::new(&document.path)) == resolved(file)) {
            return Err(refused("is one of the reviewed documents and was not overwritten"));
        }
        if file.metadata().is_ok_and(|known| !known.is_file()) {
            return Err(refused("not a regular file (use `-` for standard output)"));
        }
        atomic_write::write(file, text, IfExists::Replace).map_err(|error| write_error(file, &error))
    }
}

/// Returns the absolute path; symbolic links are resolved where the path exists.
fn resolved(path: &Path) -> PathBuf {
    let name = path.file_name().map(PathBuf::from).unwrap_or_default();
    let folder = absolute(path).ok().and_then(|path| path.parent().map(Path::to_owned)).unwrap_or_default();
    path.canonicalize().unwrap_or_else(|_| folder.canonicalize().unwrap_or(folder).join(name))
}
