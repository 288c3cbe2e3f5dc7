//! What the server offers to a client.

use gen_lsp_types::{
    CodeActionKind, CodeActionOptions, CodeLensOptions, CompletionOptions, DiagnosticOptions,
    ExecuteCommandOptions, Save, SaveOptions, ServerCapabilities, TextDocumentSyncKind,
    TextDocumentSyncOptions, WorkDoneProgressOptions, WorkspaceFoldersServerCapabilities, WorkspaceOptions,
};
use serde_json::{Value, json};

use crate::document;
use crate::lsp::client::Client;
use crate::lsp::commands;
use crate::report::TOOL;

/// Returns what the server offers.
pub(crate) fn of_server(client: &Client) -> ServerCapabilities {
    let diagnostics = DiagnosticOptions {
        identifier: Some(TOOL.to_owned()),
        workspace_diagnostics: true,
        work_done_progress_options: progress(),
        ..DiagnosticOptions::default()
    };
    ServerCapabilities {
        position_encoding: Some(client.encoding.kind()),
        text_document_sync: Some(sync().into()),
        document_symbol_provider: Some(true.into()),
        code_lens_provider: Some(CodeLensOptions::default()),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some([":", ",", " ", "[", "=", "\""].map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(true.into()),
        code_action_provider: Some(
            CodeActionOptions {
                code_action_kinds: Some(vec![CodeActionKind::QuickFix]),
                ..CodeActionOptions::default()
            }
            .into(),
        ),
        diagnostic_provider: client.pulls_diagnostics.then(|| diagnostics.into()),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: commands::ALL.map(str::to_owned).to_vec(),
            work_done_progress_options: progress(),
        }),
        workspace: Some(WorkspaceOptions {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(true.into()),
            }),
            ..WorkspaceOptions::default()
        }),
        ..ServerCapabilities::default()
    }
}

/// Some work is long, and its progress can be shown.
const fn progress() -> WorkDoneProgressOptions {
    WorkDoneProgressOptions { work_done_progress: Some(true) }
}

fn sync() -> TextDocumentSyncOptions {
    TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::Incremental),
        save: Some(Save::SaveOptions(SaveOptions { include_text: Some(false) })),
        ..TextDocumentSyncOptions::default()
    }
}

/// Returns the parameters that ask the client to watch settings, lexicon and baseline, and documents.
pub(crate) fn watched_files() -> Value {
    let documents = format!("**/*.{{{}}}", document::extensions().collect::<Vec<_>>().join(","));
    json!({ "registrations": [{
        "id": "rcalint.files",
        "method": "workspace/didChangeWatchedFiles",
        "registerOptions": { "watchers": [{ "globPattern": "**/*.toml" }, { "globPattern": documents }] },
    }]})
}
