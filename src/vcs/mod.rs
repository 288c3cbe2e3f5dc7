//! Version control: queries git, and parses diffs.

pub mod diff;
pub mod git;
