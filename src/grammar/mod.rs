//! The little grammar that judges clauses: tokens, word classes, patterns, agents.

pub mod agent;
mod anchor;
pub mod inflect;
mod names;
pub mod pattern;
pub mod scan;
pub mod tokens;
pub mod vocabulary;
