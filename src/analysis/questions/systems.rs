//! What the whole document names: the systems, the tools that people used, when the incident began.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::analysis::document_rules::DocumentFacts;
use crate::analysis::questions::slots::{Slots, command, filled};
use crate::analysis::sentences::Analysis;
use crate::analysis::timeline::Timeline;
use crate::analysis::wording::nouns::is_plural;
use crate::analysis::wording::quotes;
use crate::analysis::wording::words::SentenceWords;
use crate::model::{Role, SentenceId};
use crate::text::tokens::Shape;
use crate::text::vocabulary::ClassSet;

/// Minimum number of mentions, by weight, for a product or a tool to be a subject of the document.
const OFTEN: usize = 3;

/// Number of products up to which even a passing mention makes a product a subject of the document.
const FEW: usize = 2;

/// A product and how often it is named, by weight.
type Mentions = (String, usize);

/// Fills the slots for the whole document: products by how often they are named.
pub(super) fn of_document(analysis: &Analysis<'_>, facts: &DocumentFacts<'_>, timeline: &Timeline) -> Slots {
    let work = timeline.work();
    filled([
        ("interface", screen(analysis)),
        ("party", party(analysis)),
        ("system", system(analysis, facts)),
        ("onset", timeline.onset().map(str::to_owned)),
        ("start", timeline.opening().map(str::to_owned)),
        ("noticed", work.as_ref().map(|stretch| stretch.start.clone())),
        ("fixed", work.as_ref().map(|stretch| stretch.end.clone())),
        ("title", title(analysis)),
        ("command", run_by_hand(analysis, facts)),
        ("change", timeline.change().map(str::to_owned)),
    ])
}

/// Returns the product that the document names most often, not counting code libraries.
fn system(analysis: &Analysis<'_>, facts: &DocumentFacts<'_>) -> Option<String> {
    let classes = &analysis.lexicon.classes;
    let libraries = mentions(analysis, facts, classes.code_library);
    let is_library = |name: &str| libraries.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
    let products = mentions(analysis, facts, classes.named_product).into_iter();
    products.filter(|(_, weight)| *weight >= OFTEN).map(|(name, _)| name).find(|name| !is_library(name))
}

/// Returns what people worked with, in the document's most frequent words: "the console".
fn screen(analysis: &Analysis<'_>) -> Option<String> {
    let mut found: BTreeMap<String, (usize, Reverse<usize>)> = BTreeMap::new();
    for (nth, (words, weight)) in account(analysis).enumerate() {
        if let Some(said) = words.headed(words.classes().screen).filter(|said| !is_plural(said)) {
            found.entry(said).or_insert((0, Reverse(nth))).0 += weight;
        }
    }
    let often = found.into_iter().filter(|(_, (count, _))| *count >= OFTEN);
    often.max_by_key(|(_, rank)| *rank).map(|(said, _)| said)
}

/// Returns the outside party that is relied upon, as first named in the document: "the supplier".
fn party(analysis: &Analysis<'_>) -> Option<String> {
    let parties = account(analysis).filter_map(|(words, _)| words.headed(words.classes().party));
    parties.into_iter().find(|said| !is_plural(said))
}

/// Returns the title in quotation marks, if it says more than that this is a postmortem.
fn title(analysis: &Analysis<'_>) -> Option<String> {
    let words = SentenceWords::all(analysis).find(is_title)?;
    let is_whole = analysis.document.title == Some(analysis.sentence(words.sentence).span);
    if is_whole { quotes::title(&words) } else { None }
}

/// Returns the first command in a sentence that gives an act as a cause.
fn run_by_hand(analysis: &Analysis<'_>, facts: &DocumentFacts<'_>) -> Option<String> {
    facts.claims.iter().filter(|claim| claim.is_human()).find_map(|claim| {
        let words = SentenceWords::new(analysis, claim.sentence);
        (0..words.len()).filter(|&at| words.is_code(at)).find_map(|at| command(&words, at))
    })
}

/// Returns the product of these classes that the document names most often.
pub(super) fn signal(
    analysis: &Analysis<'_>,
    facts: &DocumentFacts<'_>,
    classes: &[String],
) -> Option<String> {
    let classes = classes.iter().filter_map(|class| analysis.lexicon.vocabulary.class(class));
    let named = mentions(analysis, facts, classes.fold(ClassSet::EMPTY, ClassSet::with));
    let few = named.len() <= FEW;
    named.into_iter().find(|&(_, weight)| few || weight >= OFTEN).map(|(name, _)| name)
}

/// Returns the products of these classes in the author's account, most frequent first.
fn mentions(analysis: &Analysis<'_>, facts: &DocumentFacts<'_>, classes: ClassSet) -> Vec<Mentions> {
    let mut found: Vec<Mentions> = Vec::new();
    for (words, weight) in account(analysis).filter(|(words, _)| words.holds(classes)) {
        let telling = is_title(&words) || is_claim(facts, words.sentence);
        let weight = if telling { weight + OFTEN } else { weight };
        for at in 0..words.len() {
            if let Some(name) = product_at(&words, at, classes) {
                count(&mut found, name, weight);
            }
        }
    }
    found.retain(|(name, _)| !is_also_a_word(analysis, name));
    found.sort_by_key(|&(_, weight)| Reverse(weight));
    found
}

/// Returns the product named at `at`. A monitoring product counts only in a title.
fn product_at(words: &SentenceWords<'_>, at: usize, classes: ClassSet) -> Option<String> {
    let length = words.product(at, classes)?;
    if words.is(at, words.classes().watching) && !is_title(words) {
        return None;
    }
    words.text(at..at + length)
}

fn is_claim(facts: &DocumentFacts<'_>, sentence: SentenceId) -> bool {
    facts.claims.binary_search_by_key(&sentence, |claim| claim.sentence).is_ok()
}

fn is_title(words: &SentenceWords<'_>) -> bool {
    let analysis = words.analysis;
    analysis.document.title.is_some_and(|title| title.start == analysis.sentence(words.sentence).span.start)
}

/// True if the document also uses a product's name as an ordinary word: "the vault", "a segment".
fn is_also_a_word(analysis: &Analysis<'_>, name: &str) -> bool {
    let (plain, ordinary) = (name.to_lowercase(), analysis.lexicon.classes.ordinary_name);
    let vocabulary = &analysis.lexicon.vocabulary;
    if !vocabulary.classes(vocabulary.id(&plain)).meets(ordinary) {
        return false;
    }
    let is_plain = |words: &SentenceWords<'_>, at: usize| {
        words.tokens()[at].shape == Shape::Small && words.is(at, ordinary) && words.source(at) == plain
    };
    let mut sentences = SentenceWords::all(analysis).filter(|words| words.holds(ordinary));
    sentences.any(|words| (0..words.len()).any(|at| is_plain(&words, at)))
}

/// Counts a name and keeps the spelling with capitals.
fn count(found: &mut Vec<Mentions>, name: String, weight: usize) {
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

/// Returns the sentences about the incident, with their weights.
fn account<'r>(analysis: &'r Analysis<'r>) -> impl Iterator<Item = (SentenceWords<'r>, usize)> {
    let all = SentenceWords::all(analysis).map(move |words| (words, weight(analysis.role(words.sentence))));
    all.filter(|&(_, weight)| weight > 0)
}

/// Returns the weight of a product name in a section with that role.
const fn weight(role: Role) -> usize {
    match role {
        Role::Cause | Role::ContributingFactors | Role::Trigger => 3,
        Role::Actions | Role::Appendix | Role::WentWell | Role::Response => 0,
        _ => 1,
    }
}
