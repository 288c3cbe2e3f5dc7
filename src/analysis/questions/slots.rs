//! Fills the slots of a question with words of the document. Each slot is filled from one sentence or left empty.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::analysis::findings::TextFinding;
use crate::analysis::questions::acts::{self, Scene};
use crate::analysis::sentences::Analysis;
use crate::analysis::timeline::Timeline;
use crate::analysis::wording::nouns::{code, is_plural};
use crate::analysis::wording::quotes;
use crate::analysis::wording::words::SentenceWords;
use crate::document::BlockKind;
use crate::lexicon::kinds::MechanismKind;
use crate::model::{Role, SentenceId};

/// Minimum length in bytes of inline code that identifies the same thing in several places.
const TELLING_CODE: usize = 4;

/// The slot for the clause of a finding.
pub(super) const SAID: &str = "said";

/// Slots that have been filled.
pub(super) type Slots = BTreeMap<&'static str, String>;

/// A slot and its words, if it can be filled.
type Slot = (&'static str, Option<String>);

/// Returns the slots that are filled.
pub(super) fn filled(slots: impl IntoIterator<Item = Slot>) -> Slots {
    slots.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// Returns the words that a question about a finding can use, and the sentence that most of them come from.
pub(super) fn of_finding(
    analysis: &Analysis<'_>,
    finding: &TextFinding,
    timeline: &Timeline,
) -> (SentenceId, Slots) {
    let own = SentenceWords::new(analysis, finding.sentence);
    let hit = own.tokens_within(finding.span);
    let mechanism = finding.mechanism_kind(analysis.lexicon);
    let mut scene = acts::scene(own, hit.clone(), mechanism);
    if !mechanism.is_some_and(MechanismKind::borrows_act) {
        scene.act = scene.act.filter(|act| !is_omission(analysis, &act.named));
    }
    // "Signed it without opening a message": opening is what was not done.
    if mechanism == Some(MechanismKind::Act) && is_undone(analysis, finding) {
        scene.act = None;
    }
    if mechanism != Some(MechanismKind::Remedy) && analysis.role(scene.words.sentence) == Role::Actions {
        scene.act = None;
    }
    let slots =
        of_words(&own, &hit, mechanism, finding.is_of_reader_alone()).into_iter().chain(of_act(&scene));
    (scene.words.sentence, filled(slots.chain(of_scene(&scene, timeline))))
}

/// Returns the first act by hand that the sections about the cause state, and that did not repair anything.
pub(super) fn of_cause(analysis: &Analysis<'_>) -> Slots {
    let is_causal = |&at: &SentenceId| {
        matches!(analysis.role(at), Role::Cause | Role::Trigger | Role::ContributingFactors)
            && analysis.block(at).kind != BlockKind::Heading
    };
    let causal = analysis.ids().filter(is_causal);
    let mut acts = causal.filter_map(|sentence| acts::by_hand(SentenceWords::new(analysis, sentence))?.act);
    match acts.find(|act| act.verbal && !is_repair(analysis, &act.named)) {
        Some(act) => Slots::from([("act", act.named.clone()), ("doing", act.named)]),
        None => Slots::new(),
    }
}

/// True if the words of a finding, or those before them, say that something was not done.
pub(super) fn is_undone(analysis: &Analysis<'_>, finding: &TextFinding) -> bool {
    let words = SentenceWords::new(analysis, finding.sentence);
    let hit = words.tokens_within(finding.span);
    words.any(hit.start.saturating_sub(1)..hit.end, words.classes().undone)
}

/// True if an act is an omission.
fn is_omission(analysis: &Analysis<'_>, named: &str) -> bool {
    analysis.lexicon.questions.omits.iter().any(|omits| named.starts_with(omits.as_str()))
}

/// True if an act repaired what was broken.
fn is_repair(analysis: &Analysis<'_>, named: &str) -> bool {
    analysis.lexicon.questions.repairs.iter().any(|repairs| named.starts_with(repairs.as_str()))
}

/// Fills the slots for the words of the finding; `loose` if only the reader found them.
fn of_words(
    own: &SentenceWords<'_>,
    hit: &Range<usize>,
    mechanism: Option<MechanismKind>,
    loose: bool,
) -> [Slot; 5] {
    // A single word about a trait is enough: "hungover".
    let alone = mechanism == Some(MechanismKind::Trait);
    let says_enough = |quote: &String| alone || quote.contains([' ', '-']);
    let quote = if loose { quotes::whole_phrase } else { quotes::quote };
    let quote = if alone && loose { None } else { quote(own, hit.clone(), alone).filter(says_enough) };
    [
        (SAID, quotes::clause(own, hit).or_else(|| quotes::predicate(own, hit))),
        ("quote", quote),
        ("belief", quotes::belief(own, hit.clone())),
        ("field", acts::field(own, hit)),
        ("action", quotes::action(own, hit)),
    ]
}

/// Fills the slots for the act, its object and its tool.
fn of_act(scene: &Scene<'_>) -> [Slot; 4] {
    let act = scene.act.as_ref();
    let is_object = |tool: &String| act.is_some_and(|act| act.named.contains(tool.as_str()));
    [
        ("act", act.map(|act| act.named.clone())),
        ("doing", act.filter(|act| act.verbal).map(|act| act.named.clone())),
        ("object", act.and_then(|act| act.object.clone())),
        ("tool", nearest_tool(&scene.words, scene.hit.start).filter(|tool| !is_object(tool))),
    ]
}

/// Fills the slots for other things that the sentence names.
fn of_scene(scene: &Scene<'_>, timeline: &Timeline) -> [Slot; 6] {
    let (words, classes) = (&scene.words, scene.words.classes());
    [
        ("target", acts::target(words)),
        ("other", other(scene)),
        ("procedure", words.headed(classes.procedure)),
        ("alert", words.headed(classes.alert).filter(|alert| !is_plural(alert))),
        ("limit", words.headed(classes.limit)),
        ("time", time(words, timeline)),
    ]
}

/// Returns the object of the act, if it is of the same kind as the intended one: two buckets, two hosts.
fn other(scene: &Scene<'_>) -> Option<String> {
    let (target, object) = (acts::target(&scene.words)?, scene.act.as_ref()?.object.clone()?);
    let kind = |group: &str| group.rsplit(' ').next().map(str::to_lowercase);
    let labels = !target.contains(' ') && !object.contains(' ');
    (target != object && (labels || kind(&target) == kind(&object))).then_some(object)
}

/// Returns the tool that the sentence names; if there are several, the one nearest to the finding.
fn nearest_tool(words: &SentenceWords<'_>, hit: usize) -> Option<String> {
    let named = words.holds(words.classes().any_tool);
    let mut places: Vec<usize> = (0..words.len()).filter(|&at| named || words.is_code(at)).collect();
    places.sort_by_key(|&at| at.abs_diff(hit));
    places.into_iter().find_map(|at| tool_at(words, at))
}

fn tool_at(words: &SentenceWords<'_>, at: usize) -> Option<String> {
    if words.is_code(at) {
        return command(words, at);
    }
    let Some(length) = words.product(at, words.classes().named_product) else {
        return words.headed_at(at, words.classes().tool);
    };
    let end = at + length;
    if end < words.len() && !words.stops(end) {
        return None;
    }
    words.text(at..end)
}

/// Returns inline code that is a command: it begins with a product's name, or follows a verb such as "run".
pub(super) fn command(words: &SentenceWords<'_>, at: usize) -> Option<String> {
    let source = words.source(at).trim_matches('`');
    let first = source.split(' ').next()?;
    let vocabulary = &words.analysis.lexicon.vocabulary;
    let name = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let known = vocabulary.classes(vocabulary.id(first)).meets(words.classes().open_source);
    let run = at > 0 && words.is(at - 1, words.classes().run);
    if name && (known || run) { code(source) } else { None }
}

/// Returns the only clock time in the sentence, or that of the only timeline row that names the same thing.
fn time(words: &SentenceWords<'_>, timeline: &Timeline) -> Option<String> {
    let line = words.analysis.text_line(words.sentence);
    if timeline.has_row_on(line) {
        return timeline.at_sentence(words.sentence).map(str::to_owned);
    }
    own_time(words).or_else(|| shared_time(words, timeline))
}

fn own_time(words: &SentenceWords<'_>) -> Option<String> {
    let text = words.analysis.text(words.sentence);
    let mut times = words.analysis.lexicon.headings.dates.clock_times(text);
    let only = times.next()?;
    times.next().is_none().then(|| only.to_string())
}

fn shared_time(words: &SentenceWords<'_>, timeline: &Timeline) -> Option<String> {
    let is_telling = |at: &usize| words.is_code(*at) && words.source(*at).len() >= TELLING_CODE;
    let mut telling = (0..words.len()).filter(is_telling);
    telling.find_map(|at| timeline.only_row_with(words.source(at)).map(str::to_owned))
}
