//! Writes results to standard output and to files.

pub(crate) mod destination;
pub(crate) mod sinks;
