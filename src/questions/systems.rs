//! What the whole document names: the systems, the tools that people used, when it began.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::nouns::{PRODUCTS, Words, product};
use super::quotes;
use super::slots::{Slots, command, headed, is_plural};
use crate::document::Role;
use crate::document_rules::Whole;
use crate::grammar::tokens::Shape;
use crate::reading::Reading;
use crate::timeline::Timeline;

/// Mentions, by weight, that make a product or a tool one that the document is about.
const OFTEN: usize = 3;

/// Products that a document may name in passing and still be about.
const FEW: usize = 2;

/// The slots that the whole document fills: products by how often they are named.
pub(super) fn of_document(reading: &Reading<'_>, whole: &Whole<'_>, timeline: &Timeline) -> Slots {
    let libraries = named(reading, whole, &["library-product"]);
    let kept = |name: &str| libraries.iter().all(|(known, _)| !known.eq_ignore_ascii_case(name));
    let mut often = named(reading, whole, &PRODUCTS[..2]).into_iter().filter(|&(_, count)| count >= OFTEN);
    let system = often.find(|(name, _)| kept(name)).map(|(name, _)| name);
    let found = [
        ("interface", interface(reading)),
        ("party", party(reading)),
        ("system", system),
        ("onset", timeline.onset().map(str::to_owned)),
        ("start", timeline.opening().map(str::to_owned)),
        ("noticed", timeline.work().map(|stretch| stretch.start)),
        ("fixed", timeline.work().map(|stretch| stretch.end)),
        ("title", title(reading)),
        ("command", run_by_hand(reading, whole)),
        ("change", timeline.change().map(str::to_owned)),
    ];
    found.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// What people worked with, as the document calls it most often: "the console".
fn interface(reading: &Reading<'_>) -> Option<String> {
    let mut found: BTreeMap<String, (usize, Reverse<usize>)> = BTreeMap::new();
    for (nth, (words, weight)) in account(reading).enumerate() {
        let Some(said) = headed(&words, "screen-noun").filter(|said| !is_plural(said)) else { continue };
        found.entry(said).or_insert((0, Reverse(nth))).0 += weight;
    }
    let often = found.into_iter().filter(|(_, (count, _))| *count >= OFTEN);
    often.max_by_key(|(_, rank)| *rank).map(|(said, _)| said)
}

/// Who outside is relied upon, as the document first calls them: "the supplier".
fn party(reading: &Reading<'_>) -> Option<String> {
    account(reading).find_map(|(words, _)| headed(&words, "party-noun").filter(|said| !is_plural(said)))
}

/// The title in quotation marks, when it says more than that this is a postmortem.
fn title(reading: &Reading<'_>) -> Option<String> {
    let all = (0..reading.sentences.len()).map(|sentence| Words { reading, sentence });
    let whole =
        |words: &Words<'_>| reading.document.title == Some(reading.document.sentences[words.sentence].span);
    quotes::title(&all.into_iter().find(is_title).filter(whole)?)
}

/// The first command in a sentence that tells an act as a cause.
fn run_by_hand(reading: &Reading<'_>, whole: &Whole<'_>) -> Option<String> {
    whole.claims.iter().filter(|claim| claim.is_human()).find_map(|claim| {
        let words = Words { reading, sentence: claim.sentence };
        (0..words.tokens().len()).filter(|&at| words.is_code(at)).find_map(|at| command(&words, at))
    })
}

/// The product of the classes that the document names most.
pub(super) fn signal(reading: &Reading<'_>, whole: &Whole<'_>, classes: &[String]) -> Option<String> {
    let classes: Vec<&str> = classes.iter().map(String::as_str).collect();
    let named = named(reading, whole, &classes);
    let few = named.len() <= FEW;
    named.into_iter().find(|&(_, count)| few || count >= OFTEN).map(|(name, _)| name)
}

/// Products of the classes in the author's account, the one named most often first.
fn named(reading: &Reading<'_>, whole: &Whole<'_>, classes: &[&str]) -> Vec<(String, usize)> {
    let mut found: Vec<(String, usize)> = Vec::new();
    let naming = |(words, _): &(Words<'_>, usize)| classes.iter().any(|class| words.holds(class));
    for (words, weight) in account(reading).filter(naming) {
        let title = is_title(&words);
        let claimed = || whole.claims.binary_search_by_key(&words.sentence, |claim| claim.sentence).is_ok();
        let told = || title || claimed();
        for at in 0..words.tokens().len() {
            let length = product(&words, at, classes);
            let length = length.filter(|_| title || !words.is(at, "watching-product"));
            if let Some(name) = length.and_then(|length| words.text(at..at + length)) {
                count(&mut found, name, if told() { weight + OFTEN } else { weight });
            }
        }
    }
    found.retain(|(name, _)| !is_also_a_word(reading, name));
    found.sort_by_key(|&(_, count)| Reverse(count));
    found
}

fn is_title(words: &Words<'_>) -> bool {
    let document = words.reading.document;
    document.title.is_some_and(|title| title.start == document.sentences[words.sentence].span.start)
}

/// Whether the document uses a product's name as the plain word that it also is: "the vault", "a segment".
fn is_also_a_word(reading: &Reading<'_>, name: &str) -> bool {
    let plain = name.to_lowercase();
    let vocabulary = &reading.lexicon.vocabulary;
    let classes = vocabulary.classes(vocabulary.id(&plain));
    if !vocabulary.class("ordinary-name").is_some_and(|class| classes.has(class)) {
        return false;
    }
    (0..reading.sentences.len()).map(|sentence| Words { reading, sentence }).any(|words| {
        (0..words.tokens().len()).any(|at| {
            words.tokens()[at].shape == Shape::Small
                && words.is(at, "ordinary-name")
                && words.source(at) == plain
        })
    })
}

/// Counts a name, and keeps the spelling with capitals.
fn count(found: &mut Vec<(String, usize)>, name: String, weight: usize) {
    match found.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(&name)) {
        None => found.push((name, weight)),
        Some((known, count)) => {
            *count += weight;
            if known.to_lowercase() == *known {
                *known = name;
            }
        }
    }
}

/// The sentences that tell of the incident, with their weight.
fn account<'r>(reading: &'r Reading<'r>) -> impl Iterator<Item = (Words<'r>, usize)> {
    let all = (0..reading.sentences.len())
        .map(|sentence| (Words { reading, sentence }, weight(reading.role(sentence))));
    all.filter(|&(_, weight)| weight > 0)
}

/// How much it says about the incident that a product is named in a section of that role.
const fn weight(role: Role) -> usize {
    match role {
        Role::Cause | Role::ContributingFactors | Role::Trigger => 3,
        Role::Actions | Role::Appendix | Role::WentWell | Role::Response => 0,
        _ => 1,
    }
}
