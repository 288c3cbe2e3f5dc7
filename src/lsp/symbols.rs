//! The headings of a document as its symbols, each with its role.

use gen_lsp_types::{DocumentSymbol, SymbolKind};

use crate::lsp::outline::Heading;
use crate::lsp::view::View;
use crate::model::Span;

/// Returns the sections of a document, each with those inside it.
pub(crate) fn of_document(view: &View<'_>) -> Vec<DocumentSymbol> {
    let headings = view.judged().map_or(&[][..], |judged| &judged.outline.headings);
    tree(view, headings, view.text.content.len())
}

/// Returns the sections that begin with these headings, the last of which ends at `end`.
fn tree(view: &View<'_>, headings: &[Heading], end: usize) -> Vec<DocumentSymbol> {
    let (mut symbols, mut rest) = (Vec::new(), headings);
    while let [first, after @ ..] = rest {
        let inner = after.iter().position(|heading| heading.level <= first.level).unwrap_or(after.len());
        let (inside, next) = after.split_at(inner);
        let end = next.first().map_or(end, |heading| heading.span.start);
        symbols.push(symbol(view, first, end, tree(view, inside, end)));
        rest = next;
    }
    symbols
}

fn symbol(view: &View<'_>, heading: &Heading, end: usize, children: Vec<DocumentSymbol>) -> DocumentSymbol {
    let end = end.max(heading.span.end);
    // The protocol forbids an empty name.
    let name = if heading.words.is_empty() { heading.role.id() } else { &heading.words };
    #[expect(deprecated, reason = "the old field is part of the type")]
    DocumentSymbol {
        name: name.to_owned(),
        detail: Some(heading.role.id().to_owned()),
        kind: SymbolKind::String,
        tags: None,
        deprecated: None,
        range: view.text.range(Span::new(heading.span.start, end)),
        selection_range: view.text.range(heading.span),
        children: (!children.is_empty()).then_some(children),
    }
}
