//! Findings, and those that are suppressed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{Position, Severity};
use crate::report::document::EvidenceSource;

/// A passage that a facilitator would ask about.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Rule id, such as `human-error`.
    pub rule: String,
    /// As configured for the rule and raised by the verdict.
    pub severity: Severity,
    /// True if it is given as the cause, or as part of it.
    pub cause: bool,
    /// True if the text goes on to the conditions behind it.
    pub deepened: bool,
    /// Role of the section it is in.
    pub section: String,
    /// First character of the quote.
    pub start: Position,
    /// One past the last character of the quote.
    pub end: Position,
    /// The words that trigger the finding, exactly as in the source.
    pub quote: String,
    /// What makes it a finding; empty for rules about the document.
    #[serde(default)]
    pub evidence: Vec<EvidenceSource>,
    /// The whole sentence, exactly as in the source.
    pub sentence: String,
    /// One line, about the text and never about its author.
    pub message: String,
    /// Kind of human act (`slip`, `lapse`, …) for text rules.
    pub mechanism: Option<String>,
    /// At most three, most valuable first.
    pub questions: Vec<String>,
    /// For a text finding, a pattern for a better sentence, with brackets for what the author has to fill in.
    pub shape: Option<String>,
    /// Stable across moves and reflows; `schemas/README.md` defines how it is computed.
    pub fingerprint: String,
    /// With `--diff`: true if it is on lines that were added or changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed: Option<bool>,
}

/// A suppressed finding, which does not fail the run or ask questions.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Suppressed {
    /// Rule id.
    pub rule: String,
    /// Line of the finding, from 1.
    pub line: usize,
    /// First character of the quote.
    pub start: Position,
    /// One past the last character of the quote.
    pub end: Position,
    /// The reason given in the comment, or `baseline` for a finding in the baseline.
    pub reason: String,
    /// What suppresses it.
    pub by: SuppressedBy,
    /// The severity that it would have.
    pub severity: Severity,
    /// The words that trigger the finding, exactly as in the source.
    pub quote: String,
    /// Stable across moves and reflows; `schemas/README.md` defines how it is computed.
    pub fingerprint: String,
}

/// What suppresses a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SuppressedBy {
    /// A comment in the document, with its reason.
    Comment,
    /// The baseline of known findings.
    Baseline,
}

impl Suppressed {
    /// Returns a finding that is suppressed, with the reason.
    pub fn new(finding: &Finding, by: SuppressedBy, reason: String) -> Self {
        Self {
            rule: finding.rule.clone(),
            line: finding.start.line,
            start: finding.start,
            end: finding.end,
            reason,
            by,
            severity: finding.severity,
            quote: finding.quote.clone(),
            fingerprint: finding.fingerprint.clone(),
        }
    }
}
