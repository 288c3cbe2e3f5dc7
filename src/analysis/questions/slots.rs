//! Fills the slots of a question about a finding with the author's own words. Each slot is filled from one sentence or
//! left empty.

use std::collections::BTreeMap;

use crate::analysis::findings::TextFinding;
use crate::analysis::sentences::Analysis;
use crate::analysis::wording::quotes;
use crate::analysis::wording::words::SentenceWords;
use crate::lexicon::kinds::MechanismKind;

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

/// Returns the words that a question about a finding can use.
pub(super) fn of_finding(analysis: &Analysis<'_>, finding: &TextFinding) -> Slots {
    let own = SentenceWords::new(analysis, finding.sentence);
    let hit = own.tokens_within(finding.span);
    let clause = quotes::clause(&own, &hit);
    let belief = quotes::belief(&own, hit.clone());
    let action = quotes::action(&own, &hit);
    filled([(SAID, clause), ("quote", trait_of(&own, finding)), ("belief", belief), ("action", action)])
}

/// Returns the words that judge somebody. A single word is enough: "hungover".
fn trait_of(own: &SentenceWords<'_>, finding: &TextFinding) -> Option<String> {
    let judges = finding.mechanism_kind(own.analysis.lexicon) == Some(MechanismKind::Trait);
    if !judges || finding.is_of_reader_alone() {
        None
    } else {
        quotes::quote(own, own.tokens_within(finding.span))
    }
}
