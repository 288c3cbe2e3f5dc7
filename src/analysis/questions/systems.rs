//! What the whole document names: the systems, the tools that people used, when it began.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::analysis::document_rules::DocumentFacts;
use crate::analysis::questions::slots::{Slots, command, headed};
use crate::analysis::sentences::Analysis;
use crate::analysis::timeline::Timeline;
use crate::analysis::wording::nouns::{Words, is_plural, product};
use crate::analysis::wording::quotes;
use crate::model::Role;
use crate::text::tokens::Shape;
use crate::text::vocabulary::ClassSet;

/// Mentions, by weight, that make a product or a tool one that the document is about.
const OFTEN: usize = 3;

/// Products that a document may name in passing and still be about.
const FEW: usize = 2;

/// The slots that the whole document fills: products by how often they are named.
pub(super) fn of_document(analysis: &Analysis<'_>, facts: &DocumentFacts<'_>, timeline: &Timeline) -> Slots {
    let libraries = named(analysis, facts, analysis.lexicon.classes.code_library);
    let kept = |name: &str| libraries.iter().all(|(known, _)| !known.eq_ignore_ascii_case(name));
    let mut often = named(analysis, facts, analysis.lexicon.classes.named_product)
        .into_iter()
        .filter(|&(_, count)| count >= OFTEN);
    let system = often.find(|(name, _)| kept(name)).map(|(name, _)| name);
    let found = [
        ("interface", interface(analysis)),
        ("party", party(analysis)),
        ("system", system),
        ("onset", timeline.onset().map(str::to_owned)),
        ("start", timeline.opening().map(str::to_owned)),
        ("noticed", timeline.work().map(|stretch| stretch.start)),
        ("fixed", timeline.work().map(|stretch| stretch.end)),
        ("title", title(analysis)),
        ("command", run_by_hand(analysis, facts)),
        ("change", timeline.change().map(str::to_owned)),
    ];
    found.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// What people worked with, as the document calls it most often: "the console".
fn interface(analysis: &Analysis<'_>) -> Option<String> {
    let mut found: BTreeMap<String, (usize, Reverse<usize>)> = BTreeMap::new();
    for (nth, (words, weight)) in account(analysis).enumerate() {
        let Some(said) = headed(&words, words.classes().screen).filter(|said| !is_plural(said)) else {
            continue;
        };
        found.entry(said).or_insert((0, Reverse(nth))).0 += weight;
    }
    let often = found.into_iter().filter(|(_, (count, _))| *count >= OFTEN);
    often.max_by_key(|(_, rank)| *rank).map(|(said, _)| said)
}

/// Who outside is relied upon, as the document first calls them: "the supplier".
fn party(analysis: &Analysis<'_>) -> Option<String> {
    account(analysis)
        .find_map(|(words, _)| headed(&words, words.classes().party).filter(|said| !is_plural(said)))
}

/// The title in quotation marks, when it says more than that this is a postmortem.
fn title(analysis: &Analysis<'_>) -> Option<String> {
    let document = analysis.document;
    let facts = |words: &Words<'_>| document.title == Some(document.sentences[words.sentence].span);
    quotes::title(&Words::all(analysis).find(is_title).filter(facts)?)
}

/// The first command in a sentence that tells an act as a cause.
fn run_by_hand(analysis: &Analysis<'_>, facts: &DocumentFacts<'_>) -> Option<String> {
    facts.claims.iter().filter(|claim| claim.is_human()).find_map(|claim| {
        let words = Words::new(analysis, claim.sentence);
        (0..words.tokens().len()).filter(|&at| words.is_code(at)).find_map(|at| command(&words, at))
    })
}

/// The product of the classes that the document names most.
pub(super) fn signal(
    analysis: &Analysis<'_>,
    facts: &DocumentFacts<'_>,
    classes: &[String],
) -> Option<String> {
    let classes = classes.iter().filter_map(|class| analysis.lexicon.vocabulary.class(class));
    let named = named(analysis, facts, classes.fold(ClassSet::EMPTY, ClassSet::with));
    let few = named.len() <= FEW;
    named.into_iter().find(|&(_, count)| few || count >= OFTEN).map(|(name, _)| name)
}

/// Products of the classes in the author's account, the one named most often first.
fn named(analysis: &Analysis<'_>, facts: &DocumentFacts<'_>, classes: ClassSet) -> Vec<(String, usize)> {
    let mut found: Vec<(String, usize)> = Vec::new();
    let naming = |(words, _): &(Words<'_>, usize)| words.holds(classes);
    for (words, weight) in account(analysis).filter(naming) {
        let title = is_title(&words);
        let claimed = || facts.claims.binary_search_by_key(&words.sentence, |claim| claim.sentence).is_ok();
        let told = || title || claimed();
        for at in 0..words.tokens().len() {
            let length = product(&words, at, classes);
            let length = length.filter(|_| title || !words.is(at, words.classes().watching));
            if let Some(name) = length.and_then(|length| words.text(at..at + length)) {
                count(&mut found, name, if told() { weight + OFTEN } else { weight });
            }
        }
    }
    found.retain(|(name, _)| !is_also_a_word(analysis, name));
    found.sort_by_key(|&(_, count)| Reverse(count));
    found
}

fn is_title(words: &Words<'_>) -> bool {
    let document = words.analysis.document;
    document.title.is_some_and(|title| title.start == document.sentences[words.sentence].span.start)
}

/// Whether the document uses a product's name as the plain word that it also is: "the vault", "a segment".
fn is_also_a_word(analysis: &Analysis<'_>, name: &str) -> bool {
    let (plain, ordinary) = (name.to_lowercase(), analysis.lexicon.classes.ordinary_name);
    let vocabulary = &analysis.lexicon.vocabulary;
    if !vocabulary.classes(vocabulary.id(&plain)).meets(ordinary) {
        return false;
    }
    Words::all(analysis).filter(|words| words.holds(ordinary)).any(|words| {
        (0..words.tokens().len()).any(|at| {
            words.tokens()[at].shape == Shape::Small && words.is(at, ordinary) && words.source(at) == plain
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
fn account<'r>(analysis: &'r Analysis<'r>) -> impl Iterator<Item = (Words<'r>, usize)> {
    let all = Words::all(analysis).map(move |words| (words, weight(analysis.role(words.sentence))));
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
