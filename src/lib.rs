//! Reads incident postmortems, finds where the analysis stops at a person, and asks the hard questions.
//!
//! The pipeline runs one way: bytes → [`source::Source`] → [`document::Document`] → [`analysis::sentences::Analysis`] →
//! findings → coverage → claims → verdict → questions → [`report::DocumentReport`] → renderer. [`review::review`] is that
//! pipeline, one stage per line.
//!
//! The settings in a team's [`config`] become part of the [`lexicon`] for its documents: words, phrases, buckets,
//! questions, and the severity of each rule.

pub mod analysis;
mod atomic_write;
mod builtin_lexicon;
pub mod cli;
pub mod collection;
pub mod config;
pub mod document;
pub mod example_check;
pub mod lexicon;
mod lsp;
pub mod model;
pub mod reader;
pub mod render;
pub mod report;
pub mod review;
mod settings;
pub mod source;
pub mod suppress;
pub mod text;
pub mod vcs;

pub use document::postmortem::looks_like_postmortem;
pub use review::{Witnesses, review};
