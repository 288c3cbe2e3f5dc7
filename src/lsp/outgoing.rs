//! What the server sends to the client.

use crossbeam_channel::Sender;
use gen_lsp_types::{Diagnostic, MessageType, PublishDiagnosticsParams, Uri};
use lsp_server::{Message, Notification, Request, RequestId, Response, ResponseError};
use serde::Serialize;
use serde_json::{Value, json};

/// The way to the client.
#[derive(Debug)]
pub(crate) struct Outgoing {
    messages: Sender<Message>,
    /// Number of requests sent.
    requests: i32,
}

impl Outgoing {
    pub(crate) const fn new(messages: Sender<Message>) -> Self {
        Self { messages, requests: 0 }
    }

    /// Answers a request.
    pub(crate) fn respond(&self, id: RequestId, result: Result<Value, ResponseError>) {
        self.send(Response { id, response_result: result }.into());
    }

    /// Sends a request, and returns its identifier.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> RequestId {
        self.requests += 1;
        let id = RequestId::from(self.requests);
        self.send(Request { id: id.clone(), method: method.to_owned(), params }.into());
        id
    }

    /// Returns the number of requests sent.
    pub(crate) const fn requests(&self) -> i32 {
        self.requests
    }

    /// Sends a notification.
    pub(crate) fn notify(&self, method: &str, params: impl Serialize) {
        let params = serde_json::to_value(params).unwrap_or_default();
        self.send(Notification { method: method.to_owned(), params }.into());
    }

    /// Shows the diagnostics of a document; an empty list withdraws those that were shown before.
    pub(crate) fn publish(&self, uri: Uri, version: Option<i32>, diagnostics: Vec<Diagnostic>) {
        let params = PublishDiagnosticsParams { uri, version, diagnostics };
        self.notify("textDocument/publishDiagnostics", params);
    }

    /// Shows a message.
    pub(crate) fn say(&self, message: &str) {
        self.notify("window/showMessage", json!({ "type": MessageType::Info, "message": message }));
    }

    /// Writes a warning to the log of the client.
    pub(crate) fn log(&self, message: &str) {
        self.notify("window/logMessage", json!({ "type": MessageType::Warning, "message": message }));
    }

    /// Sends a message. If nobody reads it, the end of the client's output ends the conversation.
    fn send(&self, message: Message) {
        let _ = self.messages.send(message);
    }
}
