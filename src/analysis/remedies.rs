//! Remedies, each with its tier of the RCA² action hierarchy.

use crate::analysis::findings::{self, TextFinding};
use crate::analysis::sentences::Analysis;
use crate::document::{Block, BlockKind};
use crate::lexicon::kinds::TextKind;
use crate::lexicon::questions::QuestionPattern;
use crate::lexicon::{Frame, Owner};
use crate::model::{Role, SentenceId, Span, Tier};
use crate::report::Actions;

/// One remedy.
#[derive(Clone, Copy, Debug)]
pub struct Remedy {
    /// Its sentence: of an item or a row with several, the one with the strongest tier.
    pub sentence: SentenceId,
    /// Its tier; `None` if it is not recognised.
    pub tier: Option<Tier>,
    /// The words that decided; `None` if no words of the lexicon did.
    pub words: Option<Span>,
    /// For a weak one: what a stronger action could be, as an index in the question bank; `None` if no offer fits it.
    pub offer: Option<usize>,
    /// True if its box is checked or its words say that it has been done.
    pub done: bool,
}

/// Maximum number of words in a cell that names somebody or something.
const LABEL_WORDS: usize = 3;

/// Returns the remedies: one per list item, table row or sentence of a paragraph in the sections for actions. Where
/// there are none, those that the reader sees elsewhere.
pub fn list(analysis: &Analysis<'_>, findings: &[TextFinding]) -> Vec<Remedy> {
    let decided = || analysis.ids().filter(|&sentence| !says_nothing(analysis, sentence));
    let listed: Vec<SentenceId> = decided().filter(|&sentence| is_action(analysis, sentence)).collect();
    let is_read = |sentence: &SentenceId| is_read(analysis, *sentence);
    let chosen = if listed.is_empty() { decided().filter(is_read).collect() } else { listed };
    let mut remedies: Vec<Remedy> = Vec::new();
    for sentence in chosen {
        let remedy = remedy(analysis, sentence, findings);
        if remedy.tier.is_none() && !may_be_action(analysis, sentence) {
            continue;
        }
        match remedies.last_mut().filter(|last| is_same_entry(analysis, last.sentence, sentence)) {
            Some(last) => *last = joined(analysis, *last, remedy),
            None => remedies.push(remedy),
        }
    }
    remedies
}

/// Returns one remedy for two sentences of an entry: the stronger one. A short cell beside a longer one, such as "Change
/// manager", says who acts and not what is done.
fn joined(analysis: &Analysis<'_>, one: Remedy, other: Remedy) -> Remedy {
    let words = |remedy: Remedy| analysis.matches(remedy.sentence).tokens.all.len();
    let (weaker, stronger) = if one.tier < other.tier { (one, other) } else { (other, one) };
    let are_cells = analysis.sentence(one.sentence).block != analysis.sentence(other.sentence).block;
    let is_label = are_cells && words(stronger) <= LABEL_WORDS && words(weaker) > LABEL_WORDS;
    let decisive =
        if is_label && weaker.tier.is_some() && weaker.tier < stronger.tier { weaker } else { stronger };
    Remedy { done: one.done || other.done, ..decisive }
}

/// Counts the remedies of each tier.
pub fn count(remedies: &[Remedy]) -> Actions {
    let of = |tier| remedies.iter().filter(|remedy| remedy.tier == Some(tier)).count();
    Actions { stronger: of(Tier::Stronger), intermediate: of(Tier::Intermediate), weaker: of(Tier::Weaker) }
}

fn is_action(analysis: &Analysis<'_>, sentence: SentenceId) -> bool {
    let block = analysis.block(sentence);
    block.role == Role::Actions && is_text(block) && !introduces(analysis, sentence)
}

/// True if a sentence announces the actions: it ends with a colon, or is the line that opens their section.
fn introduces(analysis: &Analysis<'_>, sentence: SentenceId) -> bool {
    let section = &analysis.document.sections[analysis.block(sentence).section.index()];
    let span = analysis.sentence(sentence).span;
    let opens = section.heading.is_some_and(|heading| heading.start < span.end && span.start < heading.end);
    opens || analysis.text(sentence).trim_end().ends_with(':')
}

/// True if a sentence of no known tier may still be an action: it is an entry of a list or table with several words, or
/// its words say that something will be done. Other prose among the actions tells something else.
fn may_be_action(analysis: &Analysis<'_>, sentence: SentenceId) -> bool {
    let block = analysis.block(sentence);
    let is_entry = block.list.is_some() || block.cell.is_some();
    let is_word = analysis.matches(sentence).tokens.all.len() < 2;
    is_entry && !is_word || analysis.has(sentence, Frame::Remedy)
}

