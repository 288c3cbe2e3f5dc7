//! Words: tokens, their classes and inflections, and who acts in a clause.

pub mod agent;
pub mod inflect;
pub mod interner;
pub mod table;
pub mod tokens;
pub mod vocabulary;
