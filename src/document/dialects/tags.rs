//! Template tags and shortcodes: `{% name … %}`, `{{< name … >}}`, `{{% name … %}}`, `<% … %>`. The tags themselves are not
//! text; what stands between two of them is text, code, a quotation or a comment.

use std::collections::BTreeMap;

use crate::document::dialects::code::{Code, What, holds_code};
use crate::document::dialects::rewriter::{Rewriter, begins_line};
use crate::document::dialects::{Region, titles};
use crate::model::Span;

/// Begin and end of tags.
const DELIMITERS: [(&str, &str); 4] = [("{%", "%}"), ("{{<", ">}}"), ("{{%", "%}}"), ("<%", "%>")];
/// Maximum length of a tag in bytes.
const LONGEST: usize = 1_000;
/// The name of a tag with code between it and its end. As the name of a container it may hold text.
const HIGHLIGHT: &str = "highlight";
/// Names of tags with a quotation between them.
const QUOTE: [&str; 3] = ["blockquote", "pullquote", "quote"];

/// True if a text may hold a tag.
pub(super) fn may_occur(text: &str) -> bool {
    DELIMITERS.iter().any(|(open, _)| text.contains(open))
}

/// Rewrites the tags of a text from byte `body` on.
pub(super) fn rewrite(text: &str, body: usize, regions: &mut Vec<Region>) -> String {
    let code = Code::find(text, body, What::CodeAndComments);
    let tags: Vec<Tag<'_>> = find(text, body, &code);
    let ends = ends(&tags);
    let mut to = Rewriter::new(text);
    let mut at = 0;
    while let Some(tag) = tags.get(at) {
        let end = ends[at];
        let is_done = end.is_some_and(|end| between(&mut to, tag, tags[end].span, regions));
        if end.is_none() {
            to.blank(tag.span);
        }
        at = end.filter(|_| is_done).unwrap_or(at) + 1;
    }
    for tag in &tags {
        to.keep_inline(tag.span);
    }
    to.finish()
}

/// A tag.
struct Tag<'t> {
    span: Span,
    name: &'t str,
    is_end: bool,
}

/// Returns the tags outside code, in order.
fn find<'t>(text: &'t str, body: usize, code: &Code) -> Vec<Tag<'t>> {
    let mut tags = Vec::new();
    let mut at = body;
    while let Some(found) = text[at..].find(['{', '<']).map(|found| at + found) {
        at = found + 1;
        if let Some(end) = code.end_around(found) {
            at = end;
        } else if let Some(tag) = read(text, found) {
            at = tag.span.end;
            tags.push(tag);
        }
    }
    tags
}

/// Reads the tag that begins at `start`.
fn read(text: &str, start: usize) -> Option<Tag<'_>> {
    let (open, close) = DELIMITERS.into_iter().find(|(open, _)| text[start..].starts_with(open))?;
    let from = start + open.len();
    let length = text[from..text.floor_char_boundary(from + LONGEST)].find(close)?;
    let inner = text[from..from + length].trim_matches(['-', '+', ' ', '\t', '\n', '\r']);
    let word = inner.split(|sign: char| sign.is_whitespace() || sign == '"').next().unwrap_or_default();
    let end = word.strip_prefix('/').or_else(|| word.strip_prefix("end").filter(|_| open == "{%"));
    let closing = inner.strip_prefix("/ ").map(str::trim);
    let name = closing.or(end).unwrap_or(word);
    let span = Span::new(start, from + length + close.len());
    Some(Tag { span, name, is_end: closing.or(end).is_some() })
}

/// Returns for each tag the index of the next one that ends it.
fn ends(tags: &[Tag<'_>]) -> Vec<Option<usize>> {
    let mut next: BTreeMap<&str, usize> = BTreeMap::new();
    let mut ends = vec![None; tags.len()];
    for (at, tag) in tags.iter().enumerate().rev() {
        if tag.is_end {
            next.insert(tag.name, at);
        } else {
            ends[at] = next.get(tag.name).copied();
        }
    }
    ends
}

/// Rewrites a tag and what stands between it and the one that ends it. Returns true if all of it is done, with the tags in
/// between.
fn between(to: &mut Rewriter<'_>, tag: &Tag<'_>, last: Span, regions: &mut Vec<Region>) -> bool {
    let whole = Span::new(tag.span.start, last.end);
    if tag.name == "comment" {
        to.comment(whole);
        return true;
    }
    if holds_code(tag.name) || tag.name == HIGHLIGHT {
        to.blank(whole);
        return true;
    }
    let is_quote = QUOTE.contains(&tag.name);
    let has_title = head(to, tag);
    if tag.name == "raw" {
        to.blank(last); // what stands between is text, tags included
        return true;
    }
    if is_quote || has_title {
        regions.push(Region { span: Span::new(tag.span.start, last.start), is_quote });
    }
    false
}

/// Rewrites the first tag of a pair, and returns true if it has a title, which becomes a heading.
fn head(to: &mut Rewriter<'_>, tag: &Tag<'_>) -> bool {
    let is_first = begins_line(to.text, tag.span.start, |sign| matches!(sign, ' ' | '\t'));
    let title =
        titles::in_attribute(to.text, tag.span).filter(|title| is_first && !title.of(to.text).contains('\n'));
    match title {
        Some(title) => to.head(tag.span, title, tag.span.end),
        None => to.blank(tag.span),
    }
    title.is_some()
}
