//! Runs of text: a paragraph or the words of a heading, with their formats.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::document::comments::OPEN;
use crate::document::html_page::elements::Kind;
use crate::document::html_page::events::Writer;
use crate::document::html_page::page::Element;
use crate::model::Span;

/// How text is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Format {
    bold: bool,
    italic: bool,
    pub(super) code: bool,
}

impl Format {
    /// Returns the format of text in an element whose surroundings have this one.
    pub(super) fn within(self, element: &Element) -> Self {
        Self {
            bold: element.kind == Kind::Line || element.style.bold.unwrap_or(self.bold),
            italic: element.style.italic.unwrap_or(self.italic),
            code: self.code || element.kind == Kind::Code,
        }
    }
}

/// Text between the borders of blocks.
pub(super) struct Run {
    /// The index of its first event.
    first: usize,
    /// True if it is a paragraph of its own, rather than the words of a heading.
    is_paragraph: bool,
    /// True if it has words in a link to a place in the page.
    pub(super) leads: bool,
    /// True if it has other words.
    pub(super) says: bool,
    format: Format,
    /// The start events of its format, innermost last.
    starts: Vec<(usize, TagEnd)>,
}

impl Writer<'_, '_> {
    /// Continues the run of text with words at byte `at`, or begins one.
    pub(super) fn continue_run(&mut self, at: usize, format: Format, is_paragraph: bool) {
        if self.run.is_none() {
            let (first, format) = (self.events.len(), Format::default());
            self.run =
                Some(Run { first, is_paragraph, leads: false, says: false, format, starts: Vec::new() });
            if is_paragraph {
                self.events.push((Event::Start(Tag::Paragraph), Span::new(at, at)));
            }
        }
        if self.run.as_ref().is_some_and(|run| run.format != format) {
            self.end_format();
            self.start_format(format, at);
        }
    }

    /// Ends the run of text, if there is one.
    pub(super) fn end_run(&mut self) {
        self.end_format();
        let Some(run) = self.run.take().filter(|run| run.is_paragraph) else { return };
        // A line that consists of links within the page leads to the text, but is none.
        if run.leads && !run.says {
            return self.keep_comments(run.first);
        }
        let place = self.reach(run.first);
        self.events.push((Event::End(TagEnd::Paragraph), place));
    }

    /// Removes the events of a run, except for comments.
    fn keep_comments(&mut self, first: usize) {
        let run = self.events.split_off(first);
        let is_comment = |event: &Event<'_>| matches!(event, Event::InlineHtml(tag) if tag.starts_with(OPEN));
        self.events.extend(run.into_iter().filter(|(event, _)| is_comment(event)));
    }

    fn start_format(&mut self, format: Format, at: usize) {
        let Some(run) = &mut self.run else { return };
        run.format = format;
        let parts =
            [(format.italic, Tag::Emphasis, TagEnd::Emphasis), (format.bold, Tag::Strong, TagEnd::Strong)];
        for (_, tag, end) in parts.into_iter().filter(|(is_set, ..)| *is_set) {
            run.starts.push((self.events.len(), end));
            self.events.push((Event::Start(tag), Span::new(at, at)));
        }
    }

    fn end_format(&mut self) {
        let starts = self.run.as_mut().map(|run| {
            run.format = Format::default();
            std::mem::take(&mut run.starts)
        });
        for (start, end) in starts.into_iter().flatten().rev() {
            let place = self.reach(start);
            self.events.push((Event::End(end), place));
        }
    }
}
