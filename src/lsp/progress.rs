//! Tells the client how far long work has come.

use lsp_server::{RequestId, Response};
use serde_json::{Value, json};

use crate::lsp::context::Context;

/// How far one piece of work has come, as the client sees it.
#[derive(Debug)]
pub(crate) struct Progress {
    title: &'static str,
    state: State,
    /// The last percentage.
    last: usize,
}

#[derive(Debug, PartialEq, Eq)]
enum State {
    /// Nothing is shown.
    Hidden,
    /// The client was asked for its leave to show this token.
    Asked(RequestId, Value),
    Shown(Value),
}

impl Progress {
    pub(crate) const fn new(title: &'static str) -> Self {
        Self { title, state: State::Hidden, last: 0 }
    }

    /// Shows the work under a token that the client has chosen.
    pub(crate) fn begin(&mut self, token: Value, context: &Context) {
        let begin = json!({ "kind": "begin", "title": self.title, "cancellable": true, "percentage": 0 });
        context.outgoing.notify("$/progress", json!({ "token": token, "value": begin }));
        self.state = State::Shown(token);
    }

    /// Shows the work, if the client can and agrees.
    pub(crate) fn offer(&mut self, context: &mut Context) {
        if self.state == State::Hidden && context.client.shows_progress {
            let token = json!(format!("rcalint-{}", context.outgoing.requests()));
            let asked = context.outgoing.request("window/workDoneProgress/create", json!({ "token": token }));
            self.state = State::Asked(asked, token);
        }
    }

    /// Takes an answer of the client, which may be about another request.
    pub(crate) fn answered(&mut self, response: &Response, context: &Context) {
        if let State::Asked(asked, token) = &self.state
            && *asked == response.id
            && response.response_result.is_ok()
        {
            self.begin(token.clone(), context);
        }
    }

    /// Tells how many parts are done.
    pub(crate) fn report(&mut self, done: usize, all: usize, context: &Context) {
        let percentage = done * 100 / all.max(1);
        if percentage > self.last && self.is_shown() {
            self.last = percentage;
            let message = format!("{done} of {all} documents");
            let report = json!({ "kind": "report", "message": message, "percentage": percentage });
            self.send(&report, context);
        }
    }

    /// Ends it; `message` says what came of it.
    pub(crate) fn end(&mut self, message: &str, context: &Context) {
        self.send(&json!({ "kind": "end", "message": message }), context);
        self.state = State::Hidden;
    }

    /// True if the client shows this token for it.
    pub(crate) fn has(&self, token: &Value) -> bool {
        matches!(&self.state, State::Shown(shown) if shown == token)
    }

    const fn is_shown(&self) -> bool {
        matches!(self.state, State::Shown(_))
    }

    fn send(&self, value: &Value, context: &Context) {
        if let State::Shown(token) = &self.state {
            context.outgoing.notify("$/progress", json!({ "token": token, "value": value }));
        }
    }
}
