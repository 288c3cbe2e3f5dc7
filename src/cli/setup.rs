//! From options and `rcalint.toml` to the lexicon and the settings of a run.

use std::borrow::Cow;
use std::fmt;
use std::path::{Path, PathBuf};

use crate::cli::args::Global;
use crate::cli::config_at_revision::Past;
use crate::cli::folders::{self, UserFile};
use crate::cli::globs::Globs;
use crate::cli::known::Known;
use crate::config::{Config, FILE_NAME, FailOn};
use crate::lexicon::Lexicon;
use crate::lexicon::embedded::FILES;
use crate::lexicon::error::LexiconError;
use crate::lexicon::load::{Parts, Placed, load_parts};
use crate::report::FileError;
use crate::source::{self, DEFAULT_LIMIT, Fence, InputError, Reason};
use crate::vcs::git::GitError;

/// Everything that a run does not read from documents.
#[derive(Debug)]
pub(crate) struct Setup {
    /// The lexicon with all that was added to it.
    pub(crate) lexicon: Cow<'static, Lexicon>,
    /// The configuration; empty if there is none.
    pub(crate) config: Config,
    /// Where it was read from.
    pub(crate) file: Option<ConfigFile>,
    /// Which files are read.
    pub(crate) globs: Globs,
    /// Name and text of the lexicon files it names.
    pub(crate) folders: Vec<(String, String)>,
    /// The commit that they are to be read from, if it is not the working tree.
    past: Option<Past>,
}

/// A configuration file and its text.
#[derive(Debug)]
pub(crate) struct ConfigFile {
    /// As the user knows it.
    pub(crate) shown: String,
    pub(crate) text: String,
    /// The folder that relative paths start from.
    pub(crate) folder: PathBuf,
    /// Keeps links of a stranger's repository from leading out of it. A file that was named is trusted.
    pub(crate) fence: Option<Fence>,
    /// The commit that it was read from, if it was one.
    pub(crate) past: Option<Past>,
}

/// Why a run does not begin.
#[derive(Debug)]
pub(crate) enum SetupError {
    /// A file cannot be read.
    Unreadable(InputError),
    /// What it says makes no sense.
    Invalid(LexiconError),
    /// The baseline that it names cannot be used.
    Baseline(FileError),
    /// The commit to read it from cannot be read.
    Git(GitError),
}

impl fmt::Display for SetupError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(InputError { path, reason: Reason::TooLarge(_) }) => {
                write!(to, "{path}: larger than 1 MiB")
            }
            Self::Unreadable(error) => write!(to, "{}: {error}", error.path),
            Self::Invalid(error) => error.fmt(to),
            Self::Baseline(error) => write!(to, "{}: {}", error.path, error.message),
            Self::Git(error) => write!(to, "--config-from: {error}"),
        }
    }
}

impl From<InputError> for SetupError {
    fn from(error: InputError) -> Self {
        Self::Unreadable(error)
    }
}

impl From<LexiconError> for SetupError {
    fn from(error: LexiconError) -> Self {
        Self::Invalid(error)
    }
}

impl From<GitError> for SetupError {
    fn from(error: GitError) -> Self {
        Self::Git(error)
    }
}

impl Setup {
    /// The settings that hold for these options in the current folder.
    pub(crate) fn load(global: &Global) -> Result<Self, SetupError> {
        if let Some(name) = &global.config_from {
            let past = Past::open(name)?;
            let file = past.config(global.config.as_deref())?;
            let setup = file.map_or_else(|| Ok(Self::shipped()), Self::of)?;
            return Ok(Self { past: Some(past), ..setup });
        }
        match (&global.config, global.isolated) {
            (_, true) => Ok(Self::shipped()),
            (Some(path), _) => Self::of(ConfigFile::named(path)?),
            (None, _) => ConfigFile::nearest()?.map_or_else(|| Ok(Self::shipped()), Self::of),
        }
    }

    /// The settings of one file.
    pub(crate) fn of(file: ConfigFile) -> Result<Self, SetupError> {
        let config = Config::parse(file.pair())?;
        let globs = Globs::new(&config, file.pair(), &file.folder)?;
        let (lexicon, folders) = if config.keeps_the_lexicon() {
            (Cow::Borrowed(Lexicon::embedded()), Vec::new())
        } else {
            let (lexicon, files) = lexicon(&config, &file)?;
            (Cow::Owned(lexicon), files.into_iter().map(UserFile::pair).collect())
        };
        Ok(Self { lexicon, config, file: Some(file), globs, folders, past: None })
    }

    /// The baseline: the one that is named, or the one that the configuration names. It is as old as the settings.
    pub(crate) fn baseline(&self, named: Option<&Path>) -> Result<Option<Known>, SetupError> {
        let Some(path) = self.baseline_named(named) else { return Ok(None) };
        if let (None, Some(fence)) = (named, self.file.as_ref().and_then(|file| file.fence.as_ref())) {
            fence.check(&path)?;
        }
        let Some(past) = &self.past else {
            return Known::open(&path).map(Some).map_err(SetupError::Baseline);
        };
        match past.text(&path)? {
            // A change may add the file that its settings name already.
            None if named.is_none() => Ok(None),
            None => Err(past.missing(&path).into()),
            Some(text) => Known::parse(&path, &text).map(Some).map_err(SetupError::Baseline),
        }
    }

    /// Where the baseline lies: the one that is named, or the one that the configuration names.
    pub(crate) fn baseline_named(&self, named: Option<&Path>) -> Option<PathBuf> {
        named.map(Path::to_owned).or_else(|| self.baseline_file().map(|(path, _)| path))
    }

