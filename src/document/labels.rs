//! Labels: words before a colon, or in bold, that name the topic of the text after them.

use crate::document::parsed_markdown::{ParsedMarkdown, RawBlock};
use crate::lexicon::headings::{Headings, Meaning};
use crate::model::{Role, Span};

/// Maximum length in bytes of a label, from the start of the line.
const LONGEST: usize = 90;
/// Maximum number of words in a label that is not a known heading.
const MOST_WORDS: usize = 5;

/// What may separate a label from its text.
const DASHES: [char; 3] = ['-', '\u{2013}', '\u{2014}'];

/// A label at the start of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label {
    /// Its words, without colon or stop.
    pub(super) span: Span,
    /// The offset in bytes of the text after it, leading white space included.
    pub(super) body: usize,
    /// Its meaning, if known.
    pub(super) meaning: Option<Meaning>,
    /// True if it is in bold.
    pub(super) bold: bool,
}

/// A labelled line with its continuation lines, or the text before the first label.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// The whole part, label included.
    pub(super) span: Span,
    /// Its label.
    pub(super) label: Option<Label>,
}

/// Splits a block into parts, one for each labelled line.
pub(super) fn parts(parsed: &ParsedMarkdown, raw: &RawBlock, headings: &Headings) -> Vec<Part> {
    let prose = parsed.prose.as_str();
    let mut parts: Vec<Part> = Vec::new();
    let mut bold_runs = parsed.bold_runs_of(raw).iter().peekable();
    for line in lines(prose, raw.span) {
        while bold_runs.peek().is_some_and(|run| run.end <= line.start) {
            bold_runs.next();
        }
        let bold = bold_runs.peek().map(|run| **run).filter(|run| run.start <= line.start);
        let label = find(prose, line, bold, headings)
            .filter(|label| parts.is_empty() || label.bold || !goes_on(label.span.of(prose), headings));
        let opens = match (parts.first(), label) {
            (None, _) => true,
            (Some(first), Some(label)) => label.meaning.is_some() || label.bold || first.label.is_some(),
            (Some(_), None) => false,
        };
        if opens {
            parts.push(Part { span: line, label });
        } else if let Some(part) = parts.last_mut() {
            part.span.end = line.end;
        }
    }
    parts
}

/// True if a line begins with a label, known or not.
pub(super) fn opens_line(line: &str, headings: &Headings) -> bool {
    let opens = |words: &str| is_named(words) || headings.label(words).is_some() && !goes_on(words, headings);
    plain_words(line).is_some_and(opens)
}

/// True if the words before a colon continue the line above instead of naming what follows: they begin with a
/// lower-case letter and are not a known heading.
fn goes_on(words: &str, headings: &Headings) -> bool {
    words.starts_with(char::is_lowercase) && !headings.is_exact(words)
}

/// Returns the nesting of the blocks below a line used as a heading. If it is an item of a list in which nothing follows it,
/// that of the blocks after the list.
pub(super) fn nesting(parsed: &ParsedMarkdown, raw: &RawBlock) -> usize {
    let blocks = &parsed.raw_blocks;
    let next = blocks.get(blocks.partition_point(|block| block.span.start <= raw.span.start));
    let ends_list = next.is_some_and(|next| next.nesting <= 1 && next.list != raw.list);
    if raw.list.is_some() && raw.nesting == 1 && ends_list { 0 } else { raw.nesting }
}

/// Returns the lines of a span of `prose`, each trimmed; empty lines are left out.
pub(super) fn lines(prose: &str, span: Span) -> impl Iterator<Item = Span> {
    let mut end = span.start;
    let lines = span.of(prose).split_inclusive('\n').map(move |line| {
        end += line.len();
        let start = end - line.trim_start().len();
        Span::new(start, start + line.trim().len())
    });
    lines.filter(|line| !line.is_empty())
}

