//! `--config-from`: settings as they stand at a commit, so that a change cannot soften its own check.

use std::path::{Path, PathBuf};

use crate::cli::folders::{self, UserFile};
use crate::cli::setup::{ConfigFile, SetupError};
use crate::config::FILE_NAME;
use crate::lexicon::error::LexiconError;
use crate::lexicon::load::File;
use crate::lexicon::spanned::Spanned;
use crate::source::{self, DEFAULT_LIMIT, InputError, Reason};
use crate::vcs::git::Git;

/// A commit that settings are read from.
#[derive(Clone, Debug)]
pub(crate) struct Past {
    git: Git,
    /// Its hash.
    commit: String,
    /// As the user calls it.
    name: String,
}

impl Past {
    /// The commit of this name.
    pub(crate) fn open(name: &str) -> Result<Self, SetupError> {
        let git = Git::around(&std::env::current_dir().unwrap_or_default())?;
        let commit = git.commit(name)?;
        Ok(Self { git, commit, name: name.to_owned() })
    }

    /// The file of settings: the one that is named, or the nearest from the current folder upward.
    pub(crate) fn config(&self, named: Option<&Path>) -> Result<Option<ConfigFile>, SetupError> {
        if let Some(path) = named {
            let folder = path.parent().unwrap_or(Path::new("")).to_owned();
            let file = self.settings(path, folder)?;
            return file.map(Some).ok_or_else(|| self.missing(path).into());
        }
        let here = std::env::current_dir().unwrap_or_default();
        let here = here.canonicalize().unwrap_or(here);
        for folder in here.ancestors().take_while(|folder| folder.starts_with(&self.git.root)) {
            if let Some(file) = self.settings(&folder.join(FILE_NAME), folder.to_owned())? {
                return Ok(Some(file));
            }
        }
        Ok(None)
    }

    fn settings(&self, path: &Path, folder: PathBuf) -> Result<Option<ConfigFile>, SetupError> {
        let Some(text) = self.text(path)? else { return Ok(None) };
        let shown = self.shown(path);
        Ok(Some(ConfigFile { shown, text, folder, fence: None, past: Some(self.clone()) }))
    }

    /// The text of a file, seen from the current folder; none if it was not there.
    pub(crate) fn text(&self, path: &Path) -> Result<Option<String>, SetupError> {
        let Some(path) = written_below(&self.git.root, path) else { return Ok(None) };
        let Some(bytes) = self.git.file(&self.commit, &path)? else { return Ok(None) };
        match source::read_stream(&format!("{}:{path}", self.name), bytes.as_slice(), DEFAULT_LIMIT) {
            Err(InputError { reason: Reason::Empty, .. }) => Ok(Some(String::new())),
            other => Ok(Some(other?.text)),
        }
    }

    /// The lexicon files of a folder that a configuration names, which is relative to `base`.
    pub(crate) fn folder(
        &self,
        config: File<'_>,
        folder: &Spanned<String>,
        base: &Path,
    ) -> Result<Vec<UserFile>, SetupError> {
        let fail = |why: &str| LexiconError::at(config, folder.start, format!("`{}` {why}", folder.value));
        let root = written_below(&self.git.root, &base.join(&folder.value));
        let root = root.ok_or_else(|| fail("leads out of the repository"))?;
        let mut files = Vec::new();
        for path in self.git.below(&self.commit, &root)?.iter().filter(|path| is_toml(path)) {
            let name = path.strip_prefix(&format!("{root}/")).unwrap_or(path);
            let text = self.text(&self.git.root.join(path))?.unwrap_or_default();
            files.push(folders::own(name, format!("{}:{path}", self.name), text)?);
        }
        files.sort();
        if files.is_empty() { Err(fail("holds no lexicon file").into()) } else { Ok(files) }
    }

    /// Where a file that is shown as one of the commit lies in the working tree.
    pub(crate) fn in_tree(&self, shown: &str) -> PathBuf {
        let path = shown.strip_prefix(&self.name).and_then(|rest| rest.strip_prefix(':'));
        self.git.root.join(path.unwrap_or(shown))
    }

    /// A path as the user may look it up with `git show`.
    fn shown(&self, path: &Path) -> String {
        let below = written_below(&self.git.root, path);
        format!("{}:{}", self.name, below.unwrap_or_else(|| source::shown(path)))
    }

    /// That a file of that name was not there.
    pub(crate) fn missing(&self, path: &Path) -> InputError {
        InputError { path: self.shown(path), reason: Reason::Missing }
    }
}

/// Whether a path is one of a TOML file.
pub(crate) fn is_toml(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|ending| ending == "toml")
}

/// The path of a file from `root`, as it is written: what a link of today leads to says nothing about another commit.
fn written_below(root: &Path, path: &Path) -> Option<String> {
    let here = std::env::current_dir().ok()?;
    let here = here.canonicalize().unwrap_or(here);
    let whole = super::known::plain(&here.join(path));
    whole.strip_prefix(root).ok().map(source::shown)
}
