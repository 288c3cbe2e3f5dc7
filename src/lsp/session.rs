//! The state of a running server: the analyses of open documents, and the requests that wait for one.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use gen_lsp_types::Uri;
use lsp_server::{ErrorCode, RequestId};
use serde_json::Value;

use crate::config::FILE_NAME;
use crate::document::has_extension;
use crate::lsp::commands::{Answer, Effect};
use crate::lsp::context::Context;
use crate::lsp::documents::OpenDocument;
use crate::lsp::folder_requests::FolderRequests;
use crate::lsp::problems::Problems;
use crate::lsp::queries::{Query, error};
use crate::lsp::view::View;
use crate::lsp::worker::{Analysis, Done, Job, Review, Worker};
use crate::lsp::{diagnostics, uri};

/// How long a text stays unchanged before it is judged.
const DEBOUNCE: Duration = Duration::from_millis(150);

/// A request that waits for the analysis of the current text.
#[derive(Debug)]
struct Waiting {
    id: RequestId,
    uri: Uri,
    query: Query,
}

/// The state of a server between `initialize` and `shutdown`.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) context: Context,
    pub(crate) worker: Worker,
    pub(crate) folders: FolderRequests,
    /// The newest analysis of each open document that is judged.
    analyses: BTreeMap<String, Analysis>,
    /// When each changed document is to be judged.
    due: BTreeMap<String, Instant>,
    waiting: Vec<Waiting>,
    problems: Problems,
}

impl Session {
    pub(crate) fn new(context: Context) -> Self {
        Self {
            context,
            worker: Worker::start(),
            folders: FolderRequests::default(),
            analyses: BTreeMap::new(),
            due: BTreeMap::new(),
            waiting: Vec::new(),
            problems: Problems::default(),
        }
    }

    /// Returns when the next document is to be judged, unless another one still is.
    pub(crate) fn next_due(&self) -> Option<Instant> {
        if self.worker.busy.is_some() { None } else { self.due.values().min().copied() }
    }

    /// Notes that a document was opened or changed. Questions about places in its old text have no answer any more.
    pub(crate) fn changed(&mut self, uri: &Uri) {
        if self.context.files.contain(uri) || !self.context.documents.get(uri).is_some_and(is_read) {
            return;
        }
        let is_known = self.analyses.contains_key(&uri.0) || self.problems.know(uri);
        let delay = if is_known { DEBOUNCE } else { Duration::ZERO };
        self.due.insert(uri.0.clone(), Instant::now() + delay);
        let outdated = |waiting: &Waiting| waiting.uri == *uri && waiting.query.is_urgent();
        for waiting in self.waiting.extract_if(.., |waiting| outdated(waiting)) {
            let why = error(ErrorCode::ContentModified, "the document was changed");
            self.context.outgoing.respond(waiting.id, Err(why));
        }
    }

    /// Forgets a document.
    pub(crate) fn closed(&mut self, uri: &Uri) {
        self.due.remove(&uri.0);
        self.problems.forget(uri);
        self.publish_problems();
        if self.analyses.remove(&uri.0).is_some() && !self.context.client.pulls_diagnostics {
            self.context.outgoing.publish(uri.clone(), None, Vec::new());
        }
        self.answer_with_nothing(uri);
        self.folders.changed();
    }

    /// Judges all documents again.
    pub(crate) fn judge_all(&mut self) {
        let open: Vec<Uri> = self.context.documents.iter().map(|document| document.uri.clone()).collect();
        self.analyses.clear();
        for uri in &open {
            self.changed(uri);
        }
        self.folders.settings_changed();
        if self.context.client.refreshes_diagnostics {
            self.context.outgoing.request("workspace/diagnostic/refresh", Value::Null);
        }
    }

    /// Begins what can begin now: the next document that is due, and the next request about a folder.
    pub(crate) fn start_work(&mut self) {
        self.folders.start_next(&self.context);
        let now = Instant::now();
        while self.worker.busy.is_none() {
            let next = self.due.iter().filter(|(_, due)| **due <= now).min_by_key(|(_, due)| **due);
            let Some(uri) = next.map(|(uri, _)| uri.clone()) else { return };
            self.due.remove(&uri);
            self.judge(Uri(uri));
        }
    }

    fn judge(&mut self, uri: Uri) {
        let Some(document) = self.context.documents.get(&uri) else { return };
        let (version, text) = (document.version, document.text.content.clone());
        let path = path(&uri);
        if is_configuration(&uri) {
            return self.worker.start_job(Job::Check { uri, version, path, text });
        }
        match self.context.workspace.project(&path) {
            Some(project) => self.worker.start_job(Job::Review(Review { uri, version, path, text, project })),
            None => self.give_up(&uri),
        }
    }

    /// Answers the questions about a document that cannot be judged, because its settings are invalid.
    fn give_up(&mut self, uri: &Uri) {
        self.answer_with_nothing(uri);
        self.publish_problems();
    }

    fn answer_with_nothing(&mut self, uri: &Uri) {
        for waiting in self.waiting.extract_if(.., |waiting| waiting.uri == *uri) {
            self.context.outgoing.respond(waiting.id, Ok(waiting.query.nothing()));
        }
    }

