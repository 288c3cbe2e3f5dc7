//! Converts Markdown to raw blocks: follows the parser's events and copies prose into the mask at the same offsets.

mod blocks;
mod html_blocks;
pub(super) mod indented;
mod inline;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::document::Cell;
use crate::document::comments::{Comments, OPEN};
use crate::document::dialects::{self, Plain, Region};
use crate::document::frontmatter::{self, FrontMatter};
use crate::document::handles::Handles;
use crate::document::html::{begins_code, is_break, is_quotation};
use crate::document::mask::Mask;
use crate::document::parsed_markdown::{ParsedMarkdown, RawBlock, RawBlockKind};
use crate::document::unread_comments;
use crate::lexicon::headings::Headings;
use crate::model::{Markup, Span};

/// Reads a Markdown document.
pub(super) fn read(source: &str, headings: &Headings) -> ParsedMarkdown {
    let plain = dialects::plain(source, frontmatter::end(source));
    let mut mask = Mask::new(&plain.text);
    let mut front = frontmatter::read(&plain.text, &mut mask, headings);
    if front.end == 0 {
        front.date = metadata(source, &plain.text);
    }
    let base = front.end;
    let body = indented::shown(&plain.text[base..]);
    let handles = Handles::find(&body.text, Parser::new_ext(&body.text, options()));
    let events = Parser::new_ext(&body.text, options()).into_offset_iter();
    let placed = events.map(|(event, range)| (event, body.original(&range, base)));
    let mut parsed = walk(source, &plain, mask, front, handles, placed);
    parsed.markup = plain.markup.or(body.is_outdented().then_some(Markup::Indented));
    unread_comments::add(source, base, &mut parsed.comments);
    parsed
}

/// Returns the statements of MDX before the first words, which may give a date as front matter does. They are blank in the
/// plain text.
fn metadata(source: &str, plain: &str) -> Span {
    let is_statement = source.starts_with("import") || source.starts_with("export");
    let end = if is_statement { plain.len() - plain.trim_start().len() } else { 0 };
    Span::new(0, end)
}

/// Reads the events of a document after its front matter, each with its place in `text`.
pub(super) fn from_events(
    text: &str,
    mask: Mask<'_>,
    front: FrontMatter,
    events: Vec<(Event<'_>, Span)>,
) -> ParsedMarkdown {
    let handles = Handles::find(text, events.iter().map(|(event, _)| event));
    walk(text, &Plain::unchanged(text), mask, front, handles, events)
}

/// Reads the events of the plain Markdown of a source.
fn walk<'e>(
    source: &str,
    plain: &Plain<'_>,
    mask: Mask<'_>,
    front: FrontMatter,
    handles: Handles,
    events: impl IntoIterator<Item = (Event<'e>, Span)>,
) -> ParsedMarkdown {
    let mut walker = Walker::new(source, plain, mask, front.raw_blocks, handles);
    for (event, span) in events {
        walker.event(&event, span);
    }
    walker.flush();
    let is_page = walker.mask.is_page;
    let (prose, source_map) = walker.mask.finish();
    ParsedMarkdown {
        is_page,
        markup: None,
        comments: walker.comments.finish(&walker.raw_blocks),
        raw_blocks: walker.raw_blocks,
        bold_runs: walker.bold_runs,
        breaks: walker.breaks,
        callouts: walker.callouts,
        links: walker.link_spans,
        footnotes: walker.footnotes,
        prose,
        source_map,
        title: front.title,
        kinds: front.kinds,
        date: front.date,
        time: front.time,
        body: front.end,
    }
}

/// Returns the parser's options. Front matter is removed beforehand, because the parser would find such blocks between
/// any two rules.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_WIKILINKS
}

/// An open link.
struct OpenLink {
    /// True if its text is its URL.
    hid: bool,
    /// The offset of its text.
    start: usize,
}

