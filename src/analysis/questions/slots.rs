//! The document's own words for the slots of a question, each from one sentence, or none.

use std::collections::BTreeMap;

use crate::analysis::findings::TextFinding;
use crate::analysis::questions::acts::{self, Scene};
use crate::analysis::sentences::Analysis;
use crate::analysis::timeline::Timeline;
use crate::analysis::wording::nouns::{Words, code, is_plural, product};
use crate::analysis::wording::quotes;
use crate::document::BlockKind;
use crate::model::Role;
use crate::text::vocabulary::ClassSet;

/// Slots that could be filled.
pub(super) type Slots = BTreeMap<&'static str, String>;

/// The words of a finding that a question about it can use, and the sentence that most of them come from.
pub(super) fn of_finding(
    analysis: &Analysis<'_>,
    finding: &TextFinding,
    timeline: &Timeline,
) -> (usize, Slots) {
    let own = Words::new(analysis, finding.sentence);
    let hit = own.tokens_within(finding.span);
    let borrow = &analysis.lexicon.questions.borrow;
    let borrows = finding.mechanism.as_ref().is_some_and(|mechanism| borrow.contains(mechanism));
    let done = finding
        .mechanism
        .as_ref()
        .is_some_and(|mechanism| analysis.lexicon.questions.done.contains(mechanism));
    let mut scene = acts::scene(own, hit.clone(), borrows, done);
    scene.act = scene.act.filter(|act| borrows || !is_omission(analysis, &act.named));
    let judges = finding.mechanism.as_deref() == Some(JUDGEMENT);
    let told = |quote: &String| judges || quote.contains(' ') || quote.contains('-');
    let quotes = [
        ("quote", quotes::quote(&own, hit.clone(), judges).filter(told)),
        ("belief", quotes::belief(&own, hit.clone())),
        ("field", acts::field(&own, hit.clone())),
        ("action", quotes::action(&own, hit)),
    ];
    let found = quotes.into_iter().chain(of_act(&scene)).chain(of_scene(&scene, timeline));
    (scene.words.sentence, found.filter_map(|(name, value)| Some((name, value?))).collect())
}

/// The first act by hand that the sections on the cause tell.
pub(super) fn of_cause(analysis: &Analysis<'_>) -> Slots {
    let causal = |&at: &usize| {
        matches!(analysis.role(at), Role::Cause | Role::Trigger | Role::ContributingFactors)
            && analysis.block(at).kind != BlockKind::Heading
    };
    let mut acts = (0..analysis.sentences.len())
        .filter(causal)
        .filter_map(|sentence| acts::told(Words::new(analysis, sentence))?.act.filter(|act| act.verbal));
    let act = acts.next();
    act.map(|act| Slots::from([("act", act.named.clone()), ("doing", act.named)])).unwrap_or_default()
}

/// The mechanism whose single words say enough: "hungover".
const JUDGEMENT: &str = "judgement";

/// Whether an act is to leave something out.
fn is_omission(analysis: &Analysis<'_>, named: &str) -> bool {
    analysis.lexicon.questions.omits.iter().any(|omits| named.starts_with(omits.as_str()))
}

/// The act, what it was done to, and with what.
fn of_act(scene: &Scene<'_>) -> [(&'static str, Option<String>); 4] {
    let act = scene.act.as_ref();
    let acted_on = |tool: &String| act.is_some_and(|act| act.named.contains(tool.as_str()));
    [
        ("act", act.map(|act| act.named.clone())),
        ("doing", act.filter(|act| act.verbal).map(|act| act.named.clone())),
        ("object", act.and_then(|act| act.object.clone())),
        ("tool", tool(&scene.words, scene.hit.start).filter(|tool| !acted_on(tool))),
    ]
}

/// What else the sentence names.
fn of_scene(scene: &Scene<'_>, timeline: &Timeline) -> [(&'static str, Option<String>); 6] {
    let words = &scene.words;
    [
        ("target", acts::target(words)),
        ("other", other(scene)),
        ("procedure", headed(words, words.classes().procedure)),
        ("alert", headed(words, words.classes().alert).filter(|alert| !is_plural(alert))),
        ("limit", headed(words, words.classes().limit)),
        ("time", time(words, timeline)),
    ]
}

/// What the act was done to, when it is of the kind of what was meant: two buckets, two hosts.
fn other(scene: &Scene<'_>) -> Option<String> {
    let (target, object) = (acts::target(&scene.words)?, scene.act.as_ref()?.object.clone()?);
    let kind = |group: &str| group.rsplit(' ').next().map(str::to_lowercase);
    let labels = !target.contains(' ') && !object.contains(' ');
    (target != object && (labels || kind(&target) == kind(&object))).then_some(object)
}

/// The tool that the sentence names, the one nearest to the finding first.
fn tool(words: &Words<'_>, hit: usize) -> Option<String> {
    let named = words.holds(words.classes().any_tool);
    let all = 0..words.tokens().len();
    let mut places: Vec<usize> = all.filter(|&at| named || words.is_code(at)).collect();
    places.sort_by_key(|&at| at.abs_diff(hit));
    places.into_iter().find_map(|at| tool_at(words, at))
}

fn tool_at(words: &Words<'_>, at: usize) -> Option<String> {
    if words.is_code(at) {
        return command(words, at);
    }
    if let Some(length) = product(words, at, words.classes().named_product) {
        let alone = at + length >= words.tokens().len() || words.stops(at + length);
        return alone.then(|| words.text(at..at + length))?;
    }
    let length = words.length(at, words.classes().tool);
    (length > 0).then(|| words.said(words.group_around(at, length)?))?
}

/// Inline code that is run: it begins with a product's name, or a verb of running stands before it.
pub(super) fn command(words: &Words<'_>, at: usize) -> Option<String> {
    let source = words.source(at).trim_matches('`');
    let first = source.split(' ').next()?;
    let vocabulary = &words.analysis.lexicon.vocabulary;
    let name = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let known = vocabulary.classes(vocabulary.id(first)).meets(words.classes().open_source);
    let run = at > 0 && words.is(at - 1, words.classes().run);
    (name && (known || run)).then(|| code(source))?
}

/// The noun group that a word of the class heads.
pub(super) fn headed(words: &Words<'_>, class: ClassSet) -> Option<String> {
    let places = if words.holds(class) { 0..words.tokens().len() } else { 0..0 };
    places.into_iter().find_map(|at| {
        let length = words.length(at, class);
        (length > 0).then(|| words.said(words.group_around(at, length)?))?
    })
}

/// The one clock time of the sentence, or that of the one timeline row that names the same thing.
fn time(words: &Words<'_>, timeline: &Timeline) -> Option<String> {
    let line = words.analysis.line(words.sentence);
    if timeline.has_row_on(line) {
        return timeline.at_sentence(words.sentence).map(str::to_owned);
    }
    own_time(words).or_else(|| shared_time(words, timeline))
}

fn own_time(words: &Words<'_>) -> Option<String> {
    let text = words.analysis.text(words.sentence);
    let mut times = crate::analysis::timeline::clock_times(text);
    let only = times.next()?;
    times.next().is_none().then_some(only)
}

fn shared_time(words: &Words<'_>, timeline: &Timeline) -> Option<String> {
    let rare = |at: &usize| words.is_code(*at) && words.source(*at).len() > 3;
    let mut rare = (0..words.tokens().len()).filter(rare);
    rare.find_map(|at| timeline.only_row_with(words.source(at)).map(str::to_owned))
}
