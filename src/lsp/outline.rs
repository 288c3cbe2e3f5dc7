//! The headings of a document with their roles.

use crate::document::Document;
use crate::document::plain_text::PlainText;
use crate::model::{Role, Span};
use crate::source::Source;

/// The title and the headings of a document. Spans are those of the text in the client.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outline {
    pub(crate) title: Option<Span>,
    /// In document order.
    pub(crate) headings: Vec<Heading>,
}

/// A heading, or a label at the beginning of a paragraph.
#[derive(Clone, Debug)]
pub(crate) struct Heading {
    /// Its words, with markup.
    pub(crate) span: Span,
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
        let headings = document.sections.iter().filter_map(|section| {
            let heading = section.heading?;
            let words = PlainText::new(document, heading).text;
            Some(Heading { span: place(heading), words, role: section.role, level: section.level })
        });
        Self { title: document.title.map(place), headings: headings.collect() }
    }

    /// Returns the heading that contains a byte.
    pub(crate) fn heading_at(&self, offset: usize) -> Option<&Heading> {
        self.headings.iter().find(|heading| contains(heading.span, offset))
    }

    /// True if the byte is in the title.
    pub(crate) fn is_title(&self, offset: usize) -> bool {
        self.title.is_some_and(|title| contains(title, offset))
    }
}

fn contains(span: Span, offset: usize) -> bool {
    span.start <= offset && offset <= span.end
}
