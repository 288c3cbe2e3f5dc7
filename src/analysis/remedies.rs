//! Remedies by tier of the RCA² action hierarchy.

use crate::analysis::findings::{self, TextFinding};
use crate::analysis::sentences::Analysis;
use crate::document::BlockKind;
use crate::lexicon::kinds::TextKind;
use crate::lexicon::{Owner, Tier};
use crate::model::{Role, SentenceId};
use crate::report::Actions;

/// Counts the remedies in action sections: one per list item, table row or sentence of a paragraph.
pub fn count(analysis: &Analysis<'_>, findings: &[TextFinding]) -> Actions {
    let mut actions = Actions::default();
    let mut last_row = None;
    for sentence in analysis.ids() {
        let row = analysis.block(sentence).cell.map(|cell| (cell.table, cell.row));
        let counted = row.is_some() && row == last_row;
        if counted || !is_action(analysis, sentence) {
            continue;
        }
        match tier(analysis, sentence, findings) {
            Some(Tier::Stronger) => actions.stronger += 1,
            Some(Tier::Intermediate) => actions.intermediate += 1,
            Some(Tier::Weaker) => actions.weaker += 1,
            None => continue,
        }
        last_row = row;
    }
    actions
}

fn is_action(analysis: &Analysis<'_>, sentence: SentenceId) -> bool {
    let block = analysis.block(sentence);
    let header = block.cell.is_some_and(|cell| cell.header);
    block.role == Role::Actions && block.kind != BlockKind::Heading && !header
}

/// Returns the tier of a remedy. One that asks people to take care is weak, unless it also makes that care unnecessary.
fn tier(analysis: &Analysis<'_>, sentence: SentenceId, findings: &[TextFinding]) -> Option<Tier> {
    let relies_on_people = findings::of_sentence(findings, sentence)
        .iter()
        .any(|finding| finding.text_kind(analysis.lexicon) == Some(TextKind::Remedy));
    match strongest(analysis, sentence) {
        Some(Tier::Stronger) => Some(Tier::Stronger),
        _ if relies_on_people => Some(Tier::Weaker),
        tier => tier,
    }
}

/// Returns the strongest tier with a match in the sentence.
fn strongest(analysis: &Analysis<'_>, sentence: SentenceId) -> Option<Tier> {
    let tier = |hit| match analysis.owner(hit) {
        Owner::Tier(tier) => Some(*tier),
        _ => None,
    };
    analysis.matches(sentence).hits.iter().filter_map(tier).max()
}
