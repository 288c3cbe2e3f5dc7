//! Front matter. Only the few values that are prose are used; it is read line by line.

use crate::document::mask::Mask;
use crate::document::parsed_markdown::{RawBlock, RawBlockKind};
use crate::lexicon::headings::{Field, Headings};
use crate::model::{Role, Span};

/// The values read from the front matter.
#[derive(Default)]
pub(super) struct FrontMatter {
    /// The offset in bytes at which the document body begins.
    pub(super) end: usize,
    /// The value of the title.
    pub(super) title: Option<Span>,
    /// The values that are prose.
    pub(super) raw_blocks: Vec<RawBlock>,
    /// The values that name the kind of document.
    pub(super) kinds: Vec<Span>,
    /// The part of the source that gives the date of the document.
    pub(super) date: Span,
    /// The part of the source that gives a date if there is no other.
    pub(super) time: Option<Span>,
}

/// Returns the offset at which the body of a text begins.
pub(super) fn end(text: &str) -> usize {
    fenced(text).map_or(0, |(end, _)| end)
}

/// Reads `---` (YAML) or `+++` (TOML) front matter at the head of `text`; copies the values into `mask`.
pub(super) fn read(text: &str, mask: &mut Mask<'_>, headings: &Headings) -> FrontMatter {
    let Some((end, lines)) = fenced(text) else { return FrontMatter::default() };
    let mut front = FrontMatter { end, date: Span::new(0, end), ..FrontMatter::default() };
    for (at, &line) in lines.iter().enumerate() {
        if line.of(text).starts_with('[') {
            break; // the keys of a TOML table are ignored
        }
        let Some((field, value)) = entry(text, line, headings) else { continue };
        let value = if is_block(value.of(text)) { below(text, &lines[at + 1..], value) } else { value };
        front.take(field, value, mask);
    }
    front
}

impl FrontMatter {
    fn take(&mut self, field: Field, value: Span, mask: &mut Mask<'_>) {
        if field == Field::Kind {
            return self.kinds.push(value);
        }
        mask.copy(value);
        self.add(field, value, mask);
    }

    /// Adds a value whose words are in the mask.
    pub(super) fn add(&mut self, field: Field, value: Span, mask: &mut Mask<'_>) {
        mask.blank_addresses(value);
        let value = mask.trim(value);
        if value.is_empty() {
            return;
        }
        if field == Field::Title {
            self.title.get_or_insert(value);
        }
        self.raw_blocks.push(raw(field, value));
    }
}

/// Returns the offset of the end of the front matter, closing line included, and the lines in between.
fn fenced(text: &str) -> Option<(usize, Vec<Span>)> {
    let fence = text.get(..3).filter(|fence| matches!(*fence, "---" | "+++"))?;
    let mut lines = spans_of_lines(text);
    let first = lines.next()?;
    if first.of(text).trim_end() != fence {
        return None;
    }
    let mut held = Vec::new();
    for line in lines {
        if line.of(text).trim_end() == fence {
            return are_values(text, &held, fence).then_some((line.end, held));
        }
        held.push(line);
    }
    None
}

/// True if lines between fences hold values, rather than text between two rules, which readers see.
fn are_values(text: &str, lines: &[Span], fence: &str) -> bool {
    let mut lines = lines.iter().map(|line| line.of(text)).filter(|line| !line.trim().is_empty());
    if fence == "+++" {
        return lines.next().is_none_or(|first| first.contains('=') || first.starts_with(['#', '[']));
    }
    let is_value = |line: &str| {
        let key = line
            .split_once(':')
            .filter(|(_, value)| value.is_empty() || value.starts_with(char::is_whitespace));
        key.is_some() || line.starts_with([' ', '\t', '#', '-', '[', ']', '{', '}', '"', '\''])
    };
    lines.all(is_value)
}

fn spans_of_lines(text: &str) -> impl Iterator<Item = Span> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some(Span::new(start, *at))
    })
}

/// Parses `key: value` or `key = "value"` in a line that is not indented.
fn entry(text: &str, line: Span, headings: &Headings) -> Option<(Field, Span)> {
    let content = line.of(text);
    let mark = content.find([':', '=']).filter(|_| !content.starts_with(char::is_whitespace))?;
    let field = headings.field(content[..mark].trim())?;
    Some((field, unquoted(text, trimmed(text, Span::new(line.start + mark + 1, line.end)))))
}

fn trimmed(text: &str, span: Span) -> Span {
    let content = span.of(text);
    let start = span.start + (content.len() - content.trim_start().len());
    Span::new(start, (span.start + content.trim_end().len()).max(start))
}

fn unquoted(text: &str, span: Span) -> Span {
    let content = span.of(text);
    let quoted = |mark: char| content.len() >= 2 && content.starts_with(mark) && content.ends_with(mark);
    if quoted('"') || quoted('\'') { Span::new(span.start + 1, span.end - 1) } else { span }
}

/// True for `|`, `>-` and the like: the value follows on indented lines.
fn is_block(value: &str) -> bool {
    value.is_empty() || value.starts_with(['|', '>']) && value.len() <= 3
}

fn below(text: &str, lines: &[Span], value: Span) -> Span {
    let indented =
        |line: &&Span| line.of(text).starts_with([' ', '\t', '-']) || line.of(text).trim().is_empty();
    let Some(first) = lines.first().filter(|line| indented(line)) else {
        return Span::new(value.end, value.end);
    };
    let end = lines.iter().take_while(indented).last().map_or(first.end, |line| line.end);
    Span::new(first.start, end)
}

fn raw(field: Field, span: Span) -> RawBlock {
    let role = match field {
        Field::Title | Field::Kind => Role::Other,
        Field::Summary => Role::Summary,
        Field::Cause => Role::Cause,
    };
    RawBlock {
        kind: RawBlockKind::FrontMatter(role),
        span,
        bold_runs: 0..0,
        words_outside_bold: true,
        words_outside_italics: true,
        task: None,
        list: None,
        depth: 0,
        nesting: 0,
        new_nesting: None,
        quote: None,
    }
}
