//! `--diff`: finds the changed documents and lines, and changes that affect the check itself.

use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::cli::input::discover::Candidate;
use crate::config::FILE_NAME;
use crate::render::counted;
use crate::report::{DocumentReport, Finding, Guard, GuardKind, Skipped};
use crate::settings::Settings;
use crate::settings::baseline_file::BaselineFile;
use crate::settings::paths::{current_folder, is_toml, normalised, repository_around};
use crate::source::{self, Source};
use crate::suppress::baseline::Baseline;
use crate::vcs::diff::{Changes, FileChanges, NotADiff};
use crate::vcs::git::{Git, GitError};

/// Maximum size of a diff on standard input: 64 MiB.
const LIMIT: u64 = 64 << 20;

/// The reason why there is no diff.
#[derive(Debug)]
pub(crate) enum DiffError {
    /// Git cannot create it.
    Git(GitError),
    /// Standard input cannot be read, or is too long.
    Unreadable(io::ErrorKind),
    /// What was passed is not a diff.
    NotADiff,
}

impl fmt::Display for DiffError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Git(error) => write!(to, "--diff: {error}"),
            Self::Unreadable(kind) => write!(to, "--diff: standard input cannot be read: {kind}"),
            Self::NotADiff => to.write_str(
                "--diff: no header of a file found; a unified diff is needed, as from `git diff` without `--stat`",
            ),
        }
    }
}

impl From<GitError> for DiffError {
    fn from(error: GitError) -> Self {
        Self::Git(error)
    }
}

impl From<NotADiff> for DiffError {
    fn from(_: NotADiff) -> Self {
        Self::NotADiff
    }
}

/// The changes in a repository.
pub(crate) struct Diff {
    root: PathBuf,
    changes: Changes,
    /// The repository and the base commit; `None` if the diff came from standard input.
    base: Option<(Git, String)>,
}

impl Diff {
    /// Returns the changes since the last commit in common with `base` or, for `-`, the diff on standard input.
    pub(crate) fn open(base: &str) -> Result<Self, DiffError> {
        if base == "-" {
            let changes = Changes::parse(&read_stdin()?)?;
            return Ok(Self { root: repository_root(), changes, base: None });
        }
        let git = Git::around(&current_folder())?;
        let commit = git.merge_base(base)?;
        let mut changes = Changes::parse(&git.diff(&commit)?)?;
        for path in git.untracked()? {
            changes.files.insert(path, FileChanges::new_file());
        }
        Ok(Self { root: git.root.clone(), changes, base: Some((git, commit)) })
    }

    /// Returns the candidates that changed. A named file that did not change is reported as skipped.
    pub(crate) fn changed(&self, candidates: Vec<Candidate>) -> Vec<Candidate> {
        candidates.into_iter().filter_map(|candidate| self.if_changed(candidate)).collect()
    }

    fn if_changed(&self, candidate: Candidate) -> Option<Candidate> {
        match candidate {
            Candidate::Stdin(name) if !self.touches(Path::new(&name)) => Some(unchanged(name)),
            Candidate::File { path, found } if !self.touches(&path) => {
                (!found).then(|| unchanged(source::shown(&path)))
            }
            Candidate::Skip(skipped) if !self.touches(Path::new(&skipped.path)) => None,
            other => Some(other),
        }
    }

    /// Sets whether each finding is on a changed line. Returns the new comments in the document that allow findings.
    pub(crate) fn mark(&self, report: &mut DocumentReport, source: &Source) -> Vec<Guard> {
        let unchanged = FileChanges::default();
        let changes = self.changes_of(Path::new(&report.path)).unwrap_or(&unchanged);
        for finding in &mut report.findings {
            finding.changed = Some(changes.touches(finding.start.line, last_line(finding)));
        }
        let guard = |line| Guard {
            kind: GuardKind::Allow,
            path: report.path.clone(),
            line: Some(line),
            message: "a new comment allows findings".to_owned(),
        };
        changes.new_allows(&source.text).into_iter().map(guard).collect()
    }

    /// Returns the changes to configuration, lexicon and baseline. `baseline` is the path of the baseline, if the run
    /// has one.
    pub(crate) fn guards(&self, settings: &Settings, baseline: Option<&Path>) -> Vec<Guard> {
        let files = SettingsFiles::new(settings, &self.root);
        let mut guards: Vec<Guard> = self.changes.files.keys().filter_map(|path| files.guard(path)).collect();
        guards.extend(baseline.and_then(|path| self.baseline_guard(path)));
        guards
    }

