//! Which part of a page is the text: the page around it holds navigation and other people's remarks.

use crate::document::html_page::elements::{Kind, Landmark};
use crate::document::html_page::page::{Element, Page};

/// The part of a page that is read.
pub(super) struct Region {
    /// The element that holds the text.
    pub(super) text: usize,
    /// The title above it.
    pub(super) title: Option<usize>,
    /// True if the text has a title in the page, besides the one in its head.
    pub(super) has_title: bool,
}

impl Region {
    /// Returns the text that a wiki marks as such; otherwise the only article; otherwise the main part; otherwise the
    /// whole page. If it has no title of its own, the one above it is read too.
    pub(super) fn of(page: &Page) -> Self {
        let shown = page.shown();
        let text = [first(page, &shown, Landmark::Content), only_article(page, &shown)]
            .into_iter()
            .chain([first(page, &shown, Landmark::Main)])
            .find_map(|part| part)
            .unwrap_or(0);
        let mut titles = shown.iter().filter(|(_, element)| element.kind == Kind::Heading(1));
        let titles: Vec<usize> = titles.by_ref().map(|(node, _)| *node).collect();
        let inside = titles.iter().any(|&title| page.is_in(title, text));
        let start = page.start(text);
        let above = titles.into_iter().find(|&title| !inside && page.start(title) <= start);
        Self { has_title: inside || above.is_some(), title: above, text }
    }

    /// True if this element begins a part that is read.
    pub(super) fn begins_at(&self, node: usize) -> bool {
        node == self.text || Some(node) == self.title
    }
}

/// Returns the first element that holds a landmark and words; the parts of some pages are filled by a script.
fn first(page: &Page, shown: &[(usize, &Element)], landmark: Landmark) -> Option<usize> {
    let (node, _) = shown.iter().find(|(_, element)| element.landmark == Some(landmark))?;
    page.nodes[*node].has_words.then_some(*node)
}

fn only_article(page: &Page, shown: &[(usize, &Element)]) -> Option<usize> {
    let article = first(page, shown, Landmark::Article)?;
    let mut articles = shown.iter().filter(|(_, element)| element.landmark == Some(Landmark::Article));
    articles.all(|(node, _)| page.is_in(*node, article)).then_some(article)
}
