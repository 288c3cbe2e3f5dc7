//! Queries git. No other module runs a program, and this one runs only git.
//!
//! There is no shell in between, names of commits are never treated as options, and programs that a repository can
//! configure (diff drivers, text conversions, filters, file monitors, hooks) are not run. Nothing is fetched.

use std::fmt;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

/// Maximum size in bytes of an answer of git: 64 MiB.
const LIMIT: u64 = 64 << 20;

/// The files included in diffs, in any folder: documents and settings.
const FILES: [&str; 13] = [
    ":(top,icase)*.htm",
    ":(top,icase)*.html",
    ":(top,icase)*.markdown",
    ":(top,icase)*.md",
    ":(top,icase)*.mdown",
    ":(top,icase)*.mdwn",
    ":(top,icase)*.mdx",
    ":(top,icase)*.mkd",
    ":(top,icase)*.mkdn",
    ":(top,icase)*.qmd",
    ":(top,icase)*.rmd",
    ":(top,icase)*.toml",
    ":(top,icase)*.xhtml",
];

/// Options that fix the format of a diff, regardless of the settings of the machine. `--text` prevents a repository
/// from hiding its documents as binary files.
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

/// Parts of the messages that git prints about an object that a partial clone lacks: newer versions, all versions, and
/// `git cat-file`.
const LACKING: [&str; 3] = ["lazy fetching disabled", "' not allowed", ": bad file"];

/// The settings for every command. A bare repository in a folder could otherwise add its own configuration. An empty
/// file monitor is none; before version 2.36, `false` would be a command.
const SETTINGS: [&str; 3] = ["core.fsmonitor=", "core.quotePath=true", "safe.bareRepository=explicit"];

/// Variables for every command. Without an allowed protocol git fetches nothing, and runs no command for connecting that
/// the repository names; before version 2.45 most versions ignore `GIT_NO_LAZY_FETCH`.
const VARIABLES: [(&str, &str); 4] =
    [("GIT_ALLOW_PROTOCOL", ""), ("GIT_NO_LAZY_FETCH", "1"), ("GIT_OPTIONAL_LOCKS", "0"), ("LC_ALL", "C")];

/// A repository.
#[derive(Clone, Debug)]
pub struct Git {
    /// The top folder of its working tree, absolute and without symbolic links.
    pub root: PathBuf,
}

/// The reason why a query failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GitError {
    /// Git is not installed.
    Missing,
    /// The folder is not in a working tree.
    NoRepository,
    /// There is no commit with this name.
    Unknown(String),
    /// The commit with this name has no history in common with HEAD.
    Unrelated(String),
    /// The clone is partial and lacks the contents of a file.
    Partial,
    /// The answer is larger than 64 MiB.
    TooLarge,
    /// Git failed; this is the first line of its error message.
    Failed(String),
}

impl fmt::Display for GitError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => to.write_str("git is needed for this, but was not found"),
            Self::NoRepository => to.write_str("the current folder is not in a git repository"),
            Self::Unknown(name) => {
                write!(to, "unknown commit `{name}` (in a shallow clone, fetch it first)")
            }
            Self::Unrelated(name) => {
                write!(to, "`{name}` and HEAD have no commit in common (a shallow clone needs more history)")
            }
            Self::Partial => to.write_str(
                "this partial clone lacks earlier file contents; get them with `git fetch --refetch --no-filter`",
            ),
            Self::TooLarge => to.write_str("the answer of git is larger than 64 MiB"),
            Self::Failed(said) => write!(to, "git failed: {said}"),
        }
    }
}

impl std::error::Error for GitError {}

