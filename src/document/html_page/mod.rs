//! Pages in HTML, such as the exports of a wiki, as documents: the page becomes a tree, the part of it that is the text
//! becomes the events of a Markdown parser, and from there on both kinds of document are read alike.

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

use crate::document::frontmatter::FrontMatter;
use crate::document::html::{HtmlPiece, text_pieces};
use crate::document::html_page::region::Region;
use crate::document::markdown;
use crate::document::mask::Mask;
use crate::document::parsed_markdown::ParsedMarkdown;
use crate::lexicon::headings::Field;
use crate::source::Source;

/// Extensions of pages, in lower case.
const EXTENSIONS: [&str; 3] = ["html", "htm", "xhtml"];

/// Beginnings of a page, in lower case.
const BEGINNINGS: [&str; 2] = ["<!doctype", "<html"];

/// True if a path has the extension of a page.
pub fn has_extension(path: &str) -> bool {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    extension.is_some_and(|extension| EXTENSIONS.contains(&extension.as_str()))
}

/// True if a source is a page in HTML, as its name or its beginning says.
pub(super) fn is_page(source: &Source) -> bool {
    let text = source.text.trim_start().as_bytes();
    let begins = |beginning: &str| {
        text.get(..beginning.len()).is_some_and(|head| head.eq_ignore_ascii_case(beginning.as_bytes()))
    };
    has_extension(&source.path) || BEGINNINGS.into_iter().any(begins)
}

/// Reads a page.
pub(super) fn read(text: &str) -> ParsedMarkdown {
    let page = parse::parse(text);
    let region = Region::of(&page);
    let mut mask = Mask::of_page(text);
    let mut head = FrontMatter {
        end: page.start(region.text),
        date: page.date.unwrap_or_default(),
        time: page.time,
        ..FrontMatter::default()
    };
    if let Some(title) = page.title.filter(|_| !region.has_title) {
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
