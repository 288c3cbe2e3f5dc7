//! Keeps what is read inside a folder, also after symbolic links are resolved.

use std::path::{Component, Path, PathBuf, absolute};

use crate::source::{InputError, Reason, shown};

/// Rejects paths that lead out of a folder, and links to what git keeps in it.
///
/// A pull request could turn a postmortem into a symbolic link to a secret on the machine that checks it, and the
/// report would quote that secret. The settings of git may contain one too: a checkout leaves its token there.
#[derive(Debug)]
pub struct Fence {
    /// The folder as given.
    given: PathBuf,
    /// The folder without symbolic links.
    real: PathBuf,
}

impl Fence {
    /// Creates a fence around the current folder; `None` if the folder does not exist.
    pub fn here() -> Option<Self> {
        Self::around(&std::env::current_dir().ok()?)
    }

    /// Creates a fence around an absolute path; `None` if the folder does not exist.
    pub fn around(folder: &Path) -> Option<Self> {
        let real = folder.canonicalize().ok()?;
        Some(Self { given: folder.to_owned(), real })
    }

    /// Checks a path that the user named. As written it may lead anywhere; if it seems to stay inside, it must do so.
    ///
    /// # Errors
    ///
    /// Fails if a symbolic link leads out of the fence, or from elsewhere into a folder `.git`.
    pub fn check(&self, path: &Path) -> Result<(), InputError> {
        let whole = normalised(&absolute(path).unwrap_or_default());
        let seems_inside = whole.starts_with(&self.given) || whole.starts_with(&self.real);
        fail_if(seems_inside && self.is_left_by(path), path, Reason::LeadsOut)?;
        let is_link = !is_of_git(&whole) && resolved(&whole).is_some_and(|real| is_of_git(&real));
        fail_if(is_link, path, Reason::LeadsToGit)
    }

    /// Checks a path that a file of a repository names: it must be inside.
    ///
    /// # Errors
    ///
    /// Fails if the path leads out of the fence or into a folder `.git`, as written or by symbolic links.
    pub fn contain(&self, path: &Path) -> Result<(), InputError> {
        fail_if(self.is_left_by(path), path, Reason::Outside)?;
        let real = absolute(path).ok().and_then(|whole| resolved(&whole));
        let inside = real.as_deref().and_then(|real| real.strip_prefix(&self.real).ok());
        fail_if(inside.is_some_and(is_of_git), path, Reason::OfGit)
    }

    /// True if the path leads out of the fence.
    fn is_left_by(&self, path: &Path) -> bool {
        let real = absolute(path).ok().and_then(|whole| resolved(&whole));
        real.is_none_or(|real| !real.starts_with(&self.real))
    }
}

/// Returns an absolute path without symbolic links. If there is nothing, the folder that it would be in counts.
fn resolved(path: &Path) -> Option<PathBuf> {
    let real = path.canonicalize().ok();
    real.or_else(|| normalised(path).ancestors().find_map(|path| path.canonicalize().ok()))
}

/// True if a path is what git keeps in a repository. Some file systems do not distinguish capital letters.
fn is_of_git(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str().eq_ignore_ascii_case(".git"))
}

/// Checks a path that the user named, with a fence around the current folder.
///
/// # Errors
///
/// As for [`Fence::check`].
pub fn check_named(path: &Path) -> Result<(), InputError> {
    Fence::here().map_or(Ok(()), |fence| fence.check(path))
}

fn fail_if(leads_out: bool, path: &Path, reason: Reason) -> Result<(), InputError> {
    if leads_out { Err(InputError { path: shown(path), reason }) } else { Ok(()) }
}

/// Returns a path without `.` and `..`. Symbolic links are not followed.
pub fn normalised(path: &Path) -> PathBuf {
    let mut normalised = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(normalised.pop()),
            part => normalised.push(part),
        }
    }
    normalised
}
