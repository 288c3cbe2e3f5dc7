//! Findings that somebody decided to live with: allow comments and the baseline.

pub mod allow;
pub mod baseline;
pub mod set_aside;
