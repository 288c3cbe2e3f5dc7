//! Texts of which every line is indented, as in an e-mail that was pasted. For Markdown all of such a text is code.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

use crate::document::markdown::options;
use crate::model::Span;

/// A text without the indentation that all its lines share.
pub(in crate::document) struct Outdented<'t> {
    pub(in crate::document) text: Cow<'t, str>,
    /// For each line: its offset in this text and the number of bytes removed up to its start.
    lines: Vec<(usize, usize)>,
}

/// Returns a text as its readers see it: without the indentation that makes all of it code.
pub(super) fn shown(text: &str) -> Outdented<'_> {
    outdent(text).unwrap_or(Outdented { text: Cow::Borrowed(text), lines: Vec::new() })
}

/// Removes the indentation of a text that is nothing but indented code. Returns `None` for any other text.
pub(in crate::document) fn outdent(text: &str) -> Option<Outdented<'static>> {
    let has_words = |line: &&str| !line.trim().is_empty();
    let first = text.lines().find(has_words)?;
    let indent = &first[..first.len() - first.trim_start_matches([' ', '\t']).len()];
    let common = |indent: usize, line: &str| {
        line.bytes().zip(first.bytes()).take(indent).take_while(|(a, b)| a == b).count()
    };
    let indent = text.lines().filter(has_words).fold(indent.len(), common);
    if indent == 0 || !is_code(text) {
        return None;
    }
    let (mut shown, mut lines, mut removed) = (String::with_capacity(text.len()), Vec::new(), 0);
    for line in text.split_inclusive('\n') {
        let rest = line.get(indent..).filter(|_| has_words(&line)).unwrap_or(line);
        removed += line.len() - rest.len();
        lines.push((shown.len(), removed));
        shown += rest;
    }
    Some(Outdented { text: Cow::Owned(shown), lines })
}

/// True if a text has blocks, and all of them are indented code.
fn is_code(text: &str) -> bool {
    let mut blocks =
        Parser::new_ext(text, options()).filter(|event| matches!(event, Event::Start(_))).peekable();
    blocks.peek().is_some()
        && blocks.all(|block| matches!(block, Event::Start(Tag::CodeBlock(CodeBlockKind::Indented))))
}

impl Outdented<'_> {
    /// True if any indentation was removed.
    pub(super) const fn is_outdented(&self) -> bool {
        matches!(self.text, Cow::Owned(_))
    }

    /// Returns the span of a range of this text in a document that has the original text at byte `base`.
    pub(super) fn original(&self, range: &Range<usize>, base: usize) -> Span {
        let start = self.offset(range.start);
        let end = if range.is_empty() { start } else { self.offset(range.end - 1) + 1 };
        Span::new(base + start, base + end)
    }

    fn offset(&self, at: usize) -> usize {
        let line = self.lines.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        at + self.lines.get(line).map_or(0, |(_, removed)| *removed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_text_of_indented_code_is_outdented() {
        let text = |text| outdent(text).map(|outdented| outdented.text.into_owned());
        assert_eq!(text("    # a\n\n      b\r\n    c").unwrap(), "# a\n\n  b\r\nc");
        assert_eq!(text("\n\ta\n\tb\n").unwrap(), "\na\nb\n");
        for other in ["", "  \n", "a\n\n    b", "   a", "    a\n  b", "    a\n\n- b", "```\na\n```"] {
            assert_eq!(text(other), None, "{other:?}");
        }
    }

    #[test]
    fn offsets_lead_back_to_the_same_words() {
        let text = "\n    # \u{e9}\n\n      b\n    c";
        let outdented = outdent(text).unwrap();
        for (at, sign) in outdented.text.char_indices() {
            let end = at + sign.len_utf8();
            assert_eq!(outdented.original(&(at..end), 0).of(text), &outdented.text[at..end]);
        }
        let all = outdented.original(&(0..outdented.text.len()), 0);
        assert_eq!(all, Span::new(0, text.len()));
    }
}
