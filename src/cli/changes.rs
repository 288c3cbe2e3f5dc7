//! `--diff`: what changed, which documents that leaves to review, and what it did to the check itself.

use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::cli::args::CheckArgs;
use crate::cli::config_at_revision::is_toml;
use crate::cli::discover::Candidate;
use crate::cli::known::{Known, plain};
use crate::cli::setup::Setup;
use crate::config::FILE_NAME;
use crate::lexicon::Lexicon;
use crate::lexicon::kinds::DocumentRole;
use crate::render::counted;
use crate::report::{Counts, DocumentReport, Finding, Guard, GuardKind, Skipped, Summary};
use crate::source::{self, Source};
use crate::suppress::baseline::Baseline;
use crate::vcs::diff::{Changes, FileChanges};
use crate::vcs::git::{Git, GitError};

/// The largest diff that is read from standard input: 64 MiB.
const LIMIT: u64 = 64 << 20;

/// Why there is nothing to compare with.
#[derive(Debug)]
pub(crate) enum DiffError {
    /// Git has no answer.
    Git(GitError),
    /// Standard input cannot be read, or is endless.
    Unreadable(io::ErrorKind),
}

impl fmt::Display for DiffError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Git(error) => write!(to, "--diff: {error}"),
            Self::Unreadable(kind) => write!(to, "--diff: standard input is not readable: {kind}"),
        }
    }
}

impl From<GitError> for DiffError {
    fn from(error: GitError) -> Self {
        Self::Git(error)
    }
}

/// What changed below a folder.
pub(crate) struct Diff {
    root: PathBuf,
    changes: Changes,
    /// The repository, and the commit that all is compared with, unless the diff was given.
    since: Option<(Git, String)>,
}

impl Diff {
    /// What changed since the last commit in common with `base`, or what standard input says that changed.
    pub(crate) fn open(base: &str) -> Result<Self, DiffError> {
        let here = std::env::current_dir().unwrap_or_default();
        if base == "-" {
            return Ok(Self {
                root: root_around(&here),
                changes: Changes::parse(&read_stdin()?),
                since: None,
            });
        }
        let git = Git::around(&here)?;
        let commit = git.merge_base(base)?;
        let mut changes = Changes::parse(&git.diff(&commit)?);
        for path in git.untracked()? {
            changes.files.insert(path, FileChanges::new_file());
        }
        Ok(Self { root: git.root.clone(), changes, since: Some((git, commit)) })
    }

    /// Leaves the candidates that changed; one that was named and did not is skipped aloud.
    pub(crate) fn narrow(&self, candidates: Vec<Candidate>) -> Vec<Candidate> {
        let narrowed = |candidate: Candidate| match candidate {
            Candidate::Stdin(name) if self.of(Path::new(&name)).is_none() => Some(unchanged(name)),
            Candidate::File { path, found } if self.of(&path).is_none() => {
                (!found).then(|| unchanged(source::shown(&path)))
            }
            Candidate::Skip(skipped) => {
                self.of(Path::new(&skipped.path)).is_some().then_some(Candidate::Skip(skipped))
            }
            other => Some(other),
        };
        candidates.into_iter().filter_map(narrowed).collect()
    }

