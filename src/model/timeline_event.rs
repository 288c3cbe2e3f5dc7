//! The kinds of event in a timeline.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a row of the timeline is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TimelineEvent {
    /// Something is changed.
    Changed,
    /// The trouble begins.
    Onset,
    /// Somebody, or an alert, notices the trouble.
    Noticed,
    /// Users notice first.
    ToldByUsers,
    /// Others are called in.
    Escalated,
    /// The cause is known.
    Understood,
    /// The fix is in.
    Fixed,
    /// The incident is over. Such a row is also about the fix.
    Resolved,
}
