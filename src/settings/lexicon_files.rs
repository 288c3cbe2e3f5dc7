//! A team's lexicon files, from the working tree or from a revision.

use std::path::Path;

use crate::lexicon::did_you_mean::advice;
use crate::lexicon::embedded::FILES;
use crate::lexicon::error::LexiconError;
use crate::lexicon::files::LexiconText;
use crate::lexicon::spanned::Spanned;
use crate::model::DEFAULT_MAX_FILE_SIZE;
use crate::settings::config_file::ConfigFile;
use crate::settings::error::SettingsError;
use crate::settings::paths::is_toml;
use crate::settings::revision::Revision;
use crate::source::{self, InputError, Reason};

/// Folders of a lexicon in which files may have any name.
const FOLDERS: [&str; 3] = ["buckets", "rules", "words"];

/// Maximum size in bytes of all lexicon files in a folder.
const MAX_FOLDER: u64 = 16 << 20;

/// A team's own lexicon file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LexiconFile {
    /// Path relative to the lexicon's folder.
    name: String,
    /// Path as shown to the user.
    shown: String,
    text: String,
}

impl LexiconFile {
    /// Creates a lexicon file. Fails if a lexicon cannot contain a file with this name.
    fn new(name: &str, shown: String, text: String) -> Result<Self, SettingsError> {
        if !is_lexicon_name(name) {
            return Err(unknown_name(name, &shown).into());
        }
        Ok(Self { name: name.to_owned(), shown, text })
    }

    /// Reads a file that has the path `name` below `lexicon/`.
    pub(crate) fn read(path: &Path, name: &str, shown: &str) -> Result<Self, SettingsError> {
        if !is_lexicon_name(name) {
            return Err(unknown_name(name, shown).into());
        }
        let text = match source::read(path, DEFAULT_MAX_FILE_SIZE) {
            Err(InputError { reason: Reason::Empty, .. }) => String::new(),
            Err(error) => return Err(InputError { path: shown.to_owned(), ..error }.into()),
            Ok(source) => source.text,
        };
        Self::new(name, shown.to_owned(), text)
    }

    /// Returns its path as shown to the user, and its text.
    pub(crate) fn into_pair(self) -> (String, String) {
        (self.shown, self.text)
    }

    /// Returns the file in the form that the loader takes.
    pub(crate) fn placed(&self) -> LexiconText<'_> {
        LexiconText { name: &self.name, file: (&self.shown, &self.text) }
    }
}

/// The lexicon files in a folder.
#[derive(Default)]
struct Collected {
    files: Vec<LexiconFile>,
    size: u64,
}

impl Collected {
    fn add(&mut self, file: LexiconFile) -> Result<(), SettingsError> {
        self.size += file.text.len() as u64;
        if self.size > MAX_FOLDER {
            return Err(InputError { path: file.shown, reason: Reason::FolderTooLarge(MAX_FOLDER) }.into());
        }
        self.files.push(file);
        Ok(())
    }

    fn sorted(mut self) -> Vec<LexiconFile> {
        self.files.sort();
        self.files
    }
}

/// Reads the folder named in a configuration.
pub(crate) fn read_configured(
    config: &ConfigFile,
    folder: &Spanned<String>,
) -> Result<Vec<LexiconFile>, SettingsError> {
    let files = match &config.revision {
        Some(revision) => read_at_revision(revision, config, folder)?,
        None => read_in_working_tree(config, folder)?,
    };
    if files.is_empty() {
        return Err(folder_error(config, folder, "contains no lexicon files").into());
    }
    Ok(files)
}

fn read_in_working_tree(
    config: &ConfigFile,
    folder: &Spanned<String>,
) -> Result<Vec<LexiconFile>, SettingsError> {
    let path = config.folder.join(&folder.value);
    config.contain(&path).map_err(|error| folder_error(config, folder, &error.to_string()))?;
    if !path.is_dir() {
        return Err(folder_error(config, folder, "is not a folder").into());
    }
    read_folder(&path, &folder.value, |path| config.contain(path))
}

fn read_at_revision(
    revision: &Revision,
    config: &ConfigFile,
    folder: &Spanned<String>,
) -> Result<Vec<LexiconFile>, SettingsError> {
    let Some(root) = revision.path_in_commit(&config.folder.join(&folder.value)) else {
        return Err(folder_error(config, folder, "leads out of the repository").into());
    };
    let mut files = Collected::default();
    for path in revision.files_below(&root)?.iter().filter(|path| is_toml(path)) {
        let name = path.strip_prefix(&format!("{root}/")).unwrap_or(path);
        let path = revision.root().join(path);
        let text = revision.read(&path)?.unwrap_or_default();
        files.add(LexiconFile::new(name, revision.display_path(&path), text)?)?;
    }
    Ok(files.sorted())
}

/// Reads all lexicon files in a folder that pass a check, sorted by name; `shown` is its path as shown to the user.
pub(crate) fn read_folder(
    folder: &Path,
    shown: &str,
    check: impl Fn(&Path) -> Result<(), InputError>,
) -> Result<Vec<LexiconFile>, SettingsError> {
    let mut files = Collected::default();
    for path in source::files_below(folder, "toml", shown)? {
        let name = source::shown(path.strip_prefix(folder).unwrap_or(&path));
        let shown = format!("{}/{name}", shown.trim_end_matches('/'));
        check(&path).map_err(|error| InputError { path: shown.clone(), ..error })?;
        files.add(LexiconFile::read(&path, &name, &shown)?)?;
    }
    Ok(files.sorted())
}

/// Returns the shipped files, with replacements for those of the same name.
pub(crate) fn shipped_or_replaced(replacing: &[LexiconFile]) -> Vec<LexiconText<'_>> {
    let replacing: Vec<LexiconText<'_>> = replacing.iter().map(LexiconFile::placed).collect();
    let shipped = FILES.iter().map(|&file| LexiconText { name: file.0, file });
    let kept = shipped.filter(|file| !replacing.iter().any(|other| other.name == file.name));
    let mut all: Vec<LexiconText<'_>> = kept.chain(replacing.iter().copied()).collect();
    all.sort();
    all
}

/// True if a lexicon can contain a file with this name.
pub(crate) fn is_lexicon_name(name: &str) -> bool {
    let is_in_folder =
        name.split_once('/').is_some_and(|(folder, rest)| FOLDERS.contains(&folder) && !rest.contains('/'));
    is_in_folder || FILES.iter().any(|(known, _)| *known == name)
}

fn folder_error(config: &ConfigFile, folder: &Spanned<String>, why: &str) -> LexiconError {
    LexiconError::at(config.as_file(), folder.start, format!("`{}` {why}", folder.value))
}

/// Returns the error for a file that a lexicon cannot contain.
fn unknown_name(name: &str, shown: &str) -> LexiconError {
    let known = FILES.iter().map(|(name, _)| *name).filter(|name| !name.contains('/'));
    let advice = match name.split_once('/') {
        Some((folder, _)) => advice(folder, FOLDERS),
        None => advice(name, known),
    };
    LexiconError::at((shown, ""), 0, format!("no lexicon file has this name{advice}"))
}
