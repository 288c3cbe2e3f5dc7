//! Comments, of HTML and of other dialects, and the part of the document that each applies to. Other modules interpret their content.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::document::parsed_markdown::{RawBlock, RawBlockKind};
use crate::model::Span;

/// A comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// With the marks at either end.
    pub span: Span,
    /// False if it is never closed, or stands where there are no comments; then it has no effect.
    pub is_read: bool,
    /// The surrounding table row or list item; otherwise the surrounding paragraph or heading; otherwise the block that
    /// follows (the whole list, table or quote). `None` if no block follows.
    pub scope: Option<Span>,
}

/// Marks of a kind of comment.
pub(super) struct Kind {
    /// At its start.
    pub(super) open: &'static str,
    /// At its end.
    pub(super) close: &'static str,
}

/// Comments of other dialects: MDX, Hugo, Handlebars, Jinja, Obsidian, kramdown; comments and deletions of CriticMarkup.
pub(super) const KINDS: [Kind; 8] = [
    Kind { open: "{/*", close: "*/}" },
    Kind { open: "{{/*", close: "*/}}" },
    Kind { open: "{{!--", close: "--}}" },
    Kind { open: "{#", close: "#}" },
    Kind { open: "%%", close: "%%" },
    Kind { open: "{::comment}", close: "{:/comment}" },
    Kind { open: "{>>", close: "<<}" },
    Kind { open: "{--", close: "--}" },
];

/// Ends of the tags of templates, between two of which a comment may stand.
const TAG_ENDS: [&str; 3] = ["%}}", ">}}", "%}"];

/// The start of a comment in HTML.
pub(super) const OPEN: &str = "<!--";

/// The end of a comment in HTML.
pub(super) const CLOSE: &str = "-->";

/// Returns the text of a comment, without the marks at either end.
pub fn inner(comment: &str) -> &str {
    let html = comment.strip_prefix(OPEN).map(|inner| inner.strip_suffix(CLOSE).unwrap_or(inner));
    let of = |kind: &Kind| {
        let inner = comment.strip_prefix(kind.open)?;
        Some(inner.strip_suffix(kind.close).unwrap_or(inner))
    };
    html.or_else(|| KINDS.iter().find_map(of)).or_else(|| between_tags(comment)).unwrap_or(comment)
}

/// Returns the text between the first and the last tag of a template.
fn between_tags(comment: &str) -> Option<&str> {
    let (start, end) = TAG_ENDS.iter().filter_map(|end| Some((comment.find(end)?, end.len()))).min()?;
    let last = comment.rfind("{%").max(comment.rfind("{{"))?;
    comment.get(start + end..last)
}

/// Collects comments from the parser's events.
#[derive(Default)]
pub(super) struct Comments {
    all: Vec<Comment>,
    /// Enclosing list items, innermost last.
    items: Vec<Span>,
    /// The enclosing table row.
    row: Option<Span>,
    /// The enclosing paragraph or heading.
    block: Option<Span>,
    /// Comments that apply to the next block.
    waiting: Vec<usize>,
    /// Comments in the HTML text that is being read.
    in_html_text: Vec<usize>,
    /// Comments in a cell of an HTML table, by table and row.
    in_row: BTreeMap<(usize, usize), Vec<usize>>,
}

impl Comments {
    /// Handles an event of the parser.
    pub(super) fn event(&mut self, text: &str, event: &Event<'_>, span: Span) {
        match event {
            Event::Start(Tag::Item) => self.items.push(span),
            Event::End(TagEnd::Item) => drop(self.items.pop()),
            Event::Start(Tag::HtmlBlock) if is_comments_only(span.of(text)) => {}
            Event::Start(Tag::Paragraph | Tag::Heading { .. }) => {
                self.reach(span);
                self.block = Some(span);
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => self.row = Some(span),
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => {
                self.row_end(text, span);
                self.row = None;
            }
            Event::Start(tag) if is_block(tag) => self.reach(span),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_)) => self.block = None,
            Event::End(TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition) => self.waiting.clear(),
            Event::InlineHtml(tag) if tag.starts_with(OPEN) && tag.ends_with(CLOSE) => self.add(span),
            _ => {}
        }
    }

    /// Handles the start of a block that plain Markdown has no syntax for.
    pub(super) fn block(&mut self, span: Span) {
        self.reach(span);
    }

    /// Handles the end of a table row. A comment beyond its last column belongs to no cell.
    fn row_end(&mut self, text: &str, row: Span) {
        let read = self.all.last().map_or(row.start, |last| last.span.end.max(row.start));
        let beyond = &text[read.min(row.end)..row.end];
        for (at, _) in beyond.match_indices(OPEN) {
            let start = read + at;
            if let Some(length) = text[start..row.end].find(CLOSE) {
                let span = Span::new(start, start + length + CLOSE.len());
                self.all.push(Comment { span, is_read: true, scope: Some(row) });
            }
        }
    }

    /// Handles a comment in an HTML block; `raw` is the text around it, if any has been read.
    pub(super) fn in_html(&mut self, span: Span, raw: Option<&RawBlock>, cell: Option<(usize, usize)>) {
        let at = self.all.len();
        if let Some(row) = cell {
            self.all.push(Comment { span, is_read: true, scope: None });
            self.in_row.entry(row).or_default().push(at);
        } else if raw.is_some() && self.items.is_empty() {
            self.all.push(Comment { span, is_read: true, scope: None });
            self.in_html_text.push(at);
        } else {
            self.add(span);
        }
    }

    /// Handles the end of a block of text. Comments in Markdown text already have their scope.
    pub(super) fn text(&mut self, raw: &RawBlock) {
        self.reach(raw.span);
        for at in self.in_html_text.drain(..) {
            self.all[at].scope = Some(raw.span);
        }
    }

    /// Returns all comments, in document order.
    pub(super) fn finish(mut self, raw_blocks: &[RawBlock]) -> Vec<Comment> {
        for raw in raw_blocks.iter().filter(|_| !self.in_row.is_empty()) {
            let RawBlockKind::Cell(cell) = raw.kind else { continue };
            for &at in self.in_row.get(&(cell.table, cell.row)).into_iter().flatten() {
                let scope = &mut self.all[at].scope;
                *scope = Some(scope.map_or(raw.span, |before| before.cover(raw.span)));
            }
        }
        self.all
    }

    fn add(&mut self, span: Span) {
        let scope = self.row.or(self.items.last().copied()).or(self.block);
        if scope.is_none() {
            self.waiting.push(self.all.len());
        }
        self.all.push(Comment { span, is_read: true, scope });
    }

    /// Sets the scope of the waiting comments to the block that follows them.
    fn reach(&mut self, block: Span) {
        for at in self.waiting.drain(..) {
            self.all[at].scope = Some(block);
        }
    }
}

/// True if a tag begins a block that a comment may precede.
fn is_block(tag: &Tag<'_>) -> bool {
    use Tag::{BlockQuote, CodeBlock, FootnoteDefinition, HtmlBlock, List, Table};
    matches!(tag, List(_) | Table(_) | BlockQuote(_) | CodeBlock(_) | HtmlBlock | FootnoteDefinition(_))
}

/// True if an HTML block contains only comments.
fn is_comments_only(block: &str) -> bool {
    let mut rest = block;
    loop {
        // In a block quote, each line begins with the quote's marker.
        rest = rest.trim_start_matches(|sign: char| sign.is_whitespace() || sign == '>');
        let Some(comment) = rest.strip_prefix(OPEN) else { return rest.is_empty() };
        let Some(end) = comment.find(CLOSE) else { return false };
        rest = &comment[end + CLOSE.len()..];
    }
}
