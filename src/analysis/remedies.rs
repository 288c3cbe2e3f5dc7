//! Remedies by tier of the RCA² action hierarchy.

use crate::analysis::findings::{self, TextFinding};
use crate::analysis::sentences::Analysis;
use crate::document::BlockKind;
use crate::lexicon::kinds::TextKind;
use crate::lexicon::{Lexicon, Owner, Tier};
use crate::model::Role;
use crate::report::Actions;

/// Counts the remedies of the action sections, one a list item, table row or sentence of a paragraph.
pub fn count(analysis: &Analysis<'_>, findings: &[TextFinding]) -> Actions {
    let mut actions = Actions::default();
    let mut last = None;
    for sentence in 0..analysis.sentences.len() {
        let block = analysis.block(sentence);
        let unit = block.cell.map(|cell| (cell.table, cell.row));
        let again = unit.is_some() && unit == last;
        let is_action = block.role == Role::Actions
            && block.kind != BlockKind::Heading
            && !block.cell.is_some_and(|cell| cell.header);
        if !is_action || again {
            continue;
        }
        let weak =
            findings::of_sentence(findings, sentence).iter().any(|found| is_weak(analysis.lexicon, found));
        match judged(tier(analysis, sentence), weak) {
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
    finding.text_kind(lexicon) == Some(TextKind::Remedy)
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
fn tier(analysis: &Analysis<'_>, sentence: usize) -> Option<Tier> {
    let of = |hit| match analysis.owner(hit) {
        Owner::Tier(tier) => Some(*tier),
        _ => None,
    };
    analysis.sentences[sentence].hits.iter().filter_map(of).max()
}
