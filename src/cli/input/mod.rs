//! What is reviewed: files are found, filtered, read and reviewed one by one.

pub(crate) mod diff;
pub(crate) mod discover;
pub(crate) mod review_runner;
