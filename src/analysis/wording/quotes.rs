//! Quotes the document's own words.

use std::ops::Range;

use crate::analysis::wording::words::SentenceWords;
use crate::text::tokens::Shape;

/// Maximum number of words of a quote in a question.
const MOST_QUOTED: usize = 8;

/// Number of words at the end of a finding in which the start of an incomplete noun group is looked for.
const MOST_CUT: usize = 3;

/// Maximum number of words of a title in a question.
const MOST_OF_TITLE: usize = 12;

/// Maximum number of words of a belief in a question.
const MOST_OF_BELIEF: usize = 16;

/// Minimum number of words of a belief.
const FEWEST_OF_BELIEF: usize = 3;

/// Maximum number of words of a remedy in a question.
const MOST_OF_ACTION: usize = 14;

/// Returns the words of the finding in quotation marks, without function words at either end. A single word is extended
/// by what follows it, unless `alone` is true.
pub(crate) fn quote(words: &SentenceWords<'_>, hit: Range<usize>, alone: bool) -> Option<String> {
    let hit = hit.start..end_of_open_group(words, &hit)?;
    let range = trimmed(words, &hit)?;
    if alone && words.is(range.start, words.classes().kept_lead) {
        return None;
    }
    let parted = range.clone().any(|at| words.is_mark(at));
    let person = range.len() == 1 && words.is(range.start, words.classes().person);
    let short = if parted || person { None } else { quoted(words, range.clone(), MOST_QUOTED) };
    if alone || range.len() > 1 {
        return short;
    }
    let longer = with_rest(words, range.start..hit.end).and_then(|range| quoted(words, range, MOST_QUOTED));
    longer.or(short)
}

/// Returns the words of a finding without function words at either end.
fn trimmed(words: &SentenceWords<'_>, hit: &Range<usize>) -> Option<Range<usize>> {
    let classes = words.classes();
    if hit.clone().last().is_some_and(|last| words.is(last, classes.first_person)) {
        return None;
    }
    let is_minor = |at: usize| is_small(words, at) || words.is(at, classes.adverb);
    let leads = |at: usize| words.is(at, classes.kept) || words.is(at, classes.adverb) && at + 1 < hit.end;
    let start = hit.clone().find(|&at| leads(at) || !is_minor(at))?;
    let last = hit.clone().rev().find(|&at| !is_minor(at) && !words.is(at, classes.quote_end))?;
    Some(start..last + 1)
}

/// Returns the end of a finding, extended to the end of a noun group: "from the wrong" becomes "from the wrong host".
fn end_of_open_group(words: &SentenceWords<'_>, hit: &Range<usize>) -> Option<usize> {
    let classes = words.classes();
    let is_determiner = |at: usize| words.is(at, classes.determiner) && !words.is(at, classes.relative);
    let Some(opened) = hit.clone().rev().take(MOST_CUT).find(|&at| is_determiner(at)) else {
        return Some(hit.end);
    };
    let closed = (opened + 1..hit.end).any(|at| words.stops(at));
    if closed || !goes_on(words, hit.end) {
        return Some(hit.end);
    }
    let end = (hit.end..words.len()).find(|&at| !goes_on(words, at)).unwrap_or(words.len());
    (end - opened <= MOST_CUT + 2).then_some(end)
}

/// True if a noun group may continue with the token at `at`.
fn goes_on(words: &SentenceWords<'_>, at: usize) -> bool {
    at < words.len() && !words.stops(at) && !words.is_participle(at)
}

/// Returns the title in quotation marks, without final punctuation, if it has more than one meaningful word.
pub(crate) fn title(words: &SentenceWords<'_>) -> Option<String> {
    let end = (0..words.len()).rev().find(|&at| !words.is_mark(at))? + 1;
    let named = (0..end).any(|at| words.names_person(at) || words.is(at, words.classes().first_person));
    let telling = (0..end).filter(|&at| says_something(words, at)).count();
    if named || end > MOST_OF_TITLE || telling < 2 {
        return None;
    }
    in_marks(words.source_of(0..end))
}

/// True if a word of a title says more than that this is a postmortem.
fn says_something(words: &SentenceWords<'_>, at: usize) -> bool {
    !is_small(words, at)
        && !words.is(at, words.classes().postmortem)
        && words.tokens()[at].shape != Shape::Number
}