fn find(prose: &str, line: Span, bold: Option<Span>, headings: &Headings) -> Option<Label> {
    bold.filter(|run| run.end <= line.end + 2)
        .and_then(|run| find_bold(prose, line, Span::new(line.start, run.end.min(line.end)), headings))
        .or_else(|| find_plain(prose, line, headings))
        .or_else(|| find_dashed(prose, line, headings))
}

/// Finds a bold label: `**Root cause:** text`, `**Root cause**: text`, `**Root cause** - text`, `**Root cause.** text`.
fn find_bold(prose: &str, line: Span, run: Span, headings: &Headings) -> Option<Label> {
    let words = run.of(prose).trim_end();
    let core = words.trim_end_matches([':', '.', ' ']);
    if core.is_empty() || core.len() > LONGEST || core.contains(['\n', '?', '!']) || has_stop(core) {
        return None;
    }
    let rest = &prose[run.end..line.end];
    let colon = words.ends_with(':') || rest.trim_start().starts_with(':');
    let body = line.end - rest.trim_start().trim_start_matches([':', '-', '\u{2013}', '\u{2014}']).len();
    let span = Span::new(run.start, run.start + core.len());
    // Without a colon, bold words such as "The approval." are often the topic of a paragraph.
    let names = |meaning: &Meaning| colon || meaning.role != Role::Appendix && !headings.has_article(core);
    let meaning = headings.label(core).filter(names);
    let label = Label { span, body: body.max(span.end), meaning, bold: true };
    (meaning.is_some() || colon && count_words(core) <= MOST_WORDS).then_some(label)
}

/// Finds a label in plain type: `Root cause: text`.
fn find_plain(prose: &str, line: Span, headings: &Headings) -> Option<Label> {
    let words = plain_words(line.of(prose))?;
    let meaning = headings.label(words);
    let colon = prose[line.start + words.len()..].find(':')?;
    let span = Span::new(line.start, line.start + words.len());
    (meaning.is_some() || is_named(words)).then_some(Label {
        span,
        body: span.end + colon + 1,
        meaning,
        bold: false,
    })
}

/// Returns the words before a colon that may be a label.
fn plain_words(text: &str) -> Option<&str> {
    let colon = text.find(':').filter(|&colon| colon < LONGEST)?;
    let words = text[..colon].trim_end();
    let parted = text[colon + 1..].chars().next().is_none_or(char::is_whitespace);
    (!words.is_empty() && parted && !words.contains(is_no_label) && !has_stop(words)).then_some(words)
}

fn is_named(words: &str) -> bool {
    words.starts_with(char::is_uppercase) && count_words(words) <= MOST_WORDS
}

/// Finds a known label followed by a dash: `Root cause - text`.
fn find_dashed(prose: &str, line: Span, headings: &Headings) -> Option<Label> {
    let text = line.of(prose);
    let at = text.find(DASHES).filter(|&at| at < LONGEST && text[..at].ends_with(' '))?;
    let dash = text[at..].chars().next()?;
    let words = text[..at].trim_end();
    if words.is_empty() || !text[at + dash.len_utf8()..].starts_with(' ') {
        return None;
    }
    let short = is_named(words) && !words.contains(',');
    let meaning = headings.label(words).filter(|_| short)?;
    let span = Span::new(line.start, line.start + words.len());
    Some(Label { span, body: line.start + at + dash.len_utf8() + 1, meaning: Some(meaning), bold: false })
}

fn is_no_label(c: char) -> bool {
    matches!(c, ',' | ';' | '!' | '?' | '"' | '\u{201c}' | '\u{201d}' | '=' | '<' | '>' | '{' | '|' | '\n')
}

/// True if a sentence ends within the words.
fn has_stop(words: &str) -> bool {
    words.match_indices(". ").any(|(at, _)| !words[..at].bytes().all(|byte| byte.is_ascii_digit()))
}

pub(super) fn count_words(text: &str) -> usize {
    text.split_whitespace().count()
}
