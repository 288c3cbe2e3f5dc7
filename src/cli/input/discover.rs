//! Finds the files to review: turns the arguments into candidates, in order and without duplicates.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::cli::args::selection::Selection;
use crate::cli::args::similar_command;
use crate::document::has_extension;
use crate::report::{FileError, Skipped};
use crate::settings::Globs;
use crate::settings::folder::{self, Entry};
use crate::settings::paths::absolute;
use crate::source::{self, Fence, InputError, Reason};
use crate::vcs::quoting::unquoted;

/// What to do with one path.
#[derive(Clone, Debug)]
pub(crate) enum Candidate {
    /// Read standard input; this is the name shown for it.
    Stdin(String),
    /// Read this file. If it was found in a folder rather than named, it is skipped unless it looks like a postmortem.
    File { path: PathBuf, found: bool },
    /// Do not read it.
    Skip(Skipped),
    /// Report that it cannot be read.
    Fail(FileError),
}

/// Returns the candidates of a run, in the order of the arguments; files in folders are sorted by path.
pub(crate) fn candidates(args: &Selection, globs: &Globs) -> Vec<Candidate> {
    let mut finder = Finder {
        force_filter: args.force_filter,
        globs,
        fence: Fence::here(),
        candidates: Vec::new(),
        positions: BTreeMap::new(),
    };
    for path in &args.paths {
        if path.as_os_str() == "-" {
            finder.add_stdin(&args.stdin_filename);
        } else if let Some(error) = mistyped_command(path) {
            finder.push(path, Candidate::Fail(error));
        } else {
            finder.add(path);
        }
    }
    args.files_from.iter().for_each(|list| finder.add_list(list));
    if args.paths.is_empty() && args.files_from.is_empty() {
        finder.add_folder(Path::new("."));
    }
    finder.candidates
}

/// Returns the error for a path that does not exist and looks like the name of a command.
fn mistyped_command(path: &Path) -> Option<FileError> {
    if path.symlink_metadata().is_ok() {
        return None;
    }
    let command = similar_command(path.to_str()?)?;
    let message = format!("{}; did you mean `{command}`?", Reason::Missing);
    Some(FileError { path: source::shown(path), message })
}

impl Candidate {
    /// True if this file was found in a folder, whether read or skipped, and `later` is the same file given by name.
    fn is_overridden_by(&self, later: &Self) -> bool {
        let found = matches!(self, Self::File { found: true, .. } | Self::Skip(_));
        found && matches!(later, Self::File { found: false, .. })
    }
}

impl From<Entry> for Candidate {
    fn from(entry: Entry) -> Self {
        match entry {
            Entry::Document(path) => Self::File { path, found: true },
            Entry::Skip(skipped) => Self::Skip(skipped),
            Entry::Fail(error) => Self::Fail(error),
        }
    }
}

impl From<InputError> for FileError {
    fn from(error: InputError) -> Self {
        let message = error.to_string();
        Self { path: error.path, message }
    }
}

struct Finder<'g> {
    force_filter: bool,
    globs: &'g Globs,
    fence: Option<Fence>,
    candidates: Vec<Candidate>,
    /// The position of each absolute path in the candidates.
    positions: BTreeMap<PathBuf, usize>,
}

impl Finder<'_> {
    fn add_stdin(&mut self, name: &str) {
        if let Some(reason) = self.globs.reject(Path::new(name)).filter(|_| self.force_filter) {
            return self.candidates.push(skip(Path::new(name), reason));
        }
        if !self.candidates.iter().any(|candidate| matches!(candidate, Candidate::Stdin(_))) {
            self.candidates.push(Candidate::Stdin(name.to_owned()));
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
            Ok(paths) => paths.into_iter().map(as_listed).for_each(|path| self.add(&path)),
            Err(error) => self.candidates.push(Candidate::Fail(error.into())),
        }
    }

    /// Adds a path given as an argument.
    fn add(&mut self, path: &Path) {
        match self.fence.as_ref().map_or(Ok(()), |fence| fence.check(path)) {
            Err(error) => self.push(path, Candidate::Fail(error.into())),
            Ok(()) if path.is_dir() => self.add_folder(path),
            Ok(()) if self.force_filter && !has_extension(path) => {
                self.push(path, skip(path, "other-format"));
            }
            Ok(()) => self.push(path, self.file(path.to_owned(), self.force_filter)),
        }
    }

    fn add_folder(&mut self, folder: &Path) {
        let here = absolute(Path::new("."));
        let mut found: Vec<_> = folder::entries(folder, &here, self.globs).flatten().collect();
        found.sort_by(|(a, _), (b, _)| a.cmp(b));
        for (path, entry) in found {
            self.push(&path, entry.into());
        }
    }

    /// Returns the candidate for a file given by name, which must match the globs of the configuration if `filtered`.
    fn file(&self, path: PathBuf, filtered: bool) -> Candidate {
        match self.globs.reject(&path).filter(|_| filtered) {
            Some(reason) => skip(&path, reason),
            None => Candidate::File { path, found: filtered },
        }
    }

    /// Adds a path unless it has already been added. A file given by name overrides one found in a folder.
    fn push(&mut self, path: &Path, candidate: Candidate) {
        let key = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let Some(&at) = self.positions.get(&key) else {
            self.positions.insert(key, self.candidates.len());
            return self.candidates.push(candidate);
        };
        let first = &mut self.candidates[at];
        if first.is_overridden_by(&candidate) {
            *first = candidate;
        }
    }
}

/// Returns the path that a line of a list names, which git may have quoted.
fn as_listed(line: PathBuf) -> PathBuf {
    let quoted = line.to_str().filter(|name| name.starts_with('"') && line.symlink_metadata().is_err());
    quoted.map(|name| PathBuf::from(unquoted(name))).unwrap_or(line)
}

fn skip(path: &Path, reason: &str) -> Candidate {
    Candidate::Skip(Skipped { path: source::shown(path), reason: reason.to_owned() })
}
