//! Quotes the document's own words.

use std::cmp::Reverse;
use std::ops::{Range, RangeInclusive};

use crate::analysis::wording::words::SentenceWords;
use crate::text::tokens::Shape;
use crate::text::vocabulary::ClassSet;

/// Maximum number of words of a quote in a question.
const MOST_QUOTED: usize = 8;

/// Number of words at the end of a finding in which the start of an incomplete noun group is looked for.
const MOST_CUT: usize = 3;

/// Number of words and marks of a clause in a question, at least and at most.
const OF_CLAUSE: RangeInclusive<usize> = 3..=20;

/// Maximum number of words and marks of a clause that a finding marks as a whole.
const MOST_MARKED: usize = 24;

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
    let range = if alone { range } else { rounded(words, range, hit.end) };
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

/// Returns the same, but only if the words begin and end where a phrase does. For words that only the reader found,
/// which may begin or end anywhere.
pub(crate) fn whole_phrase(words: &SentenceWords<'_>, hit: Range<usize>, alone: bool) -> Option<String> {
    let open = hit.start..end_of_open_group(words, &hit)?;
    let range = trimmed(words, &open)?;
    let range = if alone { range } else { rounded(words, range, open.end) };
    if range.len() < 2 && !alone || !begins_phrase(words, range.start) || !ends_phrase(words, range.end) {
        return None;
    }
    quoted(words, range, MOST_QUOTED)
}

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
    let starts = std::iter::once(range.start).chain(borders.iter().map(|at| at + 1));
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

/// Returns a quote extended to the phrases that it cuts: "missed configuration" becomes "missed configuration rollback",
/// "did not look" becomes "did not look at the graph". `end` is the end of the finding.
fn rounded(words: &SentenceWords<'_>, range: Range<usize>, end: usize) -> Range<usize> {
    let start = round_start(words, range.start, range.len() == 1);
    let end = round_end(words, &range, end);
    if end - start <= MOST_QUOTED { start..end } else { range }
}

/// Returns the start of a quote with the auxiliary verbs before a participle and the negation before its first word.
fn round_start(words: &SentenceWords<'_>, start: usize, alone: bool) -> usize {
    let classes = words.classes();
    let negated = |at: usize| words.is(at, classes.kept_lead) && words.length(at, classes.kept_lead) == 1;
    if start > 1 && words.is(start - 1, classes.preposition) && negated(start - 2) {
        return start - 2;
    }
    let parted = !alone && (words.is_participle(start) || words.is(start, classes.adverb));
    let is_helper = |&at: &usize| words.is(at, classes.helper) && !words.is_mark(at);
    if parted { (0..start).rev().take_while(is_helper).last().unwrap_or(start) } else { start }
}

/// Returns the end of a quote after the noun group that it cuts, or the object that directly follows.
fn round_end(words: &SentenceWords<'_>, range: &Range<usize>, found: usize) -> usize {
    let end = range.end;
    let hyphened = (end..words.len()).take_while(|&at| hyphened(words, at)).last().map_or(end, |at| at + 1);
    if hyphened > end || end >= words.len() {
        return hyphened;
    }
    let classes = words.classes();
    let linked = found > end && words.is(end, classes.preposition);
    let object = words.is(end, classes.determiner) && !words.is(end, classes.relative);
    let cut = goes_on(words, end) && range.len() > 1;
    let group = if linked || object || cut { words.group(end + usize::from(linked)) } else { None };
    match group {
        Some(group) if !cut || words.is_closed_by_noun(&group) => group.end,
        _ => end,
    }
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
    let start = if is_handle(words, start) { start + 1 } else { start };
    (start <= last).then_some(start..last + 1)
}

