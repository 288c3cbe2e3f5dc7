//! Reads incident postmortems, finds where the analysis stops at a person, and asks the hard questions.

pub mod document;
pub mod fingerprint;
pub mod grammar;
pub mod input;
pub mod lexicon;
pub mod report;
pub mod span;
