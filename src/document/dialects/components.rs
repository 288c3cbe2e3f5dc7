//! Indented text in components of MDX, `<Steps>` … `</Steps>`. MDX has no indented code.

use std::sync::LazyLock;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
use regex::Regex;

use crate::document::dialects::rewriter::{Rewriter, lines};
use crate::document::markdown::options;
use crate::model::Span;

/// Marks of fenced code, which is code in a component, too.
const FENCES: [&str; 2] = ["```", "~~~"];

/// A tag of a component. Names of HTML begin with a small letter.
static TAG: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let value = r#""[^"]*"|'[^']*'|\{[^{}]*\}"#;
    Regex::new(&format!(r#"<(?P<end>/)?[A-Z][\w.]*(?:[^<>"'{{}}/]|{value})*(?P<alone>/)?>"#)).ok()
});

/// True if a text may hold indented text in a component.
pub(super) fn may_occur(text: &str) -> bool {
    text.contains("</") && text.contains("\n    ")
}

/// Rewrites the indented text in components, from byte `body` on.
pub(super) fn rewrite(text: &str, body: usize) -> String {
    let mut to = Rewriter::new(text);
    let mut depth = 0_i32;
    for (event, range) in Parser::new_ext(&text[body..], options()).into_offset_iter() {
        let span = Span::new(range.start + body, range.end + body);
        match event {
            Event::Start(Tag::HtmlBlock) => depth = (depth + opened(span.of(text))).max(0),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) if depth > 0 => show(&mut to, span),
            _ => {}
        }
    }
    to.finish()
}

/// Returns how many more components a block of HTML opens than it closes.
fn opened(html: &str) -> i32 {
    let tags = TAG.iter().flat_map(|tag| tag.captures_iter(html));
    tags.map(|tag| match (tag.name("end"), tag.name("alone")) {
        (Some(_), _) => -1,
        (None, Some(_)) => 0,
        (None, None) => 1,
    })
    .sum()
}

/// Makes paragraphs of indented code, except for what is fenced in it.
fn show(to: &mut Rewriter<'_>, code: Span) {
    let start = to.text[..code.start].rfind('\n').map_or(0, |end| end + 1);
    let (mut is_fenced, mut is_first) = (false, true);
    for line in lines(&to.text[..code.end], start) {
        let words = line.of(to.text).trim_start();
        let is_fence = FENCES.iter().any(|fence| words.starts_with(fence));
        if is_first && !is_fenced && !is_fence && !words.is_empty() {
            let indent = Span::new(line.start, line.end - words.len());
            to.keep_inline(indent);
        }
        is_fenced ^= is_fence;
        is_first = words.is_empty();
    }
}
