//! Converts raw blocks to sections, blocks and sentences: the role and extent of each heading and label, and whose
//! words follow.

use crate::document::attribution;
use crate::document::labels::{self, Label, Part, count_words};
use crate::document::parsed_markdown::{ParsedMarkdown, RawBlock, RawBlockKind};
use crate::document::roles::{goes_on, heading_counts, label_counts};
use crate::document::sentences;
use crate::document::tables::{self, Given};
use crate::document::{Attribution, Block, BlockKind, Section, Sentence};
use crate::lexicon::headings::{Headings, Meaning};
use crate::model::{BlockId, Role, SectionId, Span};

/// Level of bold lines and other lines used as headings.
const LINE: u8 = 7;
/// Level of labels.
const LABEL: u8 = 8;
/// Maximum number of words in a line used as a heading.
const LONGEST_LINE: usize = 12;
/// Maximum number of words in a single line in plain type that is used as a heading.
const LONGEST_BARE: usize = 6;

/// Sections, blocks and sentences of a document.
pub(super) struct Outline {
    /// Sections in document order.
    pub(super) sections: Vec<Section>,
    /// Blocks in document order.
    pub(super) blocks: Vec<Block>,
    /// Sentences in document order.
    pub(super) sentences: Vec<Sentence>,
    /// The heading that is the title, unless the front matter contains one.
    pub(super) title: Option<Span>,
}

/// Reads the outline of a document.
pub(super) fn outline(parsed: &ParsedMarkdown, source: &str, headings: &Headings) -> Outline {
    let mut builder = Builder {
        parsed,
        source,
        headings,
        quote_attributions: attribution::quotes(parsed, source, headings),
        several_tops: parsed
            .raw_blocks
            .iter()
            .filter(|raw| raw.kind == RawBlockKind::Heading(1))
            .nth(1)
            .is_some(),
        titled: false,
        open: Vec::new(),
        outline: Outline { sections: Vec::new(), blocks: Vec::new(), sentences: Vec::new(), title: None },
    };
    builder.read();
    builder.outline
}

/// A section that later blocks may still belong to.
#[derive(Clone, Copy)]
struct OpenSection {
    section: SectionId,
    level: u8,
    nesting: usize,
    /// True if it extends beyond its own block.
    lasting: bool,
}

struct Builder<'p> {
    parsed: &'p ParsedMarkdown,
    source: &'p str,
    headings: &'p Headings,
    quote_attributions: Vec<Attribution>,
    several_tops: bool,
    titled: bool,
    open: Vec<OpenSection>,
    outline: Outline,
}

/// The properties of a block other than its words.
struct Draft {
    kind: BlockKind,
    span: Span,
    role: Role,
    label: Option<Span>,
    /// The words without the label; they show whether the block is guidance.
    body: Span,
}

impl<'p> Builder<'p> {
    fn read(&mut self) {
        let start = Section { role: Role::Other, also: None, heading: None, parent: None, level: 0 };
        self.push_section(start, 0, true);
        let raw_blocks = &self.parsed.raw_blocks;
        let mut at = 0;
        while at < raw_blocks.len() {
            self.leave(&raw_blocks[at]);
            at += match raw_blocks[at].kind {
                RawBlockKind::Cell(_) => self.table(at),
                _ => self.raw(&raw_blocks[at]),
            };
        }
    }

    /// Closes the sections that do not extend to this block.
    fn leave(&mut self, raw: &RawBlock) {
        while self.open.len() > 1 {
            let top = self.top();
            let left = top.nesting > raw.nesting
                || top.nesting > 0 && raw.new_nesting.is_some_and(|new| top.nesting >= new);
            if !left && (top.lasting || raw.nesting > top.nesting) {
                break;
            }
            self.open.pop();
        }
    }

