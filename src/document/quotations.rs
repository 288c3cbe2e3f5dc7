//! Passages in quotation marks of any kind, also across sentences, and titles of other incidents in links.

use crate::document::Block;
use crate::lexicon::headings::Headings;
use crate::model::{Role, Span};

/// Opening marks and what closes them.
const MARKS: [(char, &[char]); 12] = [
    ('"', &['"', '\u{201d}']),
    ('\u{201c}', &['\u{201d}', '"']),
    ('\u{201e}', &['\u{201c}', '\u{201d}', '"']),
    ('\u{ab}', &['\u{bb}']),
    ('\u{bb}', &['\u{ab}']),
    ('\'', &['\'', '\u{2019}']),
    ('\u{2018}', &['\u{2019}', '\'']),
    ('\u{201a}', &['\u{2018}', '\u{2019}']),
    ('\u{2039}', &['\u{203a}']),
    ('\u{203a}', &['\u{2039}']),
    ('\u{300c}', &['\u{300d}']),
    ('\u{300e}', &['\u{300f}']),
];
/// Marks that are also apostrophes.
const APOSTROPHES: [char; 2] = ['\'', '\u{2019}'];
/// Maximum length of a quotation in bytes.
const LONGEST: usize = 600;
/// Minimum number of words of a title, with its number.
const FEWEST_OF_TITLE: usize = 3;
/// Number of bytes before a link in which words that cite it are looked for.
const CITATION: usize = 40;

/// Returns the quotations in all blocks, in order.
pub(super) fn find(prose: &str, blocks: &[Block], links: &[Span], headings: &Headings) -> Vec<Span> {
    let mut found = Vec::new();
    for block in blocks {
        in_block(prose, block.span, &mut found);
        let from = links.partition_point(|link| link.end <= block.span.start);
        let of_block = links[from..].iter().take_while(|link| link.start < block.span.end);
        let titles = of_block.filter(|link| is_title(prose, block, **link, headings));
        found.extend(titles.map(|link| Span::new(link.start, link.end)));
    }
    found.sort();
    found
}

fn in_block(prose: &str, block: Span, found: &mut Vec<Span>) {
    let mut at = block.start;
    while let Some((offset, mark)) = prose[at..block.end].char_indices().find(|(_, sign)| is_mark(*sign)) {
        let start = at + offset;
        at = start + mark.len_utf8();
        let end = if opens(prose, block, start, mark) { closing(prose, block, at, mark) } else { None };
        if let Some(end) = end {
            found.push(Span::new(start, end));
            at = end;
        }
    }
}

fn is_mark(sign: char) -> bool {
    MARKS.iter().any(|(open, _)| *open == sign)
}

/// True if a mark begins a quotation: it stands before a word, not after one, and not before a number ("the '90s").
fn opens(prose: &str, block: Span, start: usize, mark: char) -> bool {
    let before = prose[block.start..start].chars().next_back();
    let next = prose[start + mark.len_utf8()..block.end].chars().next();
    let is_number = mark == '\'' && next.is_some_and(|next| next.is_ascii_digit());
    let is_wide = matches!(mark, '\u{300c}' | '\u{300e}');
    let is_apart = before.is_none_or(|before| !before.is_alphanumeric());
    next.is_some_and(|next| !next.is_whitespace()) && (is_apart || is_wide) && !is_number
}

/// Returns the end of the quotation whose text begins at `from`.
fn closing(prose: &str, block: Span, from: usize, mark: char) -> Option<usize> {
    let (_, marks) = MARKS.iter().find(|(open, _)| *open == mark)?;
    let reach = &prose[from..prose.floor_char_boundary(block.end.min(from + LONGEST))];
    let closes = |&(at, sign): &(usize, char)| {
        marks.contains(&sign) && at > 0 && (!APOSTROPHES.contains(&sign) || ends_word(reach, at, sign))
    };
    let mut all = reach.char_indices().filter(closes);
    let first = all.next()?;
    // "the users' keys" has an apostrophe after its "s"; the quotation ends later, if it does.
    let is_doubtful = APOSTROPHES.contains(&first.1) && reach[..first.0].ends_with('s');
    let (at, sign) = if is_doubtful { all.next().unwrap_or(first) } else { first };
    Some(from + at + sign.len_utf8())
}

/// True if a mark stands at the end of a word.
fn ends_word(text: &str, at: usize, mark: char) -> bool {
    let after = text[at + mark.len_utf8()..].chars().next();
    !text[..at].ends_with(char::is_whitespace) && after.is_none_or(|after| !after.is_alphanumeric())
}

/// True if a link shows the title of another work: one with a number, or one that the words before it cite.
fn is_title(prose: &str, block: &Block, link: Span, headings: &Headings) -> bool {
    let words = link.of(prose).trim_start_matches(|sign: char| !sign.is_alphanumeric());
    let before = &prose[block.span.start.min(link.start)..link.start];
    let before = &before[before.ceil_char_boundary(before.len().saturating_sub(CITATION))..];
    let is_cited = || words.starts_with(char::is_uppercase) && headings.cites(before);
    words.split_whitespace().count() >= FEWEST_OF_TITLE && (names_an_incident(block, words) || is_cited())
}

/// True if a title begins with the number of an incident: "INC-12: operator error in the pool". Actions and timelines link
/// to tickets in the same way, but there the words are their own.
fn names_an_incident(block: &Block, title: &str) -> bool {
    !matches!(block.role, Role::Actions | Role::Timeline) && begins_with_number(title)
}

/// True if a title begins with the number of an incident.
pub(super) fn begins_with_number(title: &str) -> bool {
    let first = title.split_whitespace().next().unwrap_or_default().trim_end_matches(':');
    first.contains('-') && first.ends_with(|sign: char| sign.is_ascii_digit())
}
