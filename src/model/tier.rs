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

impl Tier {
    /// True if remedies of these tiers all rely on memory and vigilance, as far as they are recognised. Where most are not
    /// recognised, nothing can be said about all of them.
    pub fn all_rely_on_memory(remedies: impl Iterator<Item = Option<Self>>) -> bool {
        let (mut weaker, mut unknown) = (0, 0);
        for tier in remedies {
            match tier {
                Some(Self::Weaker) => weaker += 1,
                Some(Self::Intermediate | Self::Stronger) => return false,
                None => unknown += 1,
            }
        }
        weaker > 0 && unknown <= weaker
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remedies_of_which_most_are_not_recognised_do_not_all_rely_on_memory() {
        let all = |tiers: &[Option<Tier>]| Tier::all_rely_on_memory(tiers.iter().copied());
        assert!(all(&[Some(Tier::Weaker)]));
        assert!(all(&[Some(Tier::Weaker), None]));
        assert!(!all(&[Some(Tier::Weaker), None, None]));
        assert!(!all(&[Some(Tier::Weaker), Some(Tier::Intermediate)]));
        assert!(!all(&[None]) && !all(&[]));
    }
}
