//! Rewrites the syntax of other Markdown dialects to plain Markdown of the same length, so that every offset holds:
//! admonitions and tabs with indented bodies, fenced containers, call-outs, shortcodes, template tags, comments,
//! statements, and other markup languages.
//!
//! What Markdown itself shows as code, or hides in a comment, is left alone.

mod admonitions;
mod callouts;
pub(super) mod code;
mod comments;
mod components;
mod containers;
mod markup;
mod math;
mod mentions;
mod modules;
mod prose_fences;
mod rewriter;
mod tags;
#[cfg(test)]
mod tests;
mod titles;

use std::borrow::Cow;

use crate::document::dialects::rewriter::Rewriter;
use crate::model::{Markup, Span};

/// A text in plain Markdown, as long as the original.
pub(super) struct Plain<'t> {
    /// The text. Other than in comments, line feeds are where they were.
    pub(super) text: Cow<'t, str>,
    /// Blocks that plain Markdown has no syntax for, by position.
    pub(super) regions: Vec<Region>,
    /// The language that it was in, if that was not Markdown.
    pub(super) markup: Option<Markup>,
}

impl<'t> Plain<'t> {
    /// Returns a text in which nothing is rewritten.
    pub(super) const fn unchanged(text: &'t str) -> Self {
        Self { text: Cow::Borrowed(text), regions: Vec::new(), markup: None }
    }
}

/// A block whose lines have no marks of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Region {
    /// Its content.
    pub(super) span: Span,
    /// True for a block quote, false for a call-out.
    pub(super) is_quote: bool,
}

/// Rewrites a text from byte `body` on.
pub(super) fn plain(text: &str, body: usize) -> Plain<'_> {
    let mut regions = Vec::new();
    let (rewritten, markup) = markup::rewrite(text, body, &mut regions);
    let mut text = rewritten.map_or(Cow::Borrowed(text), Cow::Owned);
    if prose_fences::may_occur(&text) {
        text = Cow::Owned(prose_fences::rewrite(&text, body, &mut regions));
    }
    if comments::may_occur(&text) {
        text = Cow::Owned(comments::rewrite(&text, body));
    }
    if modules::may_occur(&text) {
        text = Cow::Owned(modules::rewrite(&text, body));
    }
    if components::may_occur(&text) {
        text = Cow::Owned(components::rewrite(&text, body));
    }
    if math::may_occur(&text) {
        text = Cow::Owned(math::rewrite(&text, body));
    }
    if mentions::may_occur(&text) {
        text = Cow::Owned(mentions::rewrite(&text, body));
    }
    if tags::may_occur(&text) {
        text = Cow::Owned(tags::rewrite(&text, body, &mut regions));
    }
    if containers::may_occur(&text) {
        text = Cow::Owned(containers::rewrite(&text, body, &mut regions));
    }
    regions.sort_by_key(|region| (region.span.start, std::cmp::Reverse(region.span.end)));
    Plain { text, regions, markup }
}

/// Returns the source of a page in HTML from which a program makes pages: without front matter, which ends at byte `body`,
/// and without the comments and tags of its templates. A page without front matter stays as it is.
pub(super) fn page(text: &str, body: usize) -> Cow<'_, str> {
    if body == 0 {
        return Cow::Borrowed(text);
    }
    let mut to = Rewriter::new(text);
    to.blank(Span::new(0, body));
    let mut text = to.finish();
    if comments::may_occur(&text) {
        text = comments::rewrite(&text, body);
    }
    if tags::may_occur(&text) {
        text = tags::rewrite(&text, body, &mut Vec::new());
    }
    Cow::Owned(text)
}
