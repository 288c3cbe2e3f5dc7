//! Reads incident postmortems, finds where the analysis stops at a person, and asks the hard questions.

pub mod actions;
pub mod claims;
pub mod coverage;
pub mod document;
pub mod document_rules;
pub mod findings;
pub mod fingerprint;
pub mod grammar;
pub mod input;
pub mod language;
pub mod lexicon;
pub mod postmortem;
pub mod questions;
pub mod reading;
pub mod report;
pub mod review;
pub mod span;
pub mod timeline;
pub mod verdict;

pub use postmortem::looks_like_postmortem;
pub use review::review;
