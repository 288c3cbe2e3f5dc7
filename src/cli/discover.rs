//! From arguments to the files to be reviewed, in order and each once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use crate::cli::args::Selection;
use crate::cli::globs::Globs;
use crate::report::{FileError, Skipped};
use crate::source::{self, Fence, InputError};

/// Endings of Markdown files, in lower case.
const MARKDOWN: [&str; 2] = ["md", "markdown"];

/// What is to be done about one path.
#[derive(Clone, Debug)]
pub(crate) enum Candidate {
    /// Standard input, under a name.
    Stdin(String),
    /// A file; if it was found rather than named, it is skipped unless it looks like a postmortem.
    File { path: PathBuf, found: bool },
    /// Not to be read.
    Skip(Skipped),
    /// Cannot be read.
    Fail(FileError),
}

/// The candidates of a run, in the order of the arguments, folders sorted by path.
pub(crate) fn candidates(args: &Selection, globs: &Globs) -> Vec<Candidate> {
    let mut plan = Plan {
        force_filter: args.force_filter,
        globs,
        fence: Fence::here(),
        candidates: Vec::new(),
        seen: BTreeMap::new(),
    };
    for path in &args.paths {
        if path.as_os_str() == "-" { plan.stdin(&args.stdin_filename) } else { plan.add(path) }
    }
    args.files_from.iter().for_each(|list| plan.add_list(list));
    if args.paths.is_empty() && args.files_from.is_empty() {
        plan.add_folder(Path::new("."));
    }
    plan.candidates
}

impl Candidate {
    /// Whether a file that was merely found, or skipped when it was, is now named.
    fn outweighed_by(&self, later: &Self) -> bool {
        let found = matches!(self, Self::File { found: true, .. } | Self::Skip(_));
        found && matches!(later, Self::File { found: false, .. })
    }
}

impl From<InputError> for FileError {
    fn from(error: InputError) -> Self {
        let message = error.to_string();
        Self { path: error.path, message }
    }
}

struct Plan<'g> {
    force_filter: bool,
    globs: &'g Globs,
    fence: Option<Fence>,
    candidates: Vec<Candidate>,
    /// Where each path stands in the candidates, by its absolute form.
    seen: BTreeMap<PathBuf, usize>,
}

impl Plan<'_> {
    fn stdin(&mut self, name: &str) {
        let name = match self.globs.reject(Path::new(name)).filter(|_| self.force_filter) {
            Some(reason) => return self.candidates.push(skip(Path::new(name), reason)),
            None => name.to_owned(),
        };
        if !self.candidates.iter().any(|candidate| matches!(candidate, Candidate::Stdin(_))) {
            self.candidates.push(Candidate::Stdin(name));
        }
    }

    fn add_list(&mut self, list: &Path) {
        let stdin = list.as_os_str() == "-";
        let paths = if stdin {
            source::read_list_stream("-", std::io::stdin().lock())
        } else {
            source::read_list(list)
        };
        match paths {
            Ok(paths) => paths.iter().for_each(|path| self.add(path)),
            Err(error) => self.candidates.push(Candidate::Fail(error.into())),
        }
    }

    /// A path that was named.
    fn add(&mut self, path: &Path) {
        let inside = self.fence.as_ref().map_or(Ok(()), |fence| fence.check(path));
        match inside {
            Err(error) => self.push(path, Candidate::Fail(error.into())),
            Ok(()) if path.is_dir() => self.add_folder(path),
            Ok(()) if self.force_filter && !is_markdown(path) => self.push(path, skip(path, "not-markdown")),
            Ok(()) => self.push(path, self.file(path.to_owned(), self.force_filter)),
        }
    }

    fn add_folder(&mut self, folder: &Path) {
        let mut found: Vec<_> = walk(folder).filter_map(|entry| candidate(folder, entry)).collect();
        found.sort_by(|(a, _), (b, _)| a.cmp(b));
        for (path, candidate) in found {
            let candidate = match candidate {
                Candidate::File { path, found } => self.file(path, found),
                other => other,
            };
            self.push(&path, candidate);
        }
    }

    /// A file; one that was found has to be among those that the configuration wants to be read.
    fn file(&self, path: PathBuf, found: bool) -> Candidate {
        match self.globs.reject(&path).filter(|_| found) {
            Some(reason) => skip(&path, reason),
            None => Candidate::File { path, found },
        }
    }

    /// A path counts once, where it stands first; being named outweighs being found.
    fn push(&mut self, path: &Path, candidate: Candidate) {
        let key = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let Some(&at) = self.seen.get(&key) else {
            self.seen.insert(key, self.candidates.len());
            return self.candidates.push(candidate);
        };
        let first = &mut self.candidates[at];
        if first.outweighed_by(&candidate) {
            *first = candidate;
        }
    }
}

/// Everything below a folder, whatever the machine's own git settings say.
fn walk(folder: &Path) -> ignore::Walk {
    WalkBuilder::new(folder)
        .require_git(false)
        .git_global(false)
        .git_exclude(false)
        .follow_links(false)
        .build()
}

/// What a walked entry is to us; nothing if it is a folder or another kind of file.
fn candidate(folder: &Path, entry: Result<DirEntry, ignore::Error>) -> Option<(PathBuf, Candidate)> {
    let entry = match entry {
        Ok(entry) => entry,
        Err(error) => return Some(failure(folder, &error)),
    };
    let kind = entry.file_type()?;
    let path = tidy(entry.path());
    if !is_markdown(&path) || kind.is_dir() {
        return None;
    }
    let candidate = match () {
        () if kind.is_symlink() => skip(&path, "symbolic-link"),
        () if kind.is_file() => Candidate::File { path: path.clone(), found: true },
        () => skip(&path, "not-a-regular-file"),
    };
    Some((path, candidate))
}

/// `./a.md` found in the current folder is `a.md` to everybody.
fn tidy(path: &Path) -> PathBuf {
    path.strip_prefix(".").unwrap_or(path).to_owned()
}

fn failure(folder: &Path, error: &ignore::Error) -> (PathBuf, Candidate) {
    let path = tidy(place(error).unwrap_or(folder));
    let reason = error.io_error().map_or_else(|| error.to_string(), |cause| cause.kind().to_string());
    let message = format!("not readable: {reason}");
    let failure = FileError { path: source::shown(&path), message };
    (path, Candidate::Fail(failure))
}

/// The path that an error of the walk is about.
fn place(mut error: &ignore::Error) -> Option<&Path> {
    loop {
        match error {
            ignore::Error::WithPath { path, .. } => return Some(path),
            ignore::Error::Loop { child, .. } => return Some(child),
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => error = err,
            _ => return None,
        }
    }
}

fn skip(path: &Path, reason: &str) -> Candidate {
    Candidate::Skip(Skipped { path: source::shown(path), reason: reason.to_owned() })
}

fn is_markdown(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| MARKDOWN.contains(&ending.to_ascii_lowercase().as_str()))
}
