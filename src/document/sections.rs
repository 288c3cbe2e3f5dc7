//! Leaves to sections and blocks: what each heading and label is, how far it reaches, whose words follow.

use super::labels::{self, Label, Part, count_words};
use super::leaf::{Leaf, LeafKind, Page};
use super::moments;
use super::roles::{goes_on, heading_counts, label_counts};
use super::sentences;
use super::tables::{self, Given};
use super::voice;
use super::{Block, BlockKind, Role, Section, Sentence, Voice};
use crate::lexicon::sections::{Headings, Meaning};
use crate::span::Span;

/// Level of bold lines and other lines that serve as headings.
const LINE: u8 = 7;
/// Level of labels.
const LABEL: u8 = 8;
/// Words of a heading-like line.
const LONGEST_LINE: usize = 12;
/// Words of a lone line in plain type that may be a heading.
const LONGEST_BARE: usize = 6;

/// Sections, blocks and sentences of a page.
pub(super) struct Outline {
    /// Sections in document order.
    pub(super) sections: Vec<Section>,
    /// Blocks in document order.
    pub(super) blocks: Vec<Block>,
    /// Sentences in document order.
    pub(super) sentences: Vec<Sentence>,
    /// The heading that is the title, where the front matter gives none.
    pub(super) title: Option<Span>,
}

/// Reads the outline of a page.
pub(super) fn outline(page: &Page, source: &str, headings: &Headings) -> Outline {
    let mut builder = Builder {
        page,
        source,
        headings,
        voices: voice::quotes(page, source, headings),
        several_tops: page.leaves.iter().filter(|leaf| leaf.kind == LeafKind::Heading(1)).nth(1).is_some(),
        titled: false,
        open: Vec::new(),
        parts: Vec::new(),
        outline: Outline {
            sections: Vec::new(),
            blocks: Vec::with_capacity(page.leaves.len()),
            sentences: Vec::with_capacity(2 * page.leaves.len()),
            title: None,
        },
    };
    builder.read();
    builder.outline
}

/// A section that later leaves may still belong to.
#[derive(Clone, Copy)]
struct Open {
    section: usize,
    level: u8,
    nest: usize,
    /// Whether it reaches beyond its own leaf.
    lasting: bool,
}

struct Builder<'p> {
    page: &'p Page,
    source: &'p str,
    headings: &'p Headings,
    voices: Vec<Voice>,
    several_tops: bool,
    titled: bool,
    open: Vec<Open>,
    /// Room for the parts of a leaf, since nearly every leaf has one.
    parts: Vec<Part>,
    outline: Outline,
}

/// What a block is besides its words.
struct Draft {
    kind: BlockKind,
    span: Span,
    role: Role,
    label: Option<Span>,
    /// The words that tell whether it is guidance: without a label.
    body: Span,
}

impl<'p> Builder<'p> {
    fn read(&mut self) {
        self.push_section(Section { role: Role::Other, also: None, heading: None, level: 0 }, 0, true);
        let leaves = &self.page.leaves;
        let mut at = 0;
        while at < leaves.len() {
            self.leave(&leaves[at]);
            at += match leaves[at].kind {
                LeafKind::Cell(_) => self.table(at),
                _ => self.leaf(&leaves[at]),
            };
        }
    }

    /// Closes what does not reach to this leaf.
    fn leave(&mut self, leaf: &Leaf) {
        while self.open.len() > 1 {
            let top = self.top();
            let left = top.nest > leaf.nest || top.nest > 0 && top.nest >= leaf.fresh;
            if !left && (top.lasting || leaf.nest > top.nest) {
                break;
            }
            self.open.pop();
        }
    }

    fn leaf(&mut self, leaf: &'p Leaf) -> usize {
        match leaf.kind {
            LeafKind::Heading(level) => self.heading(leaf, level),
            LeafKind::FrontMatter(role) => {
                self.block(leaf, &Draft::plain(BlockKind::FrontMatter, leaf.span, role));
            }
            _ if !self.line(leaf) => self.parts(leaf),
            _ => {}
        }
        1
    }

    fn heading(&mut self, leaf: &'p Leaf, level: u8) {
        let words = leaf.span.of(&self.page.prose);
        let is_title = level == 1 && !self.titled && !self.is_section(words);
        self.titled |= level == 1;
        let meaning = self.headings.heading(words).filter(|_| !is_title);
        self.entitle(leaf.span, level == 1 || meaning.is_none());
        self.close_to(level, leaf.nest);
        self.open_heading(leaf, leaf.span, level, meaning, BlockKind::Heading);
    }

    /// Whether a first-level heading is no title: the title stands elsewhere, or there is none.
    fn is_section(&self, words: &str) -> bool {
        (self.page.title.is_some() || self.several_tops) && self.headings.is_exact(words)
    }

    /// Whether nothing stands before.
    fn is_first(&self) -> bool {
        self.outline.blocks.is_empty()
    }

