//! Version control: queries to git, and the parser of diffs.

pub mod diff;
pub mod git;
