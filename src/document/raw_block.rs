//! Leaves: blocks as the parser gives them, before labels and sections are read.

use crate::document::{Cell, Comment};
use crate::model::Role;
use crate::model::Span;

/// What kind of leaf.
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

/// A stretch of prose between two block marks.
#[derive(Clone, Debug)]
pub(super) struct RawBlock {
    /// What kind.
    pub(super) kind: RawBlockKind,
    /// From its first to its last byte of prose.
    pub(super) span: Span,
    /// Its bold runs, as a range of [`ParsedMarkdown::strong`].
    pub(super) strong: Runs,
    /// Whether there are words outside bold runs.
    pub(super) beside_strong: bool,
    /// Whether there are words outside italics.
    pub(super) beside_emphasis: bool,
    /// Check box of its list item.
    pub(super) task: Option<bool>,
    /// Innermost list.
    pub(super) list: Option<usize>,
    /// Depth of list nesting.
    pub(super) depth: usize,
    /// Number of list items and quotes around it.
    pub(super) nest: usize,
    /// Outermost nesting at which an item or quote began since the leaf before.
    pub(super) fresh: usize,
    /// Outermost block quote around it.
    pub(super) quote: Option<usize>,
}

/// Bold runs of a leaf, by number; few leaves have any.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Runs {
    /// The first.
    pub(super) from: usize,
    /// How many.
    pub(super) len: usize,
}

/// All that the parser gives.
pub(super) struct ParsedMarkdown {
    /// The masked text.
    pub(super) prose: String,
    /// Leaves in document order.
    pub(super) raw_blocks: Vec<RawBlock>,
    /// Bold runs, in order.
    pub(super) strong: Vec<Span>,
    /// Offsets of forced line breaks, in order.
    pub(super) breaks: Vec<usize>,
    /// For each outermost block quote: whether it is marked as a call-out.
    pub(super) callouts: Vec<bool>,
    /// HTML comments, in order.
    pub(super) comments: Vec<Comment>,
    /// The front matter's title.
    pub(super) title: Option<Span>,
    /// End of the front matter.
    pub(super) body: usize,
}

impl ParsedMarkdown {
    /// Bold runs of a leaf.
    pub(super) fn strong(&self, raw: &RawBlock) -> &[Span] {
        &self.strong[raw.strong.from..][..raw.strong.len]
    }
}
