//! What is shown beside a finding, a heading, or the title.

use gen_lsp_types::{Contents, Hover, MarkupContent, MarkupKind, Position};

use crate::lsp::view::View;
use crate::model::Span;
use crate::render::hover;

/// Returns what is shown at a position: the findings there, and what was read into the heading.
pub(crate) fn at(view: &View<'_>, position: Position) -> Option<Hover> {
    let offset = view.text.offset(position);
    let options = view.options();
    let found = view.findings(Span::new(offset, offset)).into_iter();
    let found = found.map(|one| (View::span(one.start, one.end), hover::finding(one, &options)));
    let shown: Vec<(Span, String)> = found.chain(heading(view, offset)).collect();
    let (span, _) = shown.first()?;
    let texts: Vec<&str> = shown.iter().map(|(_, text)| text.as_str()).collect();
    let content = MarkupContent { kind: MarkupKind::Markdown, value: texts.join("\n\n---\n\n") };
    Some(Hover { contents: Contents::MarkupContent(content), range: Some(view.text.range(*span)) })
}

/// Returns the role of the section below a heading; for the title, what was found out about the document.
fn heading(view: &View<'_>, offset: usize) -> Option<(Span, String)> {
    let judged = view.judged()?;
    if let Some(title) = judged.outline.title.filter(|_| judged.outline.is_title(offset)) {
        return Some((title, hover::document(&judged.report, &view.options())));
    }
    let heading = judged.outline.heading_at(offset)?;
    Some((heading.span, hover::section(heading.role)))
}
