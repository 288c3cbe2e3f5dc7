//! A baseline on disk: reads it, matches it with the documents of a run, and writes it.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf, absolute};
use std::sync::OnceLock;

use crate::atomic_write::{self, IfExists, write_error};
use crate::report::{BaselineReport, DocumentReport, FileError};
use crate::settings::paths::{normalised, repository_around};
use crate::source::{self, Fence};
use crate::suppress::baseline::{self, Baseline, GoneDocuments};

/// Maximum size of a baseline: 64 MiB.
const LIMIT: u64 = 64 << 20;

/// A baseline and its file.
#[derive(Debug)]
pub(crate) struct BaselineFile {
    pub(crate) path: PathBuf,
    /// The absolute folder to which its paths are relative.
    folder: PathBuf,
    pub(crate) baseline: Baseline,
    /// Collected when first needed.
    gone: OnceLock<GoneDocuments>,
}

/// How one document used the baseline.
pub(crate) struct BaselineUse {
    /// Path of the document in the baseline.
    pub(crate) old_path: String,
    /// Its current path.
    pub(crate) new_path: String,
    /// Its current title.
    pub(crate) title: Option<String>,
    /// Entries without a match.
    pub(crate) unmatched: baseline::KnownFindings,
}

impl BaselineFile {
    pub(crate) fn read(path: &Path) -> Result<Self, FileError> {
        source::check_named(path)?;
        Self::parse(path, &source::read(path, LIMIT)?.text)
    }

    /// Parses a baseline whose file is or will be at `path`.
    pub(crate) fn parse(path: &Path, text: &str) -> Result<Self, FileError> {
        let baseline = Baseline::parse(text).map_err(|error| file_error(path, error.to_string()))?;
        Ok(Self { baseline, ..Self::empty(path) })
    }

    /// Creates an empty baseline.
    pub(crate) fn empty(path: &Path) -> Self {
        let whole = absolute(path).ok();
        let folder = whole.and_then(|file| file.parent().map(normalised)).unwrap_or_default();
        Self { path: path.to_owned(), folder, baseline: Baseline::default(), gone: OnceLock::new() }
    }

    /// Returns the path of a document in the baseline: relative to the baseline's folder, regardless of the current
    /// folder.
    pub(crate) fn key(&self, path: &str) -> String {
        let whole = absolute(path).map(|path| normalised(&path)).unwrap_or_default();
        whole.strip_prefix(&self.folder).map_or_else(|_| path.to_owned(), source::shown)
    }

    /// Returns the path of the document with this key, relative to the current folder.
    pub(crate) fn document_path(&self, key: &str) -> PathBuf {
        self.path.parent().unwrap_or(Path::new("")).join(key)
    }

    /// True if a document is inside the repository of the baseline, or without one inside its folder. A baseline of a
    /// stranger may list any path.
    pub(crate) fn may_list(&self, document: &Path) -> bool {
        let root = repository_around(&self.folder).unwrap_or(&self.folder);
        Fence::around(root).is_some_and(|fence| fence.contain(document).is_ok())
    }

    /// Suppresses the findings of a document that the baseline lists, even if the document has moved.
    pub(crate) fn suppress(&self, report: &mut DocumentReport) -> Option<BaselineUse> {
        let path = report.path.clone();
        self.suppress_in(&path, report)
    }

    /// Suppresses the findings as above in a document with this path, which the report may show in another form.
    pub(crate) fn suppress_in(&self, path: &str, report: &mut DocumentReport) -> Option<BaselineUse> {
        let new_path = self.key(path);
        let documents = &self.baseline.documents;
        let is_listed = documents.contains_key(&new_path);
        let old_path = if is_listed { new_path.clone() } else { self.gone().path_of(report)?.to_owned() };
        let (known, title) = (documents.get(&old_path)?, report.title.clone());
        Some(BaselineUse { old_path, new_path, title, unmatched: known.suppress(report) })
    }

    /// Returns the entries without a match, by path: those of documents that were read, and of documents that no longer
    /// exist.
    pub(crate) fn stale(&self, used: &[BaselineUse]) -> BTreeMap<String, baseline::KnownFindings> {
        let unmatched: BTreeMap<&str, &baseline::KnownFindings> =
            used.iter().map(|used| (used.old_path.as_str(), &used.unmatched)).collect();
        let mut stale = BTreeMap::new();
        for (path, known) in &self.baseline.documents {
            let left = unmatched.get(path.as_str()).copied();
            let left = left.or_else(|| self.is_gone(path).then_some(known));
            if let Some(left) = left.filter(|left| !left.entries.is_empty()) {
                stale.insert(path.clone(), left.clone());
            }
        }
        stale
    }

    /// Returns the report about the baseline for a run that suppressed this many findings.
    pub(crate) fn report(&self, suppressed: usize, used: &[BaselineUse]) -> BaselineReport {
        let stale = self.stale(used);
        let stale = stale.iter().flat_map(|(path, known)| known.stale(path)).collect();
        BaselineReport { path: source::shown(&self.path), known: suppressed, stale }
    }

    /// Writes the file, completely or not at all.
    pub(crate) fn write(&self, if_exists: IfExists) -> Result<(), FileError> {
        let written = atomic_write::write(&self.path, &self.baseline.to_text(), if_exists);
        written.map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => self.exists_error(),
            _ => write_error(&self.path, &error),
        })
    }

    /// Returns the error for a file that must not be replaced.
    pub(crate) fn exists_error(&self) -> FileError {
        file_error(&self.path, "already exists; use --force to replace it".to_owned())
    }

    fn gone(&self) -> &GoneDocuments {
        self.gone.get_or_init(|| self.baseline.gone(|path| self.is_gone(path)))
    }

    fn is_gone(&self, key: &str) -> bool {
        self.document_path(key).symlink_metadata().is_err()
    }
}

fn file_error(path: &Path, message: String) -> FileError {
    FileError { path: source::shown(path), message }
}
