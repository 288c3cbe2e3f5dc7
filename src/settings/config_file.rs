//! `rcalint.toml`: finds and reads it, in the working tree or at a revision.

use std::path::{Path, PathBuf};

use crate::config::FILE_NAME;
use crate::lexicon::named_text::NamedText;
use crate::model::DEFAULT_MAX_FILE_SIZE;
use crate::settings::error::SettingsError;
use crate::settings::paths::{absolute, current_folder, parent, repository_around};
use crate::settings::revision::Revision;
use crate::source::{self, Fence, InputError, Reason};

/// A configuration file and its text.
#[derive(Debug)]
pub(crate) struct ConfigFile {
    /// Its path as shown to the user.
    pub(crate) shown: String,
    pub(crate) text: String,
    /// The folder to which relative paths in it refer.
    pub(crate) folder: PathBuf,
    /// The repository, which nothing named in this file may leave. `None` if the user named a file that is in none.
    fence: Option<Fence>,
    /// The revision from which it was read; `None` for the working tree.
    pub(crate) revision: Option<Revision>,
}

impl ConfigFile {
    /// Reads a file named by the user.
    pub(crate) fn read(path: &Path) -> Result<Self, InputError> {
        source::check_named(path)?;
        let (text, folder) = (read_text(path)?, parent(path));
        let fence = repository_around(&absolute(&folder)).and_then(Fence::around);
        Ok(Self { shown: source::shown(path), text, folder, fence, revision: None })
    }

    /// Reads the nearest file, searching from the current folder up to the root of the repository.
    pub(crate) fn nearest() -> Result<Option<Self>, InputError> {
        let Ok(here) = std::env::current_dir() else { return Ok(None) };
        let Some(folder) = nearest_folder(&here) else { return Ok(None) };
        let levels = here.ancestors().take_while(|level| *level != folder).count();
        let up: PathBuf = std::iter::repeat_n("..", levels).collect();
        Self::found_in(folder, &up.join(FILE_NAME)).map(Some)
    }

    /// Reads the nearest file, searching from an absolute folder upward as above. Its path is absolute.
    pub(crate) fn nearest_to(folder: &Path) -> Result<Option<Self>, InputError> {
        let Some(folder) = nearest_folder(folder) else { return Ok(None) };
        Self::found_in(folder, &folder.join(FILE_NAME)).map(Some)
    }

    /// Reads the file in a folder; `shown` is its path as shown to the user.
    fn found_in(folder: &Path, shown: &Path) -> Result<Self, InputError> {
        let path = folder.join(FILE_NAME);
        let shown = source::shown(shown);
        let named = |error| InputError { path: shown.clone(), ..error };
        let fence = Fence::around(repository_around(folder).unwrap_or(folder));
        fence.as_ref().map_or(Ok(()), |fence| fence.contain(&path)).map_err(named)?;
        let text = read_text(&path).map_err(named)?;
        Ok(Self { shown, text, folder: folder.to_owned(), fence, revision: None })
    }

    /// Returns a file, given by its absolute path, with a text that may not be saved yet.
    pub(crate) fn typed(path: &Path, text: &str) -> Self {
        let folder = parent(path);
        let fence = Fence::around(repository_around(&folder).unwrap_or(&folder));
        Self { shown: source::shown(path), text: text.to_owned(), folder, fence, revision: None }
    }

    /// Reads the file named by the user, or the nearest one, as it was at a revision.
    pub(crate) fn at_revision(
        revision: &Revision,
        named: Option<&Path>,
    ) -> Result<Option<Self>, SettingsError> {
        if let Some(path) = named {
            let file = Self::read_at_revision(revision, path, parent(path))?;
            return file.map(Some).ok_or_else(|| revision.missing(path).into());
        }
        let here = current_folder();
        for folder in here.ancestors().take_while(|folder| folder.starts_with(revision.root())) {
            let file = Self::read_at_revision(revision, &folder.join(FILE_NAME), folder.to_owned())?;
            if file.is_some() {
                return Ok(file);
            }
        }
        Ok(None)
    }

    fn read_at_revision(
        revision: &Revision,
        path: &Path,
        folder: PathBuf,
    ) -> Result<Option<Self>, SettingsError> {
        let Some(text) = revision.read(path)? else { return Ok(None) };
        let shown = revision.display_path(path);
        Ok(Some(Self { shown, text, folder, fence: None, revision: Some(revision.clone()) }))
    }

    /// Checks a path that is named in this file, relative to the current folder: it must be inside the repository.
    pub(crate) fn contain(&self, path: &Path) -> Result<(), InputError> {
        match (&self.fence, &self.revision) {
            (Some(fence), _) => fence.contain(path),
            (None, Some(revision)) if revision.path_in_commit(path).is_none() => {
                Err(InputError { path: source::shown(path), reason: Reason::Outside })
            }
            (None, _) => Ok(()),
        }
    }

    /// Returns the folder to which relative paths refer, relative to the current folder.
    pub(crate) fn relative_folder(&self) -> PathBuf {
        if self.revision.is_none() {
            return parent(Path::new(&self.shown));
        }
        match (current_folder().strip_prefix(&self.folder), self.folder.is_absolute()) {
            (Ok(down), true) => down.components().map(|_| "..").collect(),
            _ => self.folder.clone(),
        }
    }

    /// Returns the path of this file in the working tree.
    pub(crate) fn working_path(&self) -> PathBuf {
        self.revision
            .as_ref()
            .map_or_else(|| PathBuf::from(&self.shown), |revision| revision.path_in_working_tree(&self.shown))
    }

    /// Returns the path in the working tree of a lexicon file named in this file.
    pub(crate) fn working_path_of(&self, lexicon_file: &str) -> PathBuf {
        self.revision.as_ref().map_or_else(
            || self.folder.join(lexicon_file),
            |revision| revision.path_in_working_tree(lexicon_file),
        )
    }

    /// Returns path and text, for the parsers.
    pub(crate) fn as_file(&self) -> NamedText<'_> {
        (&self.shown, &self.text)
    }
}

/// Returns the nearest folder with a file of settings, from this one up to the root of the repository.
pub(crate) fn nearest_folder(folder: &Path) -> Option<&Path> {
    let inner = folder.ancestors().position(|folder| folder.join(".git").exists());
    let mut folders = folder.ancestors().take(inner.map_or(usize::MAX, |at| at + 1));
    folders.find(|folder| folder.join(FILE_NAME).symlink_metadata().is_ok())
}

/// Returns the text of a settings file, which may be empty.
fn read_text(path: &Path) -> Result<String, InputError> {
    match source::read(path, DEFAULT_MAX_FILE_SIZE) {
        Err(InputError { reason: Reason::Empty, .. }) => Ok(String::new()),
        other => other.map(|source| source.text),
    }
}
