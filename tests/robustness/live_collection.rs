//! Nothing in the report on a collection of forged reviews acts, as Markdown or as a page.

use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use proptest::prelude::*;
use rcalint::collection::{self, By, Collection, DateRange, Entry, Request};
use rcalint::lexicon::Lexicon;
use rcalint::render::collection::{CollectionFormat, render};
use rcalint::report::Report;

use super::checks::saved;
use super::forged;
use super::live::{BASE, BATCH, Rendered, assert_inert, cases, is_below_base};
use super::tools::require;

/// The elements of a page.
const ELEMENTS: [&str; 38] = [
    "a", "article", "body", "br", "caption", "code", "details", "div", "footer", "h1", "h2", "h3", "head",
    "header", "html", "li", "main", "meta", "nav", "p", "q", "rect", "script", "section", "span", "strong",
    "style", "summary", "svg", "table", "tbody", "td", "th", "thead", "time", "title", "tr", "ul",
];

/// The attributes of a page that have no effect, whatever their values.
const ATTRIBUTES: [&str; 19] = [
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "class",
    "content",
    "datetime",
    "focusable",
    "height",
    "id",
    "lang",
    "name",
    "preserveAspectRatio",
    "role",
    "scope",
    "tabindex",
    "viewBox",
    "width",
    "x",
    "y",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, max_shrink_iters: 0, ..ProptestConfig::default() })]

    /// A tenth as many as single reports, because each has all parts of the page.
    #[test]
    fn nothing_in_a_collection_of_forged_reports_acts(reports in prop::collection::vec(forged::report(), BATCH / 10)) {
        for report in &reports {
            assert_page(&rendered(CollectionFormat::Html, report));
        }
        if require(&["cmark-gfm"]) {
            let text = |report| rendered(CollectionFormat::Markdown, report);
            let text = |report| Rendered { markdown: text(report), boxes: 0, comments: 1, quotes: true };
            assert_inert(&reports.iter().map(text).collect::<Vec<_>>());
        }
    }
}

#[test]
fn live_elements_of_a_page_are_found() {
    let page = rendered(CollectionFormat::Html, &saved::forged(&["x".to_owned()]));
    assert_page(&page);
    for live in [
        "<img src=x>",
        "<a href=\"https://evil.example\">x</a>",
        "<p onclick=x>",
        "<p style=x>",
        "<script>x</script>",
        "<style>x</style>",
        "<meta http-equiv=refresh content=0>",
        "<!-- x -->",
        "<button>",
    ] {
        let forged = page.replace("</main>", &format!("{live}</main>"));
        assert!(std::panic::catch_unwind(|| assert_page(&forged)).is_err(), "{live}");
    }
}

fn rendered(format: CollectionFormat, report: &Report) -> String {
    let collection = Collection {
        entries: report.documents.iter().map(Entry::from).collect(),
        skipped: report.skipped.clone(),
        errors: report.errors.clone(),
    };
    let title = report.documents[0].title.clone().unwrap_or_default();
    let request =
        Request { title, by: Some(By::Folder), range: DateRange::default(), tool: report.tool.clone() };
    render(format, &collection::report(collection, request, Lexicon::embedded()), Some(BASE))
}

/// Panics if a page contains more than text, our own elements, and our links.
fn assert_page(page: &str) {
    let parser = html5ever::parse_document(RcDom::default(), html5ever::ParseOpts::default());
    let dom = parser.one(page);
    let mut seen = Seen { page, comments: 0, settings: 0 };
    seen.node(&dom.document);
    assert_eq!((seen.comments, seen.settings), (1, 3), "comments and settings of\n{page}");
}

/// What was seen of a page.
struct Seen<'p> {
    page: &'p str,
    comments: usize,
    /// Scripts, styles and what the browser is told.
    settings: usize,
}

impl Seen<'_> {
    fn node(&mut self, node: &Handle) {
        match &node.data {
            NodeData::Element { name, attrs, .. } => {
                let name = &*name.local;
                assert!(ELEMENTS.contains(&name), "<{name}> in\n{}", self.page);
                self.settings += usize::from(matches!(name, "script" | "style"));
                for one in attrs.borrow().iter() {
                    self.attribute(name, &one.name.local, &one.value);
                }
            }
            NodeData::Comment { .. } => self.comments += 1,
            NodeData::Document | NodeData::Doctype { .. } | NodeData::Text { .. } => {}
            other @ NodeData::ProcessingInstruction { .. } => panic!("{other:?} in\n{}", self.page),
        }
        for child in node.children.borrow().iter() {
            self.node(child);
        }
    }

    fn attribute(&mut self, element: &str, key: &str, value: &str) {
        self.settings += usize::from(key == "http-equiv");
        let is_ours = match (element, key) {
            ("a", "href") => value.starts_with('#') || is_below_base(value),
            ("meta", "http-equiv") => value == "Content-Security-Policy",
            ("meta", "charset") => value == "utf-8",
            _ => ATTRIBUTES.contains(&key),
        };
        assert!(is_ours, "<{element} {key}={value}> in\n{}", self.page);
    }
}
