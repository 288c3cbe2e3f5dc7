//! Reviews all documents in folders of the workspace, on a thread of its own.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded};
use gen_lsp_types::Uri;

use crate::lsp::documents::{OpenDocument, Text};
use crate::lsp::position::Encoding;
use crate::lsp::worker::{self, Analysis, Review};
use crate::lsp::workspace::{Outcome, Project};
use crate::lsp::{uri, workspace};
use crate::report::FileError;
use crate::settings::folder::{self, Entry};

/// Maximum number of documents of a survey.
const MAX_DOCUMENTS: usize = 10_000;
/// Maximum number of files and folders that are looked at.
const MAX_ENTRIES: usize = 1_000_000;
/// Number of files and folders that are looked at before the next sign of life.
const ENTRIES_AT_ONCE: usize = 256;
/// Number of results that are ready before the first of them is taken.
const AHEAD: usize = 16;

/// What to survey.
#[derive(Debug)]
pub(crate) struct Task {
    /// The folders, each with its settings.
    pub(crate) folders: Vec<(PathBuf, Arc<Project>)>,
    /// All folders of the workspace: a document belongs to the innermost one around it.
    pub(crate) roots: Vec<PathBuf>,
    /// The documents that are open, whose texts count instead of the files.
    pub(crate) open: BTreeMap<PathBuf, OpenDocument>,
    /// The results that the client has.
    pub(crate) known: BTreeMap<PathBuf, String>,
    /// A number that changes with the settings.
    pub(crate) settings: u64,
    pub(crate) encoding: Encoding,
}

/// A piece of news from a survey. After the last one, the channel is closed.
#[derive(Debug)]
pub(crate) enum News {
    /// The search for documents goes on.
    Searching,
    /// All documents have been found.
    Found(Extent),
    Document(Box<Surveyed>),
}

/// How much there is to survey.
#[derive(Debug, Default)]
pub(crate) struct Extent {
    /// Number of documents.
    pub(crate) documents: usize,
    /// True if there are more documents than a survey reviews.
    pub(crate) is_cut: bool,
    /// What could not be read on the way.
    pub(crate) unread: Vec<FileError>,
}

/// A document of a survey.
#[derive(Debug)]
pub(crate) struct Surveyed {
    pub(crate) uri: Uri,
    pub(crate) path: PathBuf,
    /// `None` if it is not open.
    pub(crate) version: Option<i32>,
    /// Changes with the text and the settings.
    pub(crate) result: String,
    /// `None` if the client has this result.
    pub(crate) review: Option<(Text, Analysis)>,
}

/// Starts a survey. It ends early, after the document that it works on, if nobody listens any more.
pub(crate) fn start(task: Task) -> Receiver<News> {
    let (sender, news) = bounded(AHEAD);
    thread::spawn(move || run(&task, &sender));
    news
}

/// Returns `None` if nobody listens.
fn run(task: &Task, news: &Sender<News>) -> Option<()> {
    let mut search = Search::default();
    for (folder, project) in &task.folders {
        search.add(folder, project, task, news)?;
    }
    let Search { documents, extent, .. } = search;
    news.send(News::Found(Extent { documents: documents.len(), ..extent })).ok()?;
    for (path, project) in documents {
        news.send(News::Document(Box::new(task.survey(path, &project)))).ok()?;
    }
    Some(())
}

/// A search for documents.
#[derive(Default)]
struct Search {
    documents: BTreeMap<PathBuf, Arc<Project>>,
    extent: Extent,
    entries: usize,
}

impl Search {
    /// Adds the documents in a folder.
    fn add(&mut self, folder: &Path, project: &Arc<Project>, task: &Task, news: &Sender<News>) -> Option<()> {
        for entry in folder::entries(folder, &project.root, &project.settings.globs) {
            self.entries += 1;
            if self.entries.is_multiple_of(ENTRIES_AT_ONCE) {
                news.send(News::Searching).ok()?;
            }
            match entry {
                Some((path, Entry::Document(_))) if task.is_in(&path, &project.root) => {
                    self.documents.insert(path, Arc::clone(project));
                }
                Some((_, Entry::Fail(error))) => self.extent.unread.push(error),
                Some((_, Entry::Document(_) | Entry::Skip(_))) | None => {}
            }
            if self.documents.len() >= MAX_DOCUMENTS || self.entries >= MAX_ENTRIES {
                self.extent.is_cut = true;
                break;
            }
        }
        Some(())
    }
}

impl Task {
    /// True if a document below the root of a project is not in an inner folder of the workspace.
    fn is_in(&self, path: &Path, root: &Path) -> bool {
        let inner = |other: &&PathBuf| *other != root && other.starts_with(root) && path.starts_with(other);
        !self.roots.iter().any(|other| inner(&other))
    }

    fn survey(&self, path: PathBuf, project: &Arc<Project>) -> Surveyed {
        let open = self.open.get(&path);
        let text = match open {
            Some(document) => Ok(document.text.content.clone()),
            None => workspace::read(&path),
        };
        let result = self.result(&text);
        let address = open.map_or_else(|| uri::from_path(&path), |document| document.uri.clone());
        let version = open.map(|document| document.version);
        let is_known = self.known.get(&path) == Some(&result);
        let review = (!is_known).then(|| self.review(address.clone(), &path, text, project));
        Surveyed { uri: address, path, version, result, review }
    }

    /// Returns the identifier of a result.
    fn result(&self, text: &Result<String, Outcome>) -> String {
        let mut hasher = DefaultHasher::new();
        match text {
            Ok(text) => text.hash(&mut hasher),
            Err(Outcome::Failed(why)) => (1, why).hash(&mut hasher),
            Err(_) => 2.hash(&mut hasher),
        }
        format!("{:x}-{:016x}", self.settings, hasher.finish())
    }

    fn review(
        &self,
        uri: Uri,
        path: &Path,
        text: Result<String, Outcome>,
        project: &Arc<Project>,
    ) -> (Text, Analysis) {
        let (path, project) = (path.to_owned(), Arc::clone(project));
        match text {
            Ok(text) => {
                let shown = Text::new(text.clone(), self.encoding);
                (shown, worker::judge(Review { uri, version: 0, path, text, project }))
            }
            Err(outcome) => {
                let analysis = Analysis { uri, version: 0, path, project, outcome };
                (Text::new(String::new(), self.encoding), analysis)
            }
        }
    }
}
