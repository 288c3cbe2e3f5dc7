//! A postmortem as sections with a role, blocks and sentences. Every span is a range of bytes of the source.

mod announced;
mod attribution;
pub mod comments;
mod dialects;
mod form;
mod frontmatter;
mod handles;
mod html;
pub mod html_page;
mod labels;
mod markdown;
mod mask;
mod parsed_markdown;
pub mod plain_text;
pub mod postmortem;
mod quotations;
mod roles;
mod sections;
mod sentences;
mod source_map;
mod tables;
#[cfg(test)]
mod tests;
mod unread_comments;

use std::borrow::Cow;
use std::ops::Index;
use std::path::Path;

pub use crate::document::comments::Comment;

use crate::document::plain_text::PlainText;
use crate::document::source_map::SourceMap;
use crate::lexicon::headings::Headings;
use crate::model::{BlockId, LineIndex, Markup, Role, SectionId, SentenceId, Span};
use crate::source::Source;

/// A parsed postmortem.
#[derive(Clone, Debug)]
pub struct Document<'s> {
    /// The source that was parsed.
    pub source: &'s Source,
    /// Has the same length in bytes as the source text: each word of the rendered text begins at its original offset
    /// and everything else is blanked with spaces. Line feeds are kept, except in comments, and in a page in HTML there
    /// is one at the end of each block and forced line break. Inline code is a run of [`CODE`](crate::model::CODE).
    /// [`Document::source_span`] returns the span in the source.
    pub prose: String,
    /// Line index of the source.
    pub lines: LineIndex,
    /// The title in the front matter, or else the first heading.
    pub title: Option<Span>,
    /// What it is, if it is neither Markdown nor a page in HTML.
    pub markup: Option<Markup>,
    /// The values in the front matter that name the kind of document.
    pub kinds: Vec<Span>,
    /// The first date in the front matter, title, path or opening lines, in ISO format (`2026-01-02`).
    pub date: Option<String>,
    /// Sections in document order. The first is the part before any heading; it has no heading.
    pub sections: Vec<Section>,
    /// Blocks in document order.
    pub blocks: Vec<Block>,
    /// Sentences in document order; each lies inside one block.
    pub sentences: Vec<Sentence>,
    /// Comments in document order. Their content is never prose.
    pub comments: Vec<Comment>,
    /// Passages in quotation marks, in order.
    quotations: Vec<Span>,
    source_map: SourceMap,
    /// For a page in HTML: line index of the prose.
    page_lines: Option<LineIndex>,
}

/// A heading or label and the text below it.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its own role, or the one inherited from the parent section.
    pub role: Role,
    /// A second role that the same heading names ("Root cause and mitigation").
    pub also: Option<Role>,
    /// The words of the heading; `None` for the part before any heading.
    pub heading: Option<Span>,
    /// The section around it.
    pub parent: Option<SectionId>,
    /// 1–6 for ATX and setext headings, 7 for bold lines and other lines used as headings, 8 for labels.
    pub level: u8,
}

/// A paragraph, list item, table cell, heading or run-in part.
#[derive(Clone, Debug)]
pub struct Block {
    /// The kind of block.
    pub kind: BlockKind,
    /// From the first to the last byte of its prose.
    pub span: Span,
    /// The section that contains it.
    pub section: SectionId,
    /// The role of its section, unless a label or table row gives it another.
    pub role: Role,
    /// The words of the run-in or table-row label before it (`Root cause`), without the colon.
    pub label: Option<Span>,
    /// Whose words it contains.
    pub attribution: Attribution,
    /// For a task-list item: true if its box is checked.
    pub task: Option<bool>,
    /// For a list item and its content: the number of the list, from 0; a nested list has its own number.
    pub list: Option<usize>,
    /// Depth of list nesting, 0 outside lists.
    pub depth: usize,
    /// For a table cell: its position.
    pub cell: Option<Cell>,
    /// Its sentences, as a range of [`Document::sentences`].
    pub sentences: std::ops::Range<usize>,
}

