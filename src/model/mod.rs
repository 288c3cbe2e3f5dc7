//! Plain types that every stage shares. Nothing here imports anything else of the program.

mod moment;
mod role;
mod severity;
mod span;
mod verdict;

pub use moment::Moment;
pub use role::{CODE, Role};
pub use severity::Severity;
pub use span::{LineIndex, Position, Span};
pub use verdict::Verdict;
