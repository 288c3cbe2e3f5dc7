//! Limits on what is read and reported.

/// Bytes of a file, unless `--max-file-size` says otherwise; a larger one is an error for that file.
pub const DEFAULT_MAX_FILE_SIZE: u64 = 1 << 20;

/// Findings reported for one file; the rest is counted.
pub const MAX_FINDINGS: usize = 500;
