//! Whether a file that was found by walking is a postmortem at all.

use crate::document::Document;
use crate::lexicon::Lexicon;
use crate::model::Role;
use crate::source::Source;

/// Lines that begin with a time or date, from which on they count as a timeline.
const DATED_LINES: usize = 3;

/// Marks that make a postmortem: sections of four kinds, a telling file name, dated lines.
const ENOUGH_MARKS: usize = 2;

/// How a comment of this program begins, which quotes postmortems and is none.
const OWN_COMMENT: &str = "<!-- rcalint:";

/// Whether at least two marks of a postmortem are there.
pub fn looks_like_postmortem(source: &Source, lexicon: &Lexicon) -> bool {
    is_postmortem(&Document::parse(source, &lexicon.headings), lexicon)
}

/// The same of a document that is parsed already.
pub fn is_postmortem(document: &Document<'_>, lexicon: &Lexicon) -> bool {
    let source = document.source;
    if source.text.starts_with(OWN_COMMENT) {
        return false;
    }
    let has = |role: Role| document.blocks.iter().any(|block| block.role == role);
    let roles = [Role::Cause, Role::Timeline, Role::Impact, Role::Actions]
        .into_iter()
        .filter(|&role| has(role))
        .count();
    let named = usize::from(lexicon.names_a_postmortem(file_name(&source.path)));
    let dated = usize::from(source.text.lines().filter(|line| is_dated(line)).count() >= DATED_LINES);
    roles + named + dated >= ENOUGH_MARKS
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Whether a line begins, after list or table marks, with a time of day or a date.
fn is_dated(line: &str) -> bool {
    let start = line.trim_start_matches([' ', '\t', '-', '*', '|', '[', '+', '_', '`']);
    let digits = start.bytes().take_while(u8::is_ascii_digit).count();
    let after = start.as_bytes().get(digits).copied();
    let next = start.as_bytes().get(digits + 1).is_some_and(u8::is_ascii_digit);
    next && matches!((digits, after), (1 | 2, Some(b':' | b'.' | b'/')) | (4, Some(b'-' | b'/')))
}

#[cfg(test)]
mod tests {
    use super::is_dated;

    #[test]
    fn a_dated_line_begins_with_a_time_or_date() {
        for line in
            ["14:02 first parsed", "- 2026-01-02 03:04 restart", "| 09:15 | alert |", "* **14:20** back"]
        {
            assert!(is_dated(line), "{line}");
        }
        for line in ["14 pods were lost", "v1.2 is out", "Timeline", "1. restart"] {
            assert!(!is_dated(line), "{line}");
        }
    }
}
