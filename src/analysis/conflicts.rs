//! Contradictions within a document, in one sentence each.

use crate::analysis::document_rules::DocumentFacts;
use crate::analysis::joins::JoinedFacts;
use crate::analysis::sentences::Analysis;
use crate::analysis::wording::template::fill;
use crate::lexicon::kinds::Situation;
use crate::report::Conflict;

/// Finds the conflicts. Those between two stated facts come first.
pub fn find(analysis: &Analysis<'_>, joins: &[JoinedFacts<'_>], facts: &DocumentFacts<'_>) -> Vec<Conflict> {
    let stated = joins.iter().filter_map(|join| between_facts(analysis, join));
    stated.chain(remedies_ahead(analysis, facts)).collect()
}

fn between_facts(analysis: &Analysis<'_>, join: &JoinedFacts<'_>) -> Option<Conflict> {
    let slot = |name: &str| match name {
        "first" => Some(join.first.quote.as_str()),
        "second" => join.second.as_ref().map(|fact| fact.quote.as_str()),
        _ => None,
    };
    let facts = std::iter::once(&join.first).chain(&join.second);
    conflict(analysis, join.theme, slot, facts.map(|fact| analysis.line(fact.sentence)).collect())
}

fn remedies_ahead(analysis: &Analysis<'_>, facts: &DocumentFacts<'_>) -> Option<Conflict> {
    if !facts.remedies_are_ahead() {
        return None;
    }
    let lines = facts.judgement.causes.iter().map(|&sentence| analysis.line(sentence)).collect();
    let theme = analysis.lexicon.questions.theme_for(Situation::RemediesAhead)?;
    conflict(analysis, &theme.id, |_| None, lines)
}

/// Returns the lexicon's conflict for a theme, if it has one.
fn conflict<'s>(
    analysis: &Analysis<'_>,
    theme: &str,
    slot: impl Fn(&str) -> Option<&'s str>,
    lines: Vec<usize>,
) -> Option<Conflict> {
    let entry = analysis.lexicon.questions.conflict.iter().find(|entry| entry.theme == theme)?;
    Some(Conflict { theme: theme.to_owned(), text: fill(&entry.text, slot)?, lines })
}
