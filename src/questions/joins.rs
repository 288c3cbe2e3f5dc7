//! Two facts that the author left apart, and what they say side by side.

use std::ops::Range;

use super::choice::fill;
use super::nouns::Words;
use super::quotes;
use super::slots::{self, Slots};
use crate::document::{BlockKind, Role};
use crate::document_rules::Whole;
use crate::findings::TextFinding;
use crate::lexicon::Owner;
use crate::lexicon::questions::{Join, Part, Side};
use crate::reading::Reading;
use crate::report::{Conflict, Verdict};

/// The theme of remedies that change systems beside a cause that stops at a person.
pub(super) const REMEDIES_AHEAD: &str = "remedies-ahead";

/// Ids of the rules that blame somebody by role or name begin with this.
const BLAMES: &str = "blamed-";

/// Every join whose two facts the document tells, with quotes of them.
pub(super) fn all(reading: &Reading<'_>, findings: &[TextFinding]) -> Vec<(String, Slots)> {
    let bank = &reading.lexicon.questions;
    let told = |(index, join): (usize, &Join)| {
        let [first, second] = facts(reading, findings, index, join)?;
        Some((join.theme.clone(), Slots::from([("first", first.quote), ("second", second.quote)])))
    };
    bank.join.iter().enumerate().filter_map(told).collect()
}

/// One kind sentence for each way in which the document disagrees with itself.
pub fn conflicts(reading: &Reading<'_>, findings: &[TextFinding], whole: &Whole<'_>) -> Vec<Conflict> {
    let bank = &reading.lexicon.questions;
    let of = |theme: &str, slots: &Slots, lines: Vec<usize>| {
        let entry = bank.conflict.iter().find(|entry| entry.theme == theme)?;
        Some(Conflict { theme: theme.to_owned(), text: fill(&entry.text, slots)?, lines })
    };
    let joined = bank.join.iter().enumerate().filter_map(|(index, join)| {
        let [first, second] = facts(reading, findings, index, join)?;
        let lines = vec![reading.line(first.sentence), reading.line(second.sentence)];
        of(&join.theme, &Slots::from([("first", first.quote), ("second", second.quote)]), lines)
    });
    let ahead = remedies_ahead(whole).then(|| {
        let lines = whole.judgement.causes.iter().map(|&sentence| reading.line(sentence)).collect();
        of(REMEDIES_AHEAD, &Slots::new(), lines)
    });
    joined.chain(ahead.flatten()).collect()
}

/// Whether remedies change tools and systems while the cause stops at a person.
pub(super) fn remedies_ahead(whole: &Whole<'_>) -> bool {
    whole.judgement.verdict == Verdict::StartOver && whole.actions.stronger > 0
}

/// A fact: its sentence, and its words in quotation marks.
struct Fact {
    sentence: usize,
    quote: String,
}

fn facts(reading: &Reading<'_>, findings: &[TextFinding], index: usize, join: &Join) -> Option<[Fact; 2]> {
    let first = fact(reading, findings, join.first_in, Part::First(index))?;
    let second = fact(reading, findings, join.second_in, Part::Second(index))?;
    (first.sentence != second.sentence).then_some([first, second])
}

fn fact(reading: &Reading<'_>, findings: &[TextFinding], side: Side, part: Part) -> Option<Fact> {
    if side == Side::Blame {
        return findings.iter().find_map(|found| blamed(reading, found));
    }
    (0..reading.sentences.len()).find_map(|sentence| {
        let words = Words { reading, sentence };
        let mut hits = reading.sentences[sentence].hits.iter();
        let hit = hits.find(|hit| *reading.owner(hit) == Owner::Question(part))?;
        if !stands(reading, sentence, side) {
            return None;
        }
        Some(Fact { sentence, quote: quotes::fact(&words, Range { start: hit.start, end: hit.end })? })
    })
}

/// What a finding blames, when it stands as a cause.
fn blamed(reading: &Reading<'_>, found: &TextFinding) -> Option<Fact> {
    let blames = found.cause && !found.deepened && reading.lexicon.rules[found.rule].id.starts_with(BLAMES);
    let words = Words { reading, sentence: found.sentence };
    let quote = blames.then(|| quotes::quote(&words, slots::tokens_of(&words, found), true))??;
    Some(Fact { sentence: found.sentence, quote })
}

fn stands(reading: &Reading<'_>, sentence: usize, side: Side) -> bool {
    let (role, remedy) = (reading.role(sentence), reading.is_remedy(sentence));
    let heading = reading.block(sentence).kind == BlockKind::Heading;
    match side {
        Side::Anywhere => true,
        Side::Remedy => remedy && !heading,
        Side::Fix => !remedy && !heading && matches!(role, Role::Response | Role::Timeline | Role::Cause),
        Side::Account => !remedy && !heading,
        Side::Blame => false,
    }
}
