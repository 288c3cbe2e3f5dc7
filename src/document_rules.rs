//! Rules about the document as a whole, each placed on a sentence or heading.

use crate::claims::Claim;
use crate::coverage::FactorEvidence;
use crate::document::{BlockKind, Role};
use crate::reading::Reading;
use crate::report::{Actions, Verdict};
use crate::span::Span;
use crate::verdict::Judgement;

/// What is known of the whole document.
#[derive(Clone, Copy, Debug)]
pub struct Whole<'r> {
    /// Its causal claims.
    pub claims: &'r [Claim],
    /// Evidence for the buckets.
    pub evidence: &'r [FactorEvidence],
    /// Its verdict.
    pub judgement: &'r Judgement,
    /// Its remedies by tier.
    pub actions: Actions,
}

/// A finding about the document, placed.
#[derive(Clone, Debug)]
pub struct Placed {
    /// Rule id.
    pub rule: &'static str,
    /// The sentence or heading it is placed on.
    pub span: Span,
    /// Role of that place.
    pub role: Role,
    /// What the message names.
    pub names: String,
}

impl Whole<'_> {
    /// Indices of the buckets without evidence.
    pub fn absent(&self, reading: &Reading<'_>) -> Vec<usize> {
        let all = 0..reading.lexicon.buckets.len();
        all.filter(|bucket| !self.evidence.iter().any(|found| found.bucket == *bucket)).collect()
    }
}

/// Judges the document rules, in no particular order.
pub fn judge(reading: &Reading<'_>, whole: &Whole<'_>) -> Vec<Placed> {
    [concludes, no_cause, single_cause, uncovered, weak_only]
        .iter()
        .filter_map(|rule| rule(reading, whole))
        .collect()
}

fn concludes(reading: &Reading<'_>, whole: &Whole<'_>) -> Option<Placed> {
    if whole.judgement.verdict != Verdict::StartOver {
        return None;
    }
    let concluding = whole.claims.iter().find(|claim| claim.concluding && claim.is_human());
    let sentence = concluding.map(|claim| claim.sentence).or(whole.judgement.causes.first().copied())?;
    Some(on_sentence(reading, "concludes-with-human-error", sentence))
}

fn no_cause(reading: &Reading<'_>, whole: &Whole<'_>) -> Option<Placed> {
    let none = whole.judgement.verdict == Verdict::Undetermined;
    none.then(|| on_heading(reading, "no-cause-stated", Role::Cause))?
}

fn single_cause(reading: &Reading<'_>, whole: &Whole<'_>) -> Option<Placed> {
    let examined = reading.lexicon.buckets.len() - whole.absent(reading).len();
    match whole.claims {
        [only] if examined <= 1 && whole.judgement.verdict != Verdict::Undetermined => {
            Some(on_sentence(reading, "single-cause", only.sentence))
        }
        _ => None,
    }
}

fn uncovered(reading: &Reading<'_>, whole: &Whole<'_>) -> Option<Placed> {
    let absent = whole.absent(reading);
    if absent.is_empty() || whole.judgement.verdict == Verdict::Undetermined {
        return None;
    }
    let names: Vec<&str> =
        absent.iter().map(|&bucket| reading.lexicon.buckets[bucket].name.as_str()).collect();
    let placed = on_heading(reading, "uncovered-bucket", Role::Cause)?;
    Some(Placed { names: names.join(", "), ..placed })
}

fn weak_only(reading: &Reading<'_>, whole: &Whole<'_>) -> Option<Placed> {
    let Actions { stronger, intermediate: medium, weaker: weak } = whole.actions;
    (stronger + medium == 0 && weak > 0).then(|| on_heading(reading, "weak-actions-only", Role::Actions))?
}

fn on_sentence(reading: &Reading<'_>, rule: &'static str, sentence: usize) -> Placed {
    let span = reading.document.sentences[sentence].span;
    Placed { rule, span, role: reading.role(sentence), names: String::new() }
}

/// On the first heading of that role, else on the title, else on the first sentence.
fn on_heading(reading: &Reading<'_>, rule: &'static str, wanted: Role) -> Option<Placed> {
    let document = reading.document;
    let headings = || {
        document.blocks.iter().filter(|block| block.kind == BlockKind::Heading && !block.sentences.is_empty())
    };
    let own = headings().find(|block| block.role == wanted).map(|block| (block.span, wanted));
    let labels =
        || document.blocks.iter().filter(|block| block.role == wanted).filter_map(|block| block.label);
    let labelled = || labels().next().map(|span| (span, wanted));
    let title = || document.title.map(|span| (span, Role::Other));
    let first = || document.sentences.first().map(|sentence| (sentence.span, Role::Other));
    let (span, place) = own.or_else(labelled).or_else(title).or_else(first)?;
    Some(Placed { rule, span, role: place, names: String::new() })
}
