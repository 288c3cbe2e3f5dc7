//! Words: tokens, their classes and inflections, who acts in a clause, and dates and times.

pub mod agent;
pub mod datetime;
pub mod inflect;
pub mod interner;
pub mod tokens;
pub mod vocabulary;
