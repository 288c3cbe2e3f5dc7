//! Turns the tree of a page into the events that the Markdown parser would give for the same text.

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, Tag, TagEnd};

use crate::document::html::{HtmlPiece, text_pieces};
use crate::document::html_page::elements::Kind;
use crate::document::html_page::page::{Content, Element, Page};
use crate::document::html_page::region::Region;
use crate::document::html_page::runs::{Format, Run};
use crate::document::html_page::tables::{Columns, Table, table};
use crate::model::Span;

/// An event with its place in the source. The start of a block has the place of the whole block.
pub(super) type Placed<'t> = (Event<'t>, Span);

/// A piece of markup within a sentence, as the Markdown parser gives it.
const MARKUP: &str = "<span>";

/// The tags of a quotation within a sentence, and the marks that they are shown as.
const QUOTATION: [(&str, &str); 2] = [("<q", "\u{201c}"), ("</q", "\u{201d}")];

/// Returns the events of a page.
pub(super) fn events<'t>(text: &'t str, page: &Page, region: &Region) -> Vec<Placed<'t>> {
    let (events, ended_lists, columns) = (Vec::new(), Vec::new(), Columns::default());
    let mut writer = Writer { text, page, region, events, run: None, end: 0, ended_lists, columns };
    let mut steps = vec![Step::Enter(0, Place::default())];
    while let Some(step) = steps.pop() {
        match step {
            Step::Enter(node, place) => writer.enter(node, place, &mut steps),
            Step::Leave(part) => writer.leave(part),
        }
    }
    writer.end_run();
    writer.events
}

/// A step of the way through a page.
enum Step {
    /// Enters a node.
    Enter(usize, Place),
    /// Leaves an element.
    Leave(Part),
}

/// What lies around a node.
#[derive(Clone, Copy, Default)]
struct Place {
    /// True in a part of the page that is read.
    is_read: bool,
    format: Format,
    /// True in a link to a place in the same page.
    leads: bool,
    /// True directly in a list.
    in_list: bool,
    /// The table that is read as one.
    table: Option<Table>,
    block: Within,
}

/// The block around a node, as far as it changes how blocks inside are read.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Within {
    /// Any that may contain headings and tables.
    #[default]
    Flow,
    /// A heading.
    Heading,
    /// A row of a table.
    Row,
    /// A cell of a table.
    Cell,
}

/// An element that is being written.
struct Part {
    /// The indexes of the start events of its blocks, outermost first, with the ends to write for them.
    blocks: Vec<(usize, TagEnd)>,
    kind: Kind,
    /// What lies around its content.
    place: Place,
    /// Number of empty cells to add, so that the cells below stand in the right column.
    empty_cells: usize,
}

pub(super) struct Writer<'t, 'p> {
    text: &'t str,
    page: &'p Page,
    region: &'p Region,
    pub(super) events: Vec<Placed<'t>>,
    pub(super) run: Option<Run>,
    /// The end of the last words.
    pub(super) end: usize,
    /// The indexes of the start events of the lists that have ended.
    ended_lists: Vec<usize>,
    /// Those of the table that is being written.
    columns: Columns,
}

