//! The reasons why a run cannot start.

use std::fmt;

use crate::lexicon::error::LexiconError;
use crate::report::FileError;
use crate::source::InputError;
use crate::vcs::git::GitError;

/// The reason why a run cannot start.
#[derive(Debug)]
pub(crate) enum SettingsError {
    /// A settings file cannot be read.
    Unreadable(InputError),
    /// A settings file is invalid.
    Invalid(LexiconError),
    /// The baseline cannot be used.
    Baseline(FileError),
    /// Git cannot read the settings at the revision.
    Git(GitError),
    /// The file does not contain weights of a reader.
    Weights(FileError),
}

impl fmt::Display for SettingsError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => write!(to, "{}: {error}", error.path),
            Self::Invalid(error) => error.fmt(to),
            Self::Baseline(error) | Self::Weights(error) => write!(to, "{}: {}", error.path, error.message),
            Self::Git(error) => write!(to, "--config-from: {error}"),
        }
    }
}

impl From<InputError> for SettingsError {
    fn from(error: InputError) -> Self {
        Self::Unreadable(error)
    }
}

impl From<LexiconError> for SettingsError {
    fn from(error: LexiconError) -> Self {
        Self::Invalid(error)
    }
}

impl From<GitError> for SettingsError {
    fn from(error: GitError) -> Self {
        Self::Git(error)
    }
}
