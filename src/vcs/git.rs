//! Questions to git: the only module that runs another program, and git is the only program that it runs.
//!
//! No shell is in between, names of commits never count as options, and nothing that a repository can carry (drivers
//! for diffs and conversions, file monitors) is run. Nothing is fetched.

use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Files that a diff is asked for, wherever they lie: documents, and settings of any kind.
const FILES: [&str; 3] = [":(top,icase)*.md", ":(top,icase)*.markdown", ":(top,icase)*.toml"];

/// How a diff is to be written, whatever the settings of the machine say. `--text` keeps a repository from hiding its
/// documents as binary files.
const DIFF: [&str; 13] = [
    "diff",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--no-relative",
    "--text",
    "--unified=0",
    "--inter-hunk-context=0",
    "--find-renames",
    "--src-prefix=a/",
    "--dst-prefix=b/",
    "--ignore-submodules=all",
    "--end-of-options",
];

/// What git says where it would have to fetch what a partial clone lacks.
const NOT_FETCHED: &str = "lazy fetching disabled";

/// A repository.
#[derive(Clone, Debug)]
pub struct Git {
    /// The top folder of its working tree, absolute and without symbolic links.
    pub root: PathBuf,
}

/// Why git has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GitError {
    /// There is no such program.
    Missing,
    /// The folder is in no working tree.
    NoRepository,
    /// No commit has this name.
    Unknown(String),
    /// The commit of this name has no history in common with HEAD.
    Unrelated(String),
    /// The clone is partial, and lacks the contents of a file.
    Partial,
    /// What git said, its first line.
    Failed(String),
}

impl fmt::Display for GitError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => to.write_str("git is needed for this, and was not found"),
            Self::NoRepository => to.write_str("the current folder is in no git repository"),
            Self::Unknown(name) => {
                write!(to, "git knows no commit `{name}` (in a shallow clone, fetch it first)")
            }
            Self::Unrelated(name) => {
                write!(to, "`{name}` and HEAD have no commit in common (a shallow clone needs more history)")
            }
            Self::Partial => to.write_str(
                "this clone leaves out what files held before (--filter): `git fetch --refetch --no-filter` gets it",
            ),
            Self::Failed(said) => write!(to, "git failed: {said}"),
        }
    }
}

impl std::error::Error for GitError {}

impl Git {
    /// The repository around a folder.
    ///
    /// # Errors
    /// There is no git, or no repository.
    pub fn around(folder: &Path) -> Result<Self, GitError> {
        let output = start(folder, &["rev-parse", "--show-toplevel"])?;
        let root = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim_end_matches(['\r', '\n']));
        match root.canonicalize() {
            Ok(root) if output.status.success() => Ok(Self { root }),
            _ => Err(GitError::NoRepository),
        }
    }

    /// The hash of the commit that has a name.
    ///
    /// # Errors
    /// No commit has it.
    pub fn commit(&self, name: &str) -> Result<String, GitError> {
        let wanted = format!("{name}^{{commit}}");
        let output = start(&self.root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted])?;
        let hash = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        let is_hash = !hash.is_empty() && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        if output.status.success() && is_hash { Ok(hash) } else { Err(GitError::Unknown(name.to_owned())) }
    }

    /// The hash of the last commit that HEAD has in common with the commit of a name.
    ///
    /// # Errors
    /// No commit has the name, or there is none in common.
    pub fn merge_base(&self, name: &str) -> Result<String, GitError> {
        let commit = self.commit(name)?;
        let output = start(&self.root, &["merge-base", &commit, "HEAD"])?;
        let base = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        if output.status.success() { Ok(base) } else { Err(GitError::Unrelated(name.to_owned())) }
    }

    /// The diff from a commit, given by its hash, to the working tree, without lines of context; of Markdown and TOML
    /// files only.
    ///
    /// # Errors
    /// Git fails.
    pub fn diff(&self, commit: &str) -> Result<Vec<u8>, GitError> {
        self.ask(&[&DIFF[..], &[commit, "--"], &FILES[..]].concat())
    }

    /// Files that git neither knows nor is to ignore, from the root.
    ///
    /// # Errors
    /// Git fails.
    pub fn untracked(&self) -> Result<Vec<String>, GitError> {
        let args = ["ls-files", "--others", "--exclude-standard", "-z", "--"];
        self.ask(&[&args[..], &FILES[..]].concat()).map(|list| split(&list))
    }

    /// What a file, given from the root, held at a commit, given by its hash; none if it was not there.
    ///
    /// # Errors
    /// Git fails.
    pub fn file(&self, commit: &str, path: &str) -> Result<Option<Vec<u8>>, GitError> {
        if self.ask(&["ls-tree", "-z", "--full-tree", "--name-only", commit, "--", path])?.is_empty() {
            return Ok(None);
        }
        self.ask(&["cat-file", "blob", &format!("{commit}:{path}")]).map(Some)
    }

    /// The files below a folder at a commit, both as for [`Git::file`].
    ///
    /// # Errors
    /// Git fails.
    pub fn below(&self, commit: &str, folder: &str) -> Result<Vec<String>, GitError> {
        let folder = format!("{folder}/");
        let list = self.ask(&["ls-tree", "-r", "-z", "--full-tree", "--name-only", commit, "--", &folder])?;
        Ok(split(&list))
    }

    fn ask(&self, args: &[&str]) -> Result<Vec<u8>, GitError> {
        let output = start(&self.root, args)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = String::from_utf8_lossy(&output.stderr);
        if said.contains(NOT_FETCHED) {
            return Err(GitError::Partial);
        }
        Err(GitError::Failed(said.lines().next().unwrap_or("it does not say why").to_owned()))
    }
}

fn start(folder: &Path, args: &[&str]) -> Result<Output, GitError> {
    let mut git = Command::new("git");
    git.args(["--no-pager", "-c", "core.fsmonitor=false", "-c", "core.quotePath=true"]).args(args);
    git.current_dir(folder).stdin(Stdio::null());
    git.env("GIT_OPTIONAL_LOCKS", "0").env("GIT_NO_LAZY_FETCH", "1").env("LC_ALL", "C");
    git.env_remove("GIT_EXTERNAL_DIFF").env_remove("GIT_DIFF_OPTS");
    git.output().map_err(|error| match error.kind() {
        ErrorKind::NotFound => GitError::Missing,
        kind => GitError::Failed(kind.to_string()),
    })
}

fn split(list: &[u8]) -> Vec<String> {
    let names = list.split(|&byte| byte == 0).filter(|name| !name.is_empty());
    names.map(|name| String::from_utf8_lossy(name).into_owned()).collect()
}
