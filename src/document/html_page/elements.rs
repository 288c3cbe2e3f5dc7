//! What each HTML element means for a reader: a heading, a list, a part that is not shown, …

use std::borrow::Cow;
use std::collections::BTreeMap;

use html5gum::{HtmlString, StartTag};

use crate::document::html_page::styles::{Style, Styles};

/// What an element is for a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `<h1>` to `<h6>`.
    Heading(u8),
    /// A line that names what follows: `<summary>`, `<dt>`.
    Line,
    /// Any other block.
    Block,
    /// `<div>`.
    Division,
    /// `<footer>`: in a quotation it names the source.
    Footer,
    /// `<blockquote>`, or a call-out if true.
    Quote(bool),
    /// A list, with its depth below the list around it: Google Docs writes nested lists one after the other.
    List(usize),
    /// A list item, with its check box.
    Item(Option<bool>),
    /// `<table>`.
    Table,
    /// `<thead>`.
    TableHead,
    /// `<tbody>`, `<tfoot>`.
    TableBody,
    /// `<tr>`.
    Row,
    /// `<td>`, or `<th>` if true.
    Cell(bool),
    /// `<pre>`.
    Preformatted,
    /// Inline code.
    Code,
    /// A link; true if it leads to a place in the same page.
    Link(bool),
    /// The link from a reader's remark in Google Docs back to the text.
    Remark,
    /// A quotation within a sentence.
    Quotation,
    /// `<br>`.
    Break,
    /// `<hr>`.
    Rule,
    /// A check box.
    CheckBox(bool),
    /// An element within a sentence.
    Inline,
}

impl Kind {
    /// True if the words in the element belong to the sentence around it.
    pub(super) fn is_inline(self) -> bool {
        use Kind::{Break, CheckBox, Code, Inline, Link, Quotation, Remark};
        matches!(self, Break | CheckBox(_) | Code | Inline | Link(_) | Quotation | Remark)
    }
}

/// The part of a page that an element holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Landmark {
    /// The text of a page exported from a wiki.
    Content,
    /// `<article>`.
    Article,
    /// `<main>`.
    Main,
}

/// Elements that begin and end a block of text.
const BLOCKS: [&str; 47] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
];

/// Elements that are not shown, are controls or only lead elsewhere. Struck-out text is no longer said.
const HIDDEN: [&str; 27] = [
    "audio", "button", "canvas", "datalist", "del", "embed", "head", "iframe", "math", "nav", "noembed",
    "noframes", "noscript", "object", "option", "rp", "rt", "s", "script", "search", "select", "strike",
    "style", "svg", "template", "textarea", "video",
];

/// Roles of parts that are controls or only lead elsewhere.
const HIDDEN_ROLES: [&str; 13] = [
    "alertdialog",
    "button",
    "contentinfo",
    "dialog",
    "menu",
    "menubar",
    "navigation",
    "search",
    "tablist",
    "toolbar",
    "tooltip",
    "tree",
    "treegrid",
];

/// Classes of parts that only screen readers show, or that repeat the headings.
const HIDDEN_CLASSES: [&str; 7] = [
    "sr-only",
    "visually-hidden",
    "screen-reader-text",
    "toc-macro",
    "table_of_contents",
    "markdown-alert-title",
    "data-footnote-backref",
];

/// Beginnings of the ids of readers' remarks in Jira's print view.
const REMARKS: [&str; 2] = ["comment-header-", "comment-body-"];

/// The class of a list in Google Docs: the name of the list and its depth.
const FLAT_LIST: &str = "lst-kix_";

/// The deepest list in Google Docs.
const DEEPEST_LIST: usize = 8;

/// The largest number of columns that a cell spans, and of columns whose cells span rows.
pub(super) const WIDEST: usize = 20;

/// A start tag.
pub(super) struct Tag<'t> {
    /// The name, in lower case.
    pub(super) name: Cow<'t, str>,
    attributes: Option<&'t BTreeMap<HtmlString, html5gum::Spanned<HtmlString>>>,
}

impl<'t> Tag<'t> {
    pub(super) fn new(tag: &'t StartTag<usize>) -> Self {
        Self { name: String::from_utf8_lossy(&tag.name), attributes: Some(&tag.attributes) }
    }

    /// Returns the tag that a page leaves out.
    pub(super) fn implied(name: &'t str) -> Self {
        Self { name: Cow::Borrowed(name), attributes: None }
    }

