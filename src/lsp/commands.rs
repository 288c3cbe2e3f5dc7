//! Commands that the client can have executed.

/// Moves the cursor: the arguments are a document and a range.
pub(crate) const SELECT: &str = "rcalint.select";

/// All commands.
pub(crate) const ALL: [&str; 1] = [SELECT];
