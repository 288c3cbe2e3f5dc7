//! The settings of a run: combines options and `rcalint.toml` into a loaded lexicon, globs and a baseline. Shared by the
//! command line and the language server.

pub(crate) mod baseline_file;
pub(crate) mod config_file;
pub(crate) mod error;
pub(crate) mod folder;
mod globs;
pub(crate) mod lexicon_files;
pub(crate) mod paths;
mod reader_choice;
mod revision;
mod walk;

pub(crate) use crate::settings::globs::Globs;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::document::Document;
use crate::document::postmortem::is_postmortem;
use crate::lexicon::Lexicon;
use crate::lexicon::files::{LexiconSources, LexiconText};
use crate::lexicon::load::load_sources;
use crate::report::{DocumentReport, Tool};
use crate::review::{self, Witnesses};
use crate::settings::baseline_file::BaselineFile;
use crate::settings::config_file::ConfigFile;
use crate::settings::error::SettingsError;
use crate::settings::lexicon_files::LexiconFile;
use crate::settings::reader_choice::ReaderChoice;
use crate::settings::revision::Revision;
use crate::source::{InputError, Reason, Source};

/// What the user says about the settings, in addition to `rcalint.toml`.
#[derive(Clone, Debug, Default)]
pub(crate) struct SettingsOptions {
    /// Reads this file instead of the nearest `rcalint.toml`.
    pub(crate) config: Option<PathBuf>,
    /// Reads no file.
    pub(crate) isolated: bool,
    /// Reads the files at this git revision.
    pub(crate) config_from: Option<String>,
    /// Turns the reader off.
    pub(crate) no_reader: bool,
    /// Reads the weights of the reader from this file.
    pub(crate) reader: Option<PathBuf>,
}

/// All inputs of a run other than documents.
#[derive(Debug)]
pub(crate) struct Settings {
    /// The lexicon with all additions.
    pub(crate) lexicon: Cow<'static, Lexicon>,
    /// The configuration; empty if there is no file.
    pub(crate) config: Config,
    /// The file from which the configuration was read.
    pub(crate) file: Option<ConfigFile>,
    /// The globs that select files.
    pub(crate) globs: Globs,
    /// The learned reader, unless it is off.
    pub(crate) reader: ReaderChoice,
    /// Path and text of the lexicon files named in the configuration.
    pub(crate) lexicon_files: Vec<(String, String)>,
    /// The revision from which they were read; `None` for the working tree.
    revision: Option<Revision>,
}

impl Settings {
    /// Loads the effective settings for these options in the current folder.
    pub(crate) fn load(options: &SettingsOptions) -> Result<Self, SettingsError> {
        Self::configured(options)?.with_reader(options)
    }

    /// Loads the effective settings for these options in another folder, given by its absolute path.
    pub(crate) fn load_in(folder: &Path, options: &SettingsOptions) -> Result<Self, SettingsError> {
        if options.isolated || options.config.is_some() || options.config_from.is_some() {
            return Self::load(options);
        }
        let file = ConfigFile::nearest_to(folder)?;
        file.map_or_else(|| Ok(Self::shipped()), Self::from_file)?.with_reader(options)
    }

    /// Returns the settings with the reader that the options and the configuration select.
    fn with_reader(self, options: &SettingsOptions) -> Result<Self, SettingsError> {
        let is_off = self.config.reader.as_ref().is_some_and(|set| !set.value);
        let reader = ReaderChoice::load(options, is_off)?;
        Ok(Self { reader, ..self })
    }

    /// Loads the settings in the configuration that these options select.
    fn configured(options: &SettingsOptions) -> Result<Self, SettingsError> {
        if let Some(name) = &options.config_from {
            return Self::at_revision(Revision::find(name)?, options.config.as_deref());
        }
        if options.isolated {
            return Ok(Self::shipped());
        }
        let file = match &options.config {
            Some(path) => Some(ConfigFile::read(path)?),
            None => ConfigFile::nearest()?,
        };
        file.map_or_else(|| Ok(Self::shipped()), Self::from_file)
    }

    fn at_revision(revision: Revision, named: Option<&Path>) -> Result<Self, SettingsError> {
        let file = ConfigFile::at_revision(&revision, named)?;
        let settings = file.map_or_else(|| Ok(Self::shipped()), Self::from_file)?;
        Ok(Self { revision: Some(revision), ..settings })
    }

    /// Loads the settings in one file.
    pub(crate) fn from_file(file: ConfigFile) -> Result<Self, SettingsError> {
        let config = Config::parse(file.as_file())?;
        let globs = Globs::new(&config, file.as_file(), &file.folder)?;
        let (lexicon, lexicon_files) = if config.keeps_the_lexicon() {
            (Cow::Borrowed(Lexicon::embedded()), Vec::new())
        } else {
            let (lexicon, files) = load_lexicon(&config, &file)?;
            (Cow::Owned(lexicon), files.into_iter().map(LexiconFile::into_pair).collect())
        };
        Ok(Self {
            lexicon,
            config,
            file: Some(file),
            globs,
            reader: ReaderChoice::Embedded,
            lexicon_files,
            revision: None,
        })
    }

    /// Checks the text of a configuration, as if its file, given by its absolute path, contained it.
    pub(crate) fn check(path: &Path, text: &str) -> Result<(), SettingsError> {
        Self::from_file(ConfigFile::typed(path, text))?.baseline(None).map(drop)
    }

