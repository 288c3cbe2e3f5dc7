//! The headings of a document with their roles.

use crate::document::Document;
use crate::document::plain_text::PlainText;
use crate::model::{Role, Span};
use crate::source::Source;

/// The title and the headings of a document. Spans are those of the text in the client.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outline {
    pub(crate) title: Option<Span>,
    title_line: Option<Span>,
    /// In document order.
    pub(crate) headings: Vec<Heading>,
}

/// A heading, or a label at the beginning of a paragraph.
#[derive(Clone, Debug)]
pub(crate) struct Heading {
    /// Its words, with markup.
    pub(crate) span: Span,
    /// From the beginning of its line, where `#` stands.
    line: Span,
    /// Its words, without markup.
    pub(crate) words: String,
    /// The role of the section below it.
    pub(crate) role: Role,
    /// 1 to 6 for headings of Markdown, more for others.
    pub(crate) level: u8,
}

impl Outline {
    pub(crate) fn new(source: &Source, document: &Document<'_>) -> Self {
        let place = |span| {
            let Span { start, end } = document.source_span(span);
            Span::new(start + source.shift, end + source.shift)
        };
        let line = |span: Span| {
            let before = &source.text[..span.start - source.shift];
            Span::new(before.rfind('\n').map_or(0, |at| at + 1) + source.shift, span.end)
        };
        let headings = document.sections.iter().filter_map(|section| {
            let heading = section.heading?;
            let words = PlainText::new(document, heading).text;
            let span = place(heading);
            Some(Heading { span, line: line(span), words, role: section.role, level: section.level })
        });
        let title = document.title.map(place);
        Self { title, title_line: title.map(line), headings: headings.collect() }
    }

    /// Returns the heading whose line contains a byte.
    pub(crate) fn heading_at(&self, offset: usize) -> Option<&Heading> {
        self.headings.iter().find(|heading| contains(heading.line, offset))
    }

    /// True if the byte is in the line of the title.
    pub(crate) fn is_title(&self, offset: usize) -> bool {
        self.title_line.is_some_and(|line| contains(line, offset))
    }
}

fn contains(span: Span, offset: usize) -> bool {
    span.start <= offset && offset <= span.end
}