impl<'t> Writer<'t, '_> {
    fn enter(&mut self, node: usize, place: Place, steps: &mut Vec<Step>) {
        match self.page.nodes[node].content {
            Content::Comment(span) => self.comment(span),
            Content::Text(span) if place.is_read => self.text(span, &place),
            Content::Text(_) => {}
            Content::Element(element) => {
                let is_read = (place.is_read || self.region.begins_at(node)) && !element.hidden;
                let mut inner = Place { is_read, ..place };
                if is_read {
                    steps.push(Step::Leave(self.start(node, &element, &mut inner)));
                }
                let children = self.page.nodes[node].children.iter().rev();
                steps.extend(children.map(|&child| Step::Enter(child, inner)));
            }
        }
    }

    /// Writes a comment, also one in a part that is not read.
    fn comment(&mut self, span: Span) {
        if !span.is_empty() {
            self.events.push((Event::InlineHtml(span.of(self.text).into()), span));
        }
    }

    /// Writes the start of an element, and says in `inner` what its content lies in.
    fn start(&mut self, node: usize, element: &Element, inner: &mut Place) -> Part {
        let in_list = std::mem::take(&mut inner.in_list);
        inner.format = inner.format.within(element);
        inner.leads |= element.kind == Kind::Link(true);
        let mut part = Part { blocks: Vec::new(), kind: element.kind, place: *inner, empty_cells: 0 };
        let start = element.start;
        match element.kind {
            Kind::Heading(level) if inner.block == Within::Flow => {
                inner.block = Within::Heading;
                let level = HeadingLevel::try_from(usize::from(level)).unwrap_or(HeadingLevel::H6);
                let tag = Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() };
                self.begin(&mut part, tag, TagEnd::Heading(level), start);
            }
            Kind::Quote(is_callout) => {
                let kind = is_callout.then_some(BlockQuoteKind::Note);
                self.begin(&mut part, Tag::BlockQuote(kind), TagEnd::BlockQuote(kind), start);
            }
            Kind::List(depth) => {
                inner.in_list = true;
                self.begin_list(&mut part, depth + 1, start);
            }
            Kind::Item(task) if in_list => {
                self.begin(&mut part, Tag::Item, TagEnd::Item, start);
                self.check_box(task, start);
            }
            Kind::Table => self.begin_table(&mut part, node, start, inner),
            Kind::TableHead | Kind::TableBody => {
                self.end_run();
                self.columns = Columns::default(); // no cell reaches into another group of rows
            }
            Kind::Row => self.begin_row(&mut part, node, start, inner),
            Kind::Cell(_) => self.begin_cell(&mut part, element, inner),
            Kind::Preformatted => {
                inner.is_read = false;
                self.begin(&mut part, Tag::CodeBlock(CodeBlockKind::Indented), TagEnd::CodeBlock, start);
            }
            Kind::CheckBox(checked) => self.check_box(Some(checked), start),
            Kind::Break => self.mark(Event::HardBreak, start),
            Kind::Quotation => self.quotation_mark(QUOTATION[0], start, inner),
            _ if element.kind.is_inline() => self.mark(Event::InlineHtml(MARKUP.into()), start),
            _ => self.end_run(),
        }
        part
    }

    /// Writes an event without words.
    fn mark(&mut self, event: Event<'t>, at: usize) {
        self.events.push((event, Span::new(at, at)));
    }

    /// Begins a block.
    fn begin(&mut self, part: &mut Part, tag: Tag<'t>, end: TagEnd, start: usize) {
        self.end_run();
        part.blocks.push((self.events.len(), end));
        self.mark(Event::Start(tag), start);
    }

    /// Begins a list so many levels deep, or continues the one that has just ended: some programs write one list as
    /// several, one after the other.
    fn begin_list(&mut self, part: &mut Part, levels: usize, start: usize) {
        self.end_run();
        let is_end = |event: &Event<'_>| matches!(event, Event::End(TagEnd::List(_)));
        while part.blocks.len() < levels && self.events.last().is_some_and(|(event, _)| is_end(event)) {
            self.events.pop();
            part.blocks.extend(self.ended_lists.pop().map(|list| (list, TagEnd::List(false))));
        }
        for _ in part.blocks.len()..levels {
            self.begin(part, Tag::List(None), TagEnd::List(false), start);
        }
    }

    /// Begins a table. One without a header row gets an empty one, as in Markdown.
    fn begin_table(&mut self, part: &mut Part, node: usize, start: usize, inner: &mut Place) {
        inner.table = table(self.page, node).filter(|_| inner.block == Within::Flow);
        self.end_run();
        let Some(table) = inner.table else { return };
        self.columns = Columns::default();
        self.begin(part, Tag::Table(Vec::new()), TagEnd::Table, start);
        if table.header.is_none() {
            self.mark(Event::Start(Tag::TableHead), start);
            self.mark(Event::End(TagEnd::TableHead), start);
        }
    }

    fn begin_row(&mut self, part: &mut Part, node: usize, start: usize, inner: &mut Place) {
        self.end_run();
        let Some(table) = inner.table.filter(|_| inner.block == Within::Flow) else { return };
        inner.block = Within::Row;
        self.columns.begin_row();
        if table.header == Some(node) {
            self.begin(part, Tag::TableHead, TagEnd::TableHead, start);
        } else {
            self.begin(part, Tag::TableRow, TagEnd::TableRow, start);
        }
    }

    fn begin_cell(&mut self, part: &mut Part, element: &Element, inner: &mut Place) {
        self.end_run();
        if inner.block == Within::Row {
            inner.block = Within::Cell;
            let above = self.columns.place(element);
            self.empty_cells(above, element.start);
            part.empty_cells = element.columns - 1;
            self.begin(part, Tag::TableCell, TagEnd::TableCell, element.start);
        }
    }

    fn check_box(&mut self, checked: Option<bool>, at: usize) {
        if let Some(checked) = checked {
            self.mark(Event::TaskListMarker(checked), at);
        }
    }

    /// Writes the mark that the tag of a quotation at byte `at` is shown as.
    fn quotation_mark(&mut self, (tag, mark): (&str, &'static str), at: usize, place: &Place) {
        if self.text[at..].starts_with(tag) {
            self.words(Span::new(at, at + mark.len()), mark.into(), place);
        }
    }

    /// Writes the end of an element.
    fn leave(&mut self, part: Part) {
        match part.kind {
            Kind::Quotation => self.quotation_mark(QUOTATION[1], self.end, &part.place),
            kind if kind.is_inline() => self.mark(Event::InlineHtml(MARKUP.into()), self.end),
            _ => self.end_run(),
        }
        for (start, end) in part.blocks.into_iter().rev() {
            let span = self.reach(start);
            if end == TagEnd::List(false) {
                self.ended_lists.push(start);
            }
            self.events.push((Event::End(end), span));
        }
        self.empty_cells(part.empty_cells, self.end);
    }

    fn empty_cells(&mut self, count: usize, at: usize) {
        for _ in 0..count {
            self.mark(Event::Start(Tag::TableCell), at);
            self.mark(Event::End(TagEnd::TableCell), at);
        }
    }

    /// Sets the end of a start event's place to the end of the last words, and returns the place.
    pub(super) fn reach(&mut self, event: usize) -> Span {
        let place = &mut self.events[event].1;
        place.end = self.end.max(place.start);
        *place
    }

    fn text(&mut self, span: Span, place: &Place) {
        let text = self.text;
        text_pieces(text, span, |piece| match piece {
            HtmlPiece::Text(span) if !span.is_empty() => self.words(span, span.of(text).into(), place),
            HtmlPiece::Reference(span, words) => self.words(span, words.into(), place),
            _ => {}
        });
    }

    /// Writes words. White space alone begins no paragraph.
    fn words(&mut self, span: Span, words: CowStr<'t>, place: &Place) {
        if span.start < self.end {
            return; // a tree out of order must not stop the run
        }
        let says = !words.trim().is_empty();
        if says {
            self.continue_run(span.start, place.format, place.block != Within::Heading);
            self.end = span.end;
        }
        let Some(run) = &mut self.run else { return };
        run.leads |= place.leads;
        run.says |= !place.leads && words.contains(char::is_alphanumeric);
        let event = if place.format.code && says { Event::Code(words) } else { Event::Text(words) };
        self.events.push((event, span));
    }
}
