//! Labels: the words before a colon, or in bold, that say what the text after them is.

use memchr::{memchr, memchr2};

use crate::document::raw_block::{ParsedMarkdown, RawBlock};
use crate::lexicon::headings::{Headings, Meaning};
use crate::model::Role;
use crate::model::Span;

/// Bytes of a line in which a label may stand.
const LONGEST: usize = 90;
/// Words of a label that no heading is known for.
const MOST_WORDS: usize = 5;

/// A label at the head of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label {
    /// Its words, without colon or stop.
    pub(super) span: Span,
    /// Where the text after it begins, white space included.
    pub(super) body: usize,
    /// What it names, if it is known.
    pub(super) meaning: Option<Meaning>,
    /// Whether it is in bold.
    pub(super) bold: bool,
}

/// A labelled line with the lines that go on from it, or what comes before the first label.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// All of it, label included.
    pub(super) span: Span,
    /// Its label.
    pub(super) label: Option<Label>,
}

/// Cuts a leaf at its labelled lines; `parts`, which is empty, takes what comes out.
pub(super) fn parts(parsed: &ParsedMarkdown, raw: &RawBlock, headings: &Headings, parts: &mut Vec<Part>) {
    let prose = parsed.prose.as_str();
    let mut strong = parsed.strong(raw).iter().peekable();
    for line in lines(prose, raw.span) {
        while strong.peek().is_some_and(|run| run.end <= line.start) {
            strong.next();
        }
        let bold = strong.peek().map(|run| **run).filter(|run| run.start <= line.start);
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
}

/// Whether a line begins with a label, known or not.
pub(super) fn opens_line(line: &str, headings: &Headings) -> bool {
    let opens = |words: &str| is_named(words) || headings.label(words).is_some() && !goes_on(words, headings);
    plain_words(line).is_some_and(opens)
}

/// Whether words before a colon go on from the line above rather than name what comes: they begin with a small letter, and
/// are not a name by themselves.
fn goes_on(words: &str, headings: &Headings) -> bool {
    words.starts_with(char::is_lowercase) && !headings.is_exact(words)
}

/// Lines of a span, each without white space around it; empty ones are left out.
pub(super) fn lines(prose: &str, span: Span) -> impl Iterator<Item = Span> {
    let mut at = span.start;
    std::iter::from_fn(move || {
        let start = at;
        let rest = prose.get(start..span.end).filter(|rest| !rest.is_empty())?;
        at = memchr(b'\n', rest.as_bytes()).map_or(span.end, |feed| start + feed + 1);
        let line = &prose[start..at];
        let from = at - line.trim_start().len();
        Some(Span::new(from, start + line.trim_end().len()))
    })
    .filter(|line| !line.is_empty())
}

fn find(prose: &str, line: Span, bold: Option<Span>, headings: &Headings) -> Option<Label> {
    bold.filter(|run| run.end <= line.end + 2)
        .and_then(|run| find_bold(prose, line, Span::new(line.start, run.end.min(line.end)), headings))
        .or_else(|| find_plain(prose, line, headings))
        .or_else(|| find_dashed(prose, line, headings))
}

/// `**Root cause:** text`, `**Root cause**: text`, `**Root cause** - text`, `**Root cause.** text`.
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
    // Without a colon, bold words such as "The approval." are as likely the topic of a paragraph.
    let names = |meaning: &Meaning| colon || meaning.role != Role::Appendix && !headings.has_article(core);
    let meaning = headings.label(core).filter(names);
    let label = Label { span, body: body.max(span.end), meaning, bold: true };
    (meaning.is_some() || colon && count_words(core) <= MOST_WORDS).then_some(label)
}

/// `Root cause: text`.
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

/// The words before a colon that may be a label.
fn plain_words(text: &str) -> Option<&str> {
    let head = &text.as_bytes()[..text.len().min(LONGEST)];
    let colon = memchr(b':', head)?;
    let words = text[..colon].trim_end();
    let parted = text[colon + 1..].chars().next().is_none_or(char::is_whitespace);
    (!words.is_empty() && parted && !words.contains(is_no_label) && !has_stop(words)).then_some(words)
}

fn is_named(words: &str) -> bool {
    words.starts_with(char::is_uppercase) && count_words(words) <= MOST_WORDS
}

/// `Root cause - text`, for known labels only.
fn find_dashed(prose: &str, line: Span, headings: &Headings) -> Option<Label> {
    let text = line.of(prose);
    let head = &text.as_bytes()[..text.len().min(LONGEST)];
    let at = memchr2(b'-', 0xe2, head).filter(|&at| at > 1 && head[at - 1] == b' ')?;
    let dash = ["- ", "\u{2013} ", "\u{2014} "].into_iter().find(|dash| text[at..].starts_with(dash))?;
    let words = text[..at].trim_end();
    let short = is_named(words) && !words.contains(',');
    let meaning = headings.label(words).filter(|_| short)?;
    let span = Span::new(line.start, line.start + words.len());
    Some(Label { span, body: line.start + at + dash.len(), meaning: Some(meaning), bold: false })
}

fn is_no_label(c: char) -> bool {
    matches!(c, ',' | ';' | '!' | '?' | '"' | '\u{201c}' | '\u{201d}' | '=' | '<' | '>' | '{' | '|' | '\n')
}

/// Whether a sentence ends within.
fn has_stop(words: &str) -> bool {
    words.match_indices(". ").any(|(at, _)| !words[..at].bytes().all(|byte| byte.is_ascii_digit()))
}

pub(super) fn count_words(text: &str) -> usize {
    // A byte holds the count of a short text, and many of them are added at once.
    if !text.is_ascii() || text.is_empty() || text.len() > usize::from(u8::MAX) {
        return text.split_whitespace().count();
    }
    let blank = |byte: u8| (byte == b' ') | (byte.wrapping_sub(b'\t') <= b'\r' - b'\t');
    let begins = |(before, byte): (&u8, &u8)| u8::from(blank(*before) & !blank(*byte));
    let bytes = text.as_bytes();
    let later: u8 = bytes.iter().zip(&bytes[1..]).map(begins).sum();
    usize::from(later) + usize::from(!blank(bytes[0]))
}

#[cfg(test)]
mod tests {
    use super::count_words;

    proptest::proptest! {
        /// The count by bytes is the count by characters.
        #[test]
        fn words_of_ascii_are_words(text in "[a-c \t\n\u{b}\u{c}\r\u{1a}\u{1f}]{0,40}") {
            proptest::prop_assert_eq!(count_words(&text), text.split_whitespace().count());
        }
    }
}
