//! What the client can do, as far as the server needs to know.

use serde_json::Value;

use crate::lsp::position::Encoding;

/// The capabilities of the client.
#[expect(clippy::struct_excessive_bools, reason = "the protocol names each of them on its own")]
#[derive(Clone, Debug, Default)]
pub(crate) struct Client {
    pub(crate) encoding: Encoding,
    /// It asks for diagnostics, so that none are pushed for open documents.
    pub(crate) pulls_diagnostics: bool,
    /// It can be told to ask for diagnostics again.
    pub(crate) refreshes_diagnostics: bool,
    /// It can be asked to watch files.
    pub(crate) watches_files: bool,
    /// It takes edits of a certain version of a document.
    pub(crate) versioned_edits: bool,
    /// It opens documents and moves the cursor.
    pub(crate) shows_documents: bool,
    /// It shows the progress of long work that the server reports on its own.
    pub(crate) shows_progress: bool,
    /// It shows a link on the code of a diagnostic.
    pub(crate) links_codes: bool,
    /// The base of links to the pages of rules, without a trailing `/`.
    pub(crate) docs_url: Option<String>,
}

impl Client {
    /// Reads the parameters of `initialize`.
    pub(crate) fn new(params: &Value) -> Self {
        let about = |path: &str| params.pointer(&format!("/capabilities{path}"));
        let can = |path: &str| about(path).and_then(Value::as_bool).unwrap_or(false);
        let docs_url = params.pointer("/initializationOptions/docsUrl").and_then(Value::as_str);
        Self {
            encoding: about("/general/positionEncodings").map(Encoding::choose).unwrap_or_default(),
            pulls_diagnostics: about("/textDocument/diagnostic").is_some_and(Value::is_object),
            refreshes_diagnostics: can("/workspace/diagnostics/refreshSupport"),
            watches_files: can("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            versioned_edits: can("/workspace/workspaceEdit/documentChanges"),
            shows_documents: can("/window/showDocument/support"),
            shows_progress: can("/window/workDoneProgress"),
            links_codes: can("/textDocument/publishDiagnostics/codeDescriptionSupport")
                || can("/textDocument/diagnostic/codeDescriptionSupport"),
            docs_url: docs_url.map(|url| url.trim_end_matches('/').to_owned()),
        }
    }
}
