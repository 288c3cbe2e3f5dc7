//! Reads incident postmortems, finds where the analysis stops at a person, and asks the hard questions.
//!
//! One way through: bytes → [`input::Source`] → [`document::Document`] → [`reading::Reading`] → findings → claims →
//! coverage → verdict → questions → [`report::DocumentReport`] → renderer. [`review::review`] is that way, a stage a line.
//!
//! What a team sets in its [`config`] becomes part of the [`lexicon`] that a document is read with: words, phrases,
//! buckets, questions, and how loudly each rule speaks.

pub mod actions;
pub mod allow;
pub mod baseline;
pub mod claims;
pub mod cli;
pub mod config;
pub mod coverage;
pub mod diff;
pub mod document;
pub mod document_rules;
pub mod findings;
pub mod fingerprint;
pub mod git;
pub mod grammar;
pub mod input;
pub mod language;
pub mod lexicon;
pub mod nearest;
pub mod postmortem;
pub mod proof;
pub mod questions;
pub mod reading;
pub mod render;
pub mod report;
pub mod review;
pub mod saved;
mod shipped;
pub mod span;
pub mod suppress;
pub mod timeline;
pub mod verdict;

pub use postmortem::looks_like_postmortem;
pub use review::review;
