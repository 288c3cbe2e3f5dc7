//! Formulas: `$$ … $$` and `$ … $` with a command such as `\frac`. They are no text.

use crate::document::dialects::code::{Code, What};
use crate::document::dialects::rewriter::Rewriter;
use crate::model::Span;

/// Maximum length of a formula in bytes.
const LONGEST: usize = 2_000;

/// True if a text may hold a formula.
pub(super) fn may_occur(text: &str) -> bool {
    text.contains('$')
}

/// Blanks the formulas of a text from byte `body` on.
pub(super) fn rewrite(text: &str, body: usize) -> String {
    let code = Code::find(text, body, What::CodeAndComments);
    let mut to = Rewriter::new(text);
    let mut at = body;
    while let Some(start) = text[at..].find('$').map(|found| at + found) {
        at = start + 1;
        if let Some(end) = code.end_around(start) {
            at = end;
        } else if let Some(end) = end(text, start) {
            to.blank(Span::new(start, end));
            at = end;
        }
    }
    to.finish()
}

/// Returns the end of the formula that begins at `start`.
fn end(text: &str, start: usize) -> Option<usize> {
    let is_block = text[start..].starts_with("$$");
    let (mark, from) = if is_block { ("$$", start + 2) } else { ("$", start + 1) };
    let length = text[from..text.floor_char_boundary(from + LONGEST)].find(mark)?;
    let formula = &text[from..from + length];
    let has_blank_line = formula.lines().skip(1).any(|line| line.trim().is_empty() && is_block);
    let is_apart = has_blank_line || !is_block && formula.contains('\n');
    let is_formula =
        is_block && !formula.trim().is_empty() || formula.contains('\\') && formula.trim() == formula;
    (is_formula && !is_apart).then_some(from + length + mark.len())
}
