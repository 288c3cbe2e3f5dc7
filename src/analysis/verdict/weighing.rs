//! The verdict as a sum of points over what a document contains.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::analysis::claims::Claim;
use crate::analysis::reading::{Head, likelihood};
use crate::analysis::sentences::Analysis;
use crate::analysis::verdict::traits::LIKELY;
use crate::analysis::verdict::{Judgement, traits};
use crate::lexicon::weighing::{Score, per_cent};
use crate::model::{DocumentTrait as Trait, SentenceId, Verdict};
use crate::report::{ClaimHead, Reason, VerdictQuestion};

/// A claim with so many points less than the clearest is not what the verdict rests on.
const MUCH_LESS_CLEAR: i32 = 40;

/// Maximum number of conditions that the reader alone names.
const MOST_CONDITIONS: usize = 3;

/// Weighs the verdict of the lexicon's rules with all other evidence.
pub(super) fn weigh(analysis: &Analysis<'_>, claims: &[Claim], by_claims: Judgement) -> Judgement {
    let traits = traits::of(analysis, claims, by_claims.verdict);
    let weights = &analysis.lexicon.weighing.verdict;
    let stated = Sum::new(VerdictQuestion::Stated, &weights.stated, &traits);
    let person = Sum::new(VerdictQuestion::Person, &weights.person, &traits);
    let examined = Sum::new(VerdictQuestion::Examined, &weights.examined, &traits);
    let verdict = match (stated.holds(), person.holds(), examined.holds()) {
        (false, ..) => Verdict::Undetermined,
        (true, false, _) => Verdict::Clear,
        (true, true, false) => Verdict::StartOver,
        (true, true, true) => Verdict::Examined,
    };
    let reasons = [stated, person, examined].into_iter().flat_map(|sum| sum.reasons).collect();
    Judgement { reasons, ..interpret(analysis, claims, by_claims, verdict) }
}

/// One question with the points of each answer.
struct Sum {
    points: i32,
    reasons: Vec<Reason>,
}

impl Sum {
    fn new(about: VerdictQuestion, score: &Score, traits: &BTreeMap<Trait, i32>) -> Self {
        let reason = |(one, weight): (&Trait, &i16)| {
            let value = *traits.get(one)?;
            Some(Reason { about, kind: Some(*one), value, points: per_cent(*weight, value) })
        };
        let constant = Reason { about, kind: None, value: 100, points: i32::from(score.constant) };
        let mut reasons: Vec<Reason> = score.points.iter().filter_map(reason).chain([constant]).collect();
        reasons.sort_by_key(|reason| Reverse(reason.points.abs()));
        Self { points: reasons.iter().map(|reason| reason.points).sum(), reasons }
    }

    const fn holds(&self) -> bool {
        self.points >= 0
    }
}

/// Returns the sentences on which the verdict rests.
fn interpret(analysis: &Analysis<'_>, claims: &[Claim], by_claims: Judgement, verdict: Verdict) -> Judgement {
    let of = |human: bool| {
        let stated = claims.iter().filter(|claim| claim.head != ClaimHead::RuledOut);
        stated.filter(|claim| claim.is_human() == human).map(|claim| claim.sentence).collect::<Vec<_>>()
    };
    let (human, others) = (of(true), of(false));
    let blamed = matches!(by_claims.verdict, Verdict::StartOver | Verdict::Examined);
    let causes = match verdict {
        Verdict::Undetermined => Vec::new(),
        Verdict::Clear => clearest(analysis, others),
        _ if blamed && by_claims.causes.iter().any(|cause| human.contains(cause)) => by_claims.causes,
        _ if !human.is_empty() => human,
        _ => likeliest_act(analysis).into_iter().collect(),
    };
    let conditions = match verdict {
        Verdict::Examined if by_claims.conditions.is_empty() => likeliest_conditions(analysis),
        Verdict::Examined => by_claims.conditions,
        _ => Vec::new(),
    };
    Judgement { verdict, causes, conditions, reasons: Vec::new() }
}

/// Returns the sentence that most clearly gives a person's act as the cause.
fn likeliest_act(analysis: &Analysis<'_>) -> Option<SentenceId> {
    let read = analysis.ids().filter(|&sentence| analysis.reading.sentence(sentence).is_some());
    read.rev().max_by_key(|&sentence| analysis.reading.person(sentence))
}

/// Returns the claims without those that are much less clearly a cause than the clearest.
fn clearest(analysis: &Analysis<'_>, mut claims: Vec<SentenceId>) -> Vec<SentenceId> {
    let points = |sentence: &SentenceId| analysis.reading.any_head(*sentence).unwrap_or(i32::MIN);
    let best = claims.iter().map(points).max().unwrap_or_default();
    claims.retain(|sentence| points(sentence) >= best.saturating_sub(MUCH_LESS_CLEAR));
    claims
}

/// Returns the sentences that most clearly state conditions, in document order.
fn likeliest_conditions(analysis: &Analysis<'_>) -> Vec<SentenceId> {
    let condition = |sentence: SentenceId| {
        let heads = analysis.reading.heads(sentence);
        let points =
            heads.into_iter().find_map(|(head, points)| (head == Head::Condition).then_some(points))?;
        Some((Reverse(points), sentence))
    };
    let mut read: Vec<(Reverse<i32>, SentenceId)> = analysis.ids().filter_map(condition).collect();
    read.sort_unstable();
    let likely = |(nth, (Reverse(points), _)): &(usize, (Reverse<i32>, SentenceId))| {
        *nth == 0 || likelihood(*points) > LIKELY
    };
    let chosen = read.into_iter().enumerate().filter(likely).take(MOST_CONDITIONS);
    let mut chosen: Vec<SentenceId> = chosen.map(|(_, (_, sentence))| sentence).collect();
    chosen.sort_unstable();
    chosen
}