    /// Folders that the configuration takes lexicon files from, as they are called in the working tree.
    pub(crate) fn lexicon_folders(&self) -> impl Iterator<Item = PathBuf> + '_ {
        let named = self.config.lexicon.extend.iter().chain(&self.config.lexicon.replace);
        named.filter_map(|folder| Some(self.file.as_ref()?.near().join(&folder.value)))
    }

    /// Where the configuration says that the baseline lies, and the configuration.
    pub(crate) fn baseline_file(&self) -> Option<(PathBuf, &ConfigFile)> {
        let (name, file) = (self.config.baseline.as_ref()?, self.file.as_ref()?);
        Some((file.near().join(&name.value), file))
    }

    /// Files that the settings were read from, as they are called in the working tree.
    pub(crate) fn files(&self) -> impl Iterator<Item = PathBuf> + '_ {
        let config = self.file.iter().map(|file| file.plain_name(&file.shown));
        let more = self.folders.iter().filter_map(|(shown, _)| {
            let file = self.file.as_ref()?;
            Some(if file.past.is_some() { file.plain_name(shown) } else { file.folder.join(shown) })
        });
        config.chain(more)
    }

    /// The lowest severity that fails a run, unless an option says otherwise.
    pub(crate) fn fail_on(&self) -> FailOn {
        self.config.fail_on.as_ref().map(|set| set.value).unwrap_or_default()
    }

    /// Whether the settings are those of a commit.
    pub(crate) fn is_past(&self) -> bool {
        self.past.is_some()
    }

    fn shipped() -> Self {
        let lexicon = Cow::Borrowed(Lexicon::embedded());
        let (config, globs) = (Config::default(), Globs::default());
        Self { lexicon, config, file: None, globs, folders: Vec::new(), past: None }
    }
}

impl ConfigFile {
    /// A file that was named.
    pub(crate) fn named(path: &Path) -> Result<Self, InputError> {
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        Ok(Self { shown: source::shown(path), text: read(path)?, folder, fence: None, past: None })
    }

    /// The nearest file, from the current folder upward, up to the root of the repository.
    fn nearest() -> Result<Option<Self>, InputError> {
        let Ok(here) = std::env::current_dir() else { return Ok(None) };
        let mut up = PathBuf::new();
        for folder in here.ancestors() {
            let path = folder.join(FILE_NAME);
            if path.symlink_metadata().is_ok() {
                let fence = Fence::around(folder);
                fence.as_ref().map_or(Ok(()), |fence| fence.check(&path))?;
                let shown = source::shown(&up.join(FILE_NAME));
                let text = read(&path).map_err(|error| InputError { path: shown.clone(), ..error })?;
                return Ok(Some(Self { shown, text, folder: folder.to_owned(), fence, past: None }));
            }
            if folder.join(".git").exists() {
                break;
            }
            up.push("..");
        }
        Ok(None)
    }

    /// The folder that relative paths start from, as seen from the current folder.
    fn near(&self) -> PathBuf {
        if self.past.is_none() {
            return Path::new(&self.shown).parent().unwrap_or(Path::new("")).to_owned();
        }
        let here = std::env::current_dir().unwrap_or_default();
        let here = here.canonicalize().unwrap_or(here);
        match (here.strip_prefix(&self.folder), self.folder.is_absolute()) {
            (Ok(down), true) => down.components().map(|_| "..").collect(),
            _ => self.folder.clone(),
        }
    }

    /// What a file of settings is called in the working tree.
    fn plain_name(&self, shown: &str) -> PathBuf {
        self.past.as_ref().map_or_else(|| PathBuf::from(shown), |past| past.in_tree(shown))
    }

    /// Name and text.
    pub(crate) fn pair(&self) -> (&str, &str) {
        (&self.shown, &self.text)
    }
}

/// The text of a file of settings; one that says nothing is no mistake.
fn read(path: &Path) -> Result<String, InputError> {
    match source::read(path, DEFAULT_LIMIT) {
        Err(InputError { reason: Reason::Empty, .. }) => Ok(String::new()),
        other => other.map(|source| source.text),
    }
}

/// The shipped lexicon, or what replaces it, with all that is added; and the files that this takes.
fn lexicon(config: &Config, file: &ConfigFile) -> Result<(Lexicon, Vec<UserFile>), SetupError> {
    let read = |folder| match &file.past {
        Some(past) => past.folder(file.pair(), folder, &file.folder),
        None => folders::read(file.pair(), folder, &file.folder, file.fence.as_ref()),
    };
    let replacing = config.lexicon.replace.iter().map(read).collect::<Result<Vec<_>, _>>()?.concat();
    let extending = config.lexicon.extend.iter().map(read).collect::<Result<Vec<_>, _>>()?.concat();
    let extra: Vec<Placed<'_>> = extending.iter().map(UserFile::placed).collect();
    let files = replaced(&replacing);
    let lexicon = load_parts(Parts { files: &files, extra: &extra, own: Some(config.own(file.pair())) })?;
    Ok((lexicon, [replacing, extending].concat()))
}

/// The shipped files, but for those in whose place others stand.
pub(crate) fn replaced(others: &[UserFile]) -> Vec<Placed<'_>> {
    let instead: Vec<Placed<'_>> = others.iter().map(UserFile::placed).collect();
    let shipped = FILES.iter().map(|&file| Placed { name: file.0, file });
    let kept = shipped.filter(|file| !instead.iter().any(|other| other.name == file.name));
    let mut all: Vec<Placed<'_>> = kept.chain(instead.iter().copied()).collect();
    all.sort();
    all
}
