//! Blocks as produced by the Markdown parser, before labels and sections are identified.

use std::ops::Range;

use crate::document::source_map::SourceMap;
use crate::document::{Cell, Comment};
use crate::model::{Markup, Role, Span};

/// Kinds of raw block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RawBlockKind {
    /// A heading with its level.
    Heading(u8),
    /// A paragraph outside lists.
    Paragraph,
    /// Text of a list item.
    Item,
    /// A table cell.
    Cell(Cell),
    /// A front-matter value.
    FrontMatter(Role),
}

/// The prose between two block boundaries.
#[derive(Clone, Debug)]
pub(super) struct RawBlock {
    /// Its kind.
    pub(super) kind: RawBlockKind,
    /// From the first to the last byte of its prose.
    pub(super) span: Span,
    /// Its bold runs, as a range of [`ParsedMarkdown::bold_runs`].
    pub(super) bold_runs: Range<usize>,
    /// True if it has words outside bold runs.
    pub(super) words_outside_bold: bool,
    /// True if it has words outside italics.
    pub(super) words_outside_italics: bool,
    /// For a task-list item: true if its box is checked.
    pub(super) task: Option<bool>,
    /// Number of the innermost enclosing list.
    pub(super) list: Option<usize>,
    /// Depth of list nesting.
    pub(super) depth: usize,
    /// Number of enclosing list items and block quotes.
    pub(super) nesting: usize,
    /// The outermost nesting level at which an item or quote began since the previous block.
    pub(super) new_nesting: Option<usize>,
    /// Number of the outermost enclosing block quote.
    pub(super) quote: Option<usize>,
}

/// A Markdown document as produced by the parser.
pub(super) struct ParsedMarkdown {
    /// True for a page in HTML that has become one.
    pub(super) is_page: bool,
    /// What the source is, if it is neither Markdown nor a page in HTML.
    pub(super) markup: Option<Markup>,
    /// The masked text.
    pub(super) prose: String,
    /// Where the masked text stands in the source.
    pub(super) source_map: SourceMap,
    /// Raw blocks, in document order.
    pub(super) raw_blocks: Vec<RawBlock>,
    /// Bold runs, in order.
    pub(super) bold_runs: Vec<Span>,
    /// Offsets of forced line breaks, in order.
    pub(super) breaks: Vec<usize>,
    /// For each outermost block quote: true if it is marked as a call-out.
    pub(super) callouts: Vec<bool>,
    /// The texts of links, in order; the first byte is that of the mark before the text.
    pub(super) links: Vec<Span>,
    /// Footnotes, in order.
    pub(super) footnotes: Vec<Span>,
    /// Comments, in order.
    pub(super) comments: Vec<Comment>,
    /// The front matter's title.
    pub(super) title: Option<Span>,
    /// The front matter's values that name the kind of document.
    pub(super) kinds: Vec<Span>,
    /// The part of the source that gives the date of the document: the front matter.
    pub(super) date: Span,
    /// The part of the source that gives a date if there is no other.
    pub(super) time: Option<Span>,
    /// Offset in bytes of the end of the front matter.
    pub(super) body: usize,
}

impl ParsedMarkdown {
    /// Returns the bold runs of a block.
    pub(super) fn bold_runs_of(&self, raw: &RawBlock) -> &[Span] {
        &self.bold_runs[raw.bold_runs.clone()]
    }

    /// Returns a span of the prose with its bold type as in Markdown.
    pub(super) fn with_bold(&self, span: Span) -> String {
        let (mut text, mut at) = (String::new(), span.start);
        let first = self.bold_runs.partition_point(|run| run.end <= span.start);
        for run in self.bold_runs[first..].iter().take_while(|run| run.start < span.end) {
            let (start, end) = (run.start.max(at), run.end.min(span.end).max(at));
            text += &[&self.prose[at..start], "**", &self.prose[start..end], "**"].concat();
            at = end;
        }
        text + &self.prose[at..span.end]
    }
}
