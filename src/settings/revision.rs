//! `--config-from`: reads files at a commit, so that a change cannot weaken its own check.

use std::path::{Path, PathBuf};

use crate::model::DEFAULT_MAX_FILE_SIZE;
use crate::settings::error::SettingsError;
use crate::settings::paths::{current_folder, normalised};
use crate::source::{self, InputError, Reason};
use crate::vcs::git::{Git, GitError};

/// A commit from which settings are read.
#[derive(Clone, Debug)]
pub(crate) struct Revision {
    git: Git,
    /// Its hash.
    commit: String,
    /// The name given by the user.
    name: String,
}

impl Revision {
    /// Finds a commit in the repository around the current folder.
    pub(crate) fn find(name: &str) -> Result<Self, GitError> {
        let git = Git::around(&current_folder())?;
        let commit = git.commit(name)?;
        Ok(Self { git, commit, name: name.to_owned() })
    }

    /// Returns the top folder of the working tree, without symbolic links.
    pub(crate) fn root(&self) -> &Path {
        &self.git.root
    }

    /// Returns the text of a file, whose path is relative to the current folder; `None` if it does not exist at the
    /// commit.
    pub(crate) fn read(&self, path: &Path) -> Result<Option<String>, SettingsError> {
        let Some(path) = self.path_in_commit(path) else { return Ok(None) };
        let Some(bytes) = self.git.file(&self.commit, &path)? else { return Ok(None) };
        match source::read_stream(&format!("{}:{path}", self.name), bytes.as_slice(), DEFAULT_MAX_FILE_SIZE) {
            Err(InputError { reason: Reason::Empty, .. }) => Ok(Some(String::new())),
            other => Ok(Some(other?.text)),
        }
    }

    /// Returns all files below a folder. Both are paths relative to the root of the repository.
    pub(crate) fn files_below(&self, folder: &str) -> Result<Vec<String>, GitError> {
        self.git.below(&self.commit, folder)
    }

    /// Returns the path relative to the root of the repository; `None` if it is outside.
    ///
    /// Symbolic links are not resolved, because those in the working tree need not exist in another commit.
    pub(crate) fn path_in_commit(&self, path: &Path) -> Option<String> {
        let whole = normalised(&current_folder().join(path));
        whole.strip_prefix(&self.git.root).ok().map(source::shown)
    }

    /// Returns the path in the working tree of a file shown in the form of [`Revision::display_path`].
    pub(crate) fn path_in_working_tree(&self, shown: &str) -> PathBuf {
        let path = shown.strip_prefix(&self.name).and_then(|rest| rest.strip_prefix(':'));
        self.git.root.join(path.unwrap_or(shown))
    }

    /// Returns the path in the form that `git show` takes: `main:team/rcalint.toml`.
    pub(crate) fn display_path(&self, path: &Path) -> String {
        let below = self.path_in_commit(path);
        format!("{}:{}", self.name, below.unwrap_or_else(|| source::shown(path)))
    }

    /// Returns the error for a file that does not exist at the commit.
    pub(crate) fn missing(&self, path: &Path) -> InputError {
        InputError { path: self.display_path(path), reason: Reason::Missing }
    }
}
