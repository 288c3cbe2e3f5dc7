//! Comments of other dialects: `{/* … */}`, `{{/* … */}}`, `{{!-- … --}}`, `{# … #}`, `%% … %%` and the like.

use aho_corasick::{AhoCorasick, Input, MatchKind};

use crate::document::comments::KINDS;
use crate::document::dialects::code::{Code, What};
use crate::document::dialects::rewriter::{Rewriter, begins_line};
use crate::model::Span;

/// True if a text may hold a comment.
pub(super) fn may_occur(text: &str) -> bool {
    KINDS.iter().any(|kind| text.contains(kind.open))
}

/// Rewrites the comments of a text from byte `body` on.
pub(super) fn rewrite(text: &str, body: usize) -> String {
    let code = Code::find(text, body, What::CodeAndComments);
    let mut finder = Finder { text, to: Rewriter::new(text), unclosed: [false; KINDS.len()] };
    let Ok(openings) = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(KINDS.iter().map(|kind| kind.open))
    else {
        return text.to_owned();
    };
    let mut at = body;
    while let Some(found) = openings.find(Input::new(text).range(at..)) {
        let kind = found.pattern().as_usize();
        at = code
            .end_around(found.start())
            .or_else(|| finder.comment(kind, found.start()))
            .unwrap_or(found.end());
    }
    finder.to.finish()
}

struct Finder<'t> {
    text: &'t str,
    to: Rewriter<'t>,
    /// For each kind: true if the rest of the text has no end of one.
    unclosed: [bool; KINDS.len()],
}

impl Finder<'_> {
    /// Rewrites a comment that begins at `start` and returns its end; `None` if there is none.
    fn comment(&mut self, kind: usize, start: usize) -> Option<usize> {
        let after = start + KINDS[kind].open.len();
        if self.unclosed[kind] || !self.opens(kind, start, after) {
            return None;
        }
        let Some(length) = self.text[after..].find(KINDS[kind].close) else {
            self.unclosed[kind] = true;
            return None;
        };
        let end = after + length + KINDS[kind].close.len();
        if !self.may_span(kind, start, after, after + length) {
            return None;
        }
        if self.is_before_text(start, end) {
            self.to.comment_before_text(Span::new(start, end));
        } else {
            self.to.comment(Span::new(start, end));
        }
        Some(end)
    }

    /// True if a comment stands at the start of a line or list item, with text after it.
    fn is_before_text(&self, start: usize, end: usize) -> bool {
        let is_mark = |sign: char| sign.is_ascii_digit() || " \t>-*+.)".contains(sign);
        let has_text = || self.text[end..].lines().next().is_some_and(|after| !after.trim().is_empty());
        begins_line(self.text, start, is_mark) && has_text()
    }

    /// True if these characters begin a comment, rather than a name, a number or a heading's anchor.
    fn opens(&self, kind: usize, start: usize, after: usize) -> bool {
        let next = self.text[after..].chars().next();
        match KINDS[kind].open {
            "%%" => {
                let is_apart =
                    self.text[..start].chars().next_back().is_none_or(|sign| !sign.is_alphanumeric());
                is_apart && next != Some('%')
            }
            "{#" => next.is_none_or(|sign| sign.is_whitespace() || sign == '-'),
            _ => true,
        }
    }

    /// True if a comment may hold this text: one between two percent signs ends in its line, unless they stand alone.
    fn may_span(&self, kind: usize, start: usize, after: usize, end: usize) -> bool {
        let inner = &self.text[after..end];
        let is_alone = || {
            let is_mark = |sign| matches!(sign, ' ' | '\t' | '>');
            inner.starts_with(['\n', '\r', ' ']) && begins_line(self.text, start, is_mark)
        };
        KINDS[kind].open != "%%" || !inner.contains('\n') || is_alone()
    }
}
