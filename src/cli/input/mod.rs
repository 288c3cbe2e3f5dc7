//! The input of a run: finds, filters, reads and reviews files.

pub(crate) mod diff;
pub(crate) mod discover;
pub(crate) mod json_lines;
pub(crate) mod review_runner;
pub(crate) mod saved_reviews;
