//! Keeps what is read inside a folder, also after symbolic links are resolved.

use std::path::{Component, Path, PathBuf, absolute};

use crate::source::{InputError, Reason, shown};

/// Rejects paths that lead out of a folder.
///
/// A pull request could turn a postmortem into a symbolic link to a secret on the machine that checks it, and the
/// report would quote that secret.
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
    /// Fails if a symbolic link leads out of the fence.
    pub fn check(&self, path: &Path) -> Result<(), InputError> {
        let whole = normalised(&absolute(path).unwrap_or_default());
        let seems_inside = whole.starts_with(&self.given) || whole.starts_with(&self.real);
        fail_if(seems_inside && self.is_left_by(path), path, Reason::LeadsOut)
    }

    /// Checks a path that a file of a repository names: it must be inside.
    ///
    /// # Errors
    ///
    /// Fails if the path leads out of the fence, as written or by symbolic links.
    pub fn contain(&self, path: &Path) -> Result<(), InputError> {
        fail_if(self.is_left_by(path), path, Reason::Outside)
    }

    /// True if the path leads out of the fence. If it does not exist, the folder that it would be in counts.
    fn is_left_by(&self, path: &Path) -> bool {
        let Ok(whole) = absolute(path) else { return true };
        let real = whole.canonicalize().ok();
        let real = real.or_else(|| normalised(&whole).ancestors().find_map(|path| path.canonicalize().ok()));
        real.is_none_or(|real| !real.starts_with(&self.real))
    }
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
