//! Pages in HTML, such as the exports of a wiki, as documents: the page becomes a tree, the part of it that is the text
//! becomes the events of a Markdown parser, and from there on both kinds of document are read alike.

mod deep;
mod elements;
mod events;
mod page;
mod parse;
mod region;
mod runs;
mod styles;
mod tables;
#[cfg(test)]
mod tests;
mod tree;

use crate::document::comments::{CLOSE, OPEN};
use crate::document::dialects;
use crate::document::frontmatter::{self, FrontMatter};
use crate::document::html::{HtmlPiece, text_pieces};
use crate::document::html_page::region::Region;
use crate::document::markdown;
use crate::document::mask::Mask;
use crate::document::parsed_markdown::ParsedMarkdown;
use crate::lexicon::headings::{Field, Headings};
use crate::source::Source;

/// Extensions of pages, in lower case.
pub(super) const EXTENSIONS: [&str; 3] = ["html", "htm", "xhtml"];

/// Beginnings of a page, in lower case.
const BEGINNINGS: [&str; 2] = ["<!doctype", "<html"];

/// The beginning of a file in XML.
const PROLOGUE: &str = "<?xml";

/// The marks around what may stand before a page.
const BEFORE: [(&str, &str); 2] = [(PROLOGUE, "?>"), (OPEN, CLOSE)];

/// True if a path has the extension of a page.
pub fn has_extension(path: &str) -> bool {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    extension.is_some_and(|extension| EXTENSIONS.contains(&extension.as_str()))
}

/// True if a source is a page in HTML, as its name or its beginning says.
pub(super) fn is_page(source: &Source) -> bool {
    let text = beginning(&source.text).as_bytes();
    let begins = |beginning: &str| {
        text.get(..beginning.len()).is_some_and(|head| head.eq_ignore_ascii_case(beginning.as_bytes()))
    };
    has_extension(&source.path) || BEGINNINGS.into_iter().any(begins)
}

/// Returns a text without what may stand before a page.
fn beginning(text: &str) -> &str {
    std::iter::successors(Some(text.trim_start()), |text| after(text)).last().unwrap_or_default()
}

/// Returns the text after the first of the marks that may stand before a page.
fn after(text: &str) -> Option<&str> {
    let (_, close) = BEFORE.into_iter().find(|(open, _)| text.starts_with(open))?;
    text.split_once(close).map(|(_, rest)| rest.trim_start())
}

/// True if a page is XML, as its name or its beginning says; it may also say so later.
fn is_xml(source: &Source) -> bool {
    source.path.to_ascii_lowercase().ends_with(".xhtml") || source.text.trim_start().starts_with(PROLOGUE)
}

/// Reads a page, which may begin with front matter.
pub(super) fn read(source: &Source, headings: &Headings) -> ParsedMarkdown {
    let mut mask = Mask::of_page(&source.text);
    let front = frontmatter::read(&source.text, &mut mask, headings);
    let text = &*dialects::page(&source.text, front.end);
    let page = parse::parse(text, is_xml(source));
    let region = Region::of(&page);
    let mut head = FrontMatter {
        end: page.start(region.text).max(front.end),
        date: page.date.unwrap_or(front.date),
        time: page.time,
        ..front
    };
    if let Some(title) = page.title.filter(|_| !region.has_title && head.title.is_none()) {
        text_pieces(text, title, |piece| match piece {
            HtmlPiece::Text(span) => mask.copy(span),
            HtmlPiece::Reference(span, words) => mask.copy_read(span, &words),
            _ => {}
        });
        head.add(Field::Title, title, &mut mask);
        mask.end_line(title.end);
    }
    markdown::from_events(text, mask, head, events::events(text, &page, &region))
}
