//! Human acts, in a form in which a question can name them.

use std::ops::Range;

use crate::analysis::wording::words::{SentenceWords, lower};
use crate::document::BlockKind;
use crate::lexicon::Frame;
use crate::lexicon::kinds::MechanismKind;
use crate::text::agent::Agent;
use crate::text::vocabulary::ClassSet;

/// Maximum number of words and punctuation marks in a sentence that is only a label for an act.
const LABEL: usize = 8;

/// Maximum number of words between a verb and its second part.
const MOST_BETWEEN: usize = 8;

/// Maximum number of words between a wish or a negation and its verb.
const MOST_BEFORE_VERB: usize = 4;

/// The sentence from which the words for a finding are taken: its own or, for a mere label, a nearby one that states
/// the act.
pub(super) struct Scene<'r> {
    pub(super) words: SentenceWords<'r>,
    /// The tokens of the finding, or of the act.
    pub(super) hit: Range<usize>,
    /// The act, if the sentence states one that can be named.
    pub(super) act: Option<NamedAct>,
}

/// What was done.
pub(super) struct NamedAct {
    /// Its name: "deleting the share", "the activation of the configuration".
    pub(super) named: String,
    /// The object of the act.
    pub(super) object: Option<String>,
    /// True if it is named with a verb.
    pub(super) verbal: bool,
}

impl NamedAct {
    fn by_verb(named: String, object: String) -> Self {
        Self { named, object: Some(object), verbal: true }
    }
}

/// Returns the finding's own sentence if it states an act, or else a nearby one in which a person does something by
/// hand.
pub(super) fn scene(
    own: SentenceWords<'_>,
    hit: Range<usize>,
    mechanism: Option<MechanismKind>,
) -> Scene<'_> {
    let borrows = mechanism.is_some_and(MechanismKind::borrows_act);
    let states_act = hit.clone().any(|at| own.is(at, own.classes().act) || own.doing(at).is_some());
    let act = act_near(&own, hit.clone());
    if act.is_some() || !borrows {
        return Scene { words: own, hit, act };
    }
    let act = nominal(&own, 0..own.len()).or_else(|| if states_act { None } else { going_on(&own) });
    if act.is_some() || states_act {
        return Scene { words: own, hit, act };
    }
    if mechanism == Some(MechanismKind::Act)
        && let Some(scene) = by_hand(own).filter(|scene| scene.act.is_some())
    {
        return scene;
    }
    let anywhere = own.len() <= LABEL;
    let done = mechanism == Some(MechanismKind::Act);
    // What comes after a label explains it; what comes before it may be the response.
    let follows = |words: &SentenceWords<'_>| anywhere && words.sentence > own.sentence;
    let beside = neighbours(own).filter(|words| follows(words) || done && words.block() == own.block());
    beside.into_iter().find_map(by_hand).unwrap_or(Scene { words: own, hit, act: None })
}

