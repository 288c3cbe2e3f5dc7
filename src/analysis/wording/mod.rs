//! The document's own words, as repeated in questions and remarks.

pub(crate) mod marking;
pub(crate) mod quotes;
pub(crate) mod template;
pub(crate) mod words;
