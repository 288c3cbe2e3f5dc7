//! The document's own words in quotation marks.

use std::ops::Range;

use crate::analysis::wording::nouns::Words;
use crate::text::tokens::Shape;

/// Words of a quote in a question.
const MOST_QUOTED: usize = 8;

/// Words of a noun group at which a finding may break off.
const MOST_CUT: usize = 3;

/// Words of a title in a question.
const MOST_OF_TITLE: usize = 12;

/// Words of a belief in a question.
const MOST_OF_BELIEF: usize = 16;

/// Words of a remedy in a question.
const MOST_OF_ACTION: usize = 14;

/// The finding's words in quotation marks, without the small words at their ends; a single word with what follows it,
/// unless it may stand alone.
pub(crate) fn quote(words: &Words<'_>, hit: Range<usize>, alone: bool) -> Option<String> {
    let hit = hit.start..whole_group(words, &hit)?;
    let small = |at: &usize| is_small(words, *at) || words.is(*at, words.classes().adverb);
    let kept = |at: usize| words.is(at, words.classes().kept);
    let facts = hit.clone();
    let start = hit
        .clone()
        .find(|at| kept(*at) || !small(at) || words.is(*at, words.classes().adverb) && at + 1 < hit.end)?;
    if hit.clone().last().is_some_and(|last| words.is(last, words.classes().first_person)) {
        return None;
    }
    let end = hit.rev().find(|at| !small(at) && !words.is(*at, words.classes().quote_end))? + 1;
    if alone && words.is(start, words.classes().kept_lead) {
        return None;
    }
    let parted = (start..end).any(|at| words.is_mark(at));
    let person = start + 1 == end && words.is(start, words.classes().person);
    let longer = || with_rest(words, start..facts.end).and_then(|range| quoted(words, range, MOST_QUOTED));
    let short = (!parted && !person).then(|| quoted(words, start..end, MOST_QUOTED))?;
    if alone || start + 1 < end { short } else { longer().or(short) }
}

/// Where a finding ends that does not break off within a noun group: "from the wrong" goes on to "from the wrong host".
fn whole_group(words: &Words<'_>, hit: &Range<usize>) -> Option<usize> {
    let opened = hit
        .clone()
        .rev()
        .take(MOST_CUT)
        .find(|&at| words.is(at, words.classes().determiner) && !words.is(at, words.classes().relative));
    let goes_on = |at: usize| !words.stops(at) && !words.is_participle(at);
    let cut = hit.end < words.tokens().len() && goes_on(hit.end);
    let Some(opened) = opened.filter(|&at| cut && (at + 1..hit.end).all(|at| !words.stops(at))) else {
        return Some(hit.end);
    };
    let end = (hit.end..words.tokens().len()).find(|&at| !goes_on(at)).unwrap_or(words.tokens().len());
    (end - opened <= MOST_CUT + 2).then_some(end)
}

/// The title in quotation marks, without a final mark and with more than one word that says something.
pub(crate) fn title(words: &Words<'_>) -> Option<String> {
    let tokens = words.tokens();
    let end = (0..tokens.len()).rev().find(|&at| !words.is_mark(at))? + 1;
    let says = |at: &usize| {
        !is_small(words, *at)
            && !words.is(*at, words.classes().postmortem)
            && tokens[*at].shape != Shape::Number
    };
    let named = (0..end).any(|at| words.names_person(at) || words.is(at, words.classes().first_person));
    let fits = end <= MOST_OF_TITLE && (0..end).filter(says).count() >= 2 && !named;
    let span = words.analysis.sentences[words.sentence].tokens.span(0..end);
    fits.then(|| in_marks(span.of(&words.analysis.document.source.text)))?
}

/// Whether a word is one that a quote does not end with.
fn is_small(words: &Words<'_>, at: usize) -> bool {
    words.is_mark(at)
        || words.source(at).starts_with(['\'', '\u{2019}'])
        || words.is(at, words.classes().small)
}

