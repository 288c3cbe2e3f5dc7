//! Imports and exports of MDX: statements of JavaScript between paragraphs.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::dialects::code::{Code, What};
use crate::document::dialects::rewriter::{Rewriter, lines};
use crate::model::Span;

/// Maximum number of lines after a blank one that belong to a statement.
const LONGEST: usize = 50;

/// The beginning of a statement, which prose does not share.
static STATEMENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let import = r#"import\s*(?:(?:type\s+)?(?:[\w$*]+(?:\s+as\s+[\w$]+)?|\{[^}]*\}|,|\s)+\sfrom\s*)?["'][^"']+["']\s*;?[ \t\r]*(?:\n|$)"#;
    let names = r"const|let|var|function|async\s+function|class|type|interface|enum";
    let declared = format!(r"export\s+(?:(?:{names})\s+[\w$]+\s*[=({{<:]|[{{*])");
    let default =
        r"export\s+default\s+(?:[({]|(?:async\s+)?function\b|class\b|[\w$]+(?:\(.*)?;?[ \t\r]*(?:\n|$))";
    Regex::new(&format!(r"\A(?:{import}|{declared}|{default})")).ok()
});

/// True if a text may hold a statement.
pub(super) fn may_occur(text: &str) -> bool {
    text.contains("import") || text.contains("export")
}

/// Blanks the statements of a text from byte `body` on.
pub(super) fn rewrite(text: &str, body: usize) -> String {
    let code = Code::find(text, body, What::CodeAndComments);
    let mut to = Rewriter::new(text);
    let lines: Vec<Span> = lines(text, body).collect();
    let (mut at, mut is_start) = (0, true);
    while let Some(line) = lines.get(at) {
        let is_code = code.end_around(line.start).is_some();
        let length = if is_start && !is_code { length(text, &lines[at..]) } else { 0 };
        for line in &lines[at..at + length] {
            to.blank(*line);
        }
        is_start = length > 0 || is_blank(text, line);
        at += length.max(1);
    }
    to.finish()
}

fn is_blank(text: &str, line: &Span) -> bool {
    line.of(text).trim().is_empty()
}

/// Returns the number of lines of the statement that these lines begin with, 0 if they do not: up to the first blank line at
/// which every bracket is closed, or else up to the first blank line.
fn length(text: &str, lines: &[Span]) -> usize {
    if !["import", "export"].into_iter().any(|word| lines[0].of(text).starts_with(word)) {
        return 0;
    }
    let paragraph = lines.iter().position(|line| is_blank(text, line)).unwrap_or(lines.len());
    let words = Span::new(lines[0].start, lines[paragraph - 1].end).of(text);
    if !STATEMENT.as_ref().is_some_and(|regex| regex.is_match(words)) {
        return 0;
    }
    let mut open = 0_i32;
    for (at, line) in lines.iter().enumerate().take(paragraph + LONGEST) {
        if open <= 0 && is_blank(text, line) {
            return at;
        }
        open += depth(line.of(text));
    }
    paragraph
}

/// Returns how many more brackets a line opens than it closes.
fn depth(line: &str) -> i32 {
    line.chars().fold(0, |depth, sign| match sign {
        '(' | '[' | '{' => depth + 1,
        ')' | ']' | '}' => depth - 1,
        _ => depth,
    })
}
