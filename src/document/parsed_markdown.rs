//! Blocks as the Markdown parser gives them, before labels and sections are read.

use std::ops::Range;

use crate::document::{Cell, Comment};
use crate::model::{Role, Span};

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

/// The prose between two block marks.
#[derive(Clone, Debug)]
pub(super) struct RawBlock {
    /// Its kind.
    pub(super) kind: RawBlockKind,
    /// From its first to its last byte of prose.
    pub(super) span: Span,
    /// Its bold runs, as a range of [`ParsedMarkdown::bold_runs`].
    pub(super) bold_runs: Range<usize>,
    /// True if it has words outside bold runs.
    pub(super) words_outside_bold: bool,
    /// True if it has words outside italics.
    pub(super) words_outside_italics: bool,
    /// For a task-list item: true if its box is checked.
    pub(super) task: Option<bool>,
    /// Number of the innermost list around it.
    pub(super) list: Option<usize>,
    /// Depth of list nesting.
    pub(super) depth: usize,
    /// Number of list items and quotes around it.
    pub(super) nesting: usize,
    /// The outermost nesting at which an item or quote began since the block before.
    pub(super) new_nesting: Option<usize>,
    /// Number of the outermost block quote around it.
    pub(super) quote: Option<usize>,
}

/// A Markdown document as the parser gives it.
pub(super) struct ParsedMarkdown {
    /// The masked text.
    pub(super) prose: String,
    /// In document order.
    pub(super) raw_blocks: Vec<RawBlock>,
    /// Bold runs, in order.
    pub(super) bold_runs: Vec<Span>,
    /// Offsets of forced line breaks, in order.
    pub(super) breaks: Vec<usize>,
    /// For each outermost block quote: true if it is marked as a call-out.
    pub(super) callouts: Vec<bool>,
    /// HTML comments, in order.
    pub(super) comments: Vec<Comment>,
    /// The front matter's title.
    pub(super) title: Option<Span>,
    /// End of the front matter.
    pub(super) body: usize,
}

impl ParsedMarkdown {
    /// The bold runs of a block.
    pub(super) fn bold_runs_of(&self, raw: &RawBlock) -> &[Span] {
        &self.bold_runs[raw.bold_runs.clone()]
    }
}
