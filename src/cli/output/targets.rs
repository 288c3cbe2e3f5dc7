//! Where the results of a run go: standard output, and any number of files.

use std::io;
use std::path::{Path, PathBuf, absolute};

use clap::ValueEnum;

use crate::cli::args::formats::FormatName;
use crate::cli::console::{Console, PIPE_WIDTH, say};
use crate::cli::exit::Exit;
use crate::cli::output::atomic_write::{self, Older, unwritable};
use crate::render::escape::Terminal;
use crate::render::{self, Format, Memory, Options};
use crate::report::{DocumentReport, FileError, Report, Skipped, Tool};
use crate::source::{self, InputError, Reason, Source};

/// Bytes of an earlier comment; no forge takes more.
const LONGEST_COMMENT: u64 = 1 << 20;
/// Characters of the address that links begin with.
const LONGEST_BASE: usize = 200;

/// One `--output FORMAT=PATH`.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    format: FormatName,
    path: PathBuf,
}

/// All outputs of a run.
pub(crate) struct Outputs {
    sinks: Vec<Sink>,
    /// Whether the documents of the report lie here, and are not to be written over.
    are_here: bool,
}

/// One format on its way to one place: standard output at once, a file at the end.
struct Sink {
    format: Format,
    file: Option<PathBuf>,
}

/// What waits to be written to files.
#[derive(Debug, Default)]
pub(crate) struct Waiting {
    /// By output.
    texts: Vec<String>,
    /// Whether a document was taken already.
    begun: bool,
}

/// Reads `FORMAT=PATH`.
pub(crate) fn parse(text: &str) -> Result<Output, String> {
    let (format, path) = text.split_once('=').ok_or("write FORMAT=PATH, such as sarif=out.sarif")?;
    if path.is_empty() {
        return Err("the path is missing; `-` is standard output".to_owned());
    }
    let format = FormatName::from_str(format, false).map_err(|_| {
        let known = FormatName::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        let known: Vec<String> = known.map(|value| value.get_name().to_owned()).collect();
        format!("no format is called `{format}`; known are {}", known.join(", "))
    })?;
    Ok(Output { format, path: path.into() })
}

/// Reads the address that links to lines begin with.
pub(crate) fn parse_base(text: &str) -> Result<String, String> {
    let base = text.trim_end_matches('/');
    let web = base.starts_with("https://") || base.starts_with("http://");
    let plain = |sign: char| sign.is_ascii_alphanumeric() || "-._~:/%@+,=".contains(sign);
    if !web || !base.chars().all(plain) || base.len() > LONGEST_BASE {
        return Err("an address such as https://example.com/team/repository/blob/main".to_owned());
    }
    Ok(base.to_owned())
}

