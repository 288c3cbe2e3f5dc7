//! What the whole document names: the systems, the tools that people used, when it began.

use super::nouns::{PRODUCTS, Words, product};
use super::slots::{Slots, command, headed, is_plural};
use crate::document::Role;
use crate::reading::Reading;
use crate::timeline::Timeline;

/// Mentions, by weight, that make a product or a tool one that the document is about.
const OFTEN: usize = 3;

/// The slots that the whole document fills: products by how often they are named.
pub(super) fn of_document(reading: &Reading<'_>, timeline: &Timeline) -> Slots {
    let kept = |name: &str| {
        named(reading, &["library-product"]).iter().all(|(known, _)| !known.eq_ignore_ascii_case(name))
    };
    let mut often = named(reading, &PRODUCTS[..2]).into_iter().filter(|&(_, count)| count >= OFTEN);
    let system = often.find(|(name, _)| kept(name)).map(|(name, _)| name);
    let found = [
        ("interface", interface(reading)),
        ("system", system),
        ("start", timeline.opening().map(str::to_owned)),
        ("command", run_by_hand(reading)),
        ("change", timeline.change().map(str::to_owned)),
    ];
    found.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// What people worked with, as the document calls it most often: "the console".
fn interface(reading: &Reading<'_>) -> Option<String> {
    let mut found: Vec<(String, usize)> = Vec::new();
    for (words, weight) in account(reading) {
        let Some(said) = headed(&words, "tool-noun").filter(|said| !is_plural(said)) else { continue };
        match found.iter_mut().find(|(known, _)| *known == said) {
            Some((_, count)) => *count += weight,
            None => found.push((said, weight)),
        }
    }
    found
        .into_iter()
        .rev()
        .filter(|&(_, count)| count >= OFTEN)
        .max_by_key(|&(_, count)| count)
        .map(|(said, _)| said)
}

/// The first command in a sentence that tells a cause.
fn run_by_hand(reading: &Reading<'_>) -> Option<String> {
    (0..reading.sentences.len()).filter(|&sentence| reading.is_causal(sentence)).find_map(|sentence| {
        let words = Words { reading, sentence };
        (0..words.tokens().len()).filter(|&at| words.is_code(at)).find_map(|at| command(&words, at))
    })
}

/// The product of the classes that the document names most.
pub(super) fn signal(reading: &Reading<'_>, classes: &[String]) -> Option<String> {
    let classes: Vec<&str> = classes.iter().map(String::as_str).collect();
    named(reading, &classes).into_iter().next().map(|(name, _)| name)
}

/// Products of the classes in the author's account, the one named most often first.
fn named(reading: &Reading<'_>, classes: &[&str]) -> Vec<(String, usize)> {
    let mut found: Vec<(String, usize)> = Vec::new();
    for (words, weight) in account(reading) {
        for at in 0..words.tokens().len() {
            let length = product(&words, at, classes);
            if let Some(name) = length.and_then(|length| words.text(at..at + length)) {
                count(&mut found, name, weight);
            }
        }
    }
    found.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    found
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
