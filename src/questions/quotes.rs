//! The document's own words in quotation marks.

use std::ops::Range;

use super::nouns::Words;
use crate::grammar::tokens::Shape;

/// Words of a quote in a question.
const MOST_QUOTED: usize = 8;

/// Words of a remedy in a question.
const MOST_OF_ACTION: usize = 14;

/// The finding's words in quotation marks, without the small words at their ends.
pub(super) fn quote(words: &Words<'_>, hit: Range<usize>) -> Option<String> {
    let small = |at: &usize| is_small(words, *at) || words.is(*at, "adverb");
    let start = hit.clone().find(|at| !small(at) || words.is(*at, "adverb") && at + 1 < hit.end)?;
    let end = hit.rev().find(|at| !small(at))? + 1;
    let parted = (start..end).any(|at| words.is_mark(at));
    let person = start + 1 == end && words.is(start, "person");
    (!parted && !person).then(|| quoted(words, start..end, MOST_QUOTED))?
}

/// Whether a word is one that a quote does not end with.
fn is_small(words: &Words<'_>, at: usize) -> bool {
    const SMALL: [&str; 8] = [
        "preposition",
        "determiner",
        "auxiliary",
        "coordinator",
        "pronoun-it",
        "by",
        "relative",
        "subordinator",
    ];
    words.is_mark(at) || SMALL.iter().any(|class| words.is(at, class))
}

/// A short remedy as a whole, else the words of the finding.
pub(super) fn action(words: &Words<'_>, hit: Range<usize>) -> Option<String> {
    let all = words.tokens().len();
    let end = if all > 0 && words.is_mark(all - 1) { all - 1 } else { all };
    let whole = (end > 0).then(|| quoted(words, 0..end, MOST_OF_ACTION)).flatten();
    let cut = hit.end < end && !words.stops(hit.end) && !words.is_participle(hit.end);
    let longer =
        || words.group(hit.end).filter(|group| group.start == hit.end).map(|group| hit.start..group.end);
    let told = || quote(words, if cut { longer()? } else { hit.clone() });
    whole.or_else(|| told().filter(|quote| quote.contains(' ')))
}

fn quoted(words: &Words<'_>, range: Range<usize>, most: usize) -> Option<String> {
    let named = |at: usize| words.tokens()[at].shape == Shape::Capital && at > 0 && !words.may_be_said(at);
    let person = |at: usize| words.names_person(at) || named(at) || (at == 0 && is_name(words, at));
    let whole = range.end > range.start && !is_small(words, range.end - 1);
    if !whole || range.len() > most || range.clone().any(person) {
        return None;
    }
    let span = words.reading.sentences[words.sentence].tokens.span(range);
    let text = span.of(&words.reading.document.source.text).split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = !text.contains([
        '"', '\u{201c}', '\u{201d}', '`', '*', '_', '[', ']', '<', '>', '|', '{', '}', '?', '(', ')',
    ]);
    let broken = text.contains("..") || text.contains('\u{2026}');
    (plain && !broken).then(|| format!("\"{text}\""))
}

/// Whether a sentence begins with an unknown word that acts or owns as a person does.
fn is_name(words: &Words<'_>, at: usize) -> bool {
    const FOLLOW: [&str; 5] = ["auxiliary", "possessive", "any-act", "check-verb", "did-not"];
    let unknown = words.tokens()[at].shape == Shape::Capital && !words.may_be_said(at);
    let next = at + 1;
    unknown && next < words.tokens().len() && FOLLOW.iter().any(|class| words.is(next, class))
}
