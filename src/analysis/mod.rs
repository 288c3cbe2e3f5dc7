//! Turns sentences into a judgement. There is one module per stage, and each uses only the stages before it.

pub mod claims;
pub mod conflicts;
pub mod coverage;
pub mod document_rules;
pub mod findings;
mod guards;
pub mod joins;
pub mod language;
pub mod questions;
pub mod reading;
pub mod remedies;
pub mod sentences;
pub mod systems;
pub mod timeline;
pub mod verdict;
mod wording;
