//! Version control: what git says, and what a diff changes.

pub mod diff;
pub mod git;
