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
use crate::lsp::insertion::{self, Insertion};
use crate::lsp::view::View;
use crate::model::Span;
use crate::report::Finding;

/// Returns the actions for the findings in a range.
pub(crate) fn at(view: &View<'_>, range: Range) -> Vec<CodeAction> {
    view.findings(view.text.span(range)).into_iter().flat_map(|finding| about(view, finding)).collect()
}

/// Returns the actions for a finding. What helps to write comes before what silences: a tired person takes the first one.
fn about(view: &View<'_>, finding: &Finding) -> Vec<CodeAction> {
    let rule = &finding.rule;
    let mut actions: Vec<CodeAction> = Vec::new();
    let mut add = |title: String, insertion: Option<Insertion>| {
        actions.extend(insertion.map(|insertion| edit(view, finding, title, &insertion)));
    };
    add("Insert the shape to try".to_owned(), insertion::shape(view, finding));
    add("Add the questions as a comment".to_owned(), insertion::comment(view, finding));
    for question in &finding.questions {
        add(format!("Add as a task: {question}"), Some(insertion::task(view, finding, question)));
    }
    let place = if view.is_about_document(finding) { "in this document" } else { "here" };
    add(format!("Allow `{rule}` {place}, with a reason"), allow::comment(view, finding));
    if view.analysis.project.has_baseline() {
        actions.push(command(view, finding, format!("Ignore `{rule}` here as known"), commands::IGNORE));
    }
    actions.push(command(view, finding, format!("Report `{rule}` here as wrong"), commands::REPORT));
    actions
}

/// Returns the action that has a command executed about a finding.
fn command(view: &View<'_>, finding: &Finding, title: String, command: &str) -> CodeAction {
    let command = Command {
        title: title.clone(),
        tooltip: None,
        command: command.to_owned(),
        arguments: Some(vec![json!(view.uri), json!(finding.fingerprint)]),
    };
    CodeAction { command: Some(command), ..action(view, finding, title) }
}

/// Returns the action that inserts a text.
fn edit(view: &View<'_>, finding: &Finding, title: String, insertion: &Insertion) -> CodeAction {
    let place = view.text.position(insertion.at);
    let edit = TextEdit { range: Range { start: place, end: place }, new_text: insertion.text.clone() };
    CodeAction {
        edit: Some(workspace_edit(view, edit)),
        command: insertion.selected.map(|selected| select(view, insertion, selected)),
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

/// Returns the command that selects a part of the inserted text.
fn select(view: &View<'_>, insertion: &Insertion, selected: Span) -> Command {
    let mut edited = view.text.content.clone();
    edited.insert_str(insertion.at, &insertion.text);
    let edited = Text::new(edited, view.text.encoding);
    let selected = Span::new(insertion.at + selected.start, insertion.at + selected.end);
    Command {
        title: "Show the place".to_owned(),
        tooltip: None,
        command: commands::SELECT.to_owned(),
        arguments: Some(vec![json!(view.uri), json!(edited.range(selected))]),
    }
}
