//! The little grammar that judges clauses: tokens, word classes, patterns, agents.

pub mod agent;
pub mod inflect;
pub mod pattern;
pub mod scan;
pub mod tokens;
pub mod vocabulary;