struct Walker<'t> {
    /// The text as it was written.
    source: &'t str,
    /// The text in plain Markdown, as long as the source.
    text: &'t str,
    /// Regions that have not begun, by position.
    regions: Vec<Region>,
    /// Regions that have begun, the latest last. One that ends within a later one is left with it.
    open_regions: Vec<Region>,
    next_region: usize,
    handles: Handles,
    mask: Mask<'t>,
    raw_blocks: Vec<RawBlock>,
    breaks: Vec<usize>,
    callouts: Vec<bool>,
    comments: Comments,
    /// The block being read.
    raw: Option<RawBlock>,
    /// Open lists, innermost last; `None` for one that stands for a block of another dialect.
    lists: Vec<Option<usize>>,
    /// Check boxes of open list items, innermost last.
    items: Vec<Option<bool>>,
    next_list: usize,
    /// Number of open block quotes.
    quotes: usize,
    /// Number of open block quotes and list items.
    nesting: usize,
    /// The outermost nesting level that was opened since the last block.
    new_nesting: Option<usize>,
    /// Number of open elements whose text is not prose.
    hidden: usize,
    /// For each open link: true if its text is its URL.
    links: Vec<OpenLink>,
    /// The texts of links, in order.
    link_spans: Vec<Span>,
    footnotes: Vec<Span>,
    /// Number of open bold runs.
    bold: usize,
    bold_runs: Vec<Span>,
    /// Number of open italic runs.
    italics: usize,
    /// Level of the open heading.
    heading: Option<u8>,
    next_table: usize,
    /// Position of the last table cell.
    cell: Cell,
    in_cell: bool,
    /// True between the tags of code, `<code>`, in a paragraph.
    html_code: bool,
    /// Number of open block quotes of HTML.
    html_quotes: usize,
    /// True inside an HTML list item.
    html_item: bool,
    html_list: Option<usize>,
}

impl<'t> Walker<'t> {
    fn new(
        source: &'t str,
        plain: &'t Plain<'_>,
        mask: Mask<'t>,
        raw_blocks: Vec<RawBlock>,
        handles: Handles,
    ) -> Self {
        Self {
            source,
            text: &plain.text,
            regions: plain.regions.clone(),
            open_regions: Vec::new(),
            next_region: 0,
            handles,
            mask,
            raw_blocks,
            breaks: Vec::new(),
            callouts: Vec::new(),
            comments: Comments::default(),
            raw: None,
            lists: Vec::new(),
            items: Vec::new(),
            next_list: 0,
            quotes: 0,
            nesting: 0,
            new_nesting: None,
            hidden: 0,
            links: Vec::new(),
            link_spans: Vec::new(),
            footnotes: Vec::new(),
            bold: 0,
            bold_runs: Vec::new(),
            italics: 0,
            heading: None,
            next_table: 0,
            cell: Cell { table: 0, row: 0, column: 0, header: false },
            in_cell: false,
            html_code: false,
            html_quotes: 0,
            html_item: false,
            html_list: None,
        }
    }

    fn event(&mut self, event: &Event<'_>, span: Span) {
        if matches!(event, Event::Start(_)) {
            self.reach(span.start);
        }
        self.comment_event(event, span);
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(*tag, span),
            Event::Text(_) if self.hidden == 0 && self.html_code => self.code(span),
            Event::Text(words) if self.hidden == 0 => self.words(span, words),
            Event::Code(words) if self.hidden == 0 && self.is_prose(span, words) => {
                self.words(span, span.of(self.text));
            }
            Event::Code(words) if self.hidden == 0 => self.code_or_name(span, words),
            Event::InlineHtml(tag) if self.hidden == 0 && is_quotation(tag) => self.words(span, "\""),
            Event::InlineHtml(tag) if is_break(tag) => self.break_line(span.start),
            // No word may stand where a comment stands, because findings about comments quote the source there.
            Event::InlineHtml(tag) if tag.starts_with(OPEN) => self.mask.end_word(),
            Event::InlineHtml(tag) => {
                self.html_code = begins_code(tag).unwrap_or(self.html_code);
                self.mask.part_word();
            }
            Event::HardBreak => self.break_line(span.start),
            Event::TaskListMarker(checked) => self.task(*checked),
            Event::Rule => self.flush(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        match tag {
            Tag::Paragraph => {
                self.flush();
                self.html_code = false;
            }
            Tag::FootnoteDefinition(_) => {
                self.flush();
                self.footnotes.push(span);
            }
            Tag::Heading { level, .. } => {
                self.flush();
                self.heading = Some(*level as u8);
            }
            Tag::BlockQuote(kind) => self.open_quote(kind.is_some() || self.is_callout(span)),
            Tag::List(_) => self.open_list(span),
            Tag::Item => self.open_item(span),
            Tag::CodeBlock(_) | Tag::MetadataBlock(_) => {
                self.flush();
                self.hidden += 1;
            }
            Tag::HtmlBlock => self.html(span),
            Tag::Table(_) => self.open_table(),
            Tag::TableHead => self.cell.header = true,
            Tag::TableRow => self.open_row(),
            Tag::TableCell => self.in_cell = true,
            Tag::Emphasis => self.italics += 1,
            Tag::Strong => self.open_strong(span),
            Tag::Strikethrough | Tag::Image { .. } => self.hide(),
            Tag::Link { link_type, .. } => self.open_link(*link_type, span),
            _ => {}
        }
        self.mask.part_word();
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::Paragraph | TagEnd::FootnoteDefinition => self.flush(),
            TagEnd::Heading(_) => {
                self.flush();
                self.heading = None;
            }
            TagEnd::BlockQuote(_) => self.close_quote(),
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::Item => self.close_item(),
            TagEnd::CodeBlock | TagEnd::MetadataBlock(_) | TagEnd::Strikethrough | TagEnd::Image => {
                self.hidden = self.hidden.saturating_sub(1);
            }
            TagEnd::TableHead => self.cell.header = false,
            TagEnd::TableCell => self.close_cell(),
            TagEnd::Emphasis => self.italics = self.italics.saturating_sub(1),
            TagEnd::Strong => self.close_strong(),
            TagEnd::Link => self.close_link(span),
            _ => {}
        }
        self.mask.part_word();
    }

