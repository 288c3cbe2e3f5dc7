//! Limits on what is read and reported.

/// Maximum file size in bytes, unless `--max-file-size` overrides it. A larger file is an error.
pub const DEFAULT_MAX_FILE_SIZE: u64 = 1 << 20;

/// Maximum number of findings reported for one file; any others are only counted.
pub const MAX_FINDINGS: usize = 500;
