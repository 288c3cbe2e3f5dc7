//! The conversation with a client: its phases, and what the server waits for.

use std::ops::ControlFlow;
use std::path::PathBuf;

use crossbeam_channel::{at, never, select};
use gen_lsp_types::Uri;
use lsp_server::{ErrorCode, Message, Request, RequestId, ResponseError};
use serde_json::{Value, json};

use crate::lsp::client::Client;
use crate::lsp::context::Context;
use crate::lsp::outgoing::Outgoing;
use crate::lsp::queries::error;
use crate::lsp::session::Session;
use crate::lsp::survey::News;
use crate::lsp::transport::Transport;
use crate::lsp::worker::Done;
use crate::lsp::workspace::Workspace;
use crate::lsp::{capabilities, notifications, requests, uri};
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
    Done(Box<Done>),
    /// News about a request about folders; `None` is their end.
    News(Option<News>),
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
                Event::Done(done) => {
                    if let Phase::Running(session) = &mut self.phase {
                        session.done(*done);
                    }
                }
                Event::News(news) => {
                    if let Phase::Running(session) = &mut self.phase {
                        session.folders.take(news, &mut session.context);
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
            recv(session.worker.results) -> done => {
                done.map_or(Event::Due, |done| Event::Done(Box::new(done)))
            }
            recv(session.folders.news()) -> news => Event::News(news.ok()),
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
            Message::Notification(notification) => {
                if let Phase::Running(session) = &mut self.phase {
                    notifications::handle(session, &notification);
                }
            }
            Message::Response(response) => {
                if let Phase::Running(session) = &mut self.phase {
                    session.folders.answered(&response, &session.context);
                }
            }
        }
        ControlFlow::Continue(())
    }

    fn request(&mut self, request: &Request) {
        let id = request.id.clone();
        let answer = match (&mut self.phase, request.method.as_str()) {
            (Phase::New, "initialize") => self.initialize(&request.params),
            (Phase::New, _) => Err(error(ErrorCode::ServerNotInitialized, "`initialize` comes first")),
            (Phase::Running(session), "shutdown") => {
                session.end();
                self.phase = Phase::Ended;
                Ok(Value::Null)
            }
            (Phase::Running(_), "initialize") => {
                Err(error(ErrorCode::InvalidRequest, "the server is initialized already"))
            }
            (Phase::Running(session), _) => return requests::handle(session, request),
            (Phase::Ended, _) => Err(error(ErrorCode::InvalidRequest, "the server was shut down")),
        };
        self.respond(id, answer);
    }

    fn respond(&self, id: RequestId, answer: Result<Value, ResponseError>) {
        Outgoing::new(self.transport.outgoing.clone()).respond(id, answer);
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
        let outgoing = Outgoing::new(self.transport.outgoing.clone());
        self.phase = Phase::Running(Box::new(Session::new(Context::new(client, workspace, outgoing))));
        Ok(answer)
    }
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
