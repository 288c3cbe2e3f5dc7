//! A page as a tree: what lies in which element.

use crate::document::html_page::elements::{Kind, Landmark, Tag};
use crate::document::html_page::styles::{Style, Styles};
use crate::model::Span;

/// A page. Its root is node 0.
pub(super) struct Page {
    pub(super) nodes: Vec<Node>,
    /// All nodes, in the order of the source: each before its content.
    pub(super) order: Vec<usize>,
    /// The words in `<title>`.
    pub(super) title: Option<Span>,
    /// The element that gives the date of the page.
    pub(super) date: Option<Span>,
    /// The first `<time>` with a date of its own.
    pub(super) time: Option<Span>,
}

/// A node of a page.
pub(super) struct Node {
    pub(super) content: Content,
    /// The node around it; the root is its own.
    pub(super) parent: usize,
    pub(super) children: Vec<usize>,
    /// True if it contains letters or digits.
    pub(super) has_words: bool,
    /// True if it contains letters or digits outside bold type.
    pub(super) has_plain_words: bool,
    /// True if it contains a heading or a table, so that it is more than running text.
    pub(super) has_parts: bool,
}

/// What a node is.
#[derive(Clone, Copy)]
pub(super) enum Content {
    Element(Element),
    /// Words with their character references, as in the source.
    Text(Span),
    /// A comment that is closed.
    Comment(Span),
}

/// An element of a page.
#[derive(Clone, Copy)]
pub(super) struct Element {
    pub(super) kind: Kind,
    /// Offset in bytes of its start tag, or of the tag that implies it.
    pub(super) start: usize,
    /// True if readers do not see it.
    pub(super) hidden: bool,
    pub(super) style: Style,
    pub(super) landmark: Option<Landmark>,
    /// Number of columns that a cell spans.
    pub(super) columns: usize,
    /// Number of rows that a cell spans.
    pub(super) rows: usize,
}

impl Element {
    /// Describes the element of a start tag at byte `start`.
    pub(super) fn new(tag: &Tag<'_>, styles: &Styles, start: usize) -> Self {
        let style = tag.style(styles);
        Self {
            kind: tag.kind(),
            start,
            hidden: tag.is_hidden(style),
            style,
            landmark: tag.landmark(),
            columns: tag.columns(),
            rows: tag.rows(),
        }
    }
}

impl Node {
    /// Returns a node that has no content yet.
    pub(super) fn new(content: Content) -> Self {
        let no = false;
        Self { content, parent: 0, children: Vec::new(), has_words: no, has_plain_words: no, has_parts: no }
    }

    /// Returns the element, if the node is one.
    pub(super) fn element(&self) -> Option<&Element> {
        if let Content::Element(element) = &self.content { Some(element) } else { None }
    }
}

impl Page {
    /// Returns the page of these nodes.
    pub(super) fn new(nodes: Vec<Node>, text: &str) -> Self {
        let mut page = Self { nodes, order: Vec::new(), title: None, date: None, time: None };
        page.order = page.below(0, |_| true);
        page.describe(text);
        page
    }

    /// Returns a node and the nodes below it, in the order of the source; `enters` says below which elements.
    fn below(&self, node: usize, enters: impl Fn(&Element) -> bool) -> Vec<usize> {
        let mut order = Vec::new();
        let mut next = vec![node];
        while let Some(node) = next.pop() {
            if self.nodes[node].element().is_some_and(|element| !enters(element)) {
                continue;
            }
            order.push(node);
            next.extend(self.nodes[node].children.iter().rev());
        }
        order
    }

    /// Returns the elements that readers see, in the order of the source.
    pub(super) fn shown(&self) -> Vec<(usize, &Element)> {
        let shown = self.below(0, |element| !element.hidden);
        shown.into_iter().filter_map(|node| Some((node, self.nodes[node].element()?))).collect()
    }

    /// True if a node is another one or lies in it.
    pub(super) fn is_in(&self, node: usize, outer: usize) -> bool {
        let parents = std::iter::successors(Some(node), |&node| (node > 0).then(|| self.nodes[node].parent));
        parents.into_iter().any(|node| node == outer)
    }

    /// Returns the offset in bytes at which an element begins.
    pub(super) fn start(&self, node: usize) -> usize {
        self.nodes[node].element().map_or(0, |element| element.start)
    }

    /// Notes for each node what it contains.
    fn describe(&mut self, text: &str) {
        let mut bold = vec![false; self.nodes.len()];
        for &at in &self.order {
            let node = &mut self.nodes[at];
            bold[at] = bold[node.parent];
            match node.content {
                Content::Element(element) => bold[at] = element.style.bold.unwrap_or(bold[at]),
                Content::Text(span) => {
                    node.has_words = span.of(text).contains(char::is_alphanumeric);
                    node.has_plain_words = node.has_words && !bold[at];
                }
                Content::Comment(_) => {}
            }
        }
        for &at in self.order.iter().rev() {
            let node = &self.nodes[at];
            let (words, plain) = (node.has_words, node.has_plain_words);
            let kind = node.element().map(|element| element.kind);
            // A heading in a header cell is nothing but bold type.
            let parts = node.has_parts && kind != Some(Kind::Cell(true))
                || matches!(kind, Some(Kind::Heading(_) | Kind::Table));
            let parent = node.parent;
            let parent = &mut self.nodes[parent];
            parent.has_words |= words;
            parent.has_plain_words |= plain;
            parent.has_parts |= parts;
        }
    }
}
