//! Reads incident postmortems, finds where the analysis stops at a person, and asks the hard questions.
//!
//! One way through: bytes → [`input::Source`] → [`document::Document`] → [`reading::Analysis`] → findings → claims →
//! coverage → verdict → questions → [`report::DocumentReport`] → renderer. [`review::review`] is that way, a stage a line.
//!
//! What a team sets in its [`config`] becomes part of the [`lexicon`] that a document is read with: words, phrases,
//! buckets, questions, and how loudly each rule speaks.

pub mod analysis;
pub mod cli;
pub mod config;
pub mod document;
pub mod example_check;
pub mod lexicon;
pub mod model;
pub mod render;
pub mod report;
pub mod review;
mod shipped;
pub mod source;
pub mod suppress;
pub mod text;
pub mod vcs;

pub use document::postmortem::looks_like_postmortem;
pub use review::review;
