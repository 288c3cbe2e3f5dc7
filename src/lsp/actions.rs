//! What can be done about a finding.

use std::collections::HashMap;

use gen_lsp_types::{
    CodeAction, CodeActionKind, Command, DocumentChange, OptionalVersionedTextDocumentIdentifier, Range,
    TextDocumentEdit, TextDocumentIdentifier, TextEdit, WorkspaceEdit,
};
use serde_json::json;

use crate::lsp::allow;
use crate::lsp::commands;
use crate::lsp::diagnostics;
use crate::lsp::documents::Text;
use crate::lsp::view::View;
use crate::model::Span;
use crate::report::Finding;

/// A text to insert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Insertion {
    /// The byte before which it is inserted.
    pub(crate) at: usize,
    pub(crate) text: String,
    /// Where the cursor belongs afterwards, as a byte of the inserted text.
    pub(crate) cursor: Option<usize>,
}

/// Returns the actions for the findings in a range.
pub(crate) fn at(view: &View<'_>, range: Range) -> Vec<CodeAction> {
    view.findings(view.text.span(range)).flat_map(|finding| about(view, finding)).collect()
}

fn about(view: &View<'_>, finding: &Finding) -> Vec<CodeAction> {
    let title = format!("Allow `{}` here, with a reason", finding.rule);
    let allow = allow::comment(view, finding).map(|insertion| edit(view, finding, title, &insertion));
    allow.into_iter().collect()
}

/// Returns the action that inserts a text.
fn edit(view: &View<'_>, finding: &Finding, title: String, insertion: &Insertion) -> CodeAction {
    let place = view.text.position(insertion.at);
    let edit = TextEdit { range: Range { start: place, end: place }, new_text: insertion.text.clone() };
    CodeAction {
        edit: Some(workspace_edit(view, edit)),
        command: insertion.cursor.map(|cursor| select(view, insertion, cursor)),
        ..action(view, finding, title)
    }
}

/// Returns an action that does nothing yet.
fn action(view: &View<'_>, finding: &Finding, title: String) -> CodeAction {
    CodeAction {
        title,
        kind: Some(CodeActionKind::QuickFix),
        diagnostics: Some(vec![diagnostics::of_finding(view, finding)]),
        is_preferred: None,
        disabled: None,
        edit: None,
        command: None,
        data: None,
        tags: None,
    }
}

fn workspace_edit(view: &View<'_>, edit: TextEdit) -> WorkspaceEdit {
    if !view.client.versioned_edits {
        return WorkspaceEdit {
            changes: Some(HashMap::from([(view.uri.clone(), vec![edit])])),
            ..WorkspaceEdit::default()
        };
    }
    let text_document = OptionalVersionedTextDocumentIdentifier {
        version: Some(view.version),
        text_document_identifier: TextDocumentIdentifier { uri: view.uri.clone() },
    };
    let change = TextDocumentEdit { text_document, edits: vec![edit.into()] };
    WorkspaceEdit {
        document_changes: Some(vec![DocumentChange::TextDocumentEdit(change)]),
        ..WorkspaceEdit::default()
    }
}

/// Returns the command that puts the cursor into the inserted text.
fn select(view: &View<'_>, insertion: &Insertion, cursor: usize) -> Command {
    let mut edited = view.text.content.clone();
    edited.insert_str(insertion.at, &insertion.text);
    let edited = Text::new(edited, view.text.encoding);
    let at = insertion.at + cursor;
    Command {
        title: "Show the place".to_owned(),
        tooltip: None,
        command: commands::SELECT.to_owned(),
        arguments: Some(vec![json!(view.uri), json!(edited.range(Span::new(at, at)))]),
    }
}