fn is_text(block: &Block) -> bool {
    block.kind != BlockKind::Heading && !block.cell.is_some_and(|cell| cell.header)
}

/// True if a sentence says that the actions are yet to be agreed, or changes nothing: thanks, a closing remark.
fn says_nothing(analysis: &Analysis<'_>, sentence: SentenceId) -> bool {
    let is_undecided = analysis.lexicon.headings.is_undecided(analysis.text(sentence));
    is_undecided || analysis.has(sentence, Frame::NoAction)
}

/// True if the reader alone sees a remedy in a sentence.
fn is_read(analysis: &Analysis<'_>, sentence: SentenceId) -> bool {
    let least = i32::from(analysis.lexicon.weighing.remedy.reader_alone);
    let tiers = analysis.reading.tiers(sentence);
    is_text(analysis.block(sentence)) && tiers.iter().any(|(_, points)| *points >= least)
}

/// True if both sentences are in the same row of a table or the same item of a list.
fn is_same_entry(analysis: &Analysis<'_>, one: SentenceId, other: SentenceId) -> bool {
    let row = |sentence| analysis.block(sentence).cell.map(|cell| (cell.table, cell.row));
    let is_item = analysis.block(one).list.is_some();
    let same_item = is_item && analysis.sentence(one).block == analysis.sentence(other).block;
    same_item || row(one).is_some() && row(one) == row(other)
}

fn remedy(analysis: &Analysis<'_>, sentence: SentenceId, findings: &[TextFinding]) -> Remedy {
    let asks = |finding: &&TextFinding| finding.text_kind(analysis.lexicon) == Some(TextKind::Remedy);
    let asking = findings::of_sentence(findings, sentence).iter().find(asks);
    let by_lexicon = by_lexicon(analysis, sentence, asking);
    let tier = match by_lexicon {
        // What was found to ask people to take care is not weighed again.
        Some((Tier::Weaker, _)) if asking.is_some() => Some(Tier::Weaker),
        _ => weighed(analysis, sentence, by_lexicon.map(|(tier, _)| tier)),
    };
    let words = by_lexicon.filter(|(read, _)| Some(*read) == tier).map(|(_, words)| words);
    let offer = if tier == Some(Tier::Weaker) { offer(analysis, sentence) } else { None };
    Remedy { sentence, tier, words, offer, done: is_done(analysis, sentence) }
}

fn is_done(analysis: &Analysis<'_>, sentence: SentenceId) -> bool {
    analysis.block(sentence).task == Some(true) || analysis.lexicon.headings.is_done(analysis.text(sentence))
}

/// Returns the first offer of the lexicon that fits an action, if one does.
fn offer(analysis: &Analysis<'_>, sentence: SentenceId) -> Option<usize> {
    let of_hit = |hit| match analysis.owner(hit) {
        Owner::Question(QuestionPattern::Offer(index)) => Some(*index),
        _ => None,
    };
    analysis.matches(sentence).hits.iter().filter_map(of_hit).min()
}

/// Returns the tier that the lexicon's tier and the reader's points add up to.
fn weighed(analysis: &Analysis<'_>, sentence: SentenceId, by_lexicon: Option<Tier>) -> Option<Tier> {
    let lexicon = i32::from(analysis.lexicon.weighing.remedy.lexicon);
    let bonus = |tier| if Some(tier) == by_lexicon { lexicon } else { 0 };
    let tiers = analysis.reading.tiers(sentence).into_iter();
    let best = tiers.map(|(tier, points)| (points + bonus(tier), tier)).max_by_key(|(points, _)| *points);
    match best {
        Some((points, tier)) if points >= 0 => Some(tier),
        _ => by_lexicon,
    }
}

/// Returns the tier that the lexicon sees, with its words. A remedy that asks people to take care (`asking`) is weak,
/// unless it also makes that care unnecessary.
fn by_lexicon(
    analysis: &Analysis<'_>,
    sentence: SentenceId,
    asking: Option<&TextFinding>,
) -> Option<(Tier, Span)> {
    match (strongest(analysis, sentence), asking) {
        (Some(found @ (Tier::Stronger, _)), _) => Some(found),
        (_, Some(finding)) => Some((Tier::Weaker, finding.span)),
        (found, None) => found,
    }
}

/// Returns the strongest tier with a match in the sentence, and the match.
fn strongest(analysis: &Analysis<'_>, sentence: SentenceId) -> Option<(Tier, Span)> {
    let tier = |hit| match analysis.owner(hit) {
        Owner::Tier(tier) => Some((*tier, analysis.span(sentence, hit))),
        _ => None,
    };
    analysis.matches(sentence).hits.iter().filter_map(tier).max_by_key(|(tier, _)| *tier)
}
