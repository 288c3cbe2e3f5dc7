//! The verdict on a document.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the document concludes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The RCA concludes with human error and does not examine the conditions behind it.
    StartOver,
    /// A human act is part of the story, and conditions behind it are examined.
    Examined,
    /// A cause is given that does not stop at a person, as far as recognised.
    Clear,
    /// No cause is stated, or the text is in an unsupported language.
    Undetermined,
}
