//! Remedies by tier of the RCA² action hierarchy.

use crate::document::{BlockKind, Role};
use crate::findings::{self, TextFinding};
use crate::lexicon::{Lexicon, Owner, Tier};
use crate::reading::Reading;
use crate::report::Actions;

/// The id of the rule that marks a remedy as relying on people.
const WEAK: &str = "weak-action";

/// Counts the remedies of the action sections, one a list item, table row or sentence of a paragraph.
pub fn count(reading: &Reading<'_>, findings: &[TextFinding]) -> Actions {
    let mut actions = Actions::default();
    let mut last = None;
    for sentence in 0..reading.sentences.len() {
        let block = reading.block(sentence);
        let unit = block.cell.map(|cell| (cell.table, cell.row));
        let again = unit.is_some() && unit == last;
        let is_action = block.role == Role::Actions
            && block.kind != BlockKind::Heading
            && !block.cell.is_some_and(|cell| cell.header);
        if !is_action || again {
            continue;
        }
        let weak =
            findings::of_sentence(findings, sentence).iter().any(|found| is_weak(reading.lexicon, found));
        match judged(tier(reading, sentence), weak) {
            Some(Tier::Stronger) => actions.stronger += 1,
            Some(Tier::Intermediate) => actions.intermediate += 1,
            Some(Tier::Weaker) => actions.weaker += 1,
            None => continue,
        }
        last = unit;
    }
    actions
}

fn is_weak(lexicon: &Lexicon, finding: &TextFinding) -> bool {
    lexicon.rules[finding.rule].id == WEAK
}

/// A remedy that asks people to take care stays a weak one, unless it also takes the matter out of their hands.
fn judged(tier: Option<Tier>, weak: bool) -> Option<Tier> {
    match tier {
        Some(Tier::Stronger) => tier,
        _ if weak => Some(Tier::Weaker),
        _ => tier,
    }
}

/// The strongest tier whose words stand in the sentence.
fn tier(reading: &Reading<'_>, sentence: usize) -> Option<Tier> {
    let of = |hit| match reading.owner(hit) {
        Owner::Tier(tier) => Some(*tier),
        _ => None,
    };
    reading.sentences[sentence].hits.iter().filter_map(of).max()
}
