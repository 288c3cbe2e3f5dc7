//! Marks the words of a finding that only the reader found, which may begin or end anywhere.

use std::cmp::Reverse;
use std::iter;
use std::ops::Range;

use crate::analysis::wording::quotes::{before_mark, is_handle, joins_words};
use crate::analysis::wording::words::SentenceWords;

/// Maximum number of words and marks of a clause that a finding marks as a whole.
const MOST_MARKED: usize = 24;

/// Returns the words of a finding extended to their clause or, if that is long, to their phrase. For words that only the
/// reader found.
pub(crate) fn marked(words: &SentenceWords<'_>, hit: Range<usize>) -> Range<usize> {
    let hit = longest_part(words, hit);
    let start = (0..hit.start).rev().find_map(|at| after_border(words, at)).unwrap_or(0).min(hit.start);
    let end = (hit.end..words.len()).find(|&at| after_border(words, at).is_some());
    let clause = start..before_mark(words, end.unwrap_or(words.len())).max(hit.end);
    if clause.len() <= MOST_MARKED {
        return clause;
    }
    let start = (clause.start..=hit.start).rev().find(|&at| begins_phrase(words, at));
    let end = (hit.end..clause.end).find(|&at| ends_phrase(words, at));
    start.unwrap_or(clause.start)..end.unwrap_or(clause.end)
}

/// Returns the longest part of a range between two marks.
fn longest_part(words: &SentenceWords<'_>, range: Range<usize>) -> Range<usize> {
    let is_border = |at: &usize| words.is_mark(*at) && !joins_words(words, *at);
    let mut borders: Vec<usize> = range.clone().filter(is_border).collect();
    borders.push(range.end);
    let starts = iter::once(range.start).chain(borders.iter().map(|at| at + 1));
    let parts = starts.zip(&borders).map(|(start, &end)| start..end);
    parts.max_by_key(|part| (part.len(), Reverse(part.start))).unwrap_or(range)
}

/// Returns the place after a mark or a word that separates two clauses, if one is at `at`.
fn after_border(words: &SentenceWords<'_>, at: usize) -> Option<usize> {
    let classes = words.classes();
    if words.is_mark(at) {
        return (!joins_words(words, at)).then_some(at + 1);
    }
    let relative = words.is(at, classes.relative) && !words.is(at, classes.determiner);
    let length = words.length(at, classes.subordinator).max(usize::from(relative));
    (length > 0).then_some(at + length)
}

/// True if the words before `at` do not belong to the same phrase.
fn begins_phrase(words: &SentenceWords<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return true };
    let classes = words.classes();
    let subject = words.is(before, classes.first_person) || words.is(before, classes.person);
    words.stops(before) || is_handle(words, before) || subject && !words.is(before, classes.our)
}

/// True if the words from `at` on do not belong to the phrase before it.
fn ends_phrase(words: &SentenceWords<'_>, at: usize) -> bool {
    if at >= words.len() {
        return true;
    }
    let classes = words.classes();
    let of = words.is_word(at, &words.analysis.lexicon.questions.words.of);
    let goes_on = of || words.is(at, classes.determiner) || words.is(at, classes.relative);
    words.stops(at) && !goes_on && !hyphened(words, at)
}

/// True if a hyphen joins the token at `at` to the one before it.
fn hyphened(words: &SentenceWords<'_>, at: usize) -> bool {
    let (last, next) = (words.tokens()[at - 1].span(), words.tokens()[at].span());
    matches!(&words.analysis.document.prose[last.end..next.start], "-" | "\u{2010}" | "\u{2011}")
}
