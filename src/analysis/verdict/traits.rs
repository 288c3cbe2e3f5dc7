//! What a document contains, as far as the verdict is weighed from it.

use std::collections::BTreeMap;

use crate::analysis::claims::Claim;
use crate::analysis::reading::{Head, SentenceReading, likelihood};
use crate::analysis::sentences::Analysis;
use crate::lexicon::kinds::{BucketRole, RuleKind, TextKind};
use crate::model::{DocumentTrait as Trait, SentenceId, Tier, Verdict};
use crate::report::{ClaimHead, VerdictQuestion};

/// Sums of the reader's evidence count at most this, in hundredths: the fifth condition says no more than the fourth.
const MOST: i32 = 400;

/// From this value on, in hundredths, something is more likely than not.
pub(super) const LIKELY: i32 = 50;

/// Returns each trait with its value in hundredths. `by_claims` is the verdict of the lexicon's rules.
pub(super) fn of(analysis: &Analysis<'_>, claims: &[Claim], by_claims: Verdict) -> BTreeMap<Trait, i32> {
    let mut traits = Traits::default();
    for sentence in analysis.ids() {
        if let Some(read) = analysis.reading.sentence(sentence) {
            traits.add_blame(blame(analysis, sentence, read), likelihood(read.points.deepened));
            traits.most(Trait::AnyCause, analysis.reading.any_head(sentence).map_or(0, likelihood));
            traits.add_heads(&analysis.reading.heads(sentence));
            traits.add_factors(analysis, sentence);
            traits.add_remedies(analysis, sentence);
        }
    }
    traits.add_whole(analysis);
    traits.add_share_of_people();
    traits.add_open_cause(analysis, by_claims);
    traits.add_lexicon(analysis, claims, by_claims);
    traits.0.retain(|_, value| *value != 0);
    traits.0
}

/// Returns how clearly a sentence blames a person as the cause, in hundredths. A weak remedy does not.
fn blame(analysis: &Analysis<'_>, sentence: SentenceId, read: &SentenceReading) -> i32 {
    let rules = analysis.lexicon.rules.iter().enumerate();
    let rules = rules.filter_map(|(index, rule)| Some((analysis.reading.rule(sentence, index)?, rule.kind)));
    let likeliest = rules.max_by_key(|(points, _)| *points);
    let remedy = likeliest.is_some_and(|(_, kind)| kind == RuleKind::Text(TextKind::Remedy));
    if remedy || analysis.has_guard(sentence, &analysis.lexicon.weighing.verdict.unless) {
        0
    } else {
        likelihood(read.points.finding) * likelihood(read.points.cause) / 100
    }
}

#[derive(Default)]
struct Traits(BTreeMap<Trait, i32>);

impl Traits {
    fn most(&mut self, name: Trait, value: i32) {
        let known = self.0.entry(name).or_default();
        *known = value.max(*known);
    }

    fn sum(&mut self, name: Trait, value: i32) {
        let known = self.0.entry(name).or_default();
        *known = (*known + value).min(MOST);
    }

    fn get(&self, name: Trait) -> i32 {
        self.0.get(&name).copied().unwrap_or_default()
    }

    fn add_blame(&mut self, blame: i32, deepened: i32) {
        self.most(Trait::Blame, blame);
        self.most(Trait::BareBlame, blame * (100 - deepened) / 100);
        self.most(Trait::DeepenedBlame, blame * deepened / 100);
        self.sum(Trait::Blaming, blame);
    }

    fn add_whole(&mut self, analysis: &Analysis<'_>) {
        let questions = [
            (Trait::WholeStated, VerdictQuestion::Stated),
            (Trait::WholePerson, VerdictQuestion::Person),
            (Trait::WholeExamined, VerdictQuestion::Examined),
        ];
        for (name, question) in questions {
            let points = analysis.reading.document(question).unwrap_or_default();
            self.0.insert(name, points.saturating_mul(2).clamp(-100, 100));
        }
    }

    fn add_heads(&mut self, heads: &[(Head, i32)]) {
        for &(head, points) in heads {
            let value = likelihood(points);
            match head {
                Head::Act => self.most(Trait::Act, value),
                Head::Omission => self.most(Trait::Omission, value),
                Head::PersonalTrait => self.most(Trait::PersonalTrait, value),
                Head::Condition => self.sum(Trait::Conditions, value),
                Head::Propagation => self.sum(Trait::Consequences, value),
                Head::External => self.sum(Trait::External, value),
                Head::RuledOut => self.sum(Trait::RuledOut, value),
            }
        }
    }

    fn add_factors(&mut self, analysis: &Analysis<'_>, sentence: SentenceId) {
        for (index, bucket) in analysis.lexicon.buckets.iter().enumerate() {
            let Some(points) = analysis.reading.bucket(sentence, index) else { continue };
            let name = match bucket.role {
                BucketRole::People => Trait::FactorsAroundPeople,
                BucketRole::Organisation => Trait::OwnFactors,
                BucketRole::Outside => Trait::OutsideFactors,
            };
            self.sum(name, likelihood(points));
        }
    }

    fn add_remedies(&mut self, analysis: &Analysis<'_>, sentence: SentenceId) {
        for (tier, points) in analysis.reading.tiers(sentence) {
            let name = match tier {
                Tier::Weaker => Trait::WeakerRemedies,
                Tier::Intermediate => Trait::IntermediateRemedies,
                Tier::Stronger => Trait::StrongerRemedies,
            };
            self.sum(name, likelihood(points));
        }
    }

    fn add_share_of_people(&mut self) {
        let of = |traits: &[Trait]| traits.iter().map(|name| self.get(*name)).sum::<i32>();
        let people = of(&[Trait::Blaming, Trait::Act, Trait::Omission, Trait::PersonalTrait]);
        let others = of(&[Trait::Conditions, Trait::External, Trait::OwnFactors, Trait::OutsideFactors]);
        self.sum(Trait::PeopleShare, 100 * people / (people + others + 50));
    }

    fn add_open_cause(&mut self, analysis: &Analysis<'_>, by_claims: Verdict) {
        let says_nothing = self.get(Trait::AnyCause).max(self.get(Trait::Blame)) < LIKELY;
        let is_open = says_nothing || analysis.has_cause_section;
        self.sum(Trait::OpenCause, 100 * i32::from(by_claims == Verdict::Undetermined && is_open));
    }

    fn add_lexicon(&mut self, analysis: &Analysis<'_>, claims: &[Claim], by_claims: Verdict) {
        let name = match by_claims {
            Verdict::StartOver => Trait::LexiconStartOver,
            Verdict::Examined => Trait::LexiconExamined,
            Verdict::Clear => Trait::LexiconClear,
            Verdict::Undetermined => Trait::LexiconUndetermined,
        };
        self.sum(name, 100);
        for claim in claims {
            match claim.head {
                ClaimHead::Human | ClaimHead::Omission => self.sum(Trait::HumanClaims, 100),
                ClaimHead::Condition => self.sum(Trait::ConditionClaims, 100),
                _ => {}
            }
        }
        let doublings = analysis.sentences.len().checked_ilog2().unwrap_or_default();
        self.most(Trait::Length, i32::try_from(100 * doublings).unwrap_or(i32::MAX));
    }
}