/// What an earlier comment said. A file that holds no comment of ours is no mistake: there may have been none.
pub(crate) fn previous(path: Option<&Path>) -> Result<Option<Memory>, FileError> {
    let Some(path) = path else { return Ok(None) };
    match source::read(path, LONGEST_COMMENT) {
        Ok(source) => Ok(Memory::parse(&source.text)),
        Err(InputError {
            reason:
                Reason::Empty | Reason::TooLarge(_) | Reason::NotUtf8(_) | Reason::Utf16 | Reason::Binary(_),
            ..
        }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

impl Outputs {
    /// What the arguments ask for; says so if two outputs have the same place.
    pub(crate) fn of(format: Option<FormatName>, files: &[Output]) -> Option<Self> {
        let named = files.iter().map(|output| Sink {
            format: output.format.into(),
            file: (output.path.as_os_str() != "-").then(|| output.path.clone()),
        });
        let mut sinks: Vec<Sink> = named.collect();
        if format.is_some() || sinks.iter().all(|sink| sink.file.is_some()) {
            let format = format.unwrap_or(FormatName::Text).into();
            sinks.insert(0, Sink { format, file: None });
        }
        match sinks.iter().enumerate().find(|(at, sink)| sinks[..*at].iter().any(|other| other.is_at(sink))) {
            None => Some(Self { sinks, are_here: true }),
            Some((_, twice)) => {
                say(&format!("two outputs cannot go to {}", twice.name()));
                None
            }
        }
    }

    /// The same for a report from elsewhere: the paths in it are somebody's words, and no file here is looked up by them.
    pub(crate) fn of_elsewhere(self) -> Self {
        Self { are_here: false, ..self }
    }

    /// A document in every format.
    pub(crate) fn document(
        &self,
        report: &DocumentReport,
        source: &Source,
        options: &Options<'_>,
    ) -> Vec<String> {
        self.each(|sink| render::document(sink.format, report, source, &sink.options(options)))
    }

    /// A skipped file in every format.
    pub(crate) fn skipped(&self, skipped: &Skipped) -> Vec<String> {
        self.each(|sink| render::skipped(sink.format, skipped))
    }

    /// A file that could not be read in every format.
    pub(crate) fn error(&self, error: &FileError) -> Vec<String> {
        self.each(|sink| render::error(sink.format, error))
    }

    /// Takes what was rendered for a document.
    pub(crate) fn take_document(
        &self,
        texts: &[String],
        tool: &Tool,
        waiting: &mut Waiting,
        console: &mut Console,
    ) -> io::Result<()> {
        let first = !std::mem::replace(&mut waiting.begun, true);
        self.take(&self.each(|sink| render::before(sink.format, first, tool)), waiting, console)?;
        self.take(texts, waiting, console)
    }

    /// Prints what goes to standard output, and keeps the rest.
    pub(crate) fn take(
        &self,
        texts: &[String],
        waiting: &mut Waiting,
        console: &mut Console,
    ) -> io::Result<()> {
        waiting.texts.resize(self.sinks.len(), String::new());
        for ((sink, text), waiting) in self.sinks.iter().zip(texts).zip(&mut waiting.texts) {
            match sink.file {
                Some(_) => waiting.push_str(text),
                None => console.write(text)?,
            }
        }
        Ok(())
    }

    /// Ends every format and writes the files. One that cannot be written fails the run, and keeps none of the others
    /// from being written.
    pub(crate) fn close(
        &self,
        mut waiting: Waiting,
        report: &Report,
        options: &Options<'_>,
        console: &mut Console,
    ) -> io::Result<Exit> {
        let texts = self.each(|sink| render::closing(sink.format, report, &sink.options(options)));
        let printed = self.take(&texts, &mut waiting, console);
        let files = self.sinks.iter().zip(&waiting.texts);
        let documents = if self.are_here { report.documents.as_slice() } else { &[] };
        let failed: Vec<FileError> =
            files.filter_map(|(sink, text)| sink.write(text, documents).err()).collect();
        let exit = failed.iter().fold(Exit::Clean, |_, error| error.told());
        printed.map(|()| exit)
    }

    fn each(&self, render: impl Fn(&Sink) -> String) -> Vec<String> {
        self.sinks.iter().map(render).collect()
    }
}

impl Sink {
    /// A file is no terminal.
    fn options<'a>(&self, options: &Options<'a>) -> Options<'a> {
        if self.file.is_some() { Options { width: PIPE_WIDTH, color: false, ..*options } } else { *options }
    }

    fn is_at(&self, other: &Self) -> bool {
        match (&self.file, &other.file) {
            (Some(one), Some(other)) => place(one) == place(other),
            (None, None) => true,
            _ => false,
        }
    }

    fn name(&self) -> String {
        self.file
            .as_deref()
            .map_or("standard output".to_owned(), |file| Terminal(&source::shown(file)).to_string())
    }

    /// Writes the file, unless that would destroy something.
    fn write(&self, text: &str, documents: &[DocumentReport]) -> Result<(), FileError> {
        let Some(file) = &self.file else { return Ok(()) };
        let refused = |message: &str| FileError { path: source::shown(file), message: message.to_owned() };
        if documents.iter().any(|document| place(Path::new(&document.path)) == place(file)) {
            return Err(refused("is a document that was just reviewed; it is not written over"));
        }
        if file.metadata().is_ok_and(|known| !known.is_file()) {
            return Err(refused("not a regular file (`-` is standard output)"));
        }
        atomic_write::write(file, text, Older::Replace).map_err(|error| unwritable(file, &error))
    }
}

/// A path as the system knows it, as far as it is there.
fn place(path: &Path) -> PathBuf {
    let name = path.file_name().map(PathBuf::from).unwrap_or_default();
    let folder = absolute(path).ok().and_then(|path| path.parent().map(Path::to_owned)).unwrap_or_default();
    path.canonicalize().unwrap_or_else(|_| folder.canonicalize().unwrap_or(folder).join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_output_names_a_format_and_a_place() {
        let output = parse("step-summary=a=b.md").unwrap();
        assert_eq!(output.path, Path::new("a=b.md"));
        assert!(parse("sarif").unwrap_err().contains("FORMAT=PATH"));
        assert!(parse("sarif=").unwrap_err().contains("standard output"));
        assert!(parse("sarfi=x").unwrap_err().contains("known are text, concise"));
    }

    #[test]
    fn links_begin_with_an_address_of_the_web() {
        assert_eq!(parse_base("https://x.example/a/blob/main/").unwrap(), "https://x.example/a/blob/main");
        for base in
            ["javascript:alert(1)", "x.example", "https://x y", "https://x)[", "https://x\n", "https://x?a"]
        {
            assert!(parse_base(base).is_err(), "{base}");
        }
    }
}