/// Kinds of block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading of any form.
    Heading,
    /// A paragraph or a part of one.
    Paragraph,
    /// Text of a list item.
    Item,
    /// A table cell, in Markdown or HTML.
    Cell,
    /// A front-matter value of title, summary, description or cause.
    FrontMatter,
}

/// Whose words a block contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attribution {
    /// The author's own words, call-outs included.
    Author,
    /// Somebody else's words: a block quote of a message, e-mail, chat or spoken words.
    Quoted,
    /// A template's guidance, meant to be replaced.
    Guidance,
    /// Pasted chat or log lines.
    Record,
    /// Titles of other works: further reading, other incidents.
    Titles,
}

/// Position of a table cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Number of the table in the document, from 0.
    pub table: usize,
    /// Row, from 0; the header row is row 0.
    pub row: usize,
    /// Column, from 0.
    pub column: usize,
    /// True in the header row.
    pub header: bool,
}

/// A sentence: prose that ends at a stop, at the end of a block or at the end of a labelled line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Without surrounding white space.
    pub span: Span,
    /// Its block.
    pub block: BlockId,
}

/// Extensions of Markdown files, in lower case.
const MARKDOWN_EXTENSIONS: [&str; 9] =
    ["markdown", "md", "mdown", "mdwn", "mdx", "mkd", "mkdn", "qmd", "rmd"];

/// Number of bytes of the body in which a date is looked for.
const OPENING: usize = 1_500;

impl<'s> Document<'s> {
    /// Parses a source in linear time. Parsing never fails: any text is a valid document.
    pub fn parse(source: &'s Source, headings: &Headings) -> Self {
        let text = &source.text;
        let parsed = if html_page::is_page(source) {
            html_page::read(source, headings)
        } else {
            markdown::read(text, headings)
        };
        let outline = sections::outline(&parsed, &source.text, headings);
        let title = parsed.title.or(outline.title);
        let date_with = |path| date(&source.text, &parsed, title, path, headings);
        let mut blocks = outline.blocks;
        let is_dated = date_with("").is_some();
        let words = title.map_or("", |title| title.of(&parsed.prose));
        if is_template(&source.path, words, is_dated, headings) {
            for block in &mut blocks {
                block.attribution = Attribution::Guidance;
            }
        }
        let form =
            form::Form { source: &source.text, parsed: &parsed, sentences: &outline.sentences, headings };
        form.mark(&mut blocks, is_dated);
        announced::mark(&mut blocks, &outline.sections, &source.text, &parsed, headings);
        let quotations = quotations::find(&parsed.prose, &blocks, &parsed.links, headings);
        let date = date_with(&source.path);
        Self {
            source,
            lines: LineIndex::new(&source.text, source.shift),
            page_lines: parsed.is_page.then(|| LineIndex::new(&parsed.prose, 0)),
            title,
            markup: parsed.markup,
            kinds: parsed.kinds,
            date,
            sections: outline.sections,
            blocks,
            sentences: outline.sentences,
            prose: parsed.prose,
            comments: parsed.comments,
            quotations,
            source_map: parsed.source_map,
        }
    }
}

/// Returns the extensions of documents, in lower case.
pub fn extensions() -> impl Iterator<Item = &'static str> {
    MARKDOWN_EXTENSIONS.into_iter().chain(html_page::EXTENSIONS)
}

/// True if a path has the extension of a document: Markdown, or a page in HTML.
pub fn has_extension(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| MARKDOWN_EXTENSIONS.contains(&extension.to_ascii_lowercase().as_str()))
        || html_page::has_extension(&path.to_string_lossy())
}

/// Returns a Markdown text without the syntax of other dialects, as it is given to the parser: with the same length, and
/// with every word at its place, unless all its lines are indented; then it is without that indentation.
pub fn plain_markdown(text: &str) -> Cow<'_, str> {
    let body = frontmatter::end(text);
    let plain = dialects::plain(text, body).text;
    match markdown::indented::outdent(&plain[body..]) {
        Some(shown) => [&plain[..body], &shown.text].concat().into(),
        None => plain,
    }
}

