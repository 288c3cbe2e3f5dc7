//! What the whole document states: the systems, the commands that people ran, the conditions, how the incident began.

use std::cmp::Reverse;

use crate::analysis::claims::Claim;
use crate::analysis::document_rules::DocumentFacts;
use crate::analysis::questions::slots::{Slots, filled};
use crate::analysis::sentences::Analysis;
use crate::analysis::timeline;
use crate::analysis::wording::quotes;
use crate::analysis::wording::words::SentenceWords;
use crate::document::BlockKind;
use crate::lexicon::Frame;
use crate::lexicon::kinds::BucketRole;
use crate::model::{Role, SentenceId, Tier, TimelineEvent};
use crate::report::ClaimHead;
use crate::text::tokens::Shape;
use crate::text::vocabulary::ClassSet;

/// Minimum number of mentions, by weight, for a product or a tool to be a subject of the document.
const OFTEN: usize = 3;

/// Number of products up to which even a passing mention makes a product a subject of the document.
const FEW: usize = 2;

/// Maximum length in bytes of a command in a question.
const MOST_CODE: usize = 40;

/// A product and how often it is named, by weight.
type Mentions = (String, usize);

/// Fills the slots for the whole document.
pub(super) fn of_document(analysis: &Analysis<'_>, facts: &DocumentFacts<'_>) -> Slots {
    filled([("condition", condition(analysis, facts)), ("command", run_by_hand(analysis, facts))])
}

/// Returns the sentence of the only cause in quotation marks.
pub(super) fn only_cause(analysis: &Analysis<'_>, facts: &DocumentFacts<'_>) -> Option<String> {
    let [claim] = facts.claims else { return None };
    let role = analysis.role(claim.sentence);
    let is_given = matches!(role, Role::Cause | Role::ContributingFactors | Role::Trigger);
    if !claim.concluding && !is_given || role == Role::WentWrong {
        return None;
    }
    quotes::statement(&SentenceWords::new(analysis, claim.sentence))
}

/// Returns the first listed remedy of that tier in quotation marks.
pub(super) fn remedy(analysis: &Analysis<'_>, facts: &DocumentFacts<'_>, tier: Tier) -> Option<String> {
    let of_tier = facts.remedies.iter().filter(|remedy| remedy.tier == Some(tier));
    of_tier
        .map(|remedy| SentenceWords::new(analysis, remedy.sentence))
        .find_map(|words| quotes::statement(&words))
}

/// Returns the sentence, in quotation marks, that tells how the trouble showed: the first one of the summary or the impact,
/// or else the one in which the trouble begins or is noticed.
pub(super) fn symptom(analysis: &Analysis<'_>) -> Option<String> {
    let told = |&sentence: &SentenceId| {
        analysis.block(sentence).kind != BlockKind::Heading && !analysis.is_remedy(sentence)
    };
    let sums_up = |&sentence: &SentenceId| matches!(analysis.role(sentence), Role::Summary | Role::Impact);
    let shows = |&sentence: &SentenceId| {
        let events = timeline::events(analysis, sentence);
        events.contains(&TimelineEvent::Onset) || events.contains(&TimelineEvent::Noticed)
    };
    let quote = |sentence: SentenceId| {
        let words = SentenceWords::new(analysis, sentence);
        let tells = quotes::holds_verb(&words, 0..words.len()) && !words.holds(words.classes().first_person);
        if tells { quotes::statement(&words) } else { None }
    };
    let first = analysis.ids().filter(told).find(sums_up).and_then(quote);
    first.or_else(|| analysis.ids().filter(told).filter(shows).find_map(quote))
}

/// Returns the sentence, in quotation marks, that shows best what in the organisation's own systems made the incident
/// possible.
fn condition(analysis: &Analysis<'_>, facts: &DocumentFacts<'_>) -> Option<String> {
    let strength = |claim: &Claim| {
        let found = facts.evidence.iter().filter(|found| found.sentence == claim.sentence);
        let own = found.filter(|found| {
            found.role(analysis.lexicon) == BucketRole::Organisation && found.is_condition(analysis.lexicon)
        });
        own.map(|found| found.points).max()
    };
    let fits = |claim: &&Claim| {
        claim.head == ClaimHead::Condition
            && facts.judgement.reads(claim.sentence).is_some()
            && !analysis.is_remedy(claim.sentence)
            && !matches!(analysis.role(claim.sentence), Role::WentWell | Role::Response | Role::Actions)
            && analysis.block(claim.sentence).kind != BlockKind::Heading
    };
    let conditions = facts.claims.iter().filter(fits);
    let shown = conditions.filter_map(|claim| Some((strength(claim)?, claim.sentence)));
    let quoted = shown.filter_map(|(points, sentence)| {
        let words = SentenceWords::new(analysis, sentence);
        // A sentence with a reason in it explains itself, and what was missing may have been known before.
        let explains = words.holds(words.classes().subordinator);
        let lacks = words.holds(words.classes().undone) || words.holds(words.classes().kept_lead);
        let lasts = !analysis.has_guard(sentence, &analysis.lexicon.questions.condition_unless);
        Some((points, Reverse(sentence), quotes::statement(&words).filter(|_| lacks && lasts && !explains)?))
    });
    quoted.max().map(|(.., quote)| quote)
}