impl Git {
    /// Returns the repository around a folder.
    ///
    /// # Errors
    /// Fails if git is not installed, or there is no repository.
    pub fn around(folder: &Path) -> Result<Self, GitError> {
        let output = run(&mut git(folder, &["rev-parse", "--show-toplevel"]))?;
        let root = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim_end_matches(['\r', '\n']));
        match root.canonicalize() {
            Ok(root) if output.status.success() => Ok(Self { root }),
            _ => Err(refusal(&output)),
        }
    }

    /// Returns the hash of the commit with this name.
    ///
    /// # Errors
    /// Fails if there is no such commit.
    pub fn commit(&self, name: &str) -> Result<String, GitError> {
        let wanted = format!("{name}^{{commit}}");
        let output =
            run(&mut git(&self.root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted]))?;
        let hash = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        let is_hash = !hash.is_empty() && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        if output.status.success() && is_hash { Ok(hash) } else { Err(GitError::Unknown(name.to_owned())) }
    }

    /// Returns the hash of the last commit that HEAD has in common with the commit with this name.
    ///
    /// # Errors
    /// Fails if there is no such commit, or no common commit.
    pub fn merge_base(&self, name: &str) -> Result<String, GitError> {
        let commit = self.commit(name)?;
        let output = run(&mut git(&self.root, &["merge-base", &commit, "HEAD"]))?;
        let base = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        if output.status.success() { Ok(base) } else { Err(GitError::Unrelated(name.to_owned())) }
    }

    /// Returns the diff from a commit, given by its hash, to the working tree, without context lines and only for
    /// Markdown and TOML files.
    ///
    /// # Errors
    /// Fails if git fails.
    pub fn diff(&self, commit: &str) -> Result<Vec<u8>, GitError> {
        let overrides = self.filter_overrides()?;
        let mut args: Vec<&str> = overrides.iter().flat_map(|setting| ["-c", setting]).collect();
        args.extend(DIFF);
        args.extend([commit, "--"]);
        args.extend(FILES);
        self.ask(&args)
    }

    /// Returns settings that turn off all filters. Otherwise git would run the repository's filters on files in the
    /// working tree.
    fn filter_overrides(&self) -> Result<Vec<String>, GitError> {
        let list = ["config", "--null", "--name-only", "--get-regexp", r"^filter\."];
        let output = run(&mut git(&self.root, &list))?; // fails if there are none
        let keys = split(&output.stdout);
        if keys.iter().any(|key| key.contains('=')) {
            // `-c` would set another key.
            return Err(GitError::Failed("a filter has `=` in its name".to_owned()));
        }
        let value = |key: &str| if key.ends_with(".required") { "false" } else { "" };
        Ok(keys.iter().map(|key| format!("{key}={}", value(key))).collect())
    }

    /// Returns untracked files that are not ignored, as paths relative to the root.
    ///
    /// # Errors
    /// Fails if git fails.
    pub fn untracked(&self) -> Result<Vec<String>, GitError> {
        let args = ["ls-files", "--others", "--exclude-standard", "-z", "--"];
        self.ask(&[&args[..], &FILES[..]].concat()).map(|list| split(&list))
    }

    /// Returns the contents of a file, by its path relative to the root, at a commit, given by its hash; `None` if it
    /// did not exist.
    ///
    /// # Errors
    /// Fails if git fails.
    pub fn file(&self, commit: &str, path: &str) -> Result<Option<Vec<u8>>, GitError> {
        if self.ask(&["ls-tree", "-z", "--full-tree", "--name-only", commit, "--", path])?.is_empty() {
            return Ok(None);
        }
        self.ask(&["cat-file", "blob", &format!("{commit}:{path}")]).map(Some)
    }

    /// Returns the files below a folder at a commit, both given as for [`Git::file`].
    ///
    /// # Errors
    /// Fails if git fails.
    pub fn below(&self, commit: &str, folder: &str) -> Result<Vec<String>, GitError> {
        let folder = format!("{folder}/");
        let list = self.ask(&["ls-tree", "-r", "-z", "--full-tree", "--name-only", commit, "--", &folder])?;
        Ok(split(&list))
    }

    /// Returns the output of git, if it succeeded.
    fn ask(&self, args: &[&str]) -> Result<Vec<u8>, GitError> {
        let output = run(&mut git(&self.root, args))?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let message = String::from_utf8_lossy(&output.stderr);
        if LACKING.iter().any(|part| message.contains(part)) && self.is_partial()? {
            return Err(GitError::Partial);
        }
        Err(failure(&message))
    }

    /// True if the repository is a partial clone, which fetches objects when they are needed.
    fn is_partial(&self) -> Result<bool, GitError> {
        let key = r"^(extensions\.partialclone|remote\..*\.promisor)$";
        Ok(run(&mut git(&self.root, &["config", "--get-regexp", key]))?.status.success())
    }
}

fn git(folder: &Path, args: &[&str]) -> Command {
    let mut git = Command::new("git");
    git.arg("--no-pager").args(SETTINGS.iter().flat_map(|setting| ["-c", setting])).args(args);
    git.current_dir(folder).stdin(Stdio::null()).envs(VARIABLES);
    git.env_remove("GIT_EXTERNAL_DIFF").env_remove("GIT_DIFF_OPTS");
    git
}

/// Returns why git did not name the top folder of a repository.
fn refusal(output: &Output) -> GitError {
    let message = String::from_utf8_lossy(&output.stderr);
    // The repository of another user, for example; there git advises what to do.
    let is_refused = ["dubious ownership", "unsafe repository"].iter().any(|part| message.contains(part));
    if is_refused { failure(&message) } else { GitError::NoRepository }
}

/// Returns an error with the first line of a message.
fn failure(message: &str) -> GitError {
    GitError::Failed(message.lines().next().unwrap_or("no reason given").to_owned())
}

fn run(command: &mut Command) -> Result<Output, GitError> {
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(|error| started(&error))?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let messages = thread::spawn(|| bounded(stderr));
    let stdout = bounded(stdout); // closes the pipe, so git ends even if there is more
    let status = child.wait().map_err(|error| started(&error))?;
    let stderr = messages.join().unwrap_or_else(|_| Ok(Vec::new()));
    let output = Output {
        status,
        stdout: stdout.map_err(|error| started(&error))?,
        stderr: stderr.map_err(|error| started(&error))?,
    };
    if output.stdout.len() as u64 > LIMIT { Err(GitError::TooLarge) } else { Ok(output) }
}

/// Reads at most one byte more than allowed.
fn bounded(stream: Option<impl Read>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stream.map_or(Ok(0), |stream| stream.take(LIMIT + 1).read_to_end(&mut bytes))?;
    Ok(bytes)
}

fn started(error: &io::Error) -> GitError {
    match error.kind() {
        ErrorKind::NotFound => GitError::Missing,
        kind => GitError::Failed(kind.to_string()),
    }
}

fn split(list: &[u8]) -> Vec<String> {
    let names = list.split(|&byte| byte == 0).filter(|name| !name.is_empty());
    names.map(|name| String::from_utf8_lossy(name).into_owned()).collect()
}
