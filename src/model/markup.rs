//! Markup languages other than Markdown and HTML.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a text is that was pasted into a Markdown file without being Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Markup {
    /// The wiki markup of Jira and Confluence.
    Jira,
    /// The wiki markup of MediaWiki.
    MediaWiki,
    /// AsciiDoc.
    AsciiDoc,
    /// reStructuredText.
    ReStructuredText,
    /// Markdown of which every line is indented, so that all of it is code.
    Indented,
}

impl Markup {
    /// Returns how such a text is read, for its author.
    pub const fn notice(self) -> &'static str {
        match self {
            Self::Jira => "read as wiki markup of Jira, not as Markdown",
            Self::MediaWiki => "read as wiki markup of MediaWiki, not as Markdown",
            Self::AsciiDoc => "read as AsciiDoc, not as Markdown",
            Self::ReStructuredText => "read as reStructuredText, not as Markdown",
            Self::Indented => "every line is indented, which is code in Markdown; read as text",
        }
    }
}
