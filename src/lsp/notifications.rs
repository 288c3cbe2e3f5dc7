//! Notifications during a session. One that is unknown or invalid has no effect.

use gen_lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
};
use lsp_server::{Notification, RequestId};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::document::has_extension;
use crate::lsp::session::{Session, is_settings};
use crate::lsp::{capabilities, uri};

/// Handles a notification.
pub(crate) fn handle(session: &mut Session, notification: &Notification) {
    let params = &notification.params;
    match notification.method.as_str() {
        "initialized" => initialized(session),
        "textDocument/didOpen" => with(params, |params| open(session, params)),
        "textDocument/didChange" => with(params, |params| change(session, params)),
        "textDocument/didSave" => with(params, |params| save(session, &params)),
        "textDocument/didClose" => with(params, |params| close(session, &params)),
        "workspace/didChangeWatchedFiles" => with(params, |params| files_changed(session, &params)),
        "workspace/didChangeWorkspaceFolders" => with(params, |params| change_folders(session, &params)),
        "window/workDoneProgress/cancel" => session.folders.stop(&params["token"], &mut session.context),
        "$/cancelRequest" => with(&params["id"], |id: RequestId| session.cancel(&id)),
        _ => {}
    }
}

/// Passes on parameters, if they are valid.
fn with<T: DeserializeOwned>(params: &Value, handle: impl FnOnce(T)) {
    if let Ok(params) = T::deserialize(params) {
        handle(params);
    }
}

fn initialized(session: &mut Session) {
    if session.context.client.watches_files {
        session.context.outgoing.request("client/registerCapability", capabilities::watched_files());
    }
    session.publish_problems();
}

fn open(session: &mut Session, params: DidOpenTextDocumentParams) {
    session.notice_settings();
    let uri = session.context.documents.open(params.text_document).uri.clone();
    session.changed(&uri);
}

fn change(session: &mut Session, params: DidChangeTextDocumentParams) {
    session.notice_settings();
    let document = params.text_document;
    let uri = document.text_document_identifier.uri;
    if session.context.documents.change(&uri, document.version, params.content_changes).is_some() {
        session.changed(&uri);
    }
}

fn save(session: &mut Session, params: &DidSaveTextDocumentParams) {
    if is_settings(&params.text_document.uri) {
        session.reload();
    } else {
        session.notice_settings();
        session.folders.changed();
    }
}

fn close(session: &mut Session, params: &DidCloseTextDocumentParams) {
    let uri = &params.text_document.uri;
    if session.context.documents.close(uri).is_some() {
        session.closed(uri);
    }
}

fn files_changed(session: &mut Session, params: &DidChangeWatchedFilesParams) {
    let mut paths = params.changes.iter().map(|change| uri::to_path(&change.uri));
    if paths.all(|path| path.is_some_and(|path| has_extension(&path))) {
        session.folders.changed();
    } else {
        session.reload();
    }
}

fn change_folders(session: &mut Session, params: &DidChangeWorkspaceFoldersParams) {
    let workspace = &mut session.context.workspace;
    let removed = params.event.removed.iter().filter_map(|folder| uri::to_path(&folder.uri));
    removed.for_each(|root| workspace.remove(&root));
    let added = params.event.added.iter().filter_map(|folder| uri::to_path(&folder.uri));
    added.for_each(|root| workspace.add(root));
    session.publish_problems();
    session.judge_all();
}
