//! How the evidence of the lexicon and of the reader is added up (`lexicon/weighing.toml`).
//!
//! Every weight is a whole number of points; ten points are one unit of log-odds. What adds up to 0 points or more
//! holds. Without a reader nothing is weighed, and the lexicon judges alone. The weights are small numbers, so that no
//! sum overflows, whatever a team's own file says.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::DocumentTrait;

/// All weights.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weighing {
    /// Whether a sentence is a finding.
    pub finding: FindingWeights,
    /// Whether a finding is given as the cause.
    pub cause: FlagWeights,
    /// Whether the text goes on to the conditions behind a finding.
    pub deepened: FlagWeights,
    /// What a causal claim names.
    pub claim: ClaimWeights,
    /// Which tier a remedy is of.
    pub remedy: RemedyWeights,
    /// Whether a bucket is examined, by its id. A bucket without weights is judged by the lexicon alone.
    pub bucket: BTreeMap<String, BucketWeights>,
    /// What the document concludes.
    pub verdict: VerdictWeights,
}

/// Returns a share of some points, given in per cent.
pub fn per_cent(share: i16, points: i32) -> i32 {
    i32::from(share) * points / 100
}

/// Whether a sentence is a finding.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FindingWeights {
    /// Points of every sentence.
    pub constant: i16,
    /// Per cent of the reader's points for a finding of any rule.
    pub reader: i16,
    /// Points of a match of the lexicon.
    pub lexicon: i16,
    /// Further points of a match of a rule, by its id.
    #[serde(default)]
    pub rule: BTreeMap<String, i16>,
    /// The reader's points from which a second rule is reported for the same sentence.
    pub second_rule: i16,
    /// Guards that rule out blame that only the reader sees, wherever they match in a sentence.
    pub unless: Vec<String>,
}

/// Whether something holds for a finding.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlagWeights {
    /// Points of every finding.
    pub constant: i16,
    /// Per cent of the reader's points.
    pub reader: i16,
    /// Points if the lexicon says so.
    pub lexicon: i16,
}

/// What a causal claim names.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ClaimWeights {
    /// Points for the kind that the lexicon sees; the reader's points are added to each kind.
    pub lexicon: i16,
    /// The reader's points, above those for no claim, from which a sentence is a claim without the lexicon.
    pub reader_alone: i16,
    /// The reader's points for a condition, above those of all other kinds, from which a claim names one.
    pub condition: i16,
}

/// Which tier a remedy is of.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RemedyWeights {
    /// Points for the tier that the lexicon sees; the reader's points are added to each tier.
    pub lexicon: i16,
    /// The reader's points, above those for no remedy, from which a sentence outside sections for actions is one.
    pub reader_alone: i16,
}

/// Whether a bucket is examined.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BucketWeights {
    /// Points of every document.
    pub constant: i16,
    /// Points if the lexicon finds it examined.
    pub lexicon: i16,
    /// Per cent of the reader's points for the whole document.
    #[serde(default)]
    pub document: i16,
    /// Per cent of the reader's points for the sentence with the most.
    pub best: i16,
    /// Per cent of the reader's points for the sentence with the second most.
    pub second: i16,
    /// The reader's points from which a sentence is shown as evidence.
    pub shown: i16,
}

/// What the document concludes.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerdictWeights {
    /// Guards of sentences that say nothing about who is blamed.
    pub unless: Vec<String>,
    /// Whether a cause is stated.
    pub stated: Score,
    /// Whether a person's act is part of the explanation.
    pub person: Score,
    /// Whether, if so, the conditions behind it are examined.
    pub examined: Score,
}

/// A sum over what a document contains.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// Points of every document.
    pub constant: i16,
    /// Points for one of each.
    pub points: BTreeMap<DocumentTrait, i16>,
}
