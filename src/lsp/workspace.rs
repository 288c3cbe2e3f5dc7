//! The folders of the workspace, each with the settings that `check` would use in it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::atomic_write::IfExists;
use crate::config::FILE_NAME;
use crate::lsp::outline::Outline;
use crate::model::DEFAULT_MAX_FILE_SIZE;
use crate::report::{DocumentReport, Finding};
use crate::review;
use crate::settings::baseline_file::BaselineFile;
use crate::settings::config_file::nearest_folder;
use crate::settings::error::SettingsError;
use crate::settings::{Settings, SettingsOptions, folder};
use crate::source::{self, FileState, InputError, Reason, Source};

/// Why a document that is open is not judged, or what was found out about it.
#[derive(Debug)]
pub(crate) enum Outcome {
    Judged(Box<Judged>),
    /// It is no postmortem, or excluded.
    Skipped,
    /// It cannot be read, or judging it failed.
    Failed(String),
}

/// A judged document.
#[derive(Debug)]
pub(crate) struct Judged {
    pub(crate) report: DocumentReport,
    pub(crate) outline: Outline,
}

/// What is wrong in a file of settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) path: PathBuf,
    /// From 1.
    pub(crate) line: usize,
    /// From 1, in code points.
    pub(crate) column: usize,
    pub(crate) message: String,
}

impl Problem {
    /// Returns a problem of a whole file.
    pub(crate) fn at_start(path: &Path, message: String) -> Self {
        Self { path: path.to_owned(), line: 1, column: 1, message }
    }
}

/// The settings for the documents in one folder.
#[derive(Debug)]
pub(crate) struct Project {
    pub(crate) root: PathBuf,
    pub(crate) settings: Settings,
    pub(crate) baseline: Option<BaselineFile>,
}

impl Project {
    fn load(root: &Path, options: &SettingsOptions) -> Result<Self, SettingsError> {
        let settings = Settings::load_in(root, options)?;
        let baseline = settings.baseline(None)?;
        if let Some(reader) = settings.witnesses().reader {
            reader.remember();
        }
        Ok(Self { root: root.to_owned(), settings, baseline })
    }

    /// Returns the files and folders from which the settings were read.
    fn files(&self) -> Vec<PathBuf> {
        let baseline = self.baseline.as_ref().map(|baseline| baseline.path.clone());
        [self.settings.paths(), self.settings.lexicon_folders()]
            .concat()
            .into_iter()
            .chain(baseline)
            .collect()
    }

    /// Returns the path of a document as `check` shows it in this folder.
    pub(crate) fn name(&self, path: &Path) -> String {
        source::shown(path.strip_prefix(&self.root).unwrap_or(path))
    }

    /// Reviews a text as `check` reviews a file that it finds in the folder. `path` is absolute for a file.
    pub(crate) fn review(&self, path: &Path, text: &str) -> Outcome {
        if self.settings.globs.reject(path).is_some() {
            return Outcome::Skipped;
        }
        match source::read_stream(&self.name(path), text.as_bytes(), DEFAULT_MAX_FILE_SIZE) {
            Ok(source) => self.review_source(path, &source).unwrap_or_else(|error| unread(&error)),
            Err(error) => unread(&error),
        }
    }

    fn review_source(&self, path: &Path, source: &Source) -> Result<Outcome, InputError> {
        let document = self.settings.parse(source)?;
        let Some(mut report) = self.settings.examine_parsed(&document, true) else {
            return Ok(Outcome::Skipped);
        };
        if let Some(baseline) = &self.baseline {
            baseline.suppress_in(&source::shown(path), &mut report);
        }
        review::limit(&mut report);
        Ok(Outcome::Judged(Box::new(Judged { outline: Outline::new(source, &document), report })))
    }

    /// True if the configuration names a baseline.
    pub(crate) fn has_baseline(&self) -> bool {
        self.settings.config.baseline.is_some()
    }

    /// Adds a finding to the baseline as it is on disk now.
    pub(crate) fn ignore(&self, path: &Path, title: Option<&str>, finding: &Finding) -> Result<(), String> {
        let file = self.settings.baseline_path(None).map_err(|error| error.to_string())?;
        let file = file.ok_or("rcalint.toml names no baseline")?;
        let mut file = BaselineFile::read(&file).map_err(|error| error.message)?;
        let key = file.key(&source::shown(path));
        file.baseline.add_finding(key, title, finding);
        file.write(IfExists::Replace).map_err(|error| error.message)
    }
}

/// A folder of the workspace, or one with a document that is in no folder of the workspace.
#[derive(Debug)]
pub(crate) struct Folder {
    pub(crate) root: PathBuf,
    /// False if it is only there because of a document.
    is_in_workspace: bool,
    /// The last settings that could be loaded.
    pub(crate) project: Option<Arc<Project>>,
    /// Why the current settings cannot be loaded.
    pub(crate) problem: Option<Problem>,
    /// The files on which the settings depend, as they were when they were read.
    read: Vec<(FileState, PathBuf)>,
}

impl Folder {
    fn new(root: PathBuf, options: &SettingsOptions) -> Self {
        let mut folder =
            Self { root, is_in_workspace: false, project: None, problem: None, read: Vec::new() };
        folder.reload(options);
        folder
    }

