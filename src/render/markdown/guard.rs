//! The last part of a comment: how the change under review affects the check itself.

use crate::render::markdown_escape::{bounded, code};
use crate::render::summary;
use crate::report::{Guard, GuardKind};

/// Maximum number of rows; any others are only counted.
const MAX_ROWS: usize = 10;

/// Returns this part; empty if the change does not affect the check.
pub(super) fn part(guards: &[Guard]) -> String {
    if guards.is_empty() {
        return String::new();
    }
    let rows = rows(guards);
    let more = rows.len().saturating_sub(MAX_ROWS);
    let shown: String = rows.into_iter().take(MAX_ROWS).collect();
    let more = if more > 0 { format!("- and {more} more\n") } else { String::new() };
    format!("**This change touches its own check:**\n\n{shown}{more}\n")
}

/// Returns one row per guard, and a single row for all new comments in a document.
fn rows(guards: &[Guard]) -> Vec<String> {
    let is_allow = |guard: &&Guard| guard.kind == GuardKind::Allow;
    let others =
        guards.iter().filter(|guard| !is_allow(guard)).map(|guard| row(&guard.path, &[], &guard.message));
    let comments: Vec<&Guard> = guards.iter().filter(is_allow).collect();
    let documents = comments.chunk_by(|one, next| one.path == next.path);
    others.chain(documents.map(|comments| allowing(&comments[0].path, comments))).collect()
}

/// Returns the row for the new comments in one document.
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
