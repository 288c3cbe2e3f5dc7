//! Requests about folders: diagnostics of the workspace, and sheets for all documents in a folder. One of them is worked
//! on at a time.

use std::path::PathBuf;
use std::sync::Arc;

use crossbeam_channel::{Receiver, never};
use lsp_server::{ErrorCode, RequestId, Response};
use serde_json::Value;

use crate::lsp::context::Context;
use crate::lsp::folder_answers::{Answers, Purpose};
use crate::lsp::progress::Progress;
use crate::lsp::queries::error;
use crate::lsp::survey::{self, Extent, News, Surveyed, Task};
use crate::lsp::uri;
use crate::lsp::workspace::Project;
use crate::render::counted;

/// A request about folders.
#[derive(Debug)]
pub(crate) struct FolderRequest {
    pub(crate) id: RequestId,
    pub(crate) purpose: Purpose,
    /// The token under which the client wants to see the progress.
    pub(crate) token: Option<Value>,
}

/// A request that is worked on.
#[derive(Debug)]
struct Running {
    request: FolderRequest,
    answers: Answers,
    news: Receiver<News>,
    progress: Progress,
    extent: Extent,
    /// Number of documents that are done, and of those that had to be reviewed.
    done: usize,
    reviewed: usize,
    /// Number of changes before it began.
    changes: u64,
}

/// All requests about folders that have no answer yet.
#[derive(Debug, Default)]
pub(crate) struct FolderRequests {
    running: Option<Running>,
    next: Vec<FolderRequest>,
    /// Requests for diagnostics to which there is nothing new to say yet.
    held: Vec<FolderRequest>,
    /// Number of changes that may change diagnostics of documents that are not open.
    changes: u64,
    /// Number of changes of settings.
    settings: u64,
    /// The number of documents in the last diagnostics, and the changes before them.
    told: Option<(usize, u64)>,
}

impl FolderRequests {
    /// Returns where news about the request that is worked on arrives.
    pub(crate) fn news(&self) -> Receiver<News> {
        self.running.as_ref().map_or_else(never, |running| running.news.clone())
    }

    /// Takes a request. It waits if the client knows all there is to say: it would only ask again.
    pub(crate) fn ask(&mut self, request: FolderRequest, context: &Context) {
        let knows_all = context.client.watches_files
            && self.told.is_some_and(|(documents, changes)| {
                changes == self.changes && request.purpose.is_known(documents)
            });
        if knows_all {
            self.held.push(request);
        } else {
            self.next.push(request);
        }
    }

    /// Notes that documents in the workspace may have changed.
    pub(crate) fn changed(&mut self) {
        self.changes += 1;
        self.next.append(&mut self.held);
    }

    /// Notes that settings may have changed, by which all documents are judged.
    pub(crate) fn settings_changed(&mut self) {
        self.settings += 1;
        self.changed();
    }

    /// Begins the next request, if no other one is worked on.
    pub(crate) fn start_next(&mut self, context: &Context) {
        if self.running.is_some() || self.next.is_empty() {
            return;
        }
        let request = self.next.remove(0);
        let mut progress = Progress::new(request.purpose.title());
        if let Some(token) = &request.token {
            progress.begin(token.clone(), context);
        }
        let news = survey::start(self.task(&request.purpose, context));
        let answers = Answers::new(&request.purpose);
        let (extent, changes) = (Extent::default(), self.changes);
        self.running =
            Some(Running { request, answers, news, progress, extent, done: 0, reviewed: 0, changes });
    }

    fn task(&self, purpose: &Purpose, context: &Context) -> Task {
        let projects: Vec<(PathBuf, Arc<Project>)> = context
            .workspace
            .projects()
            .map(|(root, project)| (root.to_owned(), Arc::clone(project)))
            .collect();
        let open = context.documents.iter();
        let open = open.filter_map(|document| Some((uri::to_path(&document.uri)?, document.clone())));
        Task {
            roots: projects.iter().map(|(root, _)| root.clone()).collect(),
            open: open.collect(),
            known: purpose.known(),
            settings: self.settings,
            encoding: context.client.encoding,
            folders: purpose.folders(projects),
        }
    }

    /// Takes news about the request that is worked on; `None` is the end.
    pub(crate) fn take(&mut self, news: Option<News>, context: &mut Context) {
        let Some(running) = &mut self.running else { return };
        match news {
            Some(News::Searching) => {}
            Some(News::Found(extent)) => running.found(extent, context),
            Some(News::Document(document)) => running.add(&document, context),
            None => self.finish(true, context),
        }
    }

    /// Answers the request that is worked on.
    fn finish(&mut self, is_whole: bool, context: &mut Context) {
        let Some(mut running) = self.running.take() else { return };
        running.progress.end(&counted(running.done, "document"), context);
        if matches!(running.request.purpose, Purpose::Diagnostics { .. }) {
            self.told = Some((running.done, running.changes));
        }
        let is_whole = is_whole && !running.extent.is_cut;
        running.answers.finish(running.request, is_whole, context);
    }

    /// Takes an answer of the client.
    pub(crate) fn answered(&mut self, response: &Response, context: &Context) {
        if let Some(running) = &mut self.running {
            running.progress.answered(response, context);
        }
    }

    /// Gives up a request that the client does not want to be answered any more.
    pub(crate) fn cancel(&mut self, id: &RequestId, context: &Context) {
        if let Some(running) = self.running.take_if(|running| running.request.id == *id) {
            running.give_up(context);
        }
        let waiting = [&mut self.next, &mut self.held].into_iter();
        for request in waiting.flat_map(|requests| requests.extract_if(.., |request| request.id == *id)) {
            request.give_up(context);
        }
    }

    /// Ends work because the user does not want to wait for it. Diagnostics are those found so far.
    pub(crate) fn stop(&mut self, token: &Value, context: &mut Context) {
        match self.running.take_if(|running| running.progress.has(token)) {
            Some(running) if running.request.purpose.is_sheet() => running.give_up(context),
            Some(running) => {
                self.running = Some(running);
                self.finish(false, context);
            }
            None => {}
        }
    }

    /// Gives up everything.
    pub(crate) fn end(&mut self, context: &Context) {
        if let Some(running) = self.running.take() {
            running.give_up(context);
        }
        for request in self.next.drain(..).chain(self.held.drain(..)) {
            request.give_up(context);
        }
    }
}

impl Running {
    /// Takes note of what is to be reviewed.
    fn found(&mut self, extent: Extent, context: &Context) {
        if extent.is_cut {
            let message = format!("only the first {} are reviewed", counted(extent.documents, "document"));
            context.outgoing.log(&format!("The workspace is too large: {message}"));
        }
        for error in &extent.unread {
            context.outgoing.log(&format!("{}: {}", error.path, error.message));
        }
        self.extent = extent;
    }

    /// Takes a document. The work is long, and its progress is shown, if more than one of them had to be reviewed.
    fn add(&mut self, document: &Surveyed, context: &mut Context) {
        self.done += 1;
        self.reviewed += usize::from(document.review.is_some());
        if self.reviewed > 1 {
            self.progress.offer(context);
        }
        self.progress.report(self.done, self.extent.documents, context);
        self.answers.add(document, &self.request.purpose, context);
    }

    fn give_up(mut self, context: &Context) {
        self.progress.end("cancelled", context);
        self.request.give_up(context);
    }
}

impl FolderRequest {
    fn give_up(self, context: &Context) {
        context.outgoing.respond(self.id, Err(error(ErrorCode::RequestCanceled, "cancelled")));
    }
}
