//! What was done, as something that a question can name.

use std::ops::Range;

use crate::analysis::wording::nouns::{Words, lower};
use crate::document::BlockKind;
use crate::model::Role;
use crate::text::agent::Agent;

/// Words and marks of a sentence that is no more than a label for an act.
const LABEL: usize = 8;

/// Words from a verb to where it goes on after its object.
const MOST_BETWEEN: usize = 8;

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
pub(super) fn scene(own: Words<'_>, hit: Range<usize>, borrows: bool, done: bool) -> Scene<'_> {
    let acts = hit.clone().any(|at| own.is(at, own.classes().act) || own.doing(at).is_some());
    let around = || if acts { None } else { going_on(&own) };
    let elsewhere = || nominal(&own, 0..own.tokens().len()).or_else(around);
    let act = act(&own, hit.clone()).or_else(|| if borrows { elsewhere() } else { None });
    let bare = borrows && act.is_none() && !acts;
    let label = own.tokens().len() <= LABEL;
    let same_block = move |words: &Words<'_>| label || done && words.block() == own.block();
    let beside = if bare { neighbours(own).filter(same_block).find_map(told) } else { None };
    beside.unwrap_or(Scene { words: own, hit, act })
}

/// The sentences around one, nearest first.
fn neighbours(own: Words<'_>) -> impl Iterator<Item = Words<'_>> {
    let here = own.sentence;
    let near = [here + 1, here.wrapping_sub(1), here + 2, here.wrapping_sub(2)];
    let of = move |&at: &usize| {
        at < own.analysis.sentences.len() && own.analysis.block(at).kind != BlockKind::Heading
    };
    near.into_iter().filter(of).map(move |sentence| Words { sentence, ..own })
}

/// A sentence in which a person does something by hand, outside the remedies.
pub(super) fn told(words: Words<'_>) -> Option<Scene<'_>> {
    let analysis = words.analysis;
    if analysis.role(words.sentence) == Role::Actions || analysis.is_remedy(words.sentence) {
        return None;
    }
    let tokens = &analysis.sentences[words.sentence].tokens;
    let person = |at: usize| analysis.lexicon.agents.subject(tokens, at) == Agent::Person;
    let meant = |at: usize| {
        (at.saturating_sub(2)..at).any(|before| before + words.length(before, words.classes().intent) == at)
    };
    let does = |at: usize| words.is(at, words.classes().act) || parted(&words, at).is_some();
    let wished = |at: usize| (at.saturating_sub(4)..at).any(|before| words.is(before, words.classes().modal));
    let undone =
        |at: usize| (at.saturating_sub(3)..at).any(|before| words.is(before, words.classes().undone));
    let by_hand = |at: &usize| does(*at) && !meant(*at) && !wished(*at) && !undone(*at) && person(*at);
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
    let describes = at > 0 && words.is(at - 1, words.classes().determiner) && words.is_participle(at);
    let named = words.length(at, words.classes().thing) > 1;
    if words.is_mark(at) || describes || named {
        return None;
    }
    if let Some(act) = parted(words, at) {
        return Some(act);
    }
    let (length, doing) = words.doing(at)?;
    let group = if is_passive(words, at) {
        let more = at + length < words.tokens().len() && words.is(at + length, words.classes().subordinator);
        if more {
            return None;
        }
        words.group_before(before_helpers(words, at))?
    } else {
        object(words, at + length)?
    };
    let object = words.said(group)?;
    Some(Act { named: format!("{doing} {object}"), object: Some(object), verbal: true })
}

/// An act whose verb goes on after its object: "took controller B out of service".
fn parted(words: &Words<'_>, at: usize) -> Option<Act> {
    let verb = lower(words.source(at));
    let tokens = words.tokens().len();
    let named = words.analysis.lexicon.acts.parted(&verb).filter_map(|(doing, tail)| {
        let stands = |from: &usize| {
            from + tail.len() <= tokens && words.lower_range(*from, tail.len()).as_slice() == tail
        };
        let from = (at + 1..tokens.min(at + MOST_BETWEEN)).find(stands)?;
        let group = if from == at + 1 && is_passive(words, at) {
            words.group_before(before_helpers(words, at))?
        } else {
            words.group_between(at + 1, from)?
        };
        let object = words.said(group)?;
        let named = format!("{doing} {object} {}", tail.join(" "));
        Some((tail.len(), Act { named, object: Some(object), verbal: true }))
    });
    named.max_by_key(|(words, _)| *words).map(|(_, act)| act)
}

fn object(words: &Words<'_>, after: usize) -> Option<Range<usize>> {
    let clause = |at: usize| words.is_mark(at) || words.is(at, words.classes().relative);
    (after < words.tokens().len() && !clause(after)).then(|| words.group(after))?
}

/// Whether a form of "be" stands before the verb, adverbs aside.
fn is_passive(words: &Words<'_>, at: usize) -> bool {
    let start = before_helpers(words, at);
    (start..at).any(|at| words.is(at, words.classes().be))
}

/// Where the helping verbs and adverbs before a verb begin.
fn before_helpers(words: &Words<'_>, at: usize) -> usize {
    let helper = |&at: &usize| words.is(at, words.classes().helper);
    (0..at).rev().take_while(helper).last().unwrap_or(at)
}

/// An act told as a noun with what it was done to.
fn nominal(words: &Words<'_>, hit: Range<usize>) -> Option<Act> {
    let bank = &words.analysis.lexicon.questions.words;
    let length = |at: usize| words.length(at, words.classes().act_or_deed);
    hit.filter(|&at| length(at) > 0).find_map(|at| {
        let end = at + length(at);
        let of = end < words.tokens().len() && words.source(end).eq_ignore_ascii_case(&bank.of);
        let group = of.then(|| words.group(end + 1))??;
        let noun = words.text(at..end)?.to_lowercase();
        let object = words.said(group)?;
        let verb = words.length(at, words.classes().deed) == 0;
        let doing = if verb { words.doing(at) } else { None };
        let named = match doing {
            Some((_, doing)) => format!("{doing} {object}"),
            None => format!("{} {noun} {} {object}", bank.the, bank.of),
        };
        Some(Act { named, object: Some(object), verbal: doing.is_some() })
    })
}

/// Work that the sentence says was going on: "while transcribing row 771", "during the reorganisation".
fn going_on(words: &Words<'_>) -> Option<Act> {
    (0..words.tokens().len().saturating_sub(1)).filter(|&at| words.is(at, words.classes().during)).find_map(
        |at| {
            let doing = words.source(at + 1).ends_with("ing").then(|| verbal(words, at + 1)).flatten();
            doing.or_else(|| deed(words, at + 1))
        },
    )
}

/// Work told as a noun with "the" before it.
fn deed(words: &Words<'_>, at: usize) -> Option<Act> {
    let bank = &words.analysis.lexicon.questions.words;
    let after = at + 1;
    if after >= words.tokens().len() || !words.source(at).eq_ignore_ascii_case(&bank.the) {
        return None;
    }
    let length = words.length(after, words.classes().deed);
    let ends = after + length >= words.tokens().len() || words.stops(after + length);
    let noun = (length > 0 && ends).then(|| words.text(after..after + length))??;
    Some(Act { named: format!("{} {}", bank.the, noun.to_lowercase()), object: None, verbal: false })
}

/// The thing that was meant instead, where the sentence names it.
pub(super) fn target(words: &Words<'_>) -> Option<String> {
    (0..words.tokens().len()).find_map(|at| {
        let after = at + words.length(at, words.classes().intent);
        if after == at || after >= words.tokens().len() {
            return None;
        }
        let verb = words.doing(after).map_or(0, |(length, _)| length);
        let group = object(words, after + verb)?;
        words.said(group).filter(|said| !said.starts_with("`."))
    })
}

/// What the words of a finding are in: the rule of "a typo in the firewall rule".
pub(super) fn field(words: &Words<'_>, hit: Range<usize>) -> Option<String> {
    let end = words.tokens().len().min(hit.end + 1);
    let within = (hit.start..end).find(|&at| words.is(at, words.classes().within))?;
    words.said(object(words, within + 1)?)
}