    fn shipped() -> Self {
        Self {
            lexicon: Cow::Borrowed(Lexicon::embedded()),
            config: Config::default(),
            file: None,
            globs: Globs::default(),
            reader: ReaderChoice::Embedded,
            lexicon_files: Vec::new(),
            revision: None,
        }
    }

    /// Returns what judges the documents.
    pub(crate) fn witnesses(&self) -> Witnesses<'_> {
        Witnesses { lexicon: &self.lexicon, reader: self.reader.get() }
    }

    /// Reviews a source, with all its findings.
    ///
    /// # Errors
    ///
    /// Fails if it has no text, such as a page that a script fills.
    pub(crate) fn examine(&self, source: &Source) -> Result<DocumentReport, InputError> {
        self.parse(source).map(|document| review::examine_document(&document, self.witnesses()))
    }

    /// Reviews a source as above. If `filtered` is true, returns `None` unless it is a postmortem.
    pub(crate) fn examine_filtered(
        &self,
        source: &Source,
        filtered: bool,
    ) -> Result<Option<DocumentReport>, InputError> {
        self.parse(source).map(|document| self.examine_parsed(&document, filtered))
    }

    /// Reviews a parsed source as above.
    pub(crate) fn examine_parsed(&self, document: &Document<'_>, filtered: bool) -> Option<DocumentReport> {
        let is_read = !filtered || is_postmortem(document, &self.lexicon);
        // The reader is loaded only if there is something to read.
        is_read.then(|| review::examine_document(document, self.witnesses()))
    }

    /// Parses a source.
    ///
    /// # Errors
    ///
    /// Fails if it has no text, such as a page that a script fills.
    pub(crate) fn parse<'s>(&self, source: &'s Source) -> Result<Document<'s>, InputError> {
        let document = Document::parse(source, &self.lexicon.headings);
        let no_text = || InputError { path: source.path.clone(), reason: Reason::NoText };
        if document.has_text() { Ok(document) } else { Err(no_text()) }
    }

    /// Returns this program, with the versions of the lexicon and the reader.
    pub(crate) fn tool(&self) -> Tool {
        Tool { reader: self.reader.version(), ..Tool::new(&self.lexicon.version) }
    }

    /// Reads the baseline named by an option or the configuration, at the same revision as the settings.
    pub(crate) fn baseline(&self, named: Option<&Path>) -> Result<Option<BaselineFile>, SettingsError> {
        let Some(path) = self.baseline_path(named)? else { return Ok(None) };
        let Some(revision) = &self.revision else {
            return BaselineFile::read(&path).map(Some).map_err(SettingsError::Baseline);
        };
        match revision.read(&path)? {
            Some(text) => BaselineFile::parse(&path, &text).map(Some).map_err(SettingsError::Baseline),
            // The change under review may itself add the file.
            None if named.is_none() => Ok(None),
            None => Err(revision.missing(&path).into()),
        }
    }

    /// Returns the path of the baseline named by an option or the configuration.
    pub(crate) fn baseline_path(&self, named: Option<&Path>) -> Result<Option<PathBuf>, InputError> {
        if let Some(path) = named {
            return Ok(Some(path.to_owned()));
        }
        let (Some(name), Some(file)) = (&self.config.baseline, &self.file) else { return Ok(None) };
        let path = file.relative_folder().join(&name.value);
        file.contain(&path).map(|()| Some(path))
    }

    /// Returns the folders in the working tree from which the configuration reads lexicon files.
    pub(crate) fn lexicon_folders(&self) -> Vec<PathBuf> {
        let Some(file) = &self.file else { return Vec::new() };
        let folders = self.config.lexicon.extend.iter().chain(&self.config.lexicon.replace);
        folders.map(|folder| file.relative_folder().join(&folder.value)).collect()
    }

    /// Returns the paths in the working tree of all files from which the settings were read.
    pub(crate) fn paths(&self) -> Vec<PathBuf> {
        let Some(file) = &self.file else { return Vec::new() };
        let lexicon_files = self.lexicon_files.iter().map(|(path, _)| file.working_path_of(path));
        std::iter::once(file.working_path()).chain(lexicon_files).collect()
    }

    /// True if the settings were read at a revision.
    pub(crate) fn is_at_revision(&self) -> bool {
        self.revision.is_some()
    }
}

/// Loads the shipped lexicon, or its replacement, with all additions. Returns it with the files that were read.
fn load_lexicon(config: &Config, file: &ConfigFile) -> Result<(Lexicon, Vec<LexiconFile>), SettingsError> {
    let read = |folder| lexicon_files::read_configured(file, folder);
    let replacing = config.lexicon.replace.iter().map(read).collect::<Result<Vec<_>, _>>()?.concat();
    let extending = config.lexicon.extend.iter().map(read).collect::<Result<Vec<_>, _>>()?.concat();
    let extra: Vec<LexiconText<'_>> = extending.iter().map(LexiconFile::placed).collect();
    let files = lexicon_files::shipped_or_replaced(&replacing);
    let own = Some(config.own(file.as_file()));
    let lexicon = load_sources(LexiconSources { files: &files, extra: &extra, own })?;
    Ok((lexicon, [replacing, extending].concat()))
}
