//! The pattern language of the lexicon (`docs/lexicon.md`): patterns are parsed to programs, and programs run over
//! tokens.

mod anchor;
mod matcher;
pub mod parse;
pub mod program;
pub mod scan;