/// Returns the first command in a sentence that gives an act as a cause.
fn run_by_hand(analysis: &Analysis<'_>, facts: &DocumentFacts<'_>) -> Option<String> {
    facts.claims.iter().filter(|claim| claim.is_human()).find_map(|claim| {
        let words = SentenceWords::new(analysis, claim.sentence);
        // A name alone may also be that of a program, a user or a host.
        let has_arguments = |at: &usize| words.is_code(*at) && words.source(*at).contains(' ');
        (0..words.len()).filter(has_arguments).find_map(|at| command(&words, at))
    })
}

/// Returns inline code that is a command: it begins with a product's name, or follows a verb such as "run".
fn command(words: &SentenceWords<'_>, at: usize) -> Option<String> {
    let source = words.source(at).trim_matches('`');
    let first = source.split(' ').next()?;
    let vocabulary = &words.analysis.lexicon.vocabulary;
    let name = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let known = vocabulary.classes(vocabulary.id(first)).meets(words.classes().open_source);
    let run = at > 0 && words.is(at - 1, words.classes().run);
    if name && (known || run) { code(source) } else { None }
}

/// Returns inline code without its backticks, if it is short and on one line.
fn code(source: &str) -> Option<String> {
    let inner = source.trim();
    let fits = !inner.is_empty() && inner.len() <= MOST_CODE && !inner.contains(['\n', '`', '{', '}', '?']);
    fits.then(|| format!("`{inner}`"))
}

/// Returns the product of these classes that the document names most often, of those that it names where it explains
/// what happened and in a sentence that is `cued`. A product that only helped to find or to repair the trouble is not
/// among them.
pub(super) fn signal(
    analysis: &Analysis<'_>,
    facts: &DocumentFacts<'_>,
    classes: &[String],
    cued: impl Fn(SentenceId) -> bool,
) -> Option<String> {
    let classes = classes.iter().filter_map(|class| analysis.lexicon.vocabulary.class(class));
    let classes = classes.fold(ClassSet::EMPTY, ClassSet::with);
    let named = mentions(analysis, facts, classes);
    let few = named.len() <= FEW;
    let telling: Vec<SentenceWords<'_>> = story_of_cause(analysis, facts)
        .map(|(words, _)| words)
        .filter(|words| words.holds(classes) && cued(words.sentence))
        .collect();
    let explains = |name: &str| {
        let fits = |words: &SentenceWords<'_>, at: usize| {
            product_at(words, at, classes).is_some_and(|known| known.eq_ignore_ascii_case(name))
        };
        telling.iter().any(|words| (0..words.len()).any(|at| fits(words, at)))
    };
    let mut often = named.into_iter().filter(|&(_, weight)| few || weight >= OFTEN);
    often.find(|(name, _)| explains(name)).map(|(name, _)| name)
}

/// Returns the sentences that explain what happened, with their weights.
fn story_of_cause<'r>(
    analysis: &'r Analysis<'r>,
    facts: &'r DocumentFacts<'r>,
) -> impl Iterator<Item = (SentenceWords<'r>, usize)> {
    account(analysis).filter(|(words, _)| {
        let sentence = words.sentence;
        let central =
            analysis.is_title(sentence) || is_claim(facts, sentence) || analysis.is_causal(sentence);
        central && !analysis.is_remedy(sentence) && !analysis.has(sentence, Frame::RuledOut)
    })
}

/// Returns the products of these classes in the author's account, most frequent first.
fn mentions(analysis: &Analysis<'_>, facts: &DocumentFacts<'_>, classes: ClassSet) -> Vec<Mentions> {
    let mut found: Vec<Mentions> = Vec::new();
    for (words, weight) in account(analysis).filter(|(words, _)| words.holds(classes)) {
        let telling = analysis.is_title(words.sentence) || is_claim(facts, words.sentence);
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
    let next = at + length;
    // "Harbor Protocol" is not the registry "Harbor".
    let goes_on = next < words.len()
        && words.tokens()[next].shape == Shape::Capital
        && words.is(at, words.classes().ordinary_name);
    if goes_on || words.is(at, words.classes().watching) && !words.analysis.is_title(words.sentence) {
        return None;
    }
    Some(words.plain(at..at + length))
}

fn is_claim(facts: &DocumentFacts<'_>, sentence: SentenceId) -> bool {
    facts.claims.binary_search_by_key(&sentence, |claim| claim.sentence).is_ok()
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
