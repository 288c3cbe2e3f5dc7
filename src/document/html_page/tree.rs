//! Builds the tree of a page from the elements that the parser of `html5ever` opens, as browsers do.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::interface::{ElementFlags, ExpandedName, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, QualName};

use crate::document::html_page::elements::{Kind, Tag};
use crate::document::html_page::page::{Content, Element, Node};
use crate::document::html_page::styles::Styles;
use crate::model::Span;

/// The tree of a page being built. It keeps the order of the source: text that browsers move to before a table stays
/// where it is.
pub(super) struct Tree {
    nodes: RefCell<Vec<Node>>,
    /// For each node, the number of elements around it; 0 if it is in none yet.
    depths: RefCell<Vec<usize>>,
    /// The depth at which the last node was added.
    depth: Cell<usize>,
    /// The name of the start tag being read, and its element.
    current: RefCell<Option<(String, Element)>>,
    /// The offset in bytes of the token being read.
    at: Cell<usize>,
}

/// A node as the parser sees it.
#[derive(Clone)]
pub(super) struct Handle {
    node: usize,
    name: Rc<QualName>,
}

impl Tree {
    pub(super) fn new() -> Self {
        let tree = Self {
            nodes: RefCell::default(),
            depths: RefCell::default(),
            depth: Cell::new(0),
            current: RefCell::new(None),
            at: Cell::new(0),
        };
        tree.add(Content::Element(tree.implied("html")));
        tree
    }

    /// Says which token is read next: where it begins, and the element that it opens.
    pub(super) fn read_next(&self, at: usize, element: Option<(String, Element)>) {
        self.at.set(at);
        self.current.replace(element);
    }

    /// Returns the depth at which the last node was added.
    pub(super) fn depth(&self) -> usize {
        self.depth.get()
    }

    /// Returns the nodes, and leaves none.
    pub(super) fn take(&self) -> Vec<Node> {
        self.nodes.take()
    }

    fn add(&self, content: Content) -> usize {
        self.depths.borrow_mut().push(0);
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node::new(content));
        nodes.len() - 1
    }

    /// Returns an element that the page implies.
    fn implied(&self, name: &str) -> Element {
        Element::new(&Tag::implied(name), &Styles::default(), self.at.get())
    }

    fn attach(&self, parent: usize, node: usize) {
        let mut depths = self.depths.borrow_mut();
        depths[node] = depths[parent] + 1;
        self.depth.set(depths[node]);
        let mut nodes = self.nodes.borrow_mut();
        nodes[node].parent = parent;
        nodes[parent].children.push(node);
        hide_by_place(&mut nodes, node);
    }

    fn detach(&self, node: usize) {
        if self.depths.borrow()[node] == 0 {
            return;
        }
        let mut nodes = self.nodes.borrow_mut();
        let parent = nodes[node].parent;
        let siblings = &mut nodes[parent].children;
        if let Some(at) = siblings.iter().rposition(|&child| child == node) {
            siblings.remove(at);
        }
    }

    fn insert(&self, parent: usize, child: NodeOrText<Handle>) {
        match child {
            NodeOrText::AppendNode(child) => {
                self.detach(child.node);
                self.attach(parent, child.node);
            }
            NodeOrText::AppendText(spans) => {
                for span in decode(&spans) {
                    let node = self.add(Content::Text(span));
                    self.attach(parent, node);
                }
            }
        }
    }

    fn handle(&self, content: Content, name: QualName) -> Handle {
        Handle { node: self.add(content), name: Rc::new(name) }
    }
}

/// Returns the last row of a table, or what it has instead: there, text between rows and cells keeps its place.
fn last_row(nodes: &[Node], table: usize) -> usize {
    let is_part =
        |&&node: &&usize| matches!(kind(&nodes[node]), Some(Kind::TableHead | Kind::TableBody | Kind::Row));
    let inner = |&node: &usize| nodes[node].children.last().filter(is_part).copied();
    std::iter::successors(Some(table), inner).last().unwrap_or(table)
}

/// Hides elements that the elements around them make no part of the text.
fn hide_by_place(nodes: &mut [Node], node: usize) {
    match kind(&nodes[node]) {
        // A reader's remark in Google Docs is a `<div>` at the end of the page.
        Some(Kind::Remark) => hide(nodes, around(nodes, node, |kind| kind == Kind::Division)),
        Some(Kind::Footer) if around(nodes, node, |kind| matches!(kind, Kind::Quote(_))).is_none() => {
            hide(nodes, Some(node));
        }
        _ => {}
    }
}

fn kind(node: &Node) -> Option<Kind> {
    node.element().map(|element| element.kind)
}

/// Returns the innermost node around another whose kind passes a test.
fn around(nodes: &[Node], node: usize, test: impl Fn(Kind) -> bool) -> Option<usize> {
    let mut node = node;
    while node > 0 {
        node = nodes[node].parent;
        if kind(&nodes[node]).is_some_and(&test) {
            return Some(node);
        }
    }
    None
}

fn hide(nodes: &mut [Node], node: Option<usize>) {
    if let Some(Content::Element(element)) = node.map(|node| &mut nodes[node].content) {
        element.hidden = true;
    }
}

/// Writes a span of the source as the text that the parser is given instead of the words there. It contains no white
/// space, so that the parser passes it on whole.
pub(super) fn encode(span: Span) -> StrTendril {
    format!("{}-{};", span.start, span.end).into()
}

fn decode(spans: &str) -> impl Iterator<Item = Span> {
    spans.split(';').filter_map(|span| {
        let (start, end) = span.split_once('-')?;
        Some(Span::new(start.parse().ok()?, end.parse().ok()?))
    })
}

/// Returns a name for nodes that are no elements.
fn no_name() -> QualName {
    QualName::new(None, "".into(), "".into())
}

impl TreeSink for Tree {
    type Handle = Handle;
    type Output = ();
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) {}

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { node: 0, name: Rc::new(no_name()) }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, _: Vec<Attribute>, _: ElementFlags) -> Handle {
        let current = self.current.borrow();
        let of_tag = current.as_ref().filter(|(tag, _)| *tag == *name.local).map(|(_, element)| *element);
        let element = of_tag.unwrap_or_else(|| self.implied(&name.local));
        self.handle(Content::Element(element), name)
    }

    fn create_comment(&self, span: StrTendril) -> Handle {
        let span = decode(&span).next().unwrap_or_default();
        self.handle(Content::Comment(span), no_name())
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.handle(Content::Comment(Span::default()), no_name())
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.insert(parent.node, child);
    }

    fn append_based_on_parent_node(&self, table: &Handle, _: &Handle, child: NodeOrText<Handle>) {
        let place = last_row(&self.nodes.borrow(), table.node);
        self.insert(place, child);
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let parent = self.nodes.borrow()[sibling.node].parent;
        self.insert(parent, child);
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.node == y.node
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn add_attrs_if_missing(&self, _: &Handle, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &Handle) {
        self.detach(target.node);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let children = std::mem::take(&mut self.nodes.borrow_mut()[node.node].children);
        for child in children {
            self.attach(new_parent.node, child);
        }
    }
}
