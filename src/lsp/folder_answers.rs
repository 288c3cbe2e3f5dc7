//! What requests about folders are answered.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gen_lsp_types::{Uri, WorkspaceDiagnosticParams};
use lsp_server::{ErrorCode, ResponseError};
use serde_json::{Value, json};

use crate::lsp::context::Context;
use crate::lsp::diagnostics;
use crate::lsp::folder_requests::FolderRequest;
use crate::lsp::queries::{error, parse};
use crate::lsp::survey::Surveyed;
use crate::lsp::uri;
use crate::lsp::view::View;
use crate::lsp::workspace::Project;
use crate::render::folder_sheet::FolderSheet;

/// What is to be said about folders.
#[derive(Debug)]
pub(crate) enum Purpose {
    Diagnostics {
        /// The results that the client has, each with the address that it uses.
        known: BTreeMap<PathBuf, (Uri, String)>,
        /// The token under which the client takes results one by one.
        partial: Option<Value>,
    },
    /// A sheet for a review of all documents in a folder of the workspace.
    Sheet { folder: PathBuf },
}

impl Purpose {
    /// Reads the parameters of `workspace/diagnostic`.
    pub(crate) fn diagnostics(params: &Value) -> Result<Self, ResponseError> {
        let params: WorkspaceDiagnosticParams = parse(params)?;
        let known = params.previous_result_ids.into_iter();
        let known = known.filter_map(|known| Some((uri::to_path(&known.uri)?, (known.uri, known.value))));
        let partial = params.partial_result_params.partial_result_token.map(|token| json!(token));
        Ok(Self::Diagnostics { known: known.collect(), partial })
    }

    /// Returns the name under which the progress is shown.
    pub(crate) const fn title(&self) -> &'static str {
        match self {
            Self::Diagnostics { .. } => "rcalint: reviewing the workspace",
            Self::Sheet { .. } => "rcalint: preparing the review",
        }
    }

    pub(crate) const fn is_sheet(&self) -> bool {
        matches!(self, Self::Sheet { .. })
    }

    /// True if the client has results for this number of documents.
    pub(crate) fn is_known(&self, documents: usize) -> bool {
        matches!(self, Self::Diagnostics { known, .. } if known.len() >= documents)
    }

    /// Returns the results that the client has.
    pub(crate) fn known(&self) -> BTreeMap<PathBuf, String> {
        let Self::Diagnostics { known, .. } = self else { return BTreeMap::new() };
        known.iter().map(|(path, (_, result))| (path.clone(), result.clone())).collect()
    }

    /// Returns the folders to survey, given the folders of the workspace.
    pub(crate) fn folders(&self, all: Vec<(PathBuf, Arc<Project>)>) -> Vec<(PathBuf, Arc<Project>)> {
        let Self::Sheet { folder } = self else { return all };
        let around = all.into_iter().filter(|(root, _)| folder.starts_with(root));
        let innermost = around.max_by_key(|(root, _)| root.components().count());
        innermost.map(|(_, project)| (folder.clone(), project)).into_iter().collect()
    }
}

/// The parts of an answer.
#[derive(Debug)]
pub(crate) enum Answers {
    Diagnostics {
        reports: Vec<Value>,
        /// The results of the client about documents that have not turned up yet.
        left: BTreeMap<PathBuf, Uri>,
    },
    Sheet(FolderSheet),
}

impl Answers {
    pub(crate) fn new(purpose: &Purpose) -> Self {
        match purpose {
            Purpose::Diagnostics { known, .. } => {
                let left = known.iter().map(|(path, (uri, _))| (path.clone(), uri.clone())).collect();
                Self::Diagnostics { reports: Vec::new(), left }
            }
            Purpose::Sheet { folder } => Self::Sheet(FolderSheet::new(&name(folder))),
        }
    }

    /// Adds what is said about a document. Diagnostics are sent at once to a client that takes them one by one.
    pub(crate) fn add(&mut self, document: &Surveyed, purpose: &Purpose, context: &Context) {
        match (self, purpose) {
            (Self::Diagnostics { reports, left }, Purpose::Diagnostics { partial, .. }) => {
                left.remove(&document.path);
                let report = report(document, context);
                match partial {
                    Some(token) => send(token, &report, context),
                    None => reports.push(report),
                }
            }
            (Self::Sheet(sheet), _) => add_to_sheet(sheet, document, context),
            (Self::Diagnostics { .. }, Purpose::Sheet { .. }) => {}
        }
    }

    /// Answers a request. If all documents were surveyed, those that did not turn up have no diagnostics any more.
    pub(crate) fn finish(self, request: FolderRequest, is_whole: bool, context: &mut Context) {
        match self {
            Self::Diagnostics { mut reports, left } => {
                let gone = left.into_values().filter(|_| is_whole);
                reports.extend(
                    gone.map(|uri| json!({ "kind": "full", "uri": uri, "version": null, "items": [] })),
                );
                context.outgoing.respond(request.id, Ok(json!({ "items": reports })));
            }
            Self::Sheet(sheet) => finish_sheet(sheet, request, context),
        }
    }
}

/// Sends the report about one document.
fn send(token: &Value, report: &Value, context: &Context) {
    context.outgoing.notify("$/progress", json!({ "token": token, "value": { "items": [report] } }));
}

fn report(document: &Surveyed, context: &Context) -> Value {
    let Surveyed { uri, version, result, .. } = document;
    match view(document, context) {
        Some(view) => json!({
            "kind": "full",
            "uri": uri,
            "version": version,
            "resultId": result,
            "items": diagnostics::of_document(&view),
        }),
        None => json!({ "kind": "unchanged", "uri": uri, "version": version, "resultId": result }),
    }
}

fn add_to_sheet(sheet: &mut FolderSheet, document: &Surveyed, context: &Context) {
    let Some(view) = view(document, context) else { return };
    if let Some(judged) = view.judged() {
        sheet.add(&judged.report, &view.options());
    }
}

fn finish_sheet(sheet: FolderSheet, request: FolderRequest, context: &mut Context) {
    let Purpose::Sheet { folder } = &request.purpose else { return };
    let Some(text) = sheet.finish() else {
        let why = "no document in the folder looks like a postmortem";
        return context.outgoing.respond(request.id, Err(error(ErrorCode::RequestFailed, why)));
    };
    context.outgoing.respond(request.id, Ok(json!(text)));
    context.open_text(&format!("{}-questions.md", name(folder)), &text);
}

/// Returns a document with its review, unless the client has the result.
fn view<'a>(document: &'a Surveyed, context: &'a Context) -> Option<View<'a>> {
    let (text, analysis) = document.review.as_ref()?;
    let Context { client, files, .. } = context;
    Some(View { uri: &document.uri, version: document.version.unwrap_or(0), text, analysis, client, files })
}

/// Returns the name of a folder.
fn name(folder: &Path) -> String {
    folder.file_name().map_or_else(|| "workspace".to_owned(), |name| name.to_string_lossy().into_owned())
}
