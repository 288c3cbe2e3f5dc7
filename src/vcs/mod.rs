//! Version control: queries git, and parses diffs and names.

pub mod diff;
pub mod git;
pub mod quoting;
