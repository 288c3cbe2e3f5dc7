//! What was done, as something that a question can name.

use std::ops::Range;

use super::nouns::Words;
use crate::document::{BlockKind, Role};
use crate::grammar::agent::Agent;

/// Words and marks of a sentence that is no more than a label for an act.
const LABEL: usize = 8;

/// Where a finding's words are looked for: its own sentence, and for a bare label the one beside it that tells the act.
pub(super) struct Scene<'r> {
    pub(super) words: Words<'r>,
    /// Tokens of the finding, or of the act.
    pub(super) hit: Range<usize>,
    /// The act, where the sentence tells one that can be named.
    pub(super) act: Option<Act>,
}

/// What was done.
pub(super) struct Act {
    /// As something that can be named: "deleting the share", "the activation of the configuration".
    pub(super) named: String,
    /// What it was done to.
    pub(super) object: Option<String>,
    /// Whether it is named by its verb.
    pub(super) verbal: bool,
}

/// The finding's own sentence when it tells an act, else a neighbour in which a person does something by hand.
pub(super) fn scene(own: Words<'_>, hit: Range<usize>, borrows: bool) -> Scene<'_> {
    let elsewhere = || nominal(&own, 0..own.tokens().len()).or_else(|| going_on(&own));
    let act = act(&own, hit.clone()).or_else(|| if borrows { elsewhere() } else { None });
    let label = borrows && act.is_none() && own.tokens().len() <= LABEL;
    let beside = if label { neighbours(own).find_map(told) } else { None };
    beside.unwrap_or(Scene { words: own, hit, act })
}

/// The sentences around one, nearest first.
fn neighbours(own: Words<'_>) -> impl Iterator<Item = Words<'_>> {
    let here = own.sentence;
    let near = [here + 1, here.wrapping_sub(1), here + 2, here.wrapping_sub(2)];
    let of = move |&at: &usize| {
        at < own.reading.sentences.len() && own.reading.block(at).kind != BlockKind::Heading
    };
    near.into_iter().filter(of).map(move |sentence| Words { sentence, ..own })
}

/// A sentence in which a person does something by hand, outside the remedies.
fn told(words: Words<'_>) -> Option<Scene<'_>> {
    let reading = words.reading;
    if reading.role(words.sentence) == Role::Actions || reading.is_remedy(words.sentence) {
        return None;
    }
    let tokens = &reading.sentences[words.sentence].tokens;
    let person = |at: usize| reading.lexicon.agents.subject(tokens, at) == Agent::Person;
    let meant =
        |at: usize| (at.saturating_sub(2)..at).any(|before| before + words.length(before, "intent") == at);
    let by_hand = |at: &usize| words.is(*at, "any-act") && !meant(*at) && person(*at);
    let first = (0..tokens.all.len()).find(by_hand)?;
    let act = verbal(&words, first);
    (act.is_some() || target(&words).is_some()).then_some(Scene { words, hit: first..first + 1, act })
}

/// What was done in or just after the words of the finding.
fn act(words: &Words<'_>, hit: Range<usize>) -> Option<Act> {
    let end = words.tokens().len().min(hit.end + 1);
    nominal(words, hit.clone()).or_else(|| (hit.start..end).rev().find_map(|at| verbal(words, at)))
}

fn verbal(words: &Words<'_>, at: usize) -> Option<Act> {
    if words.is_mark(at) {
        return None;
    }
    let (length, doing) = words.reading.lexicon.questions.doing(&words.lower(at))?;
    let group = if is_passive(words, at) {
        words.group_before(before_helpers(words, at))?
    } else {
        object(words, at + length)?
    };
    let object = words.said(group)?;
    Some(Act { named: format!("{doing} {object}"), object: Some(object), verbal: true })
}

fn object(words: &Words<'_>, after: usize) -> Option<Range<usize>> {
    let clause = |at: usize| words.is_mark(at) || words.is(at, "relative");
    (after < words.tokens().len() && !clause(after)).then(|| words.group(after))?
}

/// Whether a form of "be" stands before the verb, adverbs aside.
fn is_passive(words: &Words<'_>, at: usize) -> bool {
    let start = before_helpers(words, at);
    (start..at).any(|at| words.is(at, "be"))
}

/// Where the helping verbs and adverbs before a verb begin.
fn before_helpers(words: &Words<'_>, at: usize) -> usize {
    let helper = |&at: &usize| {
        ["auxiliary", "be", "was", "adverb", "not", "error-adverb", "did-not"]
            .iter()
            .any(|class| words.is(at, class))
    };
    (0..at).rev().take_while(helper).last().unwrap_or(at)
}

/// An act told as a noun with what it was done to.
fn nominal(words: &Words<'_>, hit: Range<usize>) -> Option<Act> {
    let bank = &words.reading.lexicon.questions.words;
    let length = |at: usize| words.length(at, "act-noun").max(words.length(at, "deed-noun"));
    hit.filter(|&at| length(at) > 0).find_map(|at| {
        let end = at + length(at);
        let of = end < words.tokens().len() && words.source(end).eq_ignore_ascii_case(&bank.of);
        let group = of.then(|| words.group(end + 1))??;
        let noun = words.text(at..end)?.to_lowercase();
        let object = words.said(group)?;
        Some(Act {
            named: format!("{} {noun} {} {object}", bank.the, bank.of),
            object: Some(object),
            verbal: false,
        })
    })
}

/// Work that the sentence says was going on: "while transcribing row 771", "during the reorganisation".
fn going_on(words: &Words<'_>) -> Option<Act> {
    (0..words.tokens().len().saturating_sub(1)).filter(|&at| words.is(at, "during")).find_map(|at| {
        let doing = words.source(at + 1).ends_with("ing").then(|| verbal(words, at + 1)).flatten();
        doing.or_else(|| deed(words, at + 1))
    })
}

/// Work told as a noun with "the" before it.
fn deed(words: &Words<'_>, at: usize) -> Option<Act> {
    let bank = &words.reading.lexicon.questions.words;
    let after = at + 1;
    if after >= words.tokens().len() || !words.source(at).eq_ignore_ascii_case(&bank.the) {
        return None;
    }
    let length = words.length(after, "deed-noun");
    let ends = after + length >= words.tokens().len() || words.stops(after + length);
    let noun = (length > 0 && ends).then(|| words.text(after..after + length))??;
    Some(Act { named: format!("{} {}", bank.the, noun.to_lowercase()), object: None, verbal: false })
}

/// The thing that was meant instead, where the sentence names it.
pub(super) fn target(words: &Words<'_>) -> Option<String> {
    (0..words.tokens().len()).find_map(|at| {
        let after = at + words.length(at, "intent");
        if after == at || after >= words.tokens().len() {
            return None;
        }
        let verb = words.reading.lexicon.questions.doing(&words.lower(after)).map_or(0, |(length, _)| length);
        let group = object(words, after + verb)?;
        words.said(group)
    })
}
