//! The files of the shipped lexicon. `crate::builtin_lexicon` contains it in loaded form.

use crate::lexicon::named_text::NamedText;

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../lexicon/", $name)))),*]
    };
}

/// Every file of `lexicon/`, by its path below that folder.
pub const FILES: &[NamedText<'static>] = files![
    "abbreviations.toml",
    "aliases.toml",
    "buckets/1-operational-maturity.toml",
    "buckets/2-upstream.toml",
    "buckets/3-integrations.toml",
    "buckets/4-human.toml",
    "frames.toml",
    "guards.toml",
    "lexicon.toml",
    "mechanisms.toml",
    "questions.toml",
    "rules/allow-without-reason.toml",
    "rules/blamed-action.toml",
    "rules/blamed-character.toml",
    "rules/blamed-omission.toml",
    "rules/concludes-with-human-error.toml",
    "rules/counterfactual.toml",
    "rules/hindsight.toml",
    "rules/human-error.toml",
    "rules/no-cause-stated.toml",
    "rules/single-cause.toml",
    "rules/uncovered-bucket.toml",
    "rules/unused-allow.toml",
    "rules/weak-action.toml",
    "rules/weak-actions-only.toml",
    "sections.toml",
    "tiers.toml",
    "weighing.toml",
    "words/factors.toml",
    "words/grammar.toml",
    "words/irregular.toml",
    "words/names.toml",
    "words/people.toml",
    "words/products.toml",
    "words/scenes.toml",
    "words/software.toml",
    "words/verbs.toml",
];
