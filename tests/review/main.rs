//! The results of a review: findings, verdicts, questions, and the effects of allow comments and baselines.

mod allow;
mod answered;
mod baseline;
mod examples;
mod joins;
mod kinds_of_act;
mod notices;
mod questions;
mod remedies;

#[path = "../support/wrapping.rs"]
mod wrapping;
