//! A baseline on disk: found, read, matched with the documents of a run, and written.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf, absolute};

use crate::cli::console::say_of;
use crate::cli::exit::Exit;
use crate::cli::output::atomic_write::{self, Older, unwritable};
use crate::report::{BaselineReport, DocumentReport, FileError};
use crate::source;
use crate::suppress::baseline::{self, Baseline};

/// The largest baseline that is read: 64 MiB.
const LIMIT: u64 = 64 << 20;

/// A baseline and where it lies.
pub(crate) struct Known {
    pub(crate) file: PathBuf,
    /// The folder that its paths start from.
    folder: PathBuf,
    pub(crate) baseline: Baseline,
}

/// What a document took from the baseline.
pub(crate) struct Use {
    /// Path of the document in the baseline.
    pub(crate) was: String,
    /// Its path now.
    pub(crate) now: String,
    /// Its title now.
    pub(crate) title: Option<String>,
    /// Entries that matched nothing.
    pub(crate) left: baseline::Known,
}

impl FileError {
    /// Says it on standard error, and that the run has failed.
    pub(crate) fn told(&self) -> Exit {
        say_of(&self.path, &self.message);
        Exit::Failure
    }
}

impl Known {
    /// Reads a baseline.
    pub(crate) fn open(file: &Path) -> Result<Self, FileError> {
        Self::parse(file, &source::read(file, LIMIT)?.text)
    }

    /// A baseline of this text, which is to lie at `file`.
    pub(crate) fn parse(file: &Path, text: &str) -> Result<Self, FileError> {
        let broken = |error: baseline::BaselineError| failure(file, error.to_string());
        Ok(Self { baseline: Baseline::parse(text).map_err(broken)?, ..Self::empty(file) })
    }

    /// A baseline to be filled and written.
    pub(crate) fn empty(file: &Path) -> Self {
        let folder = absolute(file).ok().and_then(|file| file.parent().map(plain)).unwrap_or_default();
        Self { file: file.to_owned(), folder, baseline: Baseline::default() }
    }

    /// A document's path as the baseline has it: from the baseline's folder, wherever the run was started.
    pub(crate) fn key(&self, path: &str) -> String {
        let whole = absolute(path).map(|path| plain(&path)).unwrap_or_default();
        whole.strip_prefix(&self.folder).map_or_else(|_| path.to_owned(), source::shown)
    }

    /// Where the document of a key lies, seen from where the run was started.
    pub(crate) fn place(&self, key: &str) -> PathBuf {
        self.file.parent().unwrap_or(Path::new("")).join(key)
    }

    /// Sets aside what is known of a document, be it under another path that is gone.
    pub(crate) fn set_aside(&self, report: &mut DocumentReport) -> Option<Use> {
        let now = self.key(&report.path);
        let own = self.baseline.documents.get_key_value(&now).map(|(path, known)| (path.as_str(), known));
        let (was, known) = own.or_else(|| self.baseline.moved(report, |path| self.is_gone(path)))?;
        let (was, title) = (was.to_owned(), report.title.clone());
        Some(Use { was, now, title, left: known.set_aside(report) })
    }

    /// Entries that match nothing any more, by path: of documents that were read, and of those that are gone.
    pub(crate) fn stale(&self, used: &[Use]) -> BTreeMap<String, baseline::Known> {
        let left: BTreeMap<&str, &baseline::Known> =
            used.iter().map(|used| (used.was.as_str(), &used.left)).collect();
        let stale = |(path, known): (&String, &baseline::Known)| {
            let left = left.get(path.as_str()).copied();
            let stale = left.or_else(|| self.is_gone(path).then_some(known))?;
            (!stale.entries.is_empty()).then(|| (path.clone(), stale.clone()))
        };
        self.baseline.documents.iter().filter_map(stale).collect()
    }

    /// What the baseline did in a run.
    pub(crate) fn report(&self, known: usize, used: &[Use]) -> BaselineReport {
        let stale = self.stale(used);
        let stale = stale.iter().flat_map(|(path, known)| known.stale(path)).collect();
        BaselineReport { path: source::shown(&self.file), known, stale }
    }

    /// Writes it, whole or not at all; over an older one only if `force` says so.
    pub(crate) fn write(&self, force: bool) -> Result<(), FileError> {
        let older = if force { Older::Replace } else { Older::Keep };
        atomic_write::write(&self.file, &self.baseline.to_text(), older).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => self.exists(),
            _ => unwritable(&self.file, &error),
        })
    }

    /// That a file of that name is there.
    pub(crate) fn exists(&self) -> FileError {
        failure(&self.file, "is there already; --force replaces it".to_owned())
    }

    fn is_gone(&self, key: &str) -> bool {
        self.place(key).symlink_metadata().is_err()
    }
}

fn failure(file: &Path, message: String) -> FileError {
    FileError { path: source::shown(file), message }
}

/// A path without `.` and `..`.
pub(crate) fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(plain.pop()),
            part => plain.push(part),
        }
    }
    plain
}
