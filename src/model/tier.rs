//! Strengths of remedies.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Tiers of the RCA² action hierarchy, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// Relies on memory and vigilance.
    Weaker,
    /// Supports memory and vigilance.
    Intermediate,
    /// Works without memory and vigilance.
    Stronger,
}