impl Document<'_> {
    /// True if a sentence is in the author's own words.
    pub fn is_authors(&self, sentence: SentenceId) -> bool {
        self[self[sentence].block].attribution == Attribution::Author
    }

    /// True if there is any text to read.
    pub fn has_text(&self) -> bool {
        self.prose.contains(char::is_alphanumeric)
    }

    /// True if the source is a page in HTML, where one line of the source may hold many lines of text.
    pub fn is_page(&self) -> bool {
        self.page_lines.is_some()
    }

    /// Returns the line of the rendered text at a byte of the prose, from 1; in Markdown, the line of the source.
    pub fn text_line(&self, offset: usize) -> usize {
        self.page_lines.as_ref().unwrap_or(&self.lines).line(offset)
    }

    /// True if a span of the prose lies within a quotation.
    pub fn is_quoted(&self, span: Span) -> bool {
        let after = self.quotations.partition_point(|quotation| quotation.start <= span.start);
        self.quotations[..after].last().is_some_and(|quotation| span.end <= quotation.end)
    }

    /// Returns the span of the source that renders as this span of the prose.
    pub fn source_span(&self, span: Span) -> Span {
        self.source_map.source(span)
    }

    /// Returns the source of a span of the prose, with its markup.
    pub fn source_of(&self, span: Span) -> &str {
        self.source_span(span).of(&self.source.text)
    }

    /// Returns what a report quotes for a span of the prose: the source with its markup or, of a page in HTML, the text as
    /// its readers see it.
    pub fn quote(&self, span: Span) -> Cow<'_, str> {
        if self.is_page() { PlainText::new(self, span).text.into() } else { self.source_of(span).into() }
    }

    /// Returns the ids of all sentences, in document order.
    pub fn sentence_ids(&self) -> impl DoubleEndedIterator<Item = SentenceId> + ExactSizeIterator + use<> {
        (0..self.sentences.len()).map(SentenceId::new)
    }
}

impl Block {
    /// Returns the ids of its sentences, in document order.
    pub fn sentence_ids(&self) -> impl DoubleEndedIterator<Item = SentenceId> + ExactSizeIterator + use<> {
        self.sentences.clone().map(SentenceId::new)
    }
}

impl Index<SentenceId> for Document<'_> {
    type Output = Sentence;

    fn index(&self, id: SentenceId) -> &Sentence {
        &self.sentences[id.index()]
    }
}

impl Index<BlockId> for Document<'_> {
    type Output = Block;

    fn index(&self, id: BlockId) -> &Block {
        &self.blocks[id.index()]
    }
}

impl Index<SectionId> for Document<'_> {
    type Output = Section;

    fn index(&self, id: SectionId) -> &Section {
        &self.sections[id.index()]
    }
}

/// True if a document is a template by its title, unless it has a date, or by its path, unless its title has one.
fn is_template(path: &str, title: &str, is_dated: bool, headings: &Headings) -> bool {
    headings.is_template(title) && !is_dated
        || headings.is_template_path(path) && headings.dates.first_date(title).is_none()
}

/// Returns the first date in the front matter, the title, the path or the opening lines, in this order.
fn date(
    text: &str,
    parsed: &parsed_markdown::ParsedMarkdown,
    title: Option<Span>,
    path: &str,
    headings: &Headings,
) -> Option<String> {
    let opening = &parsed.prose[parsed.body..parsed.prose.floor_char_boundary(parsed.body + OPENING)];
    let time = parsed.time.map_or("", |time| time.of(text));
    [parsed.date.of(text), title.map_or("", |title| title.of(&parsed.prose)), path, opening, time]
        .into_iter()
        .find_map(|part| headings.dates.first_date(part))
}
