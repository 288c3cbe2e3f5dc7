//! What was found out about one document.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{Position, Severity, TimelineEvent, Verdict};
use crate::report::ordered;

/// What was found out about one document.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DocumentReport {
    /// As given, with `/`.
    pub path: String,
    /// First heading or front-matter title.
    pub title: Option<String>,
    /// First ISO date of title, front matter or opening lines.
    pub date: Option<String>,
    /// `en`, or `und` when the text is not in a language this build reads (it is then not judged).
    pub language: String,
    /// What the document concludes.
    pub verdict: Verdict,
    /// What the author gives as causes, in document order.
    pub claims: Vec<ClaimReport>,
    /// Headings and labels with the role they were read as.
    pub sections: Vec<SectionReport>,
    /// By place in the document, then rule.
    pub findings: Vec<Finding>,
    /// By bucket id, in the order of the lexicon.
    #[serde(with = "ordered")]
    #[schemars(with = "BTreeMap<String, BucketReport>")]
    pub coverage: Vec<(String, BucketReport)>,
    /// Remedies by tier of the RCA² action hierarchy.
    pub actions: Actions,
    /// Rows of the timeline, in document order.
    pub timeline: Vec<TimelineRow>,
    /// Where the document disagrees with itself.
    pub conflicts: Vec<Conflict>,
    /// All questions of the document, most valuable first.
    pub questions: Vec<Question>,
    /// Findings set aside by a comment in the document or by the baseline, by line.
    pub suppressed: Vec<Suppressed>,
    /// Number of findings left out because of the limit for one file.
    pub truncated: usize,
}

/// A causal claim and what kind of thing it names.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClaimReport {
    /// What the claim's head is.
    pub head: ClaimHead,
    /// Line of its first byte, from 1.
    pub line: usize,
    /// The sentence, exactly as in the source.
    pub quote: String,
    /// Role of the section it is in.
    pub section: String,
    /// What the verdict read it as; null if the verdict does not rest on it.
    pub read_as: Option<ReadAs>,
}

/// What a verdict reads a claim as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReadAs {
    /// As the cause that the document concludes with.
    Cause,
    /// As a condition behind the cause.
    Condition,
}

/// Kinds of causal claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimHead {
    /// A human act or trait.
    Human,
    /// An act left undone.
    Omission,
    /// A property of system, tool, process or situation that made the outcome possible or likely.
    Condition,
    /// What happened after the act.
    Propagation,
    /// Somebody else's system or an outside event.
    External,
    /// Considered and rejected as a cause.
    RuledOut,
}

/// A heading or label and its role.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SectionReport {
    /// Role id, such as `cause`.
    pub role: String,
    /// The heading's words.
    pub heading: String,
    /// Its line, from 1.
    pub line: usize,
}

/// One place a facilitator would stop at.
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
    /// The whole sentence, exactly as in the source.
    pub sentence: String,
    /// One line, about the text and never about its author.
    pub message: String,
    /// Kind of human act (`slip`, `lapse`, …) for text rules.
    pub mechanism: Option<String>,
    /// At most three, most valuable first.
    pub questions: Vec<String>,
    /// For a text finding, the shape of a better sentence: what only the author knows is in brackets.
    pub shape: Option<String>,
    /// Stable across moves and reflows; `schemas/README.md` says how it is made.
    pub fingerprint: String,
    /// With `--diff`: true if it is on lines that were added or changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed: Option<bool>,
}

/// Whether a bucket was looked into.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct BucketReport {
    /// Looked into or not.
    pub status: BucketStatus,
    /// Where, in document order.
    pub evidence: Vec<Evidence>,
}

/// Looked into or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BucketStatus {
    /// Stated as a cause or factor, or considered and ruled out.
    Examined,
    /// Neither.
    Absent,
}

/// Words that show that a bucket was looked into.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// Line of the quote, from 1.
    pub line: usize,
    /// Factor id within the bucket.
    pub factor: String,
    /// The words, exactly as in the source.
    pub quote: String,
}

/// Remedies by tier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Actions {
    /// Work without anybody's memory or vigilance.
    pub stronger: usize,
    /// Help memory and vigilance.
    pub intermediate: usize,
    /// Rely on memory and vigilance.
    pub weaker: usize,
}

/// A question for the review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Question {
    /// The question, one sentence.
    pub text: String,
    /// What it asks about.
    pub about: About,
    /// Who inspired it, as the lexicon cites it.
    pub source: String,
    /// Fingerprints of the findings that ask it, if any do: without them it goes. Not part of the JSON.
    #[serde(skip)]
    pub asked_by: Vec<String>,
}

/// A row of the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TimelineRow {
    /// The time as the document writes it, without seconds.
    pub time: String,
    /// Its line, from 1.
    pub line: usize,
    /// Its sentences, exactly as in the source.
    pub quote: String,
    /// What it says: `changed`, `onset`, `noticed`, `told-by-users`, `escalated`, `understood`, `fixed`.
    pub marks: Vec<TimelineEvent>,
}

/// A place where the document disagrees with itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Conflict {
    /// What about, such as `remedies-ahead`.
    pub theme: String,
    /// One sentence.
    pub text: String,
    /// Lines of the sentences that it is about, from 1.
    pub lines: Vec<usize>,
}

/// What a question is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// A finding of the document, by its fingerprint.
    Finding(String),
    /// A bucket that was not looked into.
    Bucket(String),
    /// The document as a whole, by theme.
    Document(String),
}

/// A finding that is set aside: it fails nothing and asks nothing.
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
    /// The reason that the comment gives; `baseline` for what the baseline knows.
    pub reason: String,
    /// What set it aside.
    pub by: SuppressedBy,
    /// The severity it would have.
    pub severity: Severity,
    /// The words that trigger the finding, exactly as in the source.
    pub quote: String,
    /// Stable across moves and reflows; `schemas/README.md` says how it is made.
    pub fingerprint: String,
}

impl Suppressed {
    /// Returns a finding that is set aside, with the reason.
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

/// What sets a finding aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SuppressedBy {
    /// A comment in the document, with its reason.
    Comment,
    /// The baseline of findings that were there before.
    Baseline,
}
