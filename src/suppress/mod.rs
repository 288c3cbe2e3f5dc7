//! Suppressed findings: comments that allow findings, and the baseline.

pub mod allow;
pub mod baseline;
