//! `--config-from`: files as they were at a commit, so that a change cannot weaken its own check.

use std::path::{Path, PathBuf};

use crate::cli::paths::{current_folder, normalised};
use crate::cli::settings::error::SettingsError;
use crate::model::DEFAULT_MAX_FILE_SIZE;
use crate::source::{self, InputError, Reason};
use crate::vcs::git::{Git, GitError};

/// A commit that settings are read from.
#[derive(Clone, Debug)]
pub(crate) struct Revision {
    git: Git,
    /// Its hash.
    commit: String,
    /// What the user called it.
    name: String,
}

impl Revision {
    /// Finds the commit in the repository around the current folder.
    pub(crate) fn find(name: &str) -> Result<Self, GitError> {
        let git = Git::around(&current_folder())?;
        let commit = git.commit(name)?;
        Ok(Self { git, commit, name: name.to_owned() })
    }

    /// The top folder of the working tree, without symbolic links.
    pub(crate) fn root(&self) -> &Path {
        &self.git.root
    }

    /// The text of a file, whose path starts from the current folder; `None` if the commit does not contain it.
    pub(crate) fn read(&self, path: &Path) -> Result<Option<String>, SettingsError> {
        let Some(path) = self.path_in_commit(path) else { return Ok(None) };
        let Some(bytes) = self.git.file(&self.commit, &path)? else { return Ok(None) };
        match source::read_stream(&format!("{}:{path}", self.name), bytes.as_slice(), DEFAULT_MAX_FILE_SIZE) {
            Err(InputError { reason: Reason::Empty, .. }) => Ok(Some(String::new())),
            other => Ok(Some(other?.text)),
        }
    }

    /// All files below a folder; both as paths from the root of the repository.
    pub(crate) fn files_below(&self, folder: &str) -> Result<Vec<String>, GitError> {
        self.git.below(&self.commit, folder)
    }

    /// The path from the root of the repository, or `None` if it leads out of it.
    ///
    /// Symbolic links are not resolved: those of the working tree say nothing about another commit.
    pub(crate) fn path_in_commit(&self, path: &Path) -> Option<String> {
        let whole = normalised(&current_folder().join(path));
        whole.strip_prefix(&self.git.root).ok().map(source::shown)
    }

    /// The path in the working tree of a file shown as [`Revision::display_path`] shows it.
    pub(crate) fn path_in_working_tree(&self, shown: &str) -> PathBuf {
        let path = shown.strip_prefix(&self.name).and_then(|rest| rest.strip_prefix(':'));
        self.git.root.join(path.unwrap_or(shown))
    }

    /// The path as `git show` takes it: `main:team/rcalint.toml`.
    pub(crate) fn display_path(&self, path: &Path) -> String {
        let below = self.path_in_commit(path);
        format!("{}:{}", self.name, below.unwrap_or_else(|| source::shown(path)))
    }

    /// The error for a file that the commit does not contain.
    pub(crate) fn missing(&self, path: &Path) -> InputError {
        InputError { path: self.display_path(path), reason: Reason::Missing }
    }
}
