//! Plain types that every stage shares. They depend on no other module of the program.

mod document_trait;
mod ids;
mod language;
mod limits;
mod markup;
mod role;
mod severity;
mod span;
mod tier;
mod timeline_event;
mod verdict;

pub use document_trait::DocumentTrait;
pub use ids::{BlockId, SectionId, SentenceId};
pub use language::ENGLISH;
pub use limits::{DEFAULT_MAX_FILE_SIZE, MAX_FINDINGS};
pub use markup::Markup;
pub use role::{CODE, Role};
pub use severity::Severity;
pub use span::{LineIndex, Position, Span};
pub use tier::Tier;
pub use timeline_event::TimelineEvent;
pub use verdict::Verdict;