    fn raw(&mut self, raw: &'p RawBlock) -> usize {
        match raw.kind {
            RawBlockKind::Heading(level) => self.heading(raw, level),
            RawBlockKind::FrontMatter(role) => {
                self.block(raw, &Draft::plain(BlockKind::FrontMatter, raw.span, role));
            }
            _ if !self.line(raw) => self.parts(raw),
            _ => {}
        }
        1
    }

    fn heading(&mut self, raw: &'p RawBlock, level: u8) {
        let words = raw.span.of(&self.parsed.prose);
        let is_title = level == 1 && !self.titled && !self.is_section(words);
        self.titled |= level == 1;
        let meaning = self.headings.heading(words).filter(|_| !is_title);
        self.entitle(raw.span, level == 1 || meaning.is_none());
        self.close_to(level, raw.nesting);
        self.open_heading(raw, raw.span, level, meaning, BlockKind::Heading);
    }

    /// True if a first-level heading belongs to a section: the title is elsewhere, or there is none.
    fn is_section(&self, words: &str) -> bool {
        (self.parsed.title.is_some() || self.several_tops) && self.headings.is_exact(words)
    }

    /// True if there are no blocks yet.
    fn is_first(&self) -> bool {
        self.outline.blocks.is_empty()
    }

    /// Makes the first heading the title, unless it clearly belongs to a section.
    fn entitle(&mut self, span: Span, fits: bool) {
        let first = self.outline.sections.len() == 1;
        if first && fits {
            self.outline.title = Some(span);
        }
    }

    fn open_heading(
        &mut self,
        raw: &RawBlock,
        span: Span,
        level: u8,
        meaning: Option<Meaning>,
        kind: BlockKind,
    ) {
        let above = self.role();
        let meaning = meaning.or_else(|| self.timeline_entry(span, above));
        let own = meaning.filter(|meaning| heading_counts(above, meaning.role));
        let role = own.map_or(above, |own| own.role);
        let also = own.and_then(|own| own.also);
        let section = Section { role, also, heading: Some(span), parent: None, level };
        if raw.quote.is_none_or(|quote| self.parsed.callouts[quote]) {
            self.push_section(section, labels::nesting(self.parsed, raw), true);
        }
        self.block(raw, &Draft::plain(kind, span, role));
    }

    /// Returns the meaning of a heading that is a date or time: it begins an entry of a timeline.
    fn timeline_entry(&self, span: Span, above: Role) -> Option<Meaning> {
        let timed =
            above == Role::Other && self.headings.dates.is_only_date_time(span.of(&self.parsed.prose));
        timed.then_some(Meaning { role: Role::Timeline, also: None })
    }

    /// Reads a single line used as a heading. Returns false if this block is not one.
    fn line(&mut self, raw: &'p RawBlock) -> bool {
        // "##Cause" lacks the space that makes it a heading.
        let words = raw.span.of(&self.parsed.prose).trim_start_matches('#');
        let start = raw.span.end - words.len();
        let bold = !raw.words_outside_bold;
        let colon = words.ends_with(':');
        if raw.quote.is_some()
            || words.len() > 160
            || !(bold || colon || may_be_bare(words) || self.headings.is_exact(words))
            || words.contains('\n')
            || !words.contains(char::is_alphanumeric)
            || count_words(words) > LONGEST_LINE
        {
            return false;
        }
        let is_title = bold && self.is_first() && !self.headings.is_exact(words);
        let meaning = self.line_meaning(raw, words, bold).filter(|_| !is_title);
        let nesting = labels::nesting(self.parsed, raw);
        let counts = meaning.is_some_and(|meaning| nesting == 0 || label_counts(self.role(), meaning.role));
        let heads = bold && raw.nesting == 0 && !words.ends_with(['.', '!', ',']);
        if !(counts || heads) {
            return false;
        }
        self.entitle(Span::new(start, raw.span.end), bold && meaning.is_none());
        let level = if colon { LABEL } else { LINE };
        // A line that ends with a colon and is not a known heading names a part of its section.
        if meaning.is_some() || !colon {
            self.close_to(level, nesting);
        }
        let span = Span::new(start, start + words.trim_end_matches([':', ' ']).len());
        // "The root causes were the following:" opens a section but is also a sentence.
        let named = bold || !colon || self.headings.label(words).is_some();
        let kind = if named { BlockKind::Heading } else { kind_of(raw) };
        self.open_heading(raw, span, level, meaning, kind);
        true
    }

