//! Talks to the language server as an editor does.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]
#![expect(clippy::needless_pass_by_value, reason = "`json!` is written where a function is called")]
#![expect(clippy::disallowed_methods, reason = "a test sets its scene with files")]

mod client;
mod completion;
mod conversation;
mod findings;
mod folders;
#[path = "../support/postmortems.rs"]
mod postmortems;
#[path = "../support/program.rs"]
mod program;
mod same_as_check;
mod settings;

use crate::postmortems::BLAMES;
