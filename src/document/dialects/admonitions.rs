//! Blocks with an indented body: `!!! note "Title"`, `??? note`, `=== "Tab"`. The line becomes a list item, whose content
//! the body then is.

use crate::document::dialects::rewriter::Rewriter;
use crate::document::dialects::titles;
use crate::model::Span;

/// What a block begins with; the longest first.
const MARKS: [&str; 6] = ["???+", "===!", "===+", "!!!", "???", "==="];
/// Number of columns by which a body is indented.
const INDENT: usize = 4;
/// A list item, followed by the heading in it.
const ITEM: &str = "1) ";

/// Rewrites a line from `start` on, if it begins such a block; `rest` are the lines below.
pub(super) fn rewrite(to: &mut Rewriter<'_>, line: Span, start: usize, rest: Span) -> bool {
    let source = Span::new(start, line.end).of(to.text);
    let Some(mark) = MARKS.iter().find(|mark| source.starts_with(**mark)) else { return false };
    let title = titles::in_quotes(to.text, Span::new(start, line.end));
    let is_tab = mark.starts_with('=');
    let is_block = source[mark.len()..].starts_with(' ')
        && (title.is_some() || !is_tab && names_a_type(&source[mark.len()..]))
        && is_body(rest.of(to.text), column(line, start) + INDENT);
    if !is_block {
        return false;
    }
    let title = title.unwrap_or(Span::new(line.end, line.end));
    to.head(Span::new(start + ITEM.len(), title.start), title, line.end);
    to.write(start, ITEM);
    true
}

/// True if these are the classes of a block, perhaps with an empty title.
fn names_a_type(words: &str) -> bool {
    let words = words.trim().trim_end_matches("\"\"").trim_end();
    !words.is_empty() && words.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_' | ' '))
}

fn column(line: Span, at: usize) -> usize {
    at - line.start
}

/// True if the next line with text is indented at least this far.
fn is_body(rest: &str, indent: usize) -> bool {
    let line = rest.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let blanks = line.len() - line.trim_start_matches([' ', '\t', '>']).len();
    let tabs = line[..blanks].matches('\t').count();
    blanks + tabs * (INDENT - 1) >= indent
}
