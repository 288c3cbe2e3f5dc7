//! The little grammar that judges clauses: tokens, word classes, patterns, agents.

pub mod agent;
mod anchor;
mod code;
mod follow;
mod index;
pub mod inflect;
pub mod names;
pub mod pattern;
pub mod program;
pub mod scan;
pub mod table;
pub mod tokens;
pub mod vocabulary;
