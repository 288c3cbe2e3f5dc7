//! Walks a folder without what its ignore files exclude. They are read with limits, because a stranger may have written
//! them.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use walkdir::{DirEntry, IntoIter, WalkDir};

use crate::report::FileError;
use crate::settings::paths::{absolute, repository_around};
use crate::source::{self, Fence, InputError, Reason};

/// Maximum size in bytes of the ignore files that apply to one folder together. Compiled, they take some 400 times as much
/// memory.
const LIMIT: u64 = 256 << 10;

/// The names of ignore files. The first one overrides the second one, which git knows and which ends at a repository.
const NAMES: [&str; 2] = [".ignore", ".gitignore"];

/// The entries of a folder and its subfolders: what is neither hidden nor ignored, and what could not be read.
pub(super) struct Walk {
    /// The folder as given.
    given: PathBuf,
    folder: PathBuf,
    entries: IntoIter,
    ignored: IgnoreFiles,
}

impl Walk {
    /// Walks a folder, whose path may be relative. Links to folders are not followed. Without a repository, ignore files
    /// count from the absolute folder `here` on.
    pub(super) fn new(folder: &Path, here: &Path) -> Self {
        let (given, entries) = (folder.to_owned(), WalkDir::new(folder).into_iter());
        let folder = absolute(folder);
        let ignored = IgnoreFiles::above(&folder, here);
        Self { given, folder, entries, ignored }
    }

    /// Enters an entry that is a folder, unless it is ignored. Returns true if it is not.
    fn admit(&mut self, entry: &DirEntry) -> bool {
        let is_folder = entry.depth() == 0 || entry.file_type().is_dir();
        let path = self.folder.join(entry.path().strip_prefix(&self.given).unwrap_or(entry.path()));
        self.ignored.leave_all_but(entry.depth());
        let is_ignored = entry.depth() > 0 && self.ignored.matches(&path, is_folder);
        if is_folder && !is_ignored {
            self.ignored.enter(&path, entry.path());
        }
        !is_ignored
    }
}

impl Iterator for Walk {
    type Item = Result<DirEntry, FileError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(error) = self.ignored.errors.pop() {
                return Some(Err(error));
            }
            match self.entries.next()? {
                Err(error) => return Some(Err(unreadable(&self.given, &error))),
                Ok(entry) if self.admit(&entry) => return Some(Ok(entry)),
                Ok(entry) if entry.file_type().is_dir() => self.entries.skip_current_dir(),
                Ok(_) => {}
            }
        }
    }
}

/// The ignore files of a folder and of all folders around it.
struct IgnoreFiles {
    fence: Option<Fence>,
    /// One for each folder from the root of the repository down to the current folder.
    levels: Vec<Level>,
    /// Number of levels above the folder that is walked.
    above: usize,
    /// Ignore files that could not be read.
    errors: Vec<FileError>,
}

/// The ignore files of one folder.
struct Level {
    /// In the order of [`NAMES`].
    rules: [Gitignore; 2],
    /// True if it is the root of a repository.
    is_repository: bool,
    /// Size in bytes of these ignore files and of those above.
    size: u64,
}

impl IgnoreFiles {
    /// Reads the ignore files above an absolute folder, up to the root of its repository, or without one `here`.
    fn above(folder: &Path, here: &Path) -> Self {
        let outermost = if folder.starts_with(here) { here } else { folder };
        let root = repository_around(folder).unwrap_or(outermost);
        let mut files = Self { fence: Fence::around(root), levels: Vec::new(), above: 0, errors: Vec::new() };
        let mut folders: Vec<&Path> =
            folder.ancestors().skip(1).take_while(|path| path.starts_with(root)).collect();
        folders.reverse();
        for folder in folders {
            files.enter(folder, folder);
        }
        files.above = files.levels.len();
        files
    }

    /// Reads the ignore files of a folder below the last one; `shown` is its path in messages.
    fn enter(&mut self, folder: &Path, shown: &Path) {
        let mut size = self.levels.last().map_or(0, |level| level.size);
        let rules = NAMES.map(|name| {
            self.read(folder, name, &mut size).unwrap_or_else(|error| {
                let path = shown.strip_prefix(".").unwrap_or(shown).join(name);
                self.errors.push(FileError { path: source::shown(&path), message: message(&error) });
                Gitignore::empty()
            })
        });
        let is_repository = folder.join(".git").symlink_metadata().is_ok();
        self.levels.push(Level { rules, is_repository, size });
    }

    /// Leaves all folders deeper than this below the folder that is walked.
    fn leave_all_but(&mut self, depth: usize) {
        self.levels.truncate(self.above + depth);
    }

    /// Reads one ignore file, if there is one, and adds its size. Invalid patterns are ignored, as git does.
    fn read(&self, folder: &Path, name: &str, size: &mut u64) -> Result<Gitignore, InputError> {
        let path = folder.join(name);
        if path.symlink_metadata().is_err() || path.is_dir() {
            return Ok(Gitignore::empty());
        }
        self.fence.as_ref().map_or(Ok(()), |fence| fence.contain(&path))?;
        let bytes = source::read_bytes(&path, LIMIT.saturating_sub(*size))?;
        *size += bytes.len() as u64;
        let mut rules = GitignoreBuilder::new(folder);
        for line in String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').lines() {
            let _ = rules.add_line(None, line);
        }
        let reason = Reason::Unreadable(ErrorKind::InvalidData);
        rules.build().map_err(|_| InputError { path: source::shown(&path), reason })
    }

    /// True if a path in the current folder is left out: the rule of the innermost folder decides.
    fn matches(&self, path: &Path, is_folder: bool) -> bool {
        let [own, git] = [0, 1].map(|nth| {
            let mut levels = self.levels_inside(nth == 1);
            levels.find_map(|level| decision(&level.rules[nth].matched(path, is_folder)))
        });
        let is_hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        own.or(git).unwrap_or(is_hidden)
    }

    /// Returns the levels, innermost first; if `of_git`, up to the root of the innermost repository.
    fn levels_inside(&self, of_git: bool) -> impl Iterator<Item = &Level> {
        let last = self.levels.iter().rposition(|level| of_git && level.is_repository).unwrap_or(0);
        self.levels[last..].iter().rev()
    }
}

/// Returns whether a rule leaves a path out; `None` if there is no rule for it.
fn decision<T>(found: &Match<T>) -> Option<bool> {
    match found {
        Match::None => None,
        Match::Ignore(_) => Some(true),
        Match::Whitelist(_) => Some(false),
    }
}

fn message(error: &InputError) -> String {
    match error.reason {
        Reason::TooLarge(_) => {
            format!(
                "the ignore files of this folder and those above are together larger than {} KiB",
                LIMIT >> 10
            )
        }
        _ => error.to_string(),
    }
}

fn unreadable(folder: &Path, error: &walkdir::Error) -> FileError {
    let path = error.path().unwrap_or(folder);
    let kind = error.io_error().map_or(ErrorKind::Other, std::io::Error::kind);
    let path = source::shown(path.strip_prefix(".").unwrap_or(path));
    FileError { path, message: Reason::Unreadable(kind).to_string() }
}