/// True if an unknown name of somebody who acts is at `at`: "jdoe42 should have".
fn is_handle(words: &SentenceWords<'_>, at: usize) -> bool {
    let named =
        matches!(words.tokens()[at].shape, Shape::Identifier | Shape::Capital) && !words.in_product(at);
    let unknown = words.tokens()[at].classes == ClassSet::EMPTY;
    named && unknown && at + 1 < words.len() && words.is(at + 1, words.classes().after_name)
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

/// True if a quote must not end with this word.
fn is_small(words: &SentenceWords<'_>, at: usize) -> bool {
    words.is_mark(at)
        || words.source(at).starts_with(['\'', '\u{2019}'])
        || words.is(at, words.classes().small)
}

/// Returns the whole sentence in quotation marks if it is short, or else the clause that contains the words of a finding.
/// Both begin and end where the text has a mark, so that the quote is never cut out of a phrase.
pub(crate) fn clause(words: &SentenceWords<'_>, hit: &Range<usize>) -> Option<String> {
    let whole = after_numbering(words, 0)..before_mark(words, words.len());
    if hit.start >= whole.end {
        return None;
    }
    let clause = || {
        let clause = clause_around(words, hit).filter(|clause| holds_verb(words, clause.clone()))?;
        quoted_clause(words, clause)
    };
    quoted_clause(words, whole).or_else(clause)
}

/// True if some words are more than a noun with its attributes.
fn holds_verb(words: &SentenceWords<'_>, mut range: Range<usize>) -> bool {
    range.any(|at| words.is(at, words.classes().verbal) || words.is_participle(at))
}

/// Returns a remedy in quotation marks, like [`clause`], but without the name of the person who is to do it.
pub(crate) fn action(words: &SentenceWords<'_>, hit: &Range<usize>) -> Option<String> {
    let nameless = || {
        let first = after_numbering(words, 0);
        let named = first < words.len().min(hit.start.max(1)) && may_name_person(words, first);
        let helped =
            |at: usize| words.is(at, words.classes().auxiliary) || words.is(at, words.classes().preposition);
        let start = (first + 1..words.len()).find(|&at| !helped(at))?;
        named.then(|| quoted_clause(words, start..before_mark(words, words.len())))?
    };
    clause(words, hit).or_else(nameless)
}

/// Returns the words of a finding with the rest of their clause in quotation marks: "forgot to renew the certificate".
/// For a clause that must not be quoted, because it begins with somebody's name.
pub(crate) fn predicate(words: &SentenceWords<'_>, hit: &Range<usize>) -> Option<String> {
    let named = hit.start < words.len() && may_name_person(words, hit.start);
    let start = hit.start + usize::from(named);
    if !start.checked_sub(1).is_none_or(|before| comes_before_predicate(words, before)) {
        return None;
    }
    let pronoun =
        |at: &usize| words.is(*at, words.classes().first_person) && !words.is(*at, words.classes().our);
    let start = start.checked_sub(1).filter(pronoun).unwrap_or(start);
    let range = start..clause_end(words, hit)?;
    if holds_verb(words, range.clone()) { quoted_clause(words, range) } else { None }
}

/// True if a predicate may follow the word at `at`: a person, a conjunction or a mark other than a comma, unless the comma closes
/// a name. After any other word, the quote would begin in the middle of a phrase.
fn comes_before_predicate(words: &SentenceWords<'_>, at: usize) -> bool {
    let classes = words.classes();
    let named = at > 0 && may_name_person(words, at - 1);
    let comma = words.tokens()[at].shape == Shape::Mark(',') && !named;
    let parts = words.is_mark(at) && !comma && !joins_words(words, at) && !is_bracket(words, at);
    let joins = parts || words.is(at, classes.coordinator);
    let subject = words.is(at, classes.first_person) && !words.is(at, classes.our);
    joins || subject || words.is(at, classes.person) || may_name_person(words, at) || is_handle(words, at)
}

/// Returns the sentence in quotation marks, if it is short.
pub(crate) fn sentence(words: &SentenceWords<'_>) -> Option<String> {
    quoted_clause(words, after_numbering(words, 0)..before_mark(words, words.len()))
}

fn quoted_clause(words: &SentenceWords<'_>, range: Range<usize>) -> Option<String> {
    let classes = words.classes();
    let start = (range.start..range.end).find(|&at| !words.is(at, classes.coordinator))?;
    let dependent = words.is(start, classes.relative) || words.is(start, classes.subordinator);
    let open = words.is(range.end - 1, classes.clause);
    let fits = OF_CLAUSE.contains(&(range.end - start));
    if dependent || open || !fits { None } else { unnamed(words, start..range.end) }
}

/// Returns the clause that contains the words of a finding: between two marks, of which neither is a bracket.
fn clause_around(words: &SentenceWords<'_>, hit: &Range<usize>) -> Option<Range<usize>> {
    let end = clause_end(words, hit)?;
    let before = (0..hit.start).rev().find(|&at| words.is_mark(at) && !joins_words(words, at));
    if before.is_some_and(|at| is_bracket(words, at)) {
        return None;
    }
    let start = after_numbering(words, before.map_or(0, |at| at + 1));
    let opened =
        before.is_none_or(|at| words.tokens()[at].shape != Shape::Mark(',') || opens_clause(words, start));
    opened.then_some(start..end)
}

/// Returns the end of the clause that contains the words of a finding, unless a bracket or the next item of a list
/// follows.
fn clause_end(words: &SentenceWords<'_>, hit: &Range<usize>) -> Option<usize> {
    let last = words.len().min(hit.end.max(hit.start + 1));
    let Some(end) = (last..words.len()).find(|&at| words.is_mark(at) && !joins_words(words, at)) else {
        return Some(words.len());
    };
    let lists = words.tokens()[end].shape == Shape::Mark(',') && !goes_on_with_clause(words, end + 1);
    (!lists && !is_bracket(words, end)).then(|| before_mark(words, end))
}

fn is_bracket(words: &SentenceWords<'_>, at: usize) -> bool {
    matches!(words.tokens()[at].shape, Shape::Mark('(' | ')' | '[' | ']' | '"'))
}

/// True if a clause begins at `at`, after a coordinator if there is one. Otherwise, the words before it are part of a
/// list.
fn goes_on_with_clause(words: &SentenceWords<'_>, at: usize) -> bool {
    let classes = words.classes();
    let joined = at < words.len() && words.is(at, classes.coordinator);
    let first = at + usize::from(joined);
    first >= words.len() || opens_clause(words, first) || words.is(first, classes.stop)
}

/// True if the word at `at` may begin a clause.
fn opens_clause(words: &SentenceWords<'_>, at: usize) -> bool {
    let classes = words.classes();
    let subject = words.is(at, classes.determiner) || words.is(at, classes.person);
    subject || words.is(at, classes.first_person) || words.is(at, classes.clause) || words.is_gerund(at)
}

/// True if a mark is part of what follows it without a space: the hyphen in "follow-up" or "-t", the colon in "10:30".
fn joins_words(words: &SentenceWords<'_>, at: usize) -> bool {
    let rest = &words.analysis.document.prose[words.tokens()[at].span().end..];
    let joins = matches!(words.tokens()[at].shape, Shape::Mark('-' | ':' | '.' | '/' | ',' | '\''));
    joins && rest.starts_with(char::is_alphanumeric)
}

/// Returns the place after a number or letter that counts items, or after a clock time: "4.1", "(a)", "10:42".
fn after_numbering(words: &SentenceWords<'_>, at: usize) -> usize {
    let is_mark = |at: usize| at < words.len() && words.is_mark(at);
    let is_number = |at: usize| at < words.len() && words.tokens()[at].shape == Shape::Number;
    let first = (at..words.len()).find(|&at| !is_mark(at)).unwrap_or(at);
    let short = first < words.len() && (is_number(first) || words.source(first).len() == 1);
    let closed = short && is_mark(first + 1) && !joins_words(words, first + 1);
    let titled = is_number(first)
        && first + 1 < words.len()
        && words.source(first + 1).starts_with(char::is_uppercase);
    let clock =
        is_number(first) && is_mark(first + 1) && joins_words(words, first + 1) && is_number(first + 2);
    let after = match (clock, closed, titled) {
        (true, ..) => first + 3,
        (_, true, _) => first + 2,
        (.., true) => first + 1,
        _ => first,
    };
    (after..words.len()).find(|&at| !is_mark(at)).unwrap_or(after)
}

/// Returns the end of a range without the marks before it.
fn before_mark(words: &SentenceWords<'_>, end: usize) -> usize {
    (0..end).rev().find(|&at| !words.is_mark(at)).map_or(0, |at| at + 1)
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
    if !ends || range.len() > most { None } else { unnamed(words, range) }
}

/// Returns the words of a range in quotation marks, unless they name a person.
fn unnamed(words: &SentenceWords<'_>, range: Range<usize>) -> Option<String> {
    if range.clone().any(|at| may_name_person(words, at)) {
        return None;
    }
    in_marks(&words.plain(range))
}

/// True if a word is, or may be, a person's name.
fn may_name_person(words: &SentenceWords<'_>, at: usize) -> bool {
    if words.names_person(at) {
        return true;
    }
    let unknown = words.tokens()[at].shape == Shape::Capital && !words.may_be_said(at);
    // The first word of a sentence is always capitalised: it is a name if it acts or owns something as a person does.
    let classes = words.classes();
    let acts = |next: usize| {
        words.is(next, classes.after_name)
            || words.is(next, classes.undone)
            || words.is_participle(next) && !words.is_gerund(next)
            || words.tokens()[next].shape == Shape::Mark(',')
    };
    unknown && (at > 0 || at + 1 < words.len() && acts(at + 1))
}

/// Returns a text of the document in quotation marks, unless it contains characters that would break them. Inline code
/// loses its backticks.
fn in_marks(text: &str) -> Option<String> {
    let text = text.replace('`', "");
    if text.contains(breaks) || text.contains("..") || is_open(&text) {
        return None;
    }
    Some(format!("\"{}\"", text.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// True if a single quotation mark in a text is not closed.
fn is_open(text: &str) -> bool {
    text.matches('\u{2018}').count() > text.matches('\u{2019}').count()
}

/// True if a character would end a quote or look like markup of the question itself.
fn breaks(sign: char) -> bool {
    let symbol = ('\u{2190}'..='\u{2bff}').contains(&sign) || sign > '\u{ffff}';
    symbol || "\"\u{201c}\u{201d}\u{2026}`*_[]<>|{}?()".contains(sign)
}
