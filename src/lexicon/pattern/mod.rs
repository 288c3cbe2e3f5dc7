//! The pattern language of the lexicon: text to programs, and programs run over tokens.

mod anchor;
mod code;
mod follow;
mod index;
pub mod parse;
pub mod program;
pub mod scan;
