//! Reads incident postmortems, finds where the analysis stops at a person, and asks the hard questions.

pub mod input;
pub mod span;