/// True if a quote must not end with this word.
fn is_small(words: &SentenceWords<'_>, at: usize) -> bool {
    words.is_mark(at)
        || words.source(at).starts_with(['\'', '\u{2019}'])
        || words.is(at, words.classes().small)
}

/// Returns the whole remedy if it is short, or else the words of the finding.
pub(crate) fn action(words: &SentenceWords<'_>, hit: Range<usize>) -> Option<String> {
    let all = words.len();
    let end = if all > 0 && words.is_mark(all - 1) { all - 1 } else { all };
    let whole = if end > 0 { quoted(words, 0..end, MOST_OF_ACTION) } else { None };
    whole.or_else(|| part_of_action(words, hit, end).filter(|quote| quote.contains(' ')))
}

/// Returns the words of a finding in a long remedy, extended to the end of the noun group or phrase.
fn part_of_action(words: &SentenceWords<'_>, hit: Range<usize>, end: usize) -> Option<String> {
    let longer = with_rest(words, hit.clone()).and_then(|range| quoted(words, range, MOST_OF_ACTION));
    if longer.is_some() {
        return longer;
    }
    if hit.end >= end || !goes_on(words, hit.end) {
        return quote(words, hit, false);
    }
    let group = words.group(hit.end).filter(|group| group.start == hit.end)?;
    quote(words, hit.start..group.end, false)
}

/// Returns the words of a finding with the prepositional phrase after them: "strictly adhere to the plan".
fn with_rest(words: &SentenceWords<'_>, hit: Range<usize>) -> Option<Range<usize>> {
    if hit.end >= words.len() || !words.is(hit.end, words.classes().preposition) {
        return None;
    }
    let start = (hit.end + 1..words.len()).find(|&at| !words.is(at, words.classes().determiner))?;
    let end = words.end_of_group(start);
    (end > start).then_some(hit.start..end)
}

/// Returns a belief in quotation marks: everything after "that" up to the end of its clause.
pub(crate) fn belief(words: &SentenceWords<'_>, hit: Range<usize>) -> Option<String> {
    let (all, that) = (words.len(), &words.analysis.lexicon.questions.words.that);
    let start = (hit.start..all.min(hit.end + 2)).find(|&at| words.is_word(at, that))? + 1;
    let end = (start..all).find(|&at| words.is_mark(at)).unwrap_or(all);
    if end < start + FEWEST_OF_BELIEF {
        return None;
    }
    quoted(words, start..end, MOST_OF_BELIEF)
}

/// Returns the quote of a fact in a join.
pub(crate) fn fact(words: &SentenceWords<'_>, hit: Range<usize>) -> Option<String> {
    quoted(words, hit, MOST_OF_ACTION)
}

/// Returns the words of a range in quotation marks, unless there are too many, or they name a person or end with a
/// function word.
fn quoted(words: &SentenceWords<'_>, range: Range<usize>, most: usize) -> Option<String> {
    let ends = range.end > range.start && !is_small(words, range.end - 1);
    if !ends || range.len() > most || range.clone().any(|at| may_name_person(words, at)) {
        return None;
    }
    in_marks(words.source_of(range))
}

/// True if a word is, or may be, a person's name.
fn may_name_person(words: &SentenceWords<'_>, at: usize) -> bool {
    if words.names_person(at) {
        return true;
    }
    let unknown = words.tokens()[at].shape == Shape::Capital && !words.may_be_said(at);
    // The first word of a sentence is always capitalised: it is a name if it acts or owns something as a person does.
    let acts = at + 1 < words.len() && words.is(at + 1, words.classes().after_name);
    unknown && (at > 0 || acts)
}

/// Returns a text of the document in quotation marks, unless it contains characters that would break them.
fn in_marks(text: &str) -> Option<String> {
    if text.contains(breaks) || text.contains("..") {
        return None;
    }
    Some(format!("\"{}\"", text.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// True if a character would end a quote or look like markup of the question itself.
fn breaks(sign: char) -> bool {
    "\"\u{201c}\u{201d}\u{2026}`*_[]<>|{}?()".contains(sign)
}
