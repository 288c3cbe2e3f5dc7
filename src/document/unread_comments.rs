//! Comments addressed to this program that the parser does not see: never closed, or where it reads no comments.

use crate::document::Comment;
use crate::document::comments::{KINDS, OPEN};
use crate::document::dialects::code::{Code, What};
use crate::model::Span;

/// The word that addresses a comment to this program.
const ADDRESS: &str = "rcalint-allow";

/// Adds these comments, each up to the end of its line, so that they are reported as unused.
pub(super) fn add(text: &str, body: usize, comments: &mut Vec<Comment>) {
    let known: Vec<Span> = comments.iter().map(|comment| comment.span).collect();
    let is_read = |at: usize| {
        let after = known.partition_point(|span| span.start <= at);
        known[..after].last().is_some_and(|span| at < span.end)
    };
    let mut unread =
        text[body..].match_indices(ADDRESS).map(|(at, _)| at + body).filter(|&at| !is_read(at)).peekable();
    if unread.peek().is_none() {
        return;
    }
    let code = Code::find(text, body, What::Code);
    let found = unread.filter(|&at| code.end_around(at).is_none()).filter_map(|at| comment(text, body, at));
    let found: Vec<Comment> = found.collect();
    comments.extend(found);
    comments.sort_by_key(|comment| comment.span);
}

/// Returns the comment whose first word is at this offset.
fn comment(text: &str, body: usize, at: usize) -> Option<Comment> {
    let before = text[body..at].trim_end();
    let opens = KINDS.iter().map(|kind| kind.open).chain([OPEN]);
    let open = opens.filter(|open| before.ends_with(open)).map(str::len).max()?;
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    let span = Span::new(body + before.len() - open, end);
    Some(Comment { span, is_read: false, scope: None })
}