    fn hide(&mut self) {
        self.mask.end_word();
        self.hidden += 1;
    }

    fn break_line(&mut self, at: usize) {
        self.mask.end_word();
        self.mask.end_line(at);
        self.breaks.push(at);
    }

    fn words(&mut self, span: Span, words: &str) {
        let (words_outside_bold, words_outside_italics) = (self.bold == 0, self.italics == 0);
        self.mask.copy_read(span, words);
        let says = words.contains(char::is_alphanumeric);
        let raw = self.raw(span.start);
        raw.span.end = span.end;
        raw.words_outside_bold |= words_outside_bold && says;
        raw.words_outside_italics |= words_outside_italics && says;
    }

    fn task(&mut self, checked: bool) {
        if let Some(item) = self.items.last_mut() {
            *item = Some(checked);
        }
    }

    fn open_table(&mut self) {
        self.flush();
        self.cell = Cell { table: self.next_table, row: 0, column: 0, header: false };
        self.next_table += 1;
    }

    fn open_row(&mut self) {
        self.cell.row += 1;
        self.cell.column = 0;
    }

    fn close_cell(&mut self) {
        self.flush();
        self.in_cell = false;
        self.cell.column += 1;
    }

    /// Returns the block being read, or starts one at `at` if there is none.
    fn raw(&mut self, at: usize) -> &mut RawBlock {
        let raw = self.raw.take().unwrap_or_else(|| self.new_raw_block(at));
        self.raw.insert(raw)
    }

    fn new_raw_block(&self, at: usize) -> RawBlock {
        let in_html_list = self.html_item;
        RawBlock {
            kind: self.kind(),
            span: Span::new(at, at),
            bold_runs: self.bold_runs.len()..self.bold_runs.len(),
            words_outside_bold: false,
            words_outside_italics: false,
            task: self.items.last().copied().flatten(),
            list: if in_html_list { self.html_list } else { self.lists.last().copied().flatten() },
            depth: self.lists.iter().flatten().count() + usize::from(in_html_list),
            nesting: self.nesting,
            new_nesting: self.new_nesting,
            quote: (self.quotes > 0).then(|| self.callouts.len() - 1),
        }
    }

    fn kind(&self) -> RawBlockKind {
        match self.heading {
            Some(level) => RawBlockKind::Heading(level),
            None if self.in_cell => RawBlockKind::Cell(self.cell),
            None if self.lists.last().is_some_and(Option::is_some) || self.html_item => RawBlockKind::Item,
            None => RawBlockKind::Paragraph,
        }
    }

    /// Ends the block being read. A block without prose is dropped.
    fn flush(&mut self) {
        self.mask.end_word();
        let Some(mut raw) = self.raw.take() else { return };
        self.mask.blank_addresses(raw.span);
        raw.span = self.mask.trim(raw.span);
        self.mask.end_line(raw.span.end);
        // In an oddly indented list, the parser emits the same HTML twice; the second time is ignored.
        let read = self.raw_blocks.last().is_some_and(|last| raw.span.start < last.span.end);
        if raw.span.is_empty() || read {
            return;
        }
        // The check box of an item is read after its paragraph has begun.
        raw.task = raw.task.or(self.items.last().copied().flatten());
        self.new_nesting = None;
        self.comments.text(&raw);
        self.raw_blocks.push(raw);
    }
}
