//! How reports are written: in what order, to which files, and whole or not at all.

pub(crate) mod atomic_write;
pub(crate) mod ordered_parallel;
pub(crate) mod stream;
pub(crate) mod targets;
