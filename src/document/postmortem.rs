//! Decides whether a file found in a folder is a postmortem.

use crate::document::Document;
use crate::lexicon::Lexicon;
use crate::model::Role;
use crate::source::Source;

/// Minimum number of lines beginning with a time or date that make a timeline.
const DATED_LINES: usize = 3;

/// Minimum number of signs: parts of a postmortem, a typical name or folder, dated lines. A document that calls itself a
/// postmortem needs no more.
const ENOUGH_MARKS: usize = 2;

/// Parts of a postmortem.
const PARTS: [&[Role]; 4] =
    [&[Role::Cause, Role::ContributingFactors], &[Role::Timeline], &[Role::Impact], &[Role::Actions]];

/// The start of a comment written by this program: it quotes postmortems but is not one.
const OWN_COMMENT: &str = "<!-- rcalint:";

/// True if a source calls itself a postmortem, or shows at least two signs of one.
pub fn looks_like_postmortem(source: &Source, lexicon: &Lexicon) -> bool {
    is_postmortem(&Document::parse(source, &lexicon.headings), lexicon)
}

/// True if a parsed document calls itself a postmortem, or shows at least two signs of one.
pub fn is_postmortem(document: &Document<'_>, lexicon: &Lexicon) -> bool {
    let source = document.source;
    if source.text.starts_with(OWN_COMMENT) {
        return false;
    }
    let title = document.title.map_or("", |title| title.of(&document.prose));
    let kinds = &lexicon.headings.kinds;
    if lexicon.headings.says_postmortem(title)
        || document.kinds.iter().any(|kind| kinds.is_value(kind.of(&source.text)))
    {
        return true;
    }
    let has = |roles: &&&[Role]| document.blocks.iter().any(|block| roles.contains(&block.role));
    let (folder, file) = source.path.rsplit_once('/').unwrap_or(("", &source.path));
    let is_named = lexicon.names_a_postmortem(file)
        || lexicon.titles_a_postmortem(title)
        || folder.split('/').any(|name| kinds.is_folder(name));
    let parts = PARTS.iter().filter(has).count();
    parts + usize::from(is_named) + usize::from(has_dated_lines(document, lexicon)) >= ENOUGH_MARKS
}

fn has_dated_lines(document: &Document<'_>, lexicon: &Lexicon) -> bool {
    let text = if document.is_page() { &document.prose } else { &document.source.text };
    let is_dated = |line: &&str| lexicon.headings.dates.at_line_start(line).is_some();
    text.lines().filter(is_dated).count() >= DATED_LINES
}
