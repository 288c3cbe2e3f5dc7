//! What a review of a postmortem says: findings, verdicts, questions, and what allowances and baselines do to them.

mod allow;
mod baseline;
mod examples;
mod joins;
mod questions;
mod scenarios;

#[path = "../support/wrapping.rs"]
mod wrapping;
