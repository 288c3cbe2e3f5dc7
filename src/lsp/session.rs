//! The state of a running server: open documents, their analyses, and the requests that wait for one.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crossbeam_channel::Sender;
use gen_lsp_types::{Diagnostic, MessageType, PublishDiagnosticsParams, Range, Uri};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response, ResponseError};
use serde::Serialize;
use serde_json::{Value, json};

use crate::document::has_extension;
use crate::lsp::client::Client;
use crate::lsp::commands::{Answer, Effect};
use crate::lsp::documents::{Documents, OpenDocument};
use crate::lsp::queries::{Query, error};
use crate::lsp::sheets::Sheets;
use crate::lsp::view::View;
use crate::lsp::worker::{Analysis, Job, Worker};
use crate::lsp::workspace::Workspace;
use crate::lsp::{diagnostics, uri};
use crate::source;

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
    outgoing: Sender<Message>,
    pub(crate) client: Client,
    pub(crate) documents: Documents,
    pub(crate) workspace: Workspace,
    pub(crate) worker: Worker,
    /// The newest analysis of each open document that is judged.
    analyses: BTreeMap<String, Analysis>,
    /// When each changed document is to be judged.
    due: BTreeMap<String, Instant>,
    waiting: Vec<Waiting>,
    /// The files with problems that the client shows.
    problems: Vec<Uri>,
    sheets: Sheets,
    /// Number of requests sent to the client.
    requests: i32,
}

impl Session {
    pub(crate) fn new(outgoing: Sender<Message>, client: Client, workspace: Workspace) -> Self {
        Self {
            outgoing,
            documents: Documents::new(client.encoding),
            client,
            workspace,
            worker: Worker::start(),
            analyses: BTreeMap::new(),
            due: BTreeMap::new(),
            waiting: Vec::new(),
            problems: Vec::new(),
            sheets: Sheets::default(),
            requests: 0,
        }
    }

    /// Returns when the next document is to be judged, unless another one still is.
    pub(crate) fn next_due(&self) -> Option<Instant> {
        if self.worker.busy.is_some() { None } else { self.due.values().min().copied() }
    }

    /// Notes that a document was opened or changed. Questions about places in its old text have no answer any more.
    pub(crate) fn changed(&mut self, uri: &Uri) {
        if self.sheets.contain(uri) || !self.documents.get(uri).is_some_and(is_document) {
            return;
        }
        let known = self.analyses.contains_key(&uri.0);
        let delay = if known { DEBOUNCE } else { Duration::ZERO };
        self.due.insert(uri.0.clone(), Instant::now() + delay);
        let outdated = |waiting: &Waiting| waiting.uri == *uri && waiting.query.is_urgent();
        for waiting in self.waiting.extract_if(.., |waiting| outdated(waiting)) {
            let why = error(ErrorCode::ContentModified, "the document was changed");
            respond(&self.outgoing, waiting.id, Err(why));
        }
    }

    /// Forgets a document.
    pub(crate) fn closed(&mut self, uri: &Uri) {
        self.due.remove(&uri.0);
        if self.analyses.remove(&uri.0).is_some() && !self.client.pulls_diagnostics {
            self.publish(uri.clone(), None, Vec::new());
        }
        for waiting in self.waiting.extract_if(.., |waiting| waiting.uri == *uri) {
            respond(&self.outgoing, waiting.id, Ok(waiting.query.nothing()));
        }
    }

    /// Judges all documents again.
    pub(crate) fn judge_all(&mut self) {
        let open: Vec<Uri> = self.documents.iter().map(|document| document.uri.clone()).collect();
        self.analyses.clear();
        for uri in &open {
            self.changed(uri);
        }
        if self.client.refreshes_diagnostics {
            self.request("workspace/diagnostic/refresh", Value::Null);
        }
    }

    /// Hands the next document that is due to the worker.
    pub(crate) fn start_work(&mut self) {
        let now = Instant::now();
        while self.worker.busy.is_none() {
            let next = self.due.iter().filter(|(_, due)| **due <= now).min_by_key(|(_, due)| **due);
            let Some(uri) = next.map(|(uri, _)| uri.clone()) else { return };
            self.due.remove(&uri);
            self.judge(&Uri(uri));
        }
    }

    fn judge(&mut self, uri: &Uri) {
        let Some(document) = self.documents.get(uri) else { return };
        let path = path(uri);
        let Some(project) = self.workspace.project(&path) else { return self.give_up(uri) };
        let (version, text) = (document.version, document.text.content.clone());
        self.worker.judge(Job { uri: uri.clone(), version, path, text, project });
    }

    /// Answers the questions about a document that cannot be judged, because its settings are invalid.
    fn give_up(&mut self, uri: &Uri) {
        for waiting in self.waiting.extract_if(.., |waiting| waiting.uri == *uri) {
            respond(&self.outgoing, waiting.id, Ok(waiting.query.nothing()));
        }
        self.publish_problems();
    }