    /// The first heading is the title, unless it plainly is a section's.
    fn entitle(&mut self, span: Span, fits: bool) {
        let first = self.outline.sections.len() == 1;
        if first && fits {
            self.outline.title = Some(span);
        }
    }

    fn open_heading(
        &mut self,
        leaf: &Leaf,
        span: Span,
        level: u8,
        meaning: Option<Meaning>,
        kind: BlockKind,
    ) {
        let above = self.role();
        let meaning = meaning.or_else(|| self.moment(span, above));
        let own = meaning.filter(|meaning| heading_counts(above, meaning.role));
        let role = own.map_or(above, |own| own.role);
        let section = Section { role, also: own.and_then(|own| own.also), heading: Some(span), level };
        if leaf.quote.is_none() {
            self.push_section(section, leaf.nest, true);
        }
        self.block(leaf, &Draft::plain(kind, span, role));
    }

    /// A heading that is a moment begins an entry of a timeline.
    fn moment(&self, span: Span, above: Role) -> Option<Meaning> {
        let timed = above == Role::Other && moments::is_moment(span.of(&self.page.prose), self.headings);
        timed.then_some(Meaning { role: Role::Timeline, also: None })
    }

    /// Reads a lone line that serves as a heading; false if this leaf is none.
    fn line(&mut self, leaf: &'p Leaf) -> bool {
        let words = leaf.span.of(&self.page.prose);
        let bold = !leaf.beside_strong;
        let colon = words.ends_with(':');
        if leaf.quote.is_some()
            || words.len() > 160
            || !(bold || colon || may_be_bare(words))
            || words.contains('\n')
            || count_words(words) > LONGEST_LINE
        {
            return false;
        }
        let is_title = bold && self.is_first() && !self.headings.is_exact(words);
        let meaning = self.line_meaning(leaf, words, bold).filter(|_| !is_title);
        let counts = meaning.is_some_and(|meaning| leaf.nest == 0 || label_counts(self.role(), meaning.role));
        let heads = bold && leaf.nest == 0 && !words.ends_with(['.', '!', ',']);
        if !(counts || heads) {
            return false;
        }
        self.entitle(leaf.span, bold && meaning.is_none());
        let level = if colon { LABEL } else { LINE };
        // A line with a colon that no heading is known for names a part of what it stands in.
        if meaning.is_some() || !colon {
            self.close_to(level, leaf.nest);
        }
        let span = Span::new(leaf.span.start, leaf.span.start + words.trim_end_matches([':', ' ']).len());
        // "The root causes were the following:" opens a section, and is a sentence all the same.
        let named = bold || !colon || self.headings.label(words).is_some();
        let kind = if named { BlockKind::Heading } else { kind_of(leaf) };
        self.open_heading(leaf, span, level, meaning, kind);
        true
    }

