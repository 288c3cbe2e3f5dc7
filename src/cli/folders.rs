//! A team's folder of lexicon files, read from disk.

use std::path::{Path, PathBuf};

use crate::lexicon::did_you_mean::advice;
use crate::lexicon::embedded::FILES;
use crate::lexicon::error::LexiconError;
use crate::lexicon::load::{File, Placed};
use crate::lexicon::spanned::Spanned;
use crate::source::{self, DEFAULT_LIMIT, Fence, InputError, Reason};

use crate::cli::setup::SetupError;

/// Folders of a lexicon that hold files of any name.
const OPEN: [&str; 3] = ["buckets", "rules", "words"];

/// A lexicon file on disk.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct UserFile {
    /// Path below the folder.
    name: String,
    /// As the user knows it.
    shown: String,
    text: String,
}

impl UserFile {
    /// As the user knows it, and its text.
    pub(crate) fn pair(self) -> (String, String) {
        (self.shown, self.text)
    }

    /// For the loader.
    pub(crate) fn placed(&self) -> Placed<'_> {
        Placed { name: &self.name, file: (&self.shown, &self.text) }
    }
}

/// Reads the folder that a configuration names, which is relative to `base`.
pub(crate) fn read(
    config: File<'_>,
    folder: &Spanned<String>,
    base: &Path,
    fence: Option<&Fence>,
) -> Result<Vec<UserFile>, SetupError> {
    let path = base.join(&folder.value);
    let fail = |why: &str| LexiconError::at(config, folder.start, format!("`{}` {why}", folder.value));
    fence.map_or(Ok(()), |fence| fence.check(&path)).map_err(|error| fail(&format!("is {error}")))?;
    if !path.is_dir() {
        return Err(fail("is no folder").into());
    }
    let files = read_folder(&path, &folder.value, fence)?;
    if files.is_empty() { Err(fail("holds no lexicon file").into()) } else { Ok(files) }
}

/// Reads all lexicon files of a folder, by name; `shown` is what the folder is called.
pub(crate) fn read_folder(
    folder: &Path,
    shown: &str,
    fence: Option<&Fence>,
) -> Result<Vec<UserFile>, SetupError> {
    let mut files = Vec::new();
    for path in toml_below(folder, shown)? {
        let name = source::shown(path.strip_prefix(folder).unwrap_or(&path));
        let shown = format!("{}/{name}", shown.trim_end_matches('/'));
        fence.map_or(Ok(()), |fence| fence.check(&path))?;
        files.push(read_file(&path, &name, &shown)?);
    }
    files.sort();
    Ok(files)
}

/// Reads one lexicon file, which is to stand for `name` below `lexicon/`.
pub(crate) fn read_file(path: &Path, name: &str, shown: &str) -> Result<UserFile, SetupError> {
    if !is_known(name) {
        return Err(stranger(name, shown).into());
    }
    let renamed = |error: InputError| InputError { path: shown.to_owned(), ..error };
    let text = match source::read(path, DEFAULT_LIMIT) {
        Err(InputError { reason: Reason::Empty, .. }) => String::new(),
        other => other.map_err(renamed)?.text,
    };
    Ok(UserFile { name: name.to_owned(), shown: shown.to_owned(), text })
}

/// A lexicon file that was read already, as [`read_file`] would have it.
pub(crate) fn own(name: &str, shown: String, text: String) -> Result<UserFile, SetupError> {
    if is_known(name) {
        Ok(UserFile { name: name.to_owned(), shown, text })
    } else {
        Err(stranger(name, &shown).into())
    }
}

/// Whether the lexicon has a place for a file of that name.
pub(crate) fn is_known(name: &str) -> bool {
    let open =
        name.split_once('/').is_some_and(|(folder, rest)| OPEN.contains(&folder) && !rest.contains('/'));
    open || FILES.iter().any(|(known, _)| *known == name)
}

/// A file that nothing would read is a mistake in its name.
fn stranger(name: &str, shown: &str) -> LexiconError {
    let known = FILES.iter().map(|(name, _)| *name).filter(|name| !name.contains('/'));
    let advice = match name.split_once('/') {
        Some((folder, _)) => advice(folder, OPEN),
        None => advice(name, known),
    };
    LexiconError::at((shown, ""), 0, format!("no lexicon file has this name{advice}"))
}

/// The `.toml` files in a folder and its folders.
fn toml_below(folder: &Path, shown: &str) -> Result<Vec<PathBuf>, InputError> {
    let unreadable = |error: std::io::Error| InputError {
        path: shown.to_owned(),
        reason: Reason::Unreadable(error.kind()),
    };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let (path, kind) = (entry.path(), entry.file_type().map_err(unreadable)?);
        if kind.is_dir() {
            found.extend(toml_below(&path, shown)?);
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            found.push(path);
        }
    }
    Ok(found)
}