    fn line_meaning(&self, raw: &RawBlock, words: &str, bold: bool) -> Option<Meaning> {
        if words.contains(": ") {
            return None; // a label with its text
        }
        if bold || words.ends_with(':') {
            return self.headings.line(words);
        }
        // "Why did this happen" in plain type is a heading; a longer line may be a sentence.
        let words_only =
            || words.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '\'' | '\u{2019}' | '?'));
        let short = || raw.nesting == 0 && count_words(words) <= LONGEST_BARE && words_only();
        self.headings.label(words).or_else(|| short().then(|| self.headings.line(words)).flatten())
    }

    fn parts(&mut self, raw: &'p RawBlock) {
        let parts = labels::parts(self.parsed, raw, self.headings);
        let alone = parts.len() == 1;
        for part in parts {
            match part.label {
                Some(label) => self.labelled(raw, &part, label, alone),
                None => self.block(raw, &Draft::plain(kind_of(raw), part.span, self.role())),
            }
        }
    }

    fn labelled(&mut self, raw: &'p RawBlock, part: &Part, label: Label, alone: bool) {
        let body = self.trimmed(Span::new(label.body.min(part.span.end), part.span.end));
        let meaning = label.meaning.filter(|meaning| self.label_opens(raw, meaning.role));
        self.end_label(raw, meaning.is_some() || label.bold);
        let Some(meaning) = meaning else {
            let draft =
                Draft { label: Some(label.span), body, ..Draft::plain(kind_of(raw), part.span, self.role()) };
            return self.block(raw, &draft);
        };
        let tells =
            alone && goes_on(meaning.role) && body.of(&self.parsed.prose).ends_with(['.', '!', '?', ')']);
        self.push_label(raw, label, meaning, raw.nesting > 0 || body.is_empty() || tells);
        let draft = if body.is_empty() {
            Draft::plain(BlockKind::Heading, label.span, meaning.role)
        } else {
            Draft { label: Some(label.span), ..Draft::plain(kind_of(raw), body, meaning.role) }
        };
        self.block(raw, &draft);
    }

    fn label_opens(&self, raw: &RawBlock, role: Role) -> bool {
        let quoted = raw.quote.is_some_and(|quote| self.quote_attributions[quote] != Attribution::Author);
        let section = self.role();
        !quoted && if raw.nesting == 0 { heading_counts(section, role) } else { label_counts(section, role) }
    }

    fn push_label(&mut self, raw: &RawBlock, label: Label, meaning: Meaning, lasting: bool) {
        let Meaning { role, also } = meaning;
        let section = Section { role, also, heading: Some(label.span), parent: None, level: LABEL };
        self.push_section(section, raw.nesting, lasting);
    }

    /// Ends the section of the previous label. An unknown label in plain type ends it only if it does not extend
    /// further.
    fn end_label(&mut self, raw: &RawBlock, clear: bool) {
        while self.open.len() > 1 {
            let top = self.top();
            if top.level != LABEL || top.nesting != raw.nesting || top.lasting && !clear {
                break;
            }
            self.open.pop();
        }
    }

    /// Reads a whole table and returns its number of raw blocks.
    fn table(&mut self, at: usize) -> usize {
        let raw_blocks = &self.parsed.raw_blocks[at..];
        let number = cell_of(&raw_blocks[0]).map(|cell| cell.table);
        let len = raw_blocks.iter().take_while(|raw| cell_of(raw).map(|cell| cell.table) == number).count();
        let given = tables::roles(&self.parsed.prose, &raw_blocks[..len], self.role(), self.headings);
        for (raw, given) in raw_blocks.iter().zip(given) {
            let Given { role, label } = given.unwrap_or(Given { role: self.role(), label: None });
            self.block(raw, &Draft { label, ..Draft::plain(BlockKind::Cell, raw.span, role) });
        }
        len
    }

    fn block(&mut self, raw: &RawBlock, draft: &Draft) {
        let block = BlockId::new(self.outline.blocks.len());
        let first = self.outline.sentences.len();
        let spans = sentences::split(&self.parsed.prose, draft.span, &self.parsed.breaks, self.headings);
        self.outline.sentences.extend(spans.into_iter().map(|span| Sentence { span, block }));
        let attribution = self.attribution_of(raw, draft, &self.outline.sentences[first..]);
        self.outline.blocks.push(Block {
            kind: draft.kind,
            span: draft.span,
            section: self.top().section,
            role: draft.role,
            label: draft.label,
            attribution,
            task: raw.task,
            list: raw.list,
            depth: raw.depth,
            cell: cell_of(raw),
            sentences: first..self.outline.sentences.len(),
        });
    }

    fn attribution_of(&self, raw: &RawBlock, draft: &Draft, found: &[Sentence]) -> Attribution {
        let prose = &self.parsed.prose;
        if matches!(draft.kind, BlockKind::Heading | BlockKind::FrontMatter) {
            return raw.quote.map_or(Attribution::Author, |quote| self.quote_attributions[quote]);
        }
        if attribution::is_guidance(prose, raw, draft.body, found, draft.role, self.headings) {
            return Attribution::Guidance;
        }
        match raw.quote {
            Some(quote) => self.quote_attributions[quote],
            None if attribution::is_record(self.parsed, self.source, draft.span, self.headings) => {
                Attribution::Record
            }
            None => Attribution::Author,
        }
    }

    fn push_section(&mut self, mut section: Section, nesting: usize, lasting: bool) {
        let level = section.level;
        let parent = self.open.last().map(|open| open.section);
        self.open.push(OpenSection {
            section: SectionId::new(self.outline.sections.len()),
            level,
            nesting,
            lasting,
        });
        section.parent = parent;
        self.outline.sections.push(section);
    }

    fn close_to(&mut self, level: u8, nesting: usize) {
        while self.open.len() > 1 && self.top().level >= level && self.top().nesting == nesting {
            self.open.pop();
        }
    }

    /// Returns the innermost open section. The part before any heading is never closed.
    fn top(&self) -> OpenSection {
        self.open.last().copied().unwrap_or(OpenSection {
            section: SectionId::new(0),
            level: 0,
            nesting: 0,
            lasting: true,
        })
    }

    fn role(&self) -> Role {
        self.outline.sections[self.top().section.index()].role
    }

    fn trimmed(&self, span: Span) -> Span {
        let text = span.of(&self.parsed.prose);
        let start = span.start + text.len() - text.trim_start().len();
        Span::new(start, (span.start + text.trim_end().len()).max(start))
    }
}

impl Draft {
    fn plain(kind: BlockKind, span: Span, role: Role) -> Self {
        Self { kind, span, role, label: None, body: span }
    }
}

/// True if a line in plain type may be a heading that is not known. Most lines are sentences, as their last character shows.
fn may_be_bare(words: &str) -> bool {
    !words.ends_with(['.', '!', ',']) && words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
}

fn kind_of(raw: &RawBlock) -> BlockKind {
    if raw.kind == RawBlockKind::Item { BlockKind::Item } else { BlockKind::Paragraph }
}

fn cell_of(raw: &RawBlock) -> Option<super::Cell> {
    if let RawBlockKind::Cell(cell) = raw.kind { Some(cell) } else { None }
}
