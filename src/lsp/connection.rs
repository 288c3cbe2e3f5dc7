//! The conversation with a client: its phases, and what is done about each message.

use std::ops::ControlFlow;
use std::path::PathBuf;

use crossbeam_channel::{at, never, select};
use gen_lsp_types::{
    DidChangeTextDocumentParams, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, Uri,
};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, ResponseError};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::lsp::client::Client;
use crate::lsp::commands::{self, Order};
use crate::lsp::queries::{Query, error};
use crate::lsp::session::{Session, is_settings, respond};
use crate::lsp::transport::Transport;
use crate::lsp::uri;
use crate::lsp::worker::Analysis;
use crate::lsp::workspace::Workspace;
use crate::lsp::{capabilities, completion};
use crate::settings::SettingsOptions;

/// Where the conversation is.
#[derive(Debug)]
enum Phase {
    /// Before `initialize`.
    New,
    Running(Box<Session>),
    /// After `shutdown`.
    Ended,
}

/// What the main thread waits for.
enum Event {
    Message(Message),
    /// The client has closed its output.
    Left,
    Judged(Box<Analysis>),
    /// A document is to be judged.
    Due,
}

/// A server.
pub(crate) struct Server<'t> {
    transport: &'t Transport,
    options: SettingsOptions,
    phase: Phase,
}

impl<'t> Server<'t> {
    pub(crate) fn new(transport: &'t Transport, options: SettingsOptions) -> Self {
        Self { transport, options, phase: Phase::New }
    }

    /// Talks to the client until it leaves. Returns true if it has asked the server to shut down before.
    pub(crate) fn run(mut self) -> bool {
        loop {
            match self.next() {
                Event::Message(message) => {
                    if self.handle(message).is_break() {
                        return self.is_ended();
                    }
                }
                Event::Left => return self.is_ended(),
                Event::Judged(analysis) => {
                    if let Phase::Running(session) = &mut self.phase {
                        session.judged(*analysis);
                    }
                }
                Event::Due => {}
            }
        }
    }

    /// Waits for the next event.
    fn next(&mut self) -> Event {
        let incoming = &self.transport.incoming;
        let message = |message: Result<Message, _>| message.map_or(Event::Left, Event::Message);
        let Phase::Running(session) = &mut self.phase else { return message(incoming.recv()) };
        session.start_work();
        let timer = session.next_due().map_or_else(never, at);
        select! {
            recv(incoming) -> received => message(received),
            recv(session.worker.results) -> judged => {
                judged.map_or(Event::Due, |analysis| Event::Judged(Box::new(analysis)))
            }
            recv(timer) -> _ => Event::Due,
        }
    }

    fn is_ended(&self) -> bool {
        matches!(self.phase, Phase::Ended)
    }

    /// Handles one message. Breaks at the end of the conversation.
    fn handle(&mut self, message: Message) -> ControlFlow<()> {
        match message {
            Message::Request(request) => self.request(&request),
            Message::Notification(exit) if exit.method == "exit" => return ControlFlow::Break(()),
            Message::Notification(notification) => self.notification(&notification),
            Message::Response(_) => {}
        }
        ControlFlow::Continue(())
    }

    fn request(&mut self, request: &Request) {
        let id = request.id.clone();
        let answer = match (&mut self.phase, request.method.as_str()) {
            (Phase::New, "initialize") => self.initialize(&request.params),
            (Phase::New, _) => Err(error(ErrorCode::ServerNotInitialized, "`initialize` comes first")),
            (Phase::Running(_), "shutdown") => {
                self.phase = Phase::Ended;
                Ok(Value::Null)
            }
            (Phase::Running(_), "initialize") => {
                Err(error(ErrorCode::InvalidRequest, "the server is initialized already"))
            }
            (Phase::Running(session), _) => return running(session, request),
            (Phase::Ended, _) => Err(error(ErrorCode::InvalidRequest, "the server was shut down")),
        };
        self.respond(id, answer);
    }

    fn respond(&self, id: RequestId, answer: Result<Value, ResponseError>) {
        respond(&self.transport.outgoing, id, answer);
    }

    fn initialize(&mut self, params: &Value) -> Result<Value, ResponseError> {
        if !params.is_object() {
            return Err(error(ErrorCode::InvalidParams, "the parameters are no object"));
        }
        let client = Client::new(params);
        let mut workspace = Workspace::new(self.options.clone());
        for root in roots(params) {
            workspace.add(root);
        }
        let answer = json!({
            "capabilities": capabilities::of_server(&client),
            "serverInfo": { "name": crate::report::TOOL, "version": env!("CARGO_PKG_VERSION") },
        });
        let outgoing = self.transport.outgoing.clone();
        self.phase = Phase::Running(Box::new(Session::new(outgoing, client, workspace)));
        Ok(answer)
    }

