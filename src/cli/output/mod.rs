//! Where results go: standard output and files.

pub(crate) mod atomic_write;
pub(crate) mod sinks;