    fn line_meaning(&self, leaf: &Leaf, words: &str, bold: bool) -> Option<Meaning> {
        if words.contains(": ") {
            return None; // a label with its text
        }
        if bold || words.ends_with(':') {
            return self.headings.line(words);
        }
        // "Why did this happen" in plain type; anything longer is as likely a sentence.
        let words_only =
            || words.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '\'' | '\u{2019}' | '?'));
        let short = || leaf.nest == 0 && count_words(words) <= LONGEST_BARE && words_only();
        self.headings.label(words).or_else(|| short().then(|| self.headings.line(words)).flatten())
    }

    fn parts(&mut self, leaf: &'p Leaf) {
        let mut parts = std::mem::take(&mut self.parts);
        labels::parts(self.page, leaf, self.headings, &mut parts);
        let alone = parts.len() == 1;
        for part in parts.drain(..) {
            match part.label {
                Some(label) => self.labelled(leaf, &part, label, alone),
                None => self.block(leaf, &Draft::plain(kind_of(leaf), part.span, self.role())),
            }
        }
        self.parts = parts;
    }

    fn labelled(&mut self, leaf: &'p Leaf, part: &Part, label: Label, alone: bool) {
        let body = self.trimmed(Span::new(label.body.min(part.span.end), part.span.end));
        let meaning = label.meaning.filter(|meaning| self.label_opens(leaf, meaning.role));
        self.end_label(leaf, meaning.is_some() || label.bold);
        let Some(meaning) = meaning else {
            let draft = Draft {
                label: Some(label.span),
                body,
                ..Draft::plain(kind_of(leaf), part.span, self.role())
            };
            return self.block(leaf, &draft);
        };
        let tells =
            alone && goes_on(meaning.role) && body.of(&self.page.prose).ends_with(['.', '!', '?', ')']);
        self.push_label(leaf, label, meaning, leaf.nest > 0 || body.is_empty() || tells);
        let draft = if body.is_empty() {
            Draft::plain(BlockKind::Heading, label.span, meaning.role)
        } else {
            Draft { label: Some(label.span), ..Draft::plain(kind_of(leaf), body, meaning.role) }
        };
        self.block(leaf, &draft);
    }

    fn label_opens(&self, leaf: &Leaf, role: Role) -> bool {
        let quoted = leaf.quote.is_some_and(|quote| self.voices[quote] != Voice::Author);
        let section = self.role();
        !quoted && if leaf.nest == 0 { heading_counts(section, role) } else { label_counts(section, role) }
    }

    fn push_label(&mut self, leaf: &Leaf, label: Label, meaning: Meaning, lasting: bool) {
        let section =
            Section { role: meaning.role, also: meaning.also, heading: Some(label.span), level: LABEL };
        self.push_section(section, leaf.nest, lasting);
    }

    /// A label ends the one before it; an unknown one in plain type only if that one reaches no further anyway.
    fn end_label(&mut self, leaf: &Leaf, clear: bool) {
        while self.open.len() > 1 {
            let top = self.top();
            if top.level != LABEL || top.nest != leaf.nest || top.lasting && !clear {
                break;
            }
            self.open.pop();
        }
    }

    /// Reads a whole table; returns how many leaves it has.
    fn table(&mut self, at: usize) -> usize {
        let leaves = &self.page.leaves[at..];
        let number = cell_of(&leaves[0]).map(|cell| cell.table);
        let len = leaves.iter().take_while(|leaf| cell_of(leaf).map(|cell| cell.table) == number).count();
        let given = tables::roles(&self.page.prose, &leaves[..len], self.role(), self.headings);
        for (leaf, given) in leaves.iter().zip(given) {
            let Given { role, label } = given.unwrap_or(Given { role: self.role(), label: None });
            self.block(leaf, &Draft { label, ..Draft::plain(BlockKind::Cell, leaf.span, role) });
        }
        len
    }

    fn block(&mut self, leaf: &Leaf, draft: &Draft) {
        let block = self.outline.blocks.len();
        let found = &mut self.outline.sentences;
        let first = found.len();
        let sink = |span| found.push(Sentence { span, block });
        sentences::split(&self.page.prose, draft.span, &self.page.breaks, self.headings, sink);
        let voice = self.voice(leaf, draft, &self.outline.sentences[first..]);
        self.outline.blocks.push(Block {
            kind: draft.kind,
            span: draft.span,
            section: self.top().section,
            role: draft.role,
            label: draft.label,
            voice,
            task: leaf.task,
            list: leaf.list,
            depth: leaf.depth,
            cell: cell_of(leaf),
            sentences: first..self.outline.sentences.len(),
        });
    }

    fn voice(&self, leaf: &Leaf, draft: &Draft, found: &[Sentence]) -> Voice {
        let prose = &self.page.prose;
        if matches!(draft.kind, BlockKind::Heading | BlockKind::FrontMatter) {
            return leaf.quote.map_or(Voice::Author, |quote| self.voices[quote]);
        }
        if voice::is_guidance(prose, leaf, draft.body, found, draft.role, self.headings) {
            return Voice::Guidance;
        }
        match leaf.quote {
            Some(quote) => self.voices[quote],
            None if voice::is_record(self.page, self.source, leaf, draft.span, self.headings) => {
                Voice::Record
            }
            None => Voice::Author,
        }
    }

    fn push_section(&mut self, section: Section, nest: usize, lasting: bool) {
        let level = section.level;
        self.open.push(Open { section: self.outline.sections.len(), level, nest, lasting });
        self.outline.sections.push(section);
    }

    fn close_to(&mut self, level: u8, nest: usize) {
        while self.open.len() > 1 && self.top().level >= level && self.top().nest == nest {
            self.open.pop();
        }
    }

    /// The innermost open section; the part before any heading is never closed.
    fn top(&self) -> Open {
        self.open.last().copied().unwrap_or(Open { section: 0, level: 0, nest: 0, lasting: true })
    }

    fn role(&self) -> Role {
        self.outline.sections[self.top().section].role
    }

    fn trimmed(&self, span: Span) -> Span {
        let text = span.of(&self.page.prose);
        let start = span.start + text.len() - text.trim_start().len();
        Span::new(start, (span.start + text.trim_end().len()).max(start))
    }
}

impl Draft {
    fn plain(kind: BlockKind, span: Span, role: Role) -> Self {
        Self { kind, span, role, label: None, body: span }
    }
}

/// Whether a line in plain type may be a heading at all; most are sentences, and show it at their end.
fn may_be_bare(words: &str) -> bool {
    !words.ends_with(['.', '!', ',']) && words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
}

fn kind_of(leaf: &Leaf) -> BlockKind {
    if leaf.kind == LeafKind::Item { BlockKind::Item } else { BlockKind::Paragraph }
}

fn cell_of(leaf: &Leaf) -> Option<super::Cell> {
    if let LeafKind::Cell(cell) = leaf.kind { Some(cell) } else { None }
}
