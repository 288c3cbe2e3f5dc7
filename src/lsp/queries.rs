//! Requests that are answered from the analysis of a document.

use gen_lsp_types::{
    CodeActionParams, CodeLensParams, DocumentDiagnosticParams, DocumentSymbolParams, HoverParams, Position,
    Range, Uri,
};
use lsp_server::{ErrorCode, Request, ResponseError};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::lsp::commands::{Answer, Command};
use crate::lsp::view::View;
use crate::lsp::{actions, diagnostics, hover, lens, symbols};

/// A question about a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Query {
    Diagnostics,
    Hover(Position),
    Actions(Range),
    Symbols,
    Lenses,
    Command(Command),
}

impl Query {
    /// Returns the question of a request and the document that it is about; `None` for other requests.
    pub(crate) fn read(request: &Request) -> Option<Result<(Uri, Self), ResponseError>> {
        let params = &request.params;
        Some(match request.method.as_str() {
            "textDocument/diagnostic" => parse(params)
                .map(|params: DocumentDiagnosticParams| (params.text_document.uri, Self::Diagnostics)),
            "textDocument/hover" => parse(params).map(|params: HoverParams| {
                let place = params.text_document_position_params;
                (place.text_document.uri, Self::Hover(place.position))
            }),
            "textDocument/codeAction" => parse(params)
                .map(|params: CodeActionParams| (params.text_document.uri, Self::Actions(params.range))),
            "textDocument/documentSymbol" => {
                parse(params).map(|params: DocumentSymbolParams| (params.text_document.uri, Self::Symbols))
            }
            "textDocument/codeLens" => {
                parse(params).map(|params: CodeLensParams| (params.text_document.uri, Self::Lenses))
            }
            _ => return None,
        })
    }

    /// True if it is about a place in the current text, and somebody waits for the answer.
    pub(crate) fn is_urgent(&self) -> bool {
        matches!(self, Self::Hover(_) | Self::Actions(_) | Self::Command(_))
    }

    /// Returns the answer.
    pub(crate) fn answer(&self, view: &View<'_>) -> Answer {
        match self {
            Self::Diagnostics => json!({ "kind": "full", "items": diagnostics::of_document(view) }).into(),
            Self::Hover(position) => json!(hover::at(view, *position)).into(),
            Self::Actions(range) => json!(actions::at(view, *range)).into(),
            Self::Symbols => json!(symbols::of_document(view)).into(),
            Self::Lenses => json!(lens::of_document(view)).into(),
            Self::Command(command) => command.run(view),
        }
    }

    /// Returns the answer about a document that is not judged.
    pub(crate) fn nothing(&self) -> Value {
        match self {
            Self::Diagnostics => json!({ "kind": "full", "items": [] }),
            Self::Hover(_) | Self::Command(_) => Value::Null,
            Self::Actions(_) | Self::Symbols | Self::Lenses => json!([]),
        }
    }
}

/// Returns the parameters of a message.
pub(crate) fn parse<T: DeserializeOwned>(params: &Value) -> Result<T, ResponseError> {
    T::deserialize(params).map_err(|why| error(ErrorCode::InvalidParams, &why.to_string()))
}

/// Returns an error for the client.
pub(crate) fn error(code: ErrorCode, message: &str) -> ResponseError {
    ResponseError { code: code as i32, message: message.to_owned(), data: None }
}