    /// Handles a notification. Without a session, and if it is unknown or invalid, it has no effect.
    fn notification(&mut self, notification: &Notification) {
        let Phase::Running(session) = &mut self.phase else { return };
        let params = &notification.params;
        match notification.method.as_str() {
            "initialized" => initialized(session),
            "textDocument/didOpen" => with(params, |params| open(session, params)),
            "textDocument/didChange" => with(params, |params| change(session, params)),
            "textDocument/didClose" => with(params, |params| close(session, &params)),
            "textDocument/didSave" => {
                let uri = params.pointer("/textDocument/uri").and_then(Value::as_str);
                if uri.is_some_and(|uri| is_settings(&Uri(uri.to_owned()))) {
                    session.reload();
                } else {
                    notice_settings(session);
                }
            }
            "workspace/didChangeWatchedFiles" => session.reload(),
            "workspace/didChangeWorkspaceFolders" => with(params, |params| change_folders(session, &params)),
            "$/cancelRequest" => with(&params["id"], |id: RequestId| session.cancel(&id)),
            _ => {}
        }
    }
}

/// Passes on parameters, if they are valid.
fn with<T: DeserializeOwned>(params: &Value, handle: impl FnOnce(T)) {
    if let Ok(params) = T::deserialize(params) {
        handle(params);
    }
}

/// Answers a request during the session, or lets it wait.
fn running(session: &mut Session, request: &Request) {
    let id = request.id.clone();
    let answer = match request.method.as_str() {
        "workspace/executeCommand" => match commands::read(&request.params) {
            Ok(Order::About(uri, command)) => return session.ask(id, uri, Query::Command(command)),
            Ok(Order::Select(uri, range)) => {
                session.select(&uri, range);
                Ok(Value::Null)
            }
            Err(why) => Err(why),
        },
        "textDocument/completion" => completion::answer(session, &request.params),
        method => match Query::read(request) {
            Some(Ok((uri, query))) => return session.ask(id, uri, query),
            Some(Err(why)) => Err(why),
            None => Err(error(ErrorCode::MethodNotFound, &format!("`{method}` is not supported"))),
        },
    };
    session.respond(id, answer);
}

/// Returns the folders of the workspace.
fn roots(params: &Value) -> Vec<PathBuf> {
    let folders = params["workspaceFolders"].as_array();
    let folders = folders.into_iter().flatten().filter_map(|folder| folder["uri"].as_str());
    let mut addresses: Vec<&str> = folders.collect();
    if addresses.is_empty() {
        addresses.extend(params["rootUri"].as_str());
    }
    addresses.into_iter().filter_map(|address| uri::to_path(&Uri(address.to_owned()))).collect()
}

fn initialized(session: &mut Session) {
    if session.client.watches_files {
        session.request("client/registerCapability", capabilities::watched_files());
    }
    session.publish_problems();
}

fn open(session: &mut Session, params: DidOpenTextDocumentParams) {
    notice_settings(session);
    let uri = session.documents.open(params.text_document).uri.clone();
    session.changed(&uri);
}

fn change(session: &mut Session, params: DidChangeTextDocumentParams) {
    notice_settings(session);
    let document = params.text_document;
    let uri = document.text_document_identifier.uri;
    if session.documents.change(&uri, document.version, params.content_changes).is_some() {
        session.changed(&uri);
    }
}

fn close(session: &mut Session, params: &DidCloseTextDocumentParams) {
    let uri = &params.text_document.uri;
    if session.documents.close(uri).is_some() {
        session.closed(uri);
    }
}

/// Reads settings again that have changed on the disk. Clients that watch files tell when that is necessary.
fn notice_settings(session: &mut Session) {
    if !session.client.watches_files && session.workspace.has_changed() {
        session.reload();
    }
}

fn change_folders(session: &mut Session, params: &DidChangeWorkspaceFoldersParams) {
    let removed = params.event.removed.iter().filter_map(|folder| uri::to_path(&folder.uri));
    removed.for_each(|root| session.workspace.remove(&root));
    let added = params.event.added.iter().filter_map(|folder| uri::to_path(&folder.uri));
    added.for_each(|root| session.workspace.add(root));
    session.publish_problems();
    session.judge_all();
}
