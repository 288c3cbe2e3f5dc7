//! What everything in a session depends on.

use gen_lsp_types::Uri;
use serde_json::json;

use crate::lsp::client::Client;
use crate::lsp::documents::Documents;
use crate::lsp::generated_files::GeneratedFiles;
use crate::lsp::outgoing::Outgoing;
use crate::lsp::uri;
use crate::lsp::workspace::Workspace;
use crate::source;

/// The client, what it has open, and the way to it.
#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) client: Client,
    pub(crate) documents: Documents,
    pub(crate) workspace: Workspace,
    pub(crate) files: GeneratedFiles,
    pub(crate) outgoing: Outgoing,
}

impl Context {
    pub(crate) fn new(client: Client, workspace: Workspace, outgoing: Outgoing) -> Self {
        let documents = Documents::new(client.encoding);
        Self { client, documents, workspace, files: GeneratedFiles::default(), outgoing }
    }

    /// Opens a new text in the client.
    pub(crate) fn open_text(&mut self, name: &str, text: &str) {
        match self.files.write(name, text) {
            Ok(path) if self.client.shows_documents => {
                let params = json!({ "uri": uri::from_path(&path), "takeFocus": true });
                self.outgoing.request("window/showDocument", params);
            }
            Ok(path) => self.outgoing.say(&format!("The sheet is in {}", source::shown(&path))),
            Err(why) => self.outgoing.say(&format!("The sheet cannot be written: {why}")),
        }
    }

    /// Moves the cursor of the client.
    pub(crate) fn select(&mut self, uri: &Uri, range: gen_lsp_types::Range) {
        if self.client.shows_documents {
            let params = json!({ "uri": uri, "takeFocus": true, "selection": range });
            self.outgoing.request("window/showDocument", params);
        }
    }
}
