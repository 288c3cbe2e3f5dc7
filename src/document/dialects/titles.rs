//! Titles of blocks: in quotation marks, in brackets, in an attribute, or the rest of the line.

use crate::model::Span;

/// Attributes whose value is shown as a title.
const ATTRIBUTES: [&str; 4] = ["title=", "summary=", "label=", "header="];

/// Returns the text between the first and the last quotation mark of a span.
pub(super) fn in_quotes(text: &str, span: Span) -> Option<Span> {
    let (start, end) = (span.of(text).find('"')?, span.of(text).rfind('"')?);
    non_empty(text, Span::new(span.start + (start + 1).min(end), span.start + end))
}

/// Returns the value of an attribute in a span that is shown as a title.
pub(super) fn in_attribute(text: &str, span: Span) -> Option<Span> {
    let source = span.of(text);
    let value = ATTRIBUTES.iter().find_map(|name| {
        let at = source.find(name).filter(|&at| source[..at].ends_with([' ', '\t', '{']))?;
        Some(at + name.len())
    })?;
    let mark = source[value..].chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    let length = source[value + 1..].find(mark)?;
    let start = span.start + value + 1;
    non_empty(text, Span::new(start, start + length))
}

/// Returns the span without white space at either end and without the brackets or quotation marks around it.
pub(super) fn bare(text: &str, span: Span) -> Option<Span> {
    let trimmed = trim(text, span);
    let words = trimmed.of(text);
    let is_within = |open, close| words.len() > 1 && words.starts_with(open) && words.ends_with(close);
    let is_marked = is_within('[', ']') || is_within('"', '"');
    let inner = if is_marked { Span::new(trimmed.start + 1, trimmed.end - 1) } else { trimmed };
    non_empty(text, inner)
}

fn trim(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let start = span.start + words.len() - words.trim_start().len();
    Span::new(start, start + words.trim().len())
}

fn non_empty(text: &str, span: Span) -> Option<Span> {
    Some(trim(text, span)).filter(|title| !title.is_empty())
}
