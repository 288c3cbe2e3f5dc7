//! Input and output formats: the formats against their schemas, and the recipes with the real engines.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]
#![expect(clippy::disallowed_methods, reason = "a test writes its inputs and reads the results")]

mod collection;
mod engines;
mod schemas;

#[path = "../support/packages.rs"]
mod packages;
#[path = "../support/program.rs"]
mod program;
#[path = "../support/skip.rs"]
mod skip;
#[path = "../support/tools.rs"]
mod tools;
