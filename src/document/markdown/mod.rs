//! Converts Markdown to raw blocks: follows the parser's events and copies prose into the mask at the same offsets.

mod html_blocks;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::document::Cell;
use crate::document::comments::{Comments, OPEN};
use crate::document::frontmatter::{self, FrontMatter};
use crate::document::html::is_break;
use crate::document::mask::Mask;
use crate::document::parsed_markdown::{ParsedMarkdown, RawBlock, RawBlockKind};
use crate::lexicon::headings::Headings;
use crate::model::Span;

/// Reads a Markdown document.
pub(super) fn read(text: &str, headings: &Headings) -> ParsedMarkdown {
    let mut mask = Mask::new(text);
    let front = frontmatter::read(text, &mut mask, headings);
    let base = front.end;
    let events = Parser::new_ext(&text[base..], options()).into_offset_iter();
    let placed = events.map(|(event, range)| (event, Span::new(range.start + base, range.end + base)));
    from_events(text, mask, front, placed)
}

/// Reads the events of a document after its front matter, each with its place in `text`.
pub(super) fn from_events<'e>(
    text: &str,
    mask: Mask<'_>,
    front: FrontMatter,
    events: impl IntoIterator<Item = (Event<'e>, Span)>,
) -> ParsedMarkdown {
    let mut walker = Walker::new(text, front.end, mask, front.raw_blocks);
    for (event, span) in events {
        walker.event(&event, span);
    }
    walker.flush();
    let is_page = walker.mask.is_page;
    let (prose, source_map) = walker.mask.finish();
    ParsedMarkdown {
        is_page,
        comments: walker.comments.finish(&walker.raw_blocks),
        raw_blocks: walker.raw_blocks,
        bold_runs: walker.bold_runs,
        breaks: walker.breaks,
        callouts: walker.callouts,
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
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
}

struct Walker<'t> {
    text: &'t str,
    mask: Mask<'t>,
    raw_blocks: Vec<RawBlock>,
    breaks: Vec<usize>,
    callouts: Vec<bool>,
    comments: Comments,
    /// The block being read.
    raw: Option<RawBlock>,
    /// Open lists, innermost last.
    lists: Vec<usize>,
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
    links: Vec<bool>,
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
    /// True inside an HTML list item.
    html_item: bool,
    html_list: Option<usize>,
}

impl<'t> Walker<'t> {
    fn new(text: &'t str, base: usize, mask: Mask<'t>, raw_blocks: Vec<RawBlock>) -> Self {
        debug_assert!(text.is_char_boundary(base));
        Self {
            text,
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
            bold: 0,
            bold_runs: Vec::new(),
            italics: 0,
            heading: None,
            next_table: 0,
            cell: Cell { table: 0, row: 0, column: 0, header: false },
            in_cell: false,
            html_item: false,
            html_list: None,
        }
    }

    fn event(&mut self, event: &Event<'_>, span: Span) {
        self.comments.event(self.text, event, span);
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(*tag),
            Event::Text(words) if self.hidden == 0 => self.words(span, words),
            Event::Code(words) if self.hidden == 0 && self.is_prose(span, words) => {
                self.words(span, span.of(self.text));
            }
            Event::Code(_) if self.hidden == 0 => self.code(span),
            Event::InlineHtml(tag) if is_break(tag) => self.break_line(span.start),
            // No word may stand where a comment stands, because findings about comments quote the source there.
            Event::InlineHtml(tag) if tag.starts_with(OPEN) => self.mask.end_word(),
            Event::InlineHtml(_) => self.mask.part_word(),
            Event::HardBreak => self.break_line(span.start),
            Event::TaskListMarker(checked) => self.task(*checked),
            Event::Rule => self.flush(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        match tag {
            Tag::Paragraph | Tag::FootnoteDefinition(_) => self.flush(),
            Tag::Heading { level, .. } => {
                self.flush();
                self.heading = Some(*level as u8);
            }
            Tag::BlockQuote(kind) => self.open_quote(kind.is_some()),
            Tag::List(_) => self.open_list(),
            Tag::Item => self.open_item(),
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
            Tag::Link { link_type, .. } => self.open_link(*link_type),
            _ => {}
        }
        self.mask.part_word();
    }

    fn end(&mut self, tag: TagEnd) {
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
            TagEnd::Link => {
                let hid = self.links.pop().unwrap_or_default();
                self.hidden = self.hidden.saturating_sub(usize::from(hid));
            }
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

    fn code(&mut self, span: Span) {
        let (words_outside_bold, words_outside_italics) = (self.bold == 0, self.italics == 0);
        self.mask.code(span);
        let raw = self.raw(span.start);
        raw.span.end = span.end;
        raw.words_outside_bold |= words_outside_bold;
        raw.words_outside_italics |= words_outside_italics;
    }

    /// True if the backticks of a code span are apostrophes: "it wasn`t me, I didn`t look".
    fn is_prose(&self, span: Span, words: &str) -> bool {
        words.contains(' ')
            && self.text[..span.start].ends_with(char::is_alphabetic)
            && self.text[span.end..].starts_with(char::is_alphabetic)
    }

    fn task(&mut self, checked: bool) {
        if let Some(item) = self.items.last_mut() {
            *item = Some(checked);
        }
    }

    fn open_strong(&mut self, span: Span) {
        self.bold += 1;
        if self.bold == 1 && self.hidden == 0 {
            self.raw(span.start).bold_runs.end += 1;
            self.bold_runs.push(span);
        }
    }

    /// Ends a bold run at its last word, which the next letters may continue.
    fn close_strong(&mut self) {
        self.bold = self.bold.saturating_sub(1);
        let Some(end) = self.mask.word_end().filter(|_| self.bold == 0) else { return };
        if let Some(run) = self.bold_runs.last_mut() {
            run.end = run.end.min(end.max(run.start));
        }
    }

    fn open_link(&mut self, kind: LinkType) {
        let hid = matches!(kind, LinkType::Autolink | LinkType::Email);
        self.links.push(hid);
        if hid {
            self.hide();
        }
    }

    fn open_quote(&mut self, callout: bool) {
        self.flush();
        if self.quotes == 0 {
            self.callouts.push(callout);
        }
        self.quotes += 1;
        self.enter();
    }

    /// Enters a block quote or a list item.
    fn enter(&mut self) {
        self.nesting += 1;
        self.new_nesting =
            Some(self.new_nesting.map_or(self.nesting, |outermost| outermost.min(self.nesting)));
    }

    fn close_quote(&mut self) {
        self.flush();
        self.quotes = self.quotes.saturating_sub(1);
        self.nesting = self.nesting.saturating_sub(1);
    }

    fn open_list(&mut self) {
        self.flush();
        self.lists.push(self.next_list);
        self.next_list += 1;
    }

    fn open_item(&mut self) {
        self.flush();
        self.items.push(None);
        self.enter();
    }

    fn close_item(&mut self) {
        self.flush();
        self.items.pop();
        self.nesting = self.nesting.saturating_sub(1);
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
            list: if in_html_list { self.html_list } else { self.lists.last().copied() },
            depth: self.lists.len() + usize::from(in_html_list),
            nesting: self.nesting,
            new_nesting: self.new_nesting,
            quote: (self.quotes > 0).then(|| self.callouts.len() - 1),
        }
    }

    fn kind(&self) -> RawBlockKind {
        match self.heading {
            Some(level) => RawBlockKind::Heading(level),
            None if self.in_cell => RawBlockKind::Cell(self.cell),
            None if !self.lists.is_empty() || self.html_item => RawBlockKind::Item,
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
