//! Decides whether a file found in a folder is a postmortem.

use crate::document::Document;
use crate::lexicon::Lexicon;
use crate::model::Role;
use crate::source::Source;

/// Minimum number of lines beginning with a time or date that make a timeline.
const DATED_LINES: usize = 3;

/// Minimum number of signs: sections with four roles, a typical file name, dated lines.
const ENOUGH_MARKS: usize = 2;

/// The start of a comment written by this program: it quotes postmortems but is not one.
const OWN_COMMENT: &str = "<!-- rcalint:";

/// True if a source shows at least two signs of a postmortem.
pub fn looks_like_postmortem(source: &Source, lexicon: &Lexicon) -> bool {
    is_postmortem(&Document::parse(source, &lexicon.headings), lexicon)
}

/// True if a parsed document shows at least two signs of a postmortem.
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
    roles + named + usize::from(has_dated_lines(source, lexicon)) >= ENOUGH_MARKS
}

fn has_dated_lines(source: &Source, lexicon: &Lexicon) -> bool {
    let is_dated = |line: &&str| lexicon.headings.dates.at_line_start(line).is_some();
    source.text.lines().filter(is_dated).count() >= DATED_LINES
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
