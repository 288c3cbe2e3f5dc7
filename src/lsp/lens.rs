//! The verdict above the title.

use gen_lsp_types::{CodeLens, Command};
use serde_json::json;

use crate::lsp::commands;
use crate::lsp::view::View;
use crate::model::Span;
use crate::render::hover;

/// Returns the verdict and the number of open questions, above the title or else the beginning of the document.
pub(crate) fn of_document(view: &View<'_>) -> Vec<CodeLens> {
    let lens = view.judged().map(|judged| CodeLens {
        range: view.text.range(judged.outline.title.unwrap_or(Span::new(0, 0))),
        command: Some(Command {
            title: hover::lens(&judged.report),
            tooltip: Some("Prepare the review meeting".to_owned()),
            command: commands::PREPARE_REVIEW.to_owned(),
            arguments: Some(vec![json!(view.uri)]),
        }),
        data: None,
    });
    lens.into_iter().collect()
}