    /// Returns the value of an attribute; `None` if the tag does not have it.
    pub(super) fn get(&self, name: &str) -> Option<Cow<'t, str>> {
        self.attributes?.get(name.as_bytes()).map(|value| String::from_utf8_lossy(value))
    }

    /// True if an attribute has this value.
    fn is(&self, name: &str, value: &str) -> bool {
        self.get(name).is_some_and(|given| given.trim().eq_ignore_ascii_case(value))
    }

    fn has_class(&self, class: &str) -> bool {
        self.has_class_that(|given| given == class)
    }

    fn has_class_that(&self, test: impl FnMut(&str) -> bool) -> bool {
        self.get("class").is_some_and(|classes| classes.split_ascii_whitespace().any(test))
    }

    fn id_begins(&self, start: &str) -> bool {
        self.get("id").is_some_and(|id| id.starts_with(start))
    }

    pub(super) fn landmark(&self) -> Option<Landmark> {
        match self.name.as_ref() {
            _ if self.is("id", "main-content") => Some(Landmark::Content),
            "article" => Some(Landmark::Article),
            "main" => Some(Landmark::Main),
            _ if self.is("role", "main") => Some(Landmark::Main),
            _ => None,
        }
    }

    /// True if the element is not shown to readers, or is no part of the text. A page that is hidden as a whole is shown
    /// by a script.
    pub(super) fn is_hidden(&self, style: Style) -> bool {
        let name = self.name.as_ref();
        if matches!(name, "html" | "body") {
            return false;
        }
        let role = self.get("role").unwrap_or_default();
        style.hidden
            || HIDDEN.contains(&name)
            || name == "dialog" && self.get("open").is_none()
            || self.get("hidden").is_some()
            || self.is("aria-hidden", "true")
            || HIDDEN_ROLES.contains(&role.trim())
            || self.has_class_that(|class| HIDDEN_CLASSES.contains(&class))
            || REMARKS.into_iter().any(|start| self.id_begins(start))
            || self.is_reference_mark()
    }

    /// True for the link of a footnote or of a reader's remark.
    fn is_reference_mark(&self) -> bool {
        self.name == "a" && (self.get("data-footnote-ref").is_some() || self.id_begins("cmnt_ref"))
    }

    pub(super) fn style(&self, styles: &Styles) -> Style {
        let classes = self.get("class").unwrap_or_default();
        // Notion strikes out what has been done.
        let is_task = classes.starts_with("to-do");
        let of_classes = classes.split_ascii_whitespace().filter(|_| !is_task);
        let style = of_classes.fold(Style::of_element(&self.name), |style, class| {
            styles.of_class(class).map_or(style, |own| style.then(own))
        });
        self.get("style").map_or(style, |own| style.then(Style::parse(&own)))
    }

    pub(super) fn kind(&self) -> Kind {
        match self.name.as_ref() {
            // The title of a document in Google Docs.
            "p" if self.has_class("title") && self.id_begins("h.") => Kind::Heading(1),
            "h1" => Kind::Heading(1),
            "h2" => Kind::Heading(2),
            "h3" => Kind::Heading(3),
            "h4" => Kind::Heading(4),
            "h5" => Kind::Heading(5),
            "h6" => Kind::Heading(6),
            "summary" | "dt" => Kind::Line,
            "span" if self.has_class("expand-control-text") => Kind::Line,
            "blockquote" => Kind::Quote(false),
            "div" if self.has_class("markdown-alert") => Kind::Quote(true),
            // The item of a toggle in Notion holds nothing but the toggle.
            "ul" if self.has_class("toggle") => Kind::Block,
            "ul" | "ol" | "dl" | "menu" | "dir" => {
                Kind::List(self.flat_depth().unwrap_or(0).min(DEEPEST_LIST))
            }
            "li" | "dd" => Kind::Item(self.task()),
            "table" if !self.is("role", "presentation") => Kind::Table,
            "thead" => Kind::TableHead,
            "tbody" | "tfoot" => Kind::TableBody,
            "tr" => Kind::Row,
            "td" => Kind::Cell(false),
            "th" => Kind::Cell(true),
            "pre" | "listing" | "xmp" | "plaintext" => Kind::Preformatted,
            "code" | "tt" | "samp" => Kind::Code,
            "a" if self.id_begins("cmnt") && self.leads_to("#cmnt_ref") => Kind::Remark,
            "a" => Kind::Link(self.leads_to("#")),
            "q" => Kind::Quotation,
            "br" => Kind::Break,
            "hr" => Kind::Rule,
            "input" if self.is("type", "checkbox") => Kind::CheckBox(self.get("checked").is_some()),
            "div" if self.has_class("checkbox-on") => Kind::CheckBox(true),
            "div" if self.has_class("checkbox-off") => Kind::CheckBox(false),
            "div" => Kind::Division,
            "footer" => Kind::Footer,
            name if BLOCKS.contains(&name) => Kind::Block,
            _ => Kind::Inline,
        }
    }

    /// True if the address of a link begins like this.
    fn leads_to(&self, start: &str) -> bool {
        self.get("href").is_some_and(|to| to.starts_with(start))
    }

    /// Returns the number of columns that a cell spans.
    pub(super) fn columns(&self) -> usize {
        self.number("colspan").unwrap_or(1).clamp(1, WIDEST)
    }

    /// Returns the number of rows that a cell spans; 0 means all that follow.
    pub(super) fn rows(&self) -> usize {
        match self.number("rowspan").unwrap_or(1) {
            0 => usize::MAX,
            rows => rows,
        }
    }

    fn number(&self, name: &str) -> Option<usize> {
        self.get(name)?.trim().parse().ok()
    }

    /// Returns the check box of a task in Confluence.
    fn task(&self) -> Option<bool> {
        self.get("data-inline-task-id").map(|_| self.has_class("checked"))
    }

    /// Returns the depth of a list in Google Docs, from 0.
    fn flat_depth(&self) -> Option<usize> {
        let classes = self.get("class")?;
        let name = classes.split_ascii_whitespace().find(|class| class.starts_with(FLAT_LIST))?;
        name.rsplit('-').next()?.parse().ok()
    }
}
