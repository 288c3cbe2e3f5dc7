//! Blocks with words other than the author's account, below headings and labels that announce them or in footnotes: titles
//! of other works and, in a template, examples and guidelines.

use crate::document::parsed_markdown::ParsedMarkdown;
use crate::document::quotations::begins_with_number;
use crate::document::{Attribution, Block, BlockKind, Section};
use crate::lexicon::headings::{Announced, Headings};
use crate::model::{Role, Span};

/// Minimum number of blocks with guidance that make a document a template.
const FEWEST: usize = 3;

/// Characters that mark a title: italics, a link, quotation marks.
const TITLE_MARKS: [char; 6] = ['*', '_', '[', '"', '\u{201c}', '\u{2018}'];

/// Sets the attribution of these blocks.
pub(super) fn mark(
    blocks: &mut [Block],
    sections: &[Section],
    source: &str,
    parsed: &ParsedMarkdown,
    headings: &Headings,
) {
    let prose = parsed.prose.as_str();
    let guidance = blocks.iter().filter(|block| block.attribution == Attribution::Guidance);
    let is_template = guidance.count() >= FEWEST;
    let announced = announced(sections, prose, headings);
    for block in blocks.iter_mut().filter(|block| block.attribution == Attribution::Author) {
        let by_label = block.label.and_then(|label| headings.announces(label.of(prose)));
        match by_label.or(announced[block.section.index()]) {
            Some(Announced::Works) if is_title(block, prose) => block.attribution = Attribution::Titles,
            Some(Announced::Examples) if is_template => block.attribution = Attribution::Guidance,
            _ if is_dated_title(block, prose, headings) => block.attribution = Attribution::Titles,
            _ if is_linked_title(block, prose, &parsed.links) => block.attribution = Attribution::Titles,
            _ if cites(block, source, &parsed.footnotes) => block.attribution = Attribution::Titles,
            _ => {}
        }
    }
}

/// Returns for each section what its heading, or that of a section around it, announces.
fn announced(sections: &[Section], prose: &str, headings: &Headings) -> Vec<Option<Announced>> {
    let mut announced: Vec<Option<Announced>> = Vec::with_capacity(sections.len());
    for section in sections {
        let own = section.heading.and_then(|heading| headings.announces(heading.of(prose)));
        let outer = section.parent.and_then(|parent| announced[parent.index()]);
        announced.push(own.or(outer));
    }
    announced
}

/// True if a block holds a title, rather than sentences: in a list or table, or without a stop at its end.
fn is_title(block: &Block, prose: &str) -> bool {
    let is_listed = matches!(block.kind, BlockKind::Item | BlockKind::Cell) || block.label.is_some();
    is_listed || block.kind == BlockKind::Paragraph && !block.span.of(prose).ends_with(['.', '!', '?'])
}

/// True if an item or cell in a section with further material is the title of another incident, with its number or date:
/// "Operator error in the pool (2024-03-01)".
fn is_dated_title(block: &Block, prose: &str, headings: &Headings) -> bool {
    let title = block.span.of(prose);
    let is_labelled = title.split_whitespace().next().is_some_and(|first| first.ends_with(':'));
    let (_, end) = title.strip_suffix(')').and_then(|title| title.rsplit_once('(')).unwrap_or_default();
    let is_date = || headings.dates.is_only_date_time(end) && headings.dates.first_date(end).is_some();
    matches!(block.role, Role::Background | Role::Appendix)
        && matches!(block.kind, BlockKind::Item | BlockKind::Cell)
        && (is_labelled && begins_with_number(title) || is_date())
}

/// True if a block in a section with further material is only a link.
fn is_linked_title(block: &Block, prose: &str, links: &[Span]) -> bool {
    if !matches!(block.role, Role::Background | Role::Appendix) || block.kind == BlockKind::Heading {
        return false;
    }
    let words = block.span.of(prose).trim_end_matches(|sign: char| !sign.is_alphanumeric());
    let end = block.span.start + words.len();
    let at = links.partition_point(|link| link.end < end);
    links.get(at).is_some_and(|link| link.start <= block.span.start)
}

/// True if a block is a footnote that cites a work: it has a title and a year or an address.
fn cites(block: &Block, source: &str, footnotes: &[Span]) -> bool {
    let after = footnotes.partition_point(|footnote| footnote.start <= block.span.start);
    let Some(footnote) = footnotes[..after].last().filter(|footnote| block.span.end <= footnote.end) else {
        return false;
    };
    let text = footnote.of(source);
    let body = text.split_once("]:").map_or(text, |(_, body)| body);
    let is_year = |word: &str| word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    let numbers = body.split(|sign: char| !sign.is_ascii_digit());
    body.contains(TITLE_MARKS) && (numbers.into_iter().any(is_year) || body.contains("://"))
}
