//! From sentences to a judgement: one module per stage, each reading only the stages before it.

pub mod claims;
pub mod coverage;
pub mod document_rules;
pub mod findings;
mod guards;
pub mod language;
pub mod questions;
pub mod remedies;
pub mod sentences;
pub mod timeline;
pub mod verdict;
