//! From sentences to a judgement: one module per stage, each of which reads only the stages before it.

pub mod claims;
pub mod conflicts;
pub mod coverage;
pub mod document_rules;
pub mod findings;
mod guards;
pub mod joins;
pub mod language;
pub mod questions;
pub mod remedies;
pub mod sentences;
pub mod timeline;
pub mod verdict;
mod wording;
