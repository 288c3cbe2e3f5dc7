//! Plain types that every stage shares. Nothing here imports anything else of the program.

mod ids;
mod moment;
mod role;
mod severity;
mod span;
mod verdict;

pub use ids::{BlockId, SectionId, SentenceId};
pub use moment::Moment;
pub use role::{CODE, Role};
pub use severity::Severity;
pub use span::{LineIndex, Position, Span};
pub use verdict::Verdict;
