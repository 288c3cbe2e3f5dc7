//! Fences that hold text, not code, because of a name after the mark: `{note}`, `admonish note`, `ad-note`. They may be within
//! each other, the outer ones longer.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

use crate::document::dialects::rewriter::{Rewriter, lines};
use crate::document::dialects::{Region, titles};
use crate::document::markdown::options;
use crate::model::Span;

/// Names of directives that hold text.
const PROSE: [&str; 24] = [
    "admonition",
    "attention",
    "aside",
    "callout",
    "card",
    "caution",
    "danger",
    "details",
    "dropdown",
    "epigraph",
    "error",
    "grid",
    "hint",
    "important",
    "margin",
    "note",
    "pull-quote",
    "seealso",
    "sidebar",
    "tab-item",
    "tab-set",
    "tip",
    "topic",
    "warning",
];
/// Names of those that hold a quotation.
const QUOTE: [&str; 2] = ["epigraph", "pull-quote"];
/// What other names begin with.
const PLAIN: [&str; 2] = ["admonish", "ad-"];
/// The title of a fence, among the options at its head.
const TITLE: &str = "title:";
/// Options at the head of a fence, besides those between colons.
const OPTIONS: [&str; 4] = [TITLE, "collapse:", "icon:", "color:"];
/// Maximum depth of fences within each other.
const DEEPEST: usize = 6;

/// True if a text may hold such a fence.
pub(super) fn may_occur(text: &str) -> bool {
    ["```{", "~~~{"].iter().chain(&PLAIN).any(|mark| text.contains(mark))
}

/// Rewrites the fences of a text from byte `body` on.
pub(super) fn rewrite(text: &str, body: usize, regions: &mut Vec<Region>) -> String {
    let mut text = text.to_owned();
    for _ in 0..DEEPEST {
        if !may_occur(&text) {
            break;
        }
        let found = find(&text, body);
        if found.is_empty() {
            break;
        }
        let mut to = Rewriter::new(&text);
        for (span, name) in found {
            fence(&mut to, span, &name, regions);
        }
        text = to.finish();
    }
    text
}

/// Returns the fences that hold text, with their names.
fn find(text: &str, body: usize) -> Vec<(Span, String)> {
    let events = Parser::new_ext(&text[body..], options()).into_offset_iter();
    let fences = events.filter_map(|(event, range)| {
        let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = event else { return None };
        let name = name(&info)?;
        Some((Span::new(range.start + body, range.end + body), name.to_owned()))
    });
    fences.collect()
}

/// Returns the name of a fence that holds text.
fn name(info: &str) -> Option<&str> {
    let in_braces = info.strip_prefix('{').and_then(|rest| rest.split_once('}')).map(|(name, _)| name);
    let plain =
        || info.split_whitespace().next().filter(|word| PLAIN.iter().any(|mark| word.starts_with(mark)));
    in_braces.filter(|name| PROSE.contains(name)).or_else(plain)
}

/// Rewrites one fence: its first and last line, and the options at its head.
fn fence(to: &mut Rewriter<'_>, span: Span, name: &str, regions: &mut Vec<Region>) {
    let all: Vec<Span> = lines(&to.text[..span.end], span.start).collect();
    let Some((first, rest)) = all.split_first() else { return };
    let after = first.of(to.text).find('}').map_or(first.end, |at| first.start + at + 1);
    let bare = || titles::bare(to.text, Span::new(after, first.end));
    match titles::in_attribute(to.text, *first).or_else(bare) {
        Some(title) => to.head(*first, title, first.end),
        None => to.blank(*first),
    }
    let is_option = |line: &&Span| is_option(line.of(to.text));
    let options: Vec<Span> = rest.iter().take_while(is_option).copied().collect();
    for line in options {
        match titled(to.text, line) {
            Some(title) => to.head(line, title, line.end),
            None => to.blank(line),
        }
    }
    let is_closed = |line: &&Span| line.of(to.text).trim_matches([' ', '\t', '>', '`', '~']).is_empty();
    if let Some(last) = rest.last().filter(is_closed) {
        to.blank(*last);
    }
    regions.push(Region { span, is_quote: QUOTE.contains(&name) });
}

/// Returns the title in an option.
fn titled(text: &str, line: Span) -> Option<Span> {
    let at = line.of(text).find(TITLE)?;
    titles::bare(text, Span::new(line.start + at + TITLE.len(), line.end))
}

/// True for a line such as `:class: dropdown` or `title: A`.
fn is_option(line: &str) -> bool {
    let line = line.trim_matches([' ', '\t', '>']);
    if OPTIONS.iter().any(|option| line.starts_with(option)) {
        return true;
    }
    let words = line.strip_prefix(':');
    words.and_then(|words| words.split_once(':')).is_some_and(|(name, _)| {
        !name.is_empty() && name.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_'))
    })
}
