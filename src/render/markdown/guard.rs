//! What a change does to the check of itself, or of later ones, as the last part of a comment.

use crate::render::markdown::bounded;
use crate::render::markdown_escape::code;
use crate::render::summary;
use crate::report::{Guard, GuardKind};

/// Rows; what is beyond them is counted.
const MOST: usize = 10;

/// The part, which is empty if the change leaves its check alone.
pub(super) fn part(guards: &[Guard]) -> String {
    if guards.is_empty() {
        return String::new();
    }
    let rows = rows(guards);
    let more = rows.len().saturating_sub(MOST);
    let shown: String = rows.into_iter().take(MOST).collect();
    let more = if more > 0 { format!("- and {more} more\n") } else { String::new() };
    format!("**This change touches its own check:**\n\n{shown}{more}\n")
}

/// A row each, but one for all new comments of a document.
fn rows(guards: &[Guard]) -> Vec<String> {
    let is_allow = |guard: &&Guard| guard.kind == GuardKind::Allow;
    let others =
        guards.iter().filter(|guard| !is_allow(guard)).map(|guard| row(&guard.path, &[], &guard.message));
    let mut documents: Vec<(&str, Vec<&Guard>)> = Vec::new();
    for guard in guards.iter().filter(is_allow) {
        match documents.iter_mut().find(|(path, _)| *path == guard.path) {
            Some((_, comments)) => comments.push(guard),
            None => documents.push((&guard.path, vec![guard])),
        }
    }
    others.chain(documents.into_iter().map(|(path, comments)| allowing(path, &comments))).collect()
}

/// The new comments of one document.
fn allowing(path: &str, comments: &[&Guard]) -> String {
    let lines: Vec<usize> = comments.iter().filter_map(|guard| guard.line).collect();
    match comments {
        [one] => row(path, &lines, &one.message),
        many => row(path, &lines, &format!("{} new comments allow findings", many.len())),
    }
}

fn row(path: &str, lines: &[usize], message: &str) -> String {
    let lines = summary::lines(lines).map_or_else(String::new, |lines| format!(", {lines}"));
    format!("- {}{lines}: {}\n", code(path), bounded(message))
}
