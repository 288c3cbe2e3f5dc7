//! Languages of documents.

/// The language that this build judges. Documents in others are read, but not judged.
pub const ENGLISH: &str = "en";
