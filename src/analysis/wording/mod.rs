//! The document's own words, as questions and remarks repeat them.

pub(crate) mod nouns;
pub(crate) mod quotes;
pub(crate) mod template;
pub(crate) mod words;
