//! Quotes the document's own words.

use std::ops::{Range, RangeInclusive};

use crate::analysis::wording::words::SentenceWords;
use crate::text::tokens::Shape;
use crate::text::vocabulary::ClassSet;

/// Maximum number of words of a quote in a question.
const MOST_QUOTED: usize = 8;

/// Number of words at the end of a finding in which the start of an incomplete noun group is looked for.
const MOST_CUT: usize = 3;

/// Number of words and marks of a clause in a question, at least and at most.
const OF_CLAUSE: RangeInclusive<usize> = 3..=24;

/// Maximum number of words of a belief in a question.
const MOST_OF_BELIEF: usize = 16;

/// Minimum number of words of a belief.
const FEWEST_OF_BELIEF: usize = 3;

/// Maximum number of words of a remedy in a question.
const MOST_OF_ACTION: usize = 14;

/// Returns the words of the finding in quotation marks, without function words at either end.
pub(crate) fn quote(words: &SentenceWords<'_>, hit: Range<usize>) -> Option<String> {
    let hit = hit.start..end_of_open_group(words, &hit)?;
    let range = trimmed(words, &hit)?;
    let parted = range.clone().any(|at| words.is_mark(at));
    let person = range.len() == 1 && words.is(range.start, words.classes().person);
    let negates = words.is(range.start, words.classes().kept_lead);
    if parted || person || negates { None } else { quoted(words, range, MOST_QUOTED) }
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
pub(super) fn is_handle(words: &SentenceWords<'_>, at: usize) -> bool {
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
/// Both have a verb, and begin and end where the text has a mark or a conjunction, so that the quote is never cut out of a
/// phrase. Somebody's name at the start is left out.
pub(crate) fn clause(words: &SentenceWords<'_>, hit: &Range<usize>) -> Option<String> {
    let whole = after_numbering(words)..before_mark(words, words.len());
    if hit.start >= whole.end {
        return None;
    }
    let ranges = [Some(whole), clause_around(words, hit)].into_iter().flatten();
    let candidates = ranges.flat_map(|range| {
        let main = after_conjunction(words, range, hit);
        let nameless = after_name(words, main.clone());
        [Some(main), nameless]
    });
    let mut complete = candidates.flatten().filter(|range| holds_verb(words, range.clone()));
    complete.find_map(|range| quoted_clause(words, range)).or_else(|| predicate(words, hit))
}

/// Returns the part of a range after the last conjunction before the words of a finding, if it has a subject of its own:
/// "the operator skipped the step" in "the tank ran dry because the operator skipped the step".
fn after_conjunction(words: &SentenceWords<'_>, range: Range<usize>, hit: &Range<usize>) -> Range<usize> {
    let reasons = &words.analysis.lexicon.questions.words.reasons;
    let is_subject = |at: usize| opens_clause(words, at) || words.tokens()[at].shape == Shape::Number;
    let begins = |at: &usize| reasons.iter().any(|reason| words.is_word(at - 1, reason)) && is_subject(*at);
    let start = (range.start + 2..range.end.min(hit.start + 1)).rev().find(begins);
    start.unwrap_or(range.start)..range.end
}

/// Returns a range without somebody's name at its start, if a verb follows: "took the flag to 100 %" in "Petro (growth)
/// took the flag to 100 %".
fn after_name(words: &SentenceWords<'_>, range: Range<usize>) -> Option<Range<usize>> {
    let named = range.clone().take_while(|&at| words.names_person(at) || may_name_person(words, at)).count();
    let start = range.start + named;
    if named == 0 || start >= range.end {
        return None;
    }
    if words.tokens()[start].shape == Shape::Mark('(') {
        let closed = (start..range.end).find(|&at| words.tokens()[at].shape == Shape::Mark(')'))? + 1;
        return (closed < range.end && !words.stops(closed)).then_some(closed..range.end);
    }
    is_predicate(words, start).then_some(start..range.end)
}

/// True if what is said of a person may begin at `at`.
fn is_predicate(words: &SentenceWords<'_>, at: usize) -> bool {
    let classes = words.classes();
    let follows = words.is(at, classes.after_name) && !words.is(at, classes.possessive);
    follows || words.is(at, classes.undone) || words.is_participle(at) && !words.is_gerund(at)
}

/// Returns a remedy in quotation marks: the sentence or, like [`clause`], the part that contains some words. The name of
/// the person who is to do it is left out.
pub(crate) fn action(words: &SentenceWords<'_>, hit: &Range<usize>) -> Option<String> {
    let nameless = || {
        let first = after_numbering(words);
        let helped =
            |at: usize| words.is(at, words.classes().auxiliary) || words.is(at, words.classes().preposition);
        let named = first + 1 < words.len() && may_name_person(words, first) && helped(first + 1);
        let start = (first + 1..words.len()).find(|&at| !helped(at))?;
        named.then(|| quoted_clause(words, start..before_mark(words, words.len())))?
    };
    nameless().or_else(|| sentence(words)).or_else(|| clause(words, hit))
}

/// Returns the words of a finding with the rest of their clause in quotation marks: "forgot to renew the certificate".
/// For a clause that must not be quoted, because it begins with somebody's name.
fn predicate(words: &SentenceWords<'_>, hit: &Range<usize>) -> Option<String> {
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

/// Returns the sentence in quotation marks, if it is short and makes sense without those before it.
pub(crate) fn statement(words: &SentenceWords<'_>) -> Option<String> {
    let (first, classes) = (after_numbering(words), words.classes());
    let refers = words.holds(classes.pointing) || first < words.len() && words.is(first, classes.backward);
    if refers { None } else { sentence(words) }
}

/// Returns the sentence in quotation marks, if it is short.
pub(crate) fn sentence(words: &SentenceWords<'_>) -> Option<String> {
    quoted_clause(words, after_numbering(words)..before_mark(words, words.len()))
}

fn quoted_clause(words: &SentenceWords<'_>, range: Range<usize>) -> Option<String> {
    let classes = words.classes();
    let leads = |at: usize| words.is_mark(at) || words.is(at, classes.coordinator);
    let start = (range.start..range.end).find(|&at| !leads(at))?;
    let last = range.end - 1;
    let dependent = [classes.relative, classes.subordinator, classes.possessive];
    let dependent = dependent.iter().any(|&class| words.is(start, class));
    let of = words.is_word(last, &words.analysis.lexicon.questions.words.of);
    let open = of || words.is(last, classes.clause) || words.is(last, classes.pointing);
    let cut = open || lacks_object(words, last) || lacks_sign(words, last);
    let fits = OF_CLAUSE.contains(&(range.end - start));
    if dependent || cut || !fits { None } else { unnamed(words, start..range.end) }
}

/// True if the word at `last` is a gerund whose object does not follow, because it is a block of code: "by running".
fn lacks_object(words: &SentenceWords<'_>, last: usize) -> bool {
    last > 0 && words.is_gerund(last) && words.is(last - 1, words.classes().before_gerund)
}

/// True if a sign that belongs to the word at `last` comes after it: the "$" of "3.34$".
fn lacks_sign(words: &SentenceWords<'_>, last: usize) -> bool {
    let rest = &words.analysis.document.prose[words.tokens()[last].span().end..];
    rest.starts_with(['$', '%', '\u{20ac}', '\u{a3}', '\u{b0}', '+', '#'])
}

/// Returns the clause that contains the words of a finding: between two marks, of which neither is a bracket.
fn clause_around(words: &SentenceWords<'_>, hit: &Range<usize>) -> Option<Range<usize>> {
    let end = clause_end(words, hit)?;
    let first = after_numbering(words);
    let before = (first..hit.start).rev().find(|&at| words.is_mark(at) && !joins_words(words, at));
    if before.is_some_and(|at| is_bracket(words, at)) {
        return None;
    }
    let start = before.map_or(first, |at| at + 1);
    let opened =
        before.is_none_or(|at| words.tokens()[at].shape != Shape::Mark(',') || opens_clause(words, start));
    (opened && start < end).then_some(start..end)
}

/// True if some words are more than a noun with its attributes.
pub(crate) fn holds_verb(words: &SentenceWords<'_>, mut range: Range<usize>) -> bool {
    range.any(|at| words.is(at, words.classes().verbal) || words.is_participle(at))
}

/// True if a predicate may follow the word at `at`: a person, a conjunction or a mark other than a comma, unless the comma
/// closes a name. After any other word, the quote would begin in the middle of a phrase.
fn comes_before_predicate(words: &SentenceWords<'_>, at: usize) -> bool {
    let classes = words.classes();
    let named = at > 0 && may_name_person(words, at - 1);
    let comma = words.tokens()[at].shape == Shape::Mark(',') && !named;
    let parts = words.is_mark(at) && !comma && !joins_words(words, at) && !is_bracket(words, at);
    let joins = parts || words.is(at, classes.coordinator);
    let subject = words.is(at, classes.first_person) && !words.is(at, classes.our);
    joins || subject || words.is(at, classes.person) || may_name_person(words, at) || is_handle(words, at)
}

/// Returns the end of the clause that contains the words of a finding, unless a bracket or the next item of a list
/// follows.
fn clause_end(words: &SentenceWords<'_>, hit: &Range<usize>) -> Option<usize> {
    let last = words.len().min(hit.end.max(hit.start + 1));
    let Some(end) = (last..words.len()).find(|&at| words.is_mark(at) && !joins_words(words, at)) else {
        return Some(words.len());
    };
    let apart = end + 1 < words.len() && words.is(end + 1, words.classes().preposition);
    let lists =
        words.tokens()[end].shape == Shape::Mark(',') && !apart && !goes_on_with_clause(words, end + 1);
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
pub(super) fn joins_words(words: &SentenceWords<'_>, at: usize) -> bool {
    let rest = &words.analysis.document.prose[words.tokens()[at].span().end..];
    let joins = matches!(words.tokens()[at].shape, Shape::Mark('-' | ':' | '.' | '/' | ',' | '\''));
    joins && rest.starts_with(char::is_alphanumeric)
}

/// Returns the place after a number or letter that counts items, or after a date and time: "4.1", "(a)", "5:52 pm".
fn after_numbering(words: &SentenceWords<'_>) -> usize {
    let is_mark = |at: usize| at < words.len() && words.is_mark(at);
    let is_number = |at: usize| at < words.len() && words.tokens()[at].shape == Shape::Number;
    let timed = after_time(words);
    let first = (timed..words.len()).find(|&at| !is_mark(at)).unwrap_or(timed);
    let short = first < words.len() && (is_number(first) || words.source(first).len() == 1);
    let closed = short && is_mark(first + 1) && !joins_words(words, first + 1);
    let titled = is_number(first)
        && first + 1 < words.len()
        && words.source(first + 1).starts_with(char::is_uppercase);
    let after = match (closed, titled) {
        (true, _) => first + 2,
        (_, true) => first + 1,
        _ => first,
    };
    (after..words.len()).find(|&at| !is_mark(at)).unwrap_or(after)
}

/// Returns the place after the clock time that a sentence begins with, as a row of a timeline does.
fn after_time(words: &SentenceWords<'_>) -> usize {
    let analysis = words.analysis;
    let sentence = analysis.sentence(words.sentence).span;
    let found = analysis.lexicon.headings.dates.at_row_start(analysis.prose(words.sentence));
    let Some(found) = found.filter(|found| found.time.is_some()) else { return 0 };
    let is_later = |at: &usize| words.tokens()[*at].span().start >= sentence.start + found.span.end;
    (0..words.len()).find(is_later).unwrap_or(0)
}

/// Returns the end of a range without the marks before it.
pub(super) fn before_mark(words: &SentenceWords<'_>, end: usize) -> usize {
    (0..end).rev().find(|&at| !words.is_mark(at)).map_or(0, |at| at + 1)
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
    let opened = at > 0 && words.is(at - 1, words.classes().article);
    let unknown = words.tokens()[at].shape == Shape::Capital && !opened && !words.is_known_capital(at);
    // The first word of a sentence is always capitalised: it is a name if it acts or owns something as a person does.
    let classes = words.classes();
    let acts = |next: usize| {
        words.is(next, classes.after_name)
            || words.is(next, classes.undone)
            || words.is_participle(next) && !words.is_gerund(next)
            || matches!(words.tokens()[next].shape, Shape::Mark(',' | '('))
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

/// True if a single quotation mark or a bracket in a text is not closed.
fn is_open(text: &str) -> bool {
    let count = |sign: char| text.matches(sign).count();
    count('\u{2018}') > count('\u{2019}') || count('(') != count(')')
}

/// True if a character would end a quote or look like markup of the question itself.
fn breaks(sign: char) -> bool {
    let symbol = ('\u{2190}'..='\u{2bff}').contains(&sign) || sign > '\u{ffff}';
    symbol || "\"\u{201c}\u{201d}\u{2026}`*_[]<>|{}?".contains(sign)
}