/// A short remedy as a whole, else the words of the finding.
pub(crate) fn action(words: &Words<'_>, hit: Range<usize>) -> Option<String> {
    let all = words.tokens().len();
    let end = if all > 0 && words.is_mark(all - 1) { all - 1 } else { all };
    let facts = (end > 0).then(|| quoted(words, 0..end, MOST_OF_ACTION)).flatten();
    let cut = hit.end < end && !words.stops(hit.end) && !words.is_participle(hit.end);
    let longer =
        || words.group(hit.end).filter(|group| group.start == hit.end).map(|group| hit.start..group.end);
    let on = || with_rest(words, hit.clone()).and_then(|range| quoted(words, range, MOST_OF_ACTION));
    let told = || on().or_else(|| quote(words, if cut { longer()? } else { hit.clone() }, false));
    facts.or_else(|| told().filter(|quote| quote.contains(' ')))
}

/// A finding's words with the prepositional phrase after them: "strictly adhere to the plan".
fn with_rest(words: &Words<'_>, hit: Range<usize>) -> Option<Range<usize>> {
    let all = words.tokens().len();
    if hit.end >= all || !words.is(hit.end, words.classes().preposition) {
        return None;
    }
    let start = (hit.end + 1..all).find(|&at| !words.is(at, words.classes().determiner))?;
    let end = (start..all).find(|&at| words.stops(at)).unwrap_or(all);
    (end > start).then_some(hit.start..end)
}

/// A belief in quotation marks: all that follows "that" up to the end of its clause.
pub(crate) fn belief(words: &Words<'_>, hit: Range<usize>) -> Option<String> {
    let (all, bank) = (words.tokens().len(), &words.analysis.lexicon.questions.words);
    let that = (hit.start..all.min(hit.end + 2)).find(|&at| words.is_word(at, &bank.that))?;
    let end = (that + 1..all).find(|&at| words.is_mark(at)).unwrap_or(all);
    (end >= that + 4).then(|| quoted(words, that + 1..end, MOST_OF_BELIEF))?
}

/// Words that another fact is quoted with.
pub(crate) fn fact(words: &Words<'_>, hit: Range<usize>) -> Option<String> {
    quoted(words, hit, MOST_OF_ACTION)
}

fn quoted(words: &Words<'_>, range: Range<usize>, most: usize) -> Option<String> {
    let named = |at: usize| words.tokens()[at].shape == Shape::Capital && at > 0 && !words.may_be_said(at);
    let person = |at: usize| words.names_person(at) || named(at) || (at == 0 && is_name(words, at));
    let facts = range.end > range.start && !is_small(words, range.end - 1);
    if !facts || range.len() > most || range.clone().any(person) {
        return None;
    }
    let span = words.analysis.sentences[words.sentence].tokens.span(range);
    in_marks(span.of(&words.analysis.document.source.text))
}

/// A text of the document in quotation marks, unless marks in it would break them.
fn in_marks(text: &str) -> Option<String> {
    let broken = text.contains(breaks) || text.contains("..");
    (!broken).then(|| format!("\"{}\"", text.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// Whether a sign would end a quote or be taken for a mark of the question's own.
const fn breaks(sign: char) -> bool {
    matches!(
        sign,
        '"' | '\u{201c}'
            | '\u{201d}'
            | '\u{2026}'
            | '`'
            | '*'
            | '_'
            | '['
            | ']'
            | '<'
            | '>'
            | '|'
            | '{'
            | '}'
            | '?'
            | '('
            | ')'
    )
}

/// Whether a sentence begins with an unknown word that acts or owns as a person does.
fn is_name(words: &Words<'_>, at: usize) -> bool {
    let unknown = words.tokens()[at].shape == Shape::Capital && !words.may_be_said(at);
    let next = at + 1;
    unknown && next < words.tokens().len() && words.is(next, words.classes().after_name)
}