    /// Loads the settings again. If they are invalid, the last valid ones stay in force.
    fn reload(&mut self, options: &SettingsOptions) {
        match Project::load(&self.root, options) {
            Ok(project) => (self.project, self.problem) = (Some(Arc::new(project)), None),
            Err(error) => {
                let folder = nearest_folder(&self.root).unwrap_or(&self.root);
                self.problem = Some(problem(folder, error));
            }
        }
        self.read = self.files();
    }

    /// Returns the files on which the settings depend, as they are now.
    fn files(&self) -> Vec<(FileState, PathBuf)> {
        let nearest = nearest_folder(&self.root).map(|folder| folder.join(FILE_NAME));
        let valid = self.project.iter().flat_map(|project| project.files());
        let wrong = self.problem.iter().map(|problem| problem.path.clone());
        let with_state = |path: PathBuf| (FileState::of(&path), path);
        nearest.into_iter().chain(valid).chain(wrong).map(with_state).collect()
    }
}

/// All folders.
#[derive(Debug, Default)]
pub(crate) struct Workspace {
    options: SettingsOptions,
    folders: Vec<Folder>,
}

impl Workspace {
    pub(crate) fn new(options: SettingsOptions) -> Self {
        Self { options, folders: Vec::new() }
    }

    /// Adds a folder of the workspace.
    pub(crate) fn add(&mut self, root: PathBuf) {
        let known = self.folders.iter().position(|folder| folder.root == root);
        let at = known.unwrap_or(self.folders.len());
        if known.is_none() {
            self.folders.push(Folder::new(root, &self.options));
        }
        self.folders[at].is_in_workspace = true;
    }

    pub(crate) fn remove(&mut self, root: &Path) {
        self.folders.retain(|folder| folder.root != root);
    }

    pub(crate) fn folders(&self) -> &[Folder] {
        &self.folders
    }

    /// Returns the folders of the workspace whose settings could be loaded, each with its settings.
    pub(crate) fn projects(&self) -> impl Iterator<Item = (&Path, &Arc<Project>)> {
        let folders = self.folders.iter().filter(|folder| folder.is_in_workspace);
        folders.filter_map(|folder| Some((folder.root.as_path(), folder.project.as_ref()?)))
    }

    /// True if a file or folder is in a folder of the workspace.
    pub(crate) fn contains(&self, path: &Path) -> bool {
        self.folders.iter().any(|folder| folder.is_in_workspace && path.starts_with(&folder.root))
    }

    /// True if a file on which the settings depend has changed since it was read.
    pub(crate) fn has_changed(&self) -> bool {
        self.folders.iter().any(|folder| folder.files() != folder.read)
    }

    /// Loads all settings again.
    pub(crate) fn reload(&mut self) {
        for folder in &mut self.folders {
            folder.reload(&self.options);
        }
    }

    /// Returns the settings for a document: those of the innermost folder around it. A document that is in none is judged
    /// as by a `check` in its own folder, and a new one without a file with the settings of the first folder.
    pub(crate) fn project(&mut self, path: &Path) -> Option<Arc<Project>> {
        let around = self.folders.iter().filter(|folder| path.starts_with(&folder.root));
        let mut nearest = around.max_by_key(|folder| folder.root.components().count());
        if nearest.is_none() {
            let own = path.parent().filter(|_| path.is_absolute());
            if let Some(own) = own.map(Path::to_owned) {
                self.folders.push(Folder::new(own, &self.options));
                nearest = self.folders.last();
            }
        }
        nearest.or(self.folders.first())?.project.clone()
    }
}

/// Reads a file, as `check` reads one that it finds in the folder; otherwise returns why it is not judged.
pub(crate) fn read(path: &Path) -> Result<String, Outcome> {
    match source::read(path, DEFAULT_MAX_FILE_SIZE) {
        Ok(source) => Ok(source.text),
        Err(error) if folder::skip_reason(&error).is_some() => Err(Outcome::Skipped),
        Err(error) => Err(unread(&error)),
    }
}

/// Returns what becomes of a document that cannot be read.
fn unread(error: &InputError) -> Outcome {
    match error.reason {
        Reason::Empty | Reason::NoText => Outcome::Skipped,
        _ => Outcome::Failed(error.to_string()),
    }
}

/// Returns what is wrong in the text of a configuration, as if its file, given by its absolute path, contained it. What is
/// wrong in another file is said at the beginning.
pub(crate) fn check_typed(path: &Path, text: &str) -> Option<Problem> {
    let error = Settings::check(path, text).err()?;
    let problem = problem(path.parent().unwrap_or(path), error);
    if problem.path == path {
        return Some(problem);
    }
    let message = format!("{}:{}: {}", source::shown(&problem.path), problem.line, problem.message);
    Some(Problem::at_start(path, message))
}

/// Returns where settings are wrong. Paths in errors are relative to the folder of `rcalint.toml`.
fn problem(folder: &Path, error: SettingsError) -> Problem {
    let at = |path: &str, line, column, message| Problem { path: folder.join(path), line, column, message };
    match error {
        SettingsError::Invalid(error) => at(&error.file, error.line, error.column, error.message),
        SettingsError::Unreadable(error) => at(&error.path, 1, 1, error.to_string()),
        SettingsError::Baseline(error) | SettingsError::Weights(error) => {
            at(&error.path, 1, 1, error.message)
        }
        SettingsError::Git(error) => at(FILE_NAME, 1, 1, error.to_string()),
    }
}