    /// Says of each finding whether it lies on changed lines; returns what the document newly allows.
    pub(crate) fn mark(&self, report: &mut DocumentReport, source: &Source) -> Vec<Guard> {
        let none = FileChanges::default();
        let changes = self.of(Path::new(&report.path)).unwrap_or(&none);
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

    /// What became of configuration, lexicon and baseline, which lies at `baseline` if there is to be one.
    pub(crate) fn guards(&self, setup: &Setup, baseline: Option<&Path>) -> Vec<Guard> {
        let checks = Checks::of(setup, &self.root);
        let guard = |path: &String| checks.guard(path);
        let mut guards: Vec<Guard> = self.changes.files.keys().filter_map(guard).collect();
        guards.extend(baseline.and_then(|file| self.baseline(file)));
        guards
    }

    fn baseline(&self, file: &Path) -> Option<Guard> {
        let path = below(&self.root, file)?;
        self.changes.files.get(&path)?;
        let message = match &self.since {
            None => "the baseline was changed".to_owned(),
            Some((git, commit)) => {
                let older = git.file(commit, &path).ok().flatten().unwrap_or_default();
                let older = Baseline::parse(&String::from_utf8_lossy(&older)).unwrap_or_default();
                let now = Known::open(file).map(|known| known.baseline).unwrap_or_default();
                match now.grown_since(&older) {
                    0 => return None,
                    more => format!("the baseline knows {} more than before", counted(more, "finding")),
                }
            }
        };
        Some(Guard { kind: GuardKind::Baseline, path, line: None, message })
    }

    /// What changed in a file, given as seen from the current folder.
    fn of(&self, path: &Path) -> Option<&FileChanges> {
        self.changes.files.get(&below(&self.root, path)?)
    }
}

/// The files that say how to check, from the root of the repository.
struct Checks {
    files: Vec<String>,
    /// Folders of lexicon files, each with `/` at its end, or empty for the root.
    folders: Vec<String>,
    /// Whether the check used these files as they were before.
    is_past: bool,
}

impl Checks {
    fn of(setup: &Setup, root: &Path) -> Self {
        let folders = setup.lexicon_folders().filter_map(|folder| below(root, &folder));
        Self {
            files: setup.files().filter_map(|path| below(root, &path)).collect(),
            folders: folders.map(|folder| if folder.is_empty() { folder } else { folder + "/" }).collect(),
            is_past: setup.is_past(),
        }
    }

    /// What there is to say if this file was changed. A folder of the lexicon may have got a new one.
    fn guard(&self, path: &String) -> Option<Guard> {
        let is_word = is_toml(path) && self.folders.iter().any(|folder| path.starts_with(folder));
        let is_setting = path.rsplit('/').next() == Some(FILE_NAME) || self.files.contains(path);
        let message = match (is_word, is_setting, self.is_past) {
            (true, _, false) => "the lexicon was changed",
            (true, _, true) => "the lexicon was changed; the check used that from before",
            (_, true, false) => "settings were changed",
            (_, true, true) => "settings were changed; the check used those from before",
            (false, false, _) => return None,
        };
        let (kind, message) = (GuardKind::Configuration, message.to_owned());
        Some(Guard { kind, path: path.clone(), line: None, message })
    }
}

/// Findings that count for `--fail-on`: with `--diff`, those on changed lines and, wherever it is placed, the verdict.
pub(crate) fn counts(
    args: &CheckArgs,
    lexicon: &Lexicon,
    summary: &Summary,
    documents: &[DocumentReport],
) -> Counts {
    if args.diff.is_none() {
        return summary.findings;
    }
    let verdict = &lexicon.document_rule(DocumentRole::Verdict).id;
    let counts = |finding: &&Finding| finding.changed == Some(true) || finding.rule == *verdict;
    Counts::of(documents.iter().flat_map(|document| &document.findings).filter(counts))
}

/// The path of a file from `root`, which is without symbolic links; none if it lies elsewhere.
pub(crate) fn below(root: &Path, path: &Path) -> Option<String> {
    let here = std::env::current_dir().ok()?;
    let here = here.canonicalize().unwrap_or(here);
    let whole = path.canonicalize().unwrap_or_else(|_| plain(&here.join(path)));
    whole.strip_prefix(root).ok().map(source::shown)
}

/// The last line that a finding touches.
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

/// The root of the repository around a folder, by its `.git`; the folder itself if there is none.
fn root_around(here: &Path) -> PathBuf {
    let here = here.canonicalize().unwrap_or_else(|_| here.to_owned());
    let root = here.ancestors().find(|folder| folder.join(".git").symlink_metadata().is_ok());
    root.unwrap_or(&here).to_owned()
}
