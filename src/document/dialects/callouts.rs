//! Call-outs with a title or a type of their own, `> [!failure]- Title`, and marks at the end of headings, `{#anchor}`.

use crate::document::dialects::rewriter::Rewriter;
use crate::document::dialects::titles;
use crate::model::Span;

/// Rewrites a line of a block quote whose text begins at `start`, if it begins a call-out.
pub(super) fn rewrite(to: &mut Rewriter<'_>, line: Span, start: usize) {
    let source = Span::new(start, line.end).of(to.text);
    let Some(end) = source.strip_prefix("[!").and_then(|rest| rest.find(']')) else { return };
    let kind = &source[2..2 + end];
    let is_kind = kind.starts_with(char::is_alphabetic)
        && kind.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_' | ' ' | '|'));
    let after = start + 2 + end + 1;
    let fold = usize::from(to.text[after..line.end].starts_with(['-', '+']));
    if !is_kind || !to.text[after + fold..line.end].starts_with(' ') && after + fold < line.end {
        return;
    }
    match titles::bare(to.text, Span::new(after + fold, line.end)) {
        Some(title) => to.head(Span::new(start, after), title, line.end),
        None => to.blank(Span::new(start, line.end)),
    }
}

/// Removes the mark that names a heading, `{#anchor}`.
pub(super) fn rewrite_heading(to: &mut Rewriter<'_>, line: Span) {
    let source = line.of(to.text).trim_end();
    let Some(at) = source.rfind("{#").filter(|_| source.ends_with('}')) else { return };
    let is_name = |sign: char| sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.' | ':' | ' ' | '#');
    if source[at + 1..source.len() - 1].chars().all(is_name) {
        to.blank(Span::new(line.start + at, line.start + source.len()));
    }
}
