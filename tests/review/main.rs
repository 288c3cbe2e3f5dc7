//! The results of a review: findings, verdicts, questions, and the effects of allow comments and baselines.

mod allow;
mod baseline;
mod examples;
mod joins;
mod kinds_of_act;
mod notices;
mod questions;

#[path = "../support/wrapping.rs"]
mod wrapping;