    fn baseline_guard(&self, file: &Path) -> Option<Guard> {
        let path = path_from_root(&self.root, file)?;
        self.changes.files.get(&path)?;
        let message = match &self.base {
            None => "the baseline was changed".to_owned(),
            Some((git, commit)) => match baseline_growth(git, commit, &path, file) {
                0 => return None,
                more => format!("the baseline has {} more than before", counted(more, "finding")),
            },
        };
        Some(Guard { kind: GuardKind::Baseline, path, line: None, message })
    }

    fn touches(&self, path: &Path) -> bool {
        self.changes_of(path).is_some()
    }

    /// Returns the changes in a file, whose path is relative to the current folder. A diff on standard input may name it
    /// relative to the current folder, too.
    fn changes_of(&self, path: &Path) -> Option<&FileChanges> {
        let from_root = || self.changes.files.get(&path_from_root(&self.root, path)?);
        from_root().or_else(|| self.changes_from_here(path))
    }

    fn changes_from_here(&self, path: &Path) -> Option<&FileChanges> {
        let from_here = path_from_root(&current_folder().canonicalize().ok()?, path)?;
        let is_ambiguous = self.base.is_some() || self.root.join(&from_here).exists();
        if is_ambiguous { None } else { self.changes.files.get(&from_here) }
    }
}

/// Returns how many findings the baseline lists in addition to those that it listed at the commit.
fn baseline_growth(git: &Git, commit: &str, path: &str, file: &Path) -> usize {
    let old = git.file(commit, path).ok().flatten().unwrap_or_default();
    let old = Baseline::parse(&String::from_utf8_lossy(&old)).unwrap_or_default();
    let new = BaselineFile::read(file).map(|file| file.baseline).unwrap_or_default();
    new.grown_since(&old)
}

/// The files from which the settings come, as paths relative to the root of the repository.
struct SettingsFiles {
    files: Vec<String>,
    /// Folders of lexicon files, each with a trailing `/`; the root is empty.
    lexicon_folders: Vec<String>,
    /// True if the run read these files from a revision.
    at_revision: bool,
}

impl SettingsFiles {
    fn new(settings: &Settings, root: &Path) -> Self {
        let files = settings.paths();
        let folders = settings.lexicon_folders();
        let folders = folders.iter().filter_map(|folder| path_from_root(root, folder));
        Self {
            files: files.iter().filter_map(|path| path_from_root(root, path)).collect(),
            lexicon_folders: folders
                .map(|folder| if folder.is_empty() { folder } else { folder + "/" })
                .collect(),
            at_revision: settings.is_at_revision(),
        }
    }

    /// Returns the guard for a changed file, which may be a new one in a lexicon folder.
    fn guard(&self, path: &str) -> Option<Guard> {
        let message = match (self.is_lexicon(path), self.is_setting(path), self.at_revision) {
            (true, _, false) => "the lexicon was changed",
            (true, _, true) => "the lexicon was changed; this check used the earlier one",
            (_, true, false) => "settings were changed",
            (_, true, true) => "settings were changed; this check used the earlier ones",
            (false, false, _) => return None,
        };
        let (kind, message) = (GuardKind::Configuration, message.to_owned());
        Some(Guard { kind, path: path.to_owned(), line: None, message })
    }

    fn is_lexicon(&self, path: &str) -> bool {
        is_toml(path) && self.lexicon_folders.iter().any(|folder| path.starts_with(folder))
    }

    fn is_setting(&self, path: &str) -> bool {
        path.rsplit('/').next() == Some(FILE_NAME) || self.files.iter().any(|file| file == path)
    }
}

/// Returns the path of a file relative to `root`, which contains no symbolic links; `None` if the file is elsewhere.
fn path_from_root(root: &Path, path: &Path) -> Option<String> {
    let whole = path.canonicalize().unwrap_or_else(|_| normalised(&current_folder().join(path)));
    whole.strip_prefix(root).ok().map(source::shown)
}

/// Returns the last line that a finding touches, from 1.
fn last_line(finding: &Finding) -> usize {
    let stops_before = finding.end.column == 1 && finding.end.line > finding.start.line;
    finding.end.line - usize::from(stops_before)
}

fn unchanged(path: String) -> Candidate {
    Candidate::Skip(Skipped { path, reason: "unchanged".to_owned() })
}

fn read_stdin() -> Result<Vec<u8>, DiffError> {
    let mut diff = Vec::new();
    let read = io::stdin().lock().take(LIMIT + 1).read_to_end(&mut diff);
    match read {
        Ok(length) if length as u64 > LIMIT => Err(DiffError::Unreadable(io::ErrorKind::FileTooLarge)),
        Ok(_) => Ok(diff),
        Err(error) => Err(DiffError::Unreadable(error.kind())),
    }
}

/// Returns the root of the repository around the current folder, which contains `.git`; the current folder if there is
/// none.
fn repository_root() -> PathBuf {
    let here = current_folder();
    repository_around(&here).unwrap_or(&here).to_owned()
}