/// Returns the surrounding sentences, nearest first, without headings.
fn neighbours(own: SentenceWords<'_>) -> impl Iterator<Item = SentenceWords<'_>> {
    let near =
        [1, -1, 2, -2].into_iter().filter_map(move |steps| own.analysis.neighbour(own.sentence, steps));
    let prose = near.filter(move |&sentence| own.analysis.block(sentence).kind != BlockKind::Heading);
    prose.map(move |sentence| SentenceWords { sentence, ..own })
}

/// Returns the scene of a sentence in which a person does something by hand, outside the remedies.
pub(super) fn by_hand(words: SentenceWords<'_>) -> Option<Scene<'_>> {
    if is_remedial(&words) {
        return None;
    }
    let first = (0..words.len()).find(|&at| is_done_by_hand(&words, at))?;
    let act = verbal(&words, first);
    if act.is_none() && target(&words).is_none() {
        return None;
    }
    Some(Scene { words, hit: first..first + 1, act })
}

/// True if a sentence tells what was, or will be, done about the trouble.
fn is_remedial(words: &SentenceWords<'_>) -> bool {
    words.analysis.is_remedy(words.sentence)
        || words.analysis.has(words.sentence, Frame::Remedy)
        || words.holds(words.classes().since)
}

/// True if the verb at `at` states an act that a person performed, rather than intended, wished for or omitted.
fn is_done_by_hand(words: &SentenceWords<'_>, at: usize) -> bool {
    let classes = words.classes();
    let before = |most: usize, class: ClassSet| words.any(at.saturating_sub(most)..at, class);
    let acts = words.is(at, classes.act) || parted(words, at).is_some();
    // "perform updating operations": not a verb of the sentence.
    let describes = words.is_gerund(at) && !is_passive(words, at);
    acts && !describes
        && !is_intended(words, at)
        && !before(MOST_BEFORE_VERB, classes.modal)
        && !before(MOST_BEFORE_VERB - 1, classes.undone)
        && subject(words, at) == Agent::Person
}

fn subject(words: &SentenceWords<'_>, at: usize) -> Agent {
    let tokens = &words.analysis.matches(words.sentence).tokens;
    words.analysis.lexicon.agents.subject(tokens, at)
}

/// True if "intended to" or the like comes directly before a verb.
fn is_intended(words: &SentenceWords<'_>, at: usize) -> bool {
    let intent = words.classes().intent;
    (at.saturating_sub(2)..at).any(|before| before + words.length(before, intent) == at)
}

/// Returns the act in or just after the words of the finding.
fn act_near(words: &SentenceWords<'_>, hit: Range<usize>) -> Option<NamedAct> {
    let end = words.len().min(hit.end + 1);
    nominal(words, hit.clone()).or_else(|| (hit.start..end).rev().find_map(|at| verbal(words, at)))
}

/// Returns the act whose verb is at `at`.
fn verbal(words: &SentenceWords<'_>, at: usize) -> Option<NamedAct> {
    let describes = at > 0 && is_before_noun(words, at - 1, at);
    let named = words.length(at, words.classes().thing) > 1;
    // "A local/test environment".
    let joined = at > 0 && words.gap(at) == Some("/");
    if words.is_mark(at) || describes || named || joined {
        return None;
    }
    parted(words, at).or_else(|| whole(words, at))
}

/// True if the participle at `at` describes the noun after it: "the approved plan", "from approved plans".
fn is_before_noun(words: &SentenceWords<'_>, before: usize, at: usize) -> bool {
    let opened = words.is(before, words.classes().determiner) && words.is_participle(at);
    opened || words.is(before, words.classes().preposition) && words.source(at).ends_with("ed")
}

/// Returns an act whose verb is in one piece.
fn whole(words: &SentenceWords<'_>, at: usize) -> Option<NamedAct> {
    let (length, doing) = words.doing(at)?;
    let group = object_of_verb(words, at, length)?;
    let end = group.end;
    let object = words.say(group)?;
    if is_one_of_two(words, at, end) {
        return None;
    }
    let named = format!("{doing} {object}");
    let unnamed = &words.analysis.lexicon.questions.unnamed;
    (!unnamed.contains(&named)).then_some(NamedAct::by_verb(named, object))
}

/// True if the object that ends before `end` is the first of two: "swapped source and target".
fn is_one_of_two(words: &SentenceWords<'_>, at: usize, end: usize) -> bool {
    let next = end + 1;
    let joined = next < words.len() && words.is(end, words.classes().clause) && !is_passive(words, at);
    let verb = joined && (words.doing(next).is_some() || words.is_participle(next));
    joined && !verb && words.group(next).is_some_and(|group| group.start == next)
}

/// Returns the object of a verb of `length` tokens: the words after it or, in the passive, those before it.
fn object_of_verb(words: &SentenceWords<'_>, at: usize, length: usize) -> Option<Range<usize>> {
    let after = at + length;
    if !is_passive(words, at) {
        return object(words, after);
    }
    if after < words.len() && words.is(after, words.classes().subordinator) {
        return None;
    }
    // "The role was granted access": the words before the verb name who was given it.
    let is_followed =
        after < words.len() && !words.is_mark(after) && !words.is(after, words.classes().preposition);
    if words.is(at, words.classes().giving) && is_followed {
        return None;
    }
    words.group_before(before_helpers(words, at))
}

/// Returns an act whose verb is split by its object, as in "took controller B out of service"; the longest one, if
/// there are several.
fn parted(words: &SentenceWords<'_>, at: usize) -> Option<NamedAct> {
    let verb = lower(words.source(at));
    let acts = words.analysis.lexicon.acts.parted(&verb);
    let found = acts.filter_map(|(doing, tail)| Some((tail.len(), parted_act(words, at, doing, tail)?)));
    found.max_by_key(|(length, _)| *length).map(|(_, act)| act)
}

/// Returns the act of the verb at `at`, if the words of `tail` follow its object.
fn parted_act(words: &SentenceWords<'_>, at: usize, doing: &str, tail: &[String]) -> Option<NamedAct> {
    let follows = |from: usize| {
        from + tail.len() <= words.len() && words.lower(from..from + tail.len()).as_slice() == tail
    };
    let from = (at + 1..words.len().min(at + MOST_BETWEEN)).find(|&from| follows(from))?;
    let group = if from == at + 1 && is_passive(words, at) {
        words.group_before(before_helpers(words, at))?
    } else {
        words.group_between(at + 1, from)?
    };
    let object = words.say(group)?;
    Some(NamedAct::by_verb(format!("{doing} {object} {}", tail.join(" ")), object))
}

/// Returns the noun group at `after`, if the clause continues there.
fn object(words: &SentenceWords<'_>, after: usize) -> Option<Range<usize>> {
    if after >= words.len() || words.is_mark(after) || words.is(after, words.classes().relative) {
        return None;
    }
    words.group(after).filter(|group| !group.clone().any(|at| words.is(at, words.classes().pointing)))
}

/// True if a form of "be" comes before the verb, not counting adverbs.
fn is_passive(words: &SentenceWords<'_>, at: usize) -> bool {
    words.any(before_helpers(words, at)..at, words.classes().be)
}

/// Returns the start of the auxiliary verbs and adverbs before a verb.
fn before_helpers(words: &SentenceWords<'_>, at: usize) -> usize {
    let helper = words.classes().helper;
    (0..at).rev().take_while(|&at| words.is(at, helper)).last().unwrap_or(at)
}

/// Returns an act stated as a noun with its object: "the deletion of the share".
fn nominal(words: &SentenceWords<'_>, mut hit: Range<usize>) -> Option<NamedAct> {
    hit.find_map(|at| nominal_at(words, at))
}

fn nominal_at(words: &SentenceWords<'_>, at: usize) -> Option<NamedAct> {
    let small = &words.analysis.lexicon.questions.words;
    let end = at + words.length(at, words.classes().act_or_deed);
    if end == at || end >= words.len() || !words.is_word(end, &small.of) {
        return None;
    }
    let object = words.say(words.group(end + 1)?)?;
    let noun = words.text(at..end)?.to_lowercase();
    let is_deed = words.is(at, words.classes().deed);
    if let Some((_, doing)) = words.doing(at).filter(|_| !is_deed) {
        return Some(NamedAct::by_verb(format!("{doing} {object}"), object));
    }
    let named = format!("{} {noun} {} {object}", small.the, small.of);
    Some(NamedAct { named, object: Some(object), verbal: false })
}

/// Returns work in progress in the sentence: "while transcribing row 771", "during the reorganisation".
fn going_on(words: &SentenceWords<'_>) -> Option<NamedAct> {
    let mut places = 1..words.len();
    places.find_map(|at| {
        if !words.is(at - 1, words.classes().during) {
            return None;
        }
        let doing = if words.is_gerund(at) { verbal(words, at) } else { None };
        doing.or_else(|| deed(words, at))
    })
}

/// Returns work stated as a noun with "the" at `at`.
fn deed(words: &SentenceWords<'_>, at: usize) -> Option<NamedAct> {
    let the = &words.analysis.lexicon.questions.words.the;
    let start = at + 1;
    if start >= words.len() || !words.is_word(at, the) {
        return None;
    }
    let end = start + words.length(start, words.classes().deed);
    if end == start || end < words.len() && !words.stops(end) {
        return None;
    }
    let named = format!("{the} {}", words.text(start..end)?.to_lowercase());
    Some(NamedAct { named, object: None, verbal: false })
}

/// Returns the thing that was meant instead, if the sentence names it.
pub(super) fn target(words: &SentenceWords<'_>) -> Option<String> {
    (0..words.len()).find_map(|at| {
        let after = at + words.length(at, words.classes().intent);
        if after == at || after >= words.len() {
            return None;
        }
        let verb = words.doing(after).map_or(0, |(length, _)| length);
        let activity = verb == 0 && words.is_gerund(after);
        if activity {
            return None;
        }
        let said = words.say(object(words, after + verb)?)?;
        (!said.starts_with("`.")).then_some(said)
    })
}

/// Returns what contains the words of a finding: "the firewall rule" in "a typo in the firewall rule".
pub(super) fn field(words: &SentenceWords<'_>, hit: &Range<usize>) -> Option<String> {
    let end = words.len().min(hit.end + 1);
    let within = (hit.start..end).find(|&at| words.is(at, words.classes().within))?;
    let group = object(words, within + 1)?;
    // "The name of a file" and "its name" say which name; "the name" does not.
    let of = &words.analysis.lexicon.questions.words.of;
    let is_of = group.end < words.len() && words.is_word(group.end, of);
    let opener = group.start - 1;
    let plain = words.is(opener, words.classes().article) || words.is(opener, words.classes().our);
    let owned = words.is(opener, words.classes().determiner) && !plain;
    if is_of || owned { None } else { words.say(group) }
}