    /// Takes a result of the worker, unless the document has changed since.
    pub(crate) fn done(&mut self, done: Done) {
        self.worker.busy = None;
        let (Done::Reviewed(Analysis { uri, version, .. }) | Done::Checked { uri, version, .. }) = &done;
        if self.context.documents.get(uri).is_none_or(|document| document.version != *version) {
            return;
        }
        match done {
            Done::Reviewed(analysis) => self.judged(analysis),
            Done::Checked { uri, version, problem } => {
                self.problems.note(&uri, version, problem);
                self.give_up(&uri);
            }
        }
    }

    fn judged(&mut self, analysis: Analysis) {
        let uri = analysis.uri.clone();
        self.analyses.insert(uri.0.clone(), analysis);
        self.publish_problems();
        let Some(view) = self.view(&uri) else { return };
        if !self.context.client.pulls_diagnostics {
            let found = diagnostics::of_document(&view);
            self.context.outgoing.publish(uri.clone(), Some(view.version), found);
        }
        let asked = self.waiting.iter().filter(|waiting| waiting.uri == uri);
        let answers: Vec<(RequestId, Answer)> =
            asked.map(|waiting| (waiting.id.clone(), waiting.query.answer(&view))).collect();
        self.waiting.retain(|waiting| waiting.uri != uri);
        for (id, answer) in answers {
            self.give(id, answer);
        }
    }

    /// Sends an answer, and does what else belongs to it.
    fn give(&mut self, id: RequestId, answer: Answer) {
        self.context.outgoing.respond(id, answer.result);
        match answer.then {
            Some(Effect::Open { name, text }) => self.context.open_text(&name, &text),
            Some(Effect::Say(message)) => self.context.outgoing.say(&message),
            Some(Effect::Reload) => self.reload(),
            None => {}
        }
    }

    /// Reads all settings again, and judges all documents by them.
    pub(crate) fn reload(&mut self) {
        self.context.workspace.reload();
        self.publish_problems();
        self.judge_all();
    }

    /// Reads settings again that have changed on the disk. Clients that watch files tell when that is necessary.
    pub(crate) fn notice_settings(&mut self) {
        if !self.context.client.watches_files && self.context.workspace.has_changed() {
            self.reload();
        }
    }

    /// Returns a document with the analysis of its current text, if there is one.
    fn view(&self, uri: &Uri) -> Option<View<'_>> {
        let document = self.context.documents.get(uri)?;
        let analysis = self.analyses.get(&uri.0).filter(|one| one.version == document.version)?;
        let OpenDocument { uri, version, text, .. } = document;
        let Context { client, files, .. } = &self.context;
        Some(View { uri, version: *version, text, analysis, client, files })
    }

    /// Answers a question, as soon as the current text has been judged.
    pub(crate) fn ask(&mut self, id: RequestId, uri: Uri, query: Query) {
        if let Some(view) = self.view(&uri) {
            let answer = query.answer(&view);
            return self.give(id, answer);
        }
        let is_coming = self.due.contains_key(&uri.0) || self.worker.busy.as_ref() == Some(&uri);
        if !is_coming {
            return self.context.outgoing.respond(id, Ok(query.nothing()));
        }
        if let Some(due) = self.due.get_mut(&uri.0).filter(|_| query.is_urgent()) {
            *due = Instant::now();
        }
        self.waiting.push(Waiting { id, uri, query });
    }

    /// Answers a waiting request with an error, because the client does not want its answer any more.
    pub(crate) fn cancel(&mut self, id: &RequestId) {
        for waiting in self.waiting.extract_if(.., |waiting| waiting.id == *id) {
            self.context.outgoing.respond(waiting.id, Err(cancelled()));
        }
        self.folders.cancel(id, &self.context);
    }

    /// Shows what is wrong in files of settings, and no longer what was.
    pub(crate) fn publish_problems(&mut self) {
        self.problems.publish(&self.context);
    }

    /// Answers everything that is still open, before the server shuts down.
    pub(crate) fn end(&mut self) {
        for waiting in self.waiting.drain(..) {
            self.context.outgoing.respond(waiting.id, Err(cancelled()));
        }
        self.folders.end(&self.context);
    }
}

fn cancelled() -> lsp_server::ResponseError {
    error(ErrorCode::RequestCanceled, "cancelled")
}

/// True if the document is a configuration, or may be a postmortem: Markdown, or a page in HTML.
fn is_read(document: &OpenDocument) -> bool {
    let path = path(&document.uri);
    let is_prose = has_extension(&path) || matches!(document.language.as_str(), "markdown" | "html");
    is_prose || is_configuration(&document.uri)
}

/// True if the document is the file `rcalint.toml` of a folder.
fn is_configuration(uri: &Uri) -> bool {
    uri::to_path(uri).is_some_and(|path| path.file_name().is_some_and(|name| name == FILE_NAME))
}

/// Returns the path of a document; for one that is not in a file yet, its name.
pub(crate) fn path(uri: &Uri) -> PathBuf {
    uri::to_path(uri).unwrap_or_else(|| PathBuf::from(uri.0.split_once(':').map_or("", |(_, name)| name)))
}

/// True if a file may contain settings: `rcalint.toml`, or a file of a lexicon or baseline.
pub(crate) fn is_settings(uri: &Uri) -> bool {
    uri::to_path(uri).is_some_and(|path| path.extension().is_some_and(|ending| ending == "toml"))
}