    /// Takes a result of the worker, unless the document has changed since.
    pub(crate) fn judged(&mut self, analysis: Analysis) {
        self.worker.busy = None;
        let uri = analysis.uri.clone();
        if self.documents.get(&uri).is_none_or(|document| document.version != analysis.version) {
            return;
        }
        self.analyses.insert(uri.0.clone(), analysis);
        self.publish_problems();
        let Some(view) = self.view(&uri) else { return };
        if !self.client.pulls_diagnostics {
            self.publish(uri.clone(), Some(view.version), diagnostics::of_document(&view));
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
        respond(&self.outgoing, id, answer.result);
        match answer.then {
            Some(Effect::Open { name, text }) => self.open_sheet(&name, &text),
            Some(Effect::Say(message)) => self.say(&message),
            Some(Effect::Reload) => self.reload(),
            None => {}
        }
    }

    /// Opens a new text in the client.
    fn open_sheet(&mut self, name: &str, text: &str) {
        match self.sheets.write(name, text) {
            Ok(path) if self.client.shows_documents => {
                self.request(
                    "window/showDocument",
                    json!({ "uri": uri::from_path(&path), "takeFocus": true }),
                );
            }
            Ok(path) => self.say(&format!("The sheet is in {}", source::shown(&path))),
            Err(why) => self.say(&format!("The sheet cannot be written: {why}")),
        }
    }

    /// Moves the cursor of the client.
    pub(crate) fn select(&mut self, uri: &Uri, range: Range) {
        if self.client.shows_documents {
            let params = json!({ "uri": uri, "takeFocus": true, "selection": range });
            self.request("window/showDocument", params);
        }
    }

    /// Shows a message.
    fn say(&self, message: &str) {
        self.notify("window/showMessage", json!({ "type": MessageType::Info, "message": message }));
    }

    /// Reads all settings again, and judges all documents by them.
    pub(crate) fn reload(&mut self) {
        self.workspace.reload();
        self.publish_problems();
        self.judge_all();
    }

    /// Returns a document with the analysis of its current text, if there is one.
    fn view(&self, uri: &Uri) -> Option<View<'_>> {
        let document = self.documents.get(uri)?;
        let analysis = self.analyses.get(&uri.0).filter(|one| one.version == document.version)?;
        let OpenDocument { uri, version, text, .. } = document;
        Some(View { uri, version: *version, text, analysis, client: &self.client })
    }

    /// Answers a question, as soon as the current text has been judged.
    pub(crate) fn ask(&mut self, id: RequestId, uri: Uri, query: Query) {
        if let Some(view) = self.view(&uri) {
            let answer = query.answer(&view);
            return self.give(id, answer);
        }
        let is_coming = self.due.contains_key(&uri.0) || self.is_busy_with(&uri);
        if !is_coming {
            return respond(&self.outgoing, id, Ok(query.nothing()));
        }
        if let Some(due) = self.due.get_mut(&uri.0).filter(|_| query.is_urgent()) {
            *due = Instant::now();
        }
        self.waiting.push(Waiting { id, uri, query });
    }

    fn is_busy_with(&self, uri: &Uri) -> bool {
        self.worker.busy.as_ref().is_some_and(|(busy, _)| busy == uri)
    }

    /// Answers a waiting request with an error, because the client does not want its answer any more.
    pub(crate) fn cancel(&mut self, id: &RequestId) {
        for waiting in self.waiting.extract_if(.., |waiting| waiting.id == *id) {
            let why = error(ErrorCode::RequestCanceled, "cancelled by the client");
            respond(&self.outgoing, waiting.id, Err(why));
        }
    }

    /// Shows what is wrong in files of settings, and no longer what was.
    pub(crate) fn publish_problems(&mut self) {
        let problems = self.workspace.folders().iter().filter_map(|folder| folder.problem.as_ref());
        let mut found: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
        for problem in problems {
            let address = uri::from_path(&problem.path);
            let text = self.documents.get(&address).map(|document| &document.text);
            let diagnostics = found.entry(address.0).or_default();
            let diagnostic = diagnostics::of_problem(problem, text);
            if !diagnostics.contains(&diagnostic) {
                diagnostics.push(diagnostic);
            }
        }
        for solved in std::mem::take(&mut self.problems) {
            if !found.contains_key(&solved.0) {
                self.publish(solved, None, Vec::new());
            }
        }
        for (address, diagnostics) in found {
            self.problems.push(Uri(address.clone()));
            self.publish(Uri(address), None, diagnostics);
        }
    }

    fn publish(&self, uri: Uri, version: Option<i32>, diagnostics: Vec<Diagnostic>) {
        let params = PublishDiagnosticsParams { uri, version, diagnostics };
        self.notify("textDocument/publishDiagnostics", params);
    }

    /// Answers a request.
    pub(crate) fn respond(&self, id: RequestId, result: Result<Value, ResponseError>) {
        respond(&self.outgoing, id, result);
    }

    /// Sends a request. Its answer is not needed.
    pub(crate) fn request(&mut self, method: &str, params: Value) {
        self.requests += 1;
        let id = RequestId::from(self.requests);
        let _ = self.outgoing.send(Request { id, method: method.to_owned(), params }.into());
    }

    /// Sends a notification.
    pub(crate) fn notify(&self, method: &str, params: impl Serialize) {
        let params = serde_json::to_value(params).unwrap_or_default();
        let _ = self.outgoing.send(Notification { method: method.to_owned(), params }.into());
    }
}

/// Answers a request.
pub(crate) fn respond(outgoing: &Sender<Message>, id: RequestId, result: Result<Value, ResponseError>) {
    let _ = outgoing.send(Response { id, response_result: result }.into());
}

/// True if the document may be a postmortem: Markdown, or a page in HTML.
fn is_document(document: &OpenDocument) -> bool {
    let path = path(&document.uri);
    has_extension(&path) || matches!(document.language.as_str(), "markdown" | "html")
}

/// Returns the path of a document; for one that is not in a file yet, its name.
pub(crate) fn path(uri: &Uri) -> PathBuf {
    uri::to_path(uri).unwrap_or_else(|| PathBuf::from(uri.0.split_once(':').map_or("", |(_, name)| name)))
}

/// True if a file may contain settings: `rcalint.toml`, or a file of a lexicon or baseline.
pub(crate) fn is_settings(uri: &Uri) -> bool {
    uri::to_path(uri).is_some_and(|path| path.extension().is_some_and(|ending| ending == "toml"))
}
