//! Requests during a session.

use gen_lsp_types::Uri;
use lsp_server::{ErrorCode, Request, RequestId, ResponseError};
use serde_json::Value;

use crate::lsp::commands::{self, Command, Order};
use crate::lsp::folder_answers::Purpose;
use crate::lsp::folder_requests::FolderRequest;
use crate::lsp::queries::{Query, error};
use crate::lsp::session::Session;
use crate::lsp::{completion, uri};

/// What happens to a request.
enum Handling {
    Answer(Value),
    /// It is about a document, and waits for its analysis.
    Ask(Uri, Query),
    /// It is about folders, and waits for their documents.
    Survey(Purpose),
}

/// Answers a request, or lets it wait.
pub(crate) fn handle(session: &mut Session, request: &Request) {
    let id = request.id.clone();
    match handling(session, request) {
        Ok(Handling::Answer(answer)) => session.context.outgoing.respond(id, Ok(answer)),
        Ok(Handling::Ask(uri, query)) => session.ask(id, uri, query),
        Ok(Handling::Survey(purpose)) => survey(session, id, purpose, &request.params),
        Err(why) => session.context.outgoing.respond(id, Err(why)),
    }
}

fn handling(session: &mut Session, request: &Request) -> Result<Handling, ResponseError> {
    match request.method.as_str() {
        "workspace/executeCommand" => execute(session, &request.params),
        "workspace/diagnostic" => Purpose::diagnostics(&request.params).map(Handling::Survey),
        "textDocument/completion" => completion::answer(session, &request.params).map(Handling::Answer),
        method => {
            let unsupported = || error(ErrorCode::MethodNotFound, &format!("`{method}` is not supported"));
            let (uri, query) = Query::read(request).ok_or_else(unsupported)??;
            Ok(Handling::Ask(uri, query))
        }
    }
}

fn execute(session: &mut Session, params: &Value) -> Result<Handling, ResponseError> {
    match commands::read(params)? {
        Order::Select(uri, range) => {
            session.context.select(&uri, range);
            Ok(Handling::Answer(Value::Null))
        }
        Order::About(uri, command) => {
            let folder = uri::to_path(&uri).filter(|path| path.is_dir());
            match folder.filter(|_| command == Command::PrepareReview) {
                Some(folder) if session.context.workspace.contains(&folder) => {
                    Ok(Handling::Survey(Purpose::Sheet { folder }))
                }
                Some(_) => {
                    Err(error(ErrorCode::InvalidParams, "the folder is not in a folder of the workspace"))
                }
                None => Ok(Handling::Ask(uri, Query::Command(command))),
            }
        }
    }
}

fn survey(session: &mut Session, id: RequestId, purpose: Purpose, params: &Value) {
    session.notice_settings();
    let token = params.get("workDoneToken").filter(|token| token.is_string() || token.is_i64());
    session.folders.ask(FolderRequest { id, purpose, token: token.cloned() }, &session.context);
}
