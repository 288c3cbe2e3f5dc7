//! What was found out about one document.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{DocumentTrait, ENGLISH, Markup, Tier, TimelineEvent, Verdict};
use crate::report::finding::{Finding, Suppressed};
use crate::report::ordered;

/// The results for one document.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DocumentReport {
    /// As given, with `/`.
    pub path: String,
    /// First heading or front-matter title.
    pub title: Option<String>,
    /// First date in the front matter, the title, the path or the opening lines, in this order, as `2026-01-02`.
    pub date: Option<String>,
    /// `en`, or `und` if the text is in an unsupported language (it is then not judged).
    pub language: String,
    /// What the text in a Markdown file is, if it is not Markdown. Absent if it is, from pages in HTML, and from older
    /// reports.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub markup: Option<Markup>,
    /// What the document concludes.
    pub verdict: Verdict,
    /// What the verdict was weighed from, the weightiest first for each question; empty without a reader.
    #[serde(default)]
    pub verdict_reasons: Vec<Reason>,
    /// What the author gives as causes, in document order.
    pub claims: Vec<ClaimReport>,
    /// Headings and labels with their roles.
    pub sections: Vec<SectionReport>,
    /// By place in the document, then rule.
    pub findings: Vec<Finding>,
    /// By bucket id, in the order of the lexicon.
    #[serde(with = "ordered")]
    #[schemars(with = "BTreeMap<String, BucketReport>")]
    pub coverage: Vec<(String, BucketReport)>,
    /// Remedies by tier of the RCA² action hierarchy.
    pub actions: Actions,
    /// Each remedy, in document order.
    #[serde(default)]
    pub remedies: Vec<RemedyReport>,
    /// Products and services that the document names where it explains what happened, in document order.
    #[serde(default)]
    pub systems: Vec<SystemReport>,
    /// Rows of the timeline, in document order.
    pub timeline: Vec<TimelineRow>,
    /// Contradictions in the document.
    pub conflicts: Vec<Conflict>,
    /// All questions of the document, most valuable first.
    pub questions: Vec<Question>,
    /// Findings suppressed by a comment in the document or by the baseline, by line.
    pub suppressed: Vec<Suppressed>,
    /// Number of findings left out because of the limit for one file.
    pub truncated: usize,
}

/// A causal claim and what kind of thing it names.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClaimReport {
    /// The kind of thing that it names.
    pub head: ClaimHead,
    /// Line of its first byte, from 1.
    pub line: usize,
    /// The sentence, exactly as in the source.
    pub quote: String,
    /// Role of the section it is in.
    pub section: String,
    /// How the verdict interprets it; null if the verdict is not based on it.
    pub read_as: Option<ReadAs>,
    /// What makes it a claim of this kind; empty without a reader.
    #[serde(default)]
    pub evidence: Vec<EvidenceSource>,
}

/// How a verdict interprets a claim.
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

/// Whether a bucket was examined.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct BucketReport {
    /// Examined or not.
    pub status: BucketStatus,
    /// Where, in document order.
    pub evidence: Vec<Evidence>,
}

/// Examined or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BucketStatus {
    /// Stated as a cause or factor, or considered and ruled out.
    Examined,
    /// Neither.
    Absent,
}

/// The factor of evidence that no factor of the lexicon names.
pub const OTHER_FACTOR: &str = "other";

/// Words that show that a bucket was examined.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// Line of the quote, from 1.
    pub line: usize,
    /// Factor id within the bucket; `other` if the words name none.
    pub factor: String,
    /// The words, exactly as in the source.
    pub quote: String,
    /// Their sentence, exactly as in the source.
    #[serde(default)]
    pub sentence: String,
    /// Who shows it.
    #[serde(default = "lexicon")]
    pub witness: Witness,
    /// Its points. Without a reader, hundredths of what makes a bucket examined.
    #[serde(default)]
    pub points: i32,
}

const fn lexicon() -> Witness {
    Witness::Lexicon
}

/// What a judgement rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EvidenceSource {
    /// Who says so.
    pub witness: Witness,
    /// Its points: ten are one unit of log-odds.
    pub points: i32,
    /// The words it rests on, exactly as in the source.
    pub quote: String,
    /// Their line, from 1.
    pub line: usize,
}

/// Who gives evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Witness {
    /// A pattern of the lexicon.
    Lexicon,
    /// The learned reader.
    Reader,
    /// The structure of the document: its sections, and what else it says.
    Document,
}

/// A reason for the verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reason {
    /// The question that it helps to answer.
    pub about: VerdictQuestion,
    /// What the document contains; null for the points that every document has.
    pub kind: Option<DocumentTrait>,
    /// How much of it, in hundredths.
    pub value: i32,
    /// Its points for an answer of yes.
    pub points: i32,
}

/// Remedies by tier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Actions {
    /// Number of actions that work without memory and vigilance.
    pub stronger: usize,
    /// Number of actions that support memory and vigilance.
    pub intermediate: usize,
    /// Number of actions that rely on memory and vigilance.
    pub weaker: usize,
}

/// The questions that lead to a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VerdictQuestion {
    /// Is a cause stated? If not, the verdict is `undetermined`.
    Stated,
    /// Is a person's act part of it? If not, the verdict is `clear`.
    Person,
    /// Are the conditions behind the act examined? The verdict is `examined` or `start-over`.
    Examined,
}

/// One remedy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RemedyReport {
    /// Its line, from 1.
    pub line: usize,
    /// Its sentence, exactly as in the source.
    pub quote: String,
    /// Its tier; null if it is not recognised.
    pub tier: Option<Tier>,
    /// The words that decided, exactly as in the source; null if none of the lexicon's did.
    pub words: Option<String>,
    /// For a weaker one: what a stronger action of the same aim could be. Absent from other actions and from older reports.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stronger: Option<String>,
    /// True if its box is checked or its words say that it has been done. Absent from other actions and from older reports.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub done: bool,
}

/// A product or service, named in one sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SystemReport {
    /// Its name, as in the source but without the marks of inline code.
    pub name: String,
    /// Whose it is.
    pub kind: SystemKind,
    /// Line of the sentence, from 1.
    pub line: usize,
    /// The sentence, exactly as in the source.
    pub quote: String,
    /// True if the sentence is the title, which says what the document is about and not what caused it.
    pub title: bool,
}

/// Whose product or service a system is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SystemKind {
    /// The organisation's own: a name in inline code next to a word such as "service".
    Own,
    /// Free software that the organisation runs.
    OpenSource,
    /// A vendor's product that the organisation runs.
    Vendor,
    /// A platform or service that somebody else runs.
    Cloud,
}

/// A question for the review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Question {
    /// The question, one sentence.
    pub text: String,
    /// The same question as it is asked of any document: `…` stands for words of the document.
    #[serde(default)]
    pub pattern: String,
    /// Its subject.
    pub about: About,
    /// The source that it is based on, as cited in the lexicon.
    pub source: String,
    /// Fingerprints of the findings that ask it, if any do: without them it goes. Not part of the JSON.
    #[serde(skip)]
    pub asked_by: Vec<String>,
}

/// A row of the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TimelineRow {
    /// The time as written in the document, without seconds; the date if it has only that; empty if it has neither.
    pub time: String,
    /// Its line, from 1.
    pub line: usize,
    /// Its sentences as in the source, but without the markup of links.
    pub quote: String,
    /// Its events: `changed`, `onset`, `noticed`, `told-by-users`, `escalated`, `understood`, `fixed`, `resolved`.
    pub marks: Vec<TimelineEvent>,
    /// Why its time is not compared with those of other rows; absent if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<RowReason>,
    /// Minutes since the earliest of the rows whose times are compared; absent if its own is not compared with theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minute: Option<i64>,
}

/// Why a row of a timeline is not compared with the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RowReason {
    /// No date or time could be read in it.
    NoTime,
    /// It has a date, but no time of day.
    NoTimeOfDay,
    /// It is earlier than the rows before it.
    OutOfOrder,
    /// Other rows name other time zones, and it is unknown how far its own is from them.
    UnknownZone,
}

/// A contradiction in the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Conflict {
    /// Its theme, such as `remedies-ahead`.
    pub theme: String,
    /// One sentence.
    pub text: String,
    /// Lines of the sentences that it is about, from 1.
    pub lines: Vec<usize>,
}

/// The subject of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// A finding of the document, by its fingerprint.
    Finding(String),
    /// A bucket that was not examined.
    Bucket(String),
    /// The document as a whole, by theme.
    Document(String),
}

impl DocumentReport {
    /// True if the document is in a language that is judged.
    pub fn is_judged(&self) -> bool {
        self.language == ENGLISH
    }

    /// True if a reader took part, so that what was found has points.
    pub const fn is_weighed(&self) -> bool {
        !self.verdict_reasons.is_empty()
    }

    /// Returns the finding that a question is about, if it is about one.
    pub fn finding_of(&self, question: &Question) -> Option<&Finding> {
        let About::Finding(fingerprint) = &question.about else { return None };
        self.findings.iter().find(|finding| finding.fingerprint == *fingerprint)
    }
}

impl ClaimReport {
    /// Returns the points of all that makes it a claim; 0 without a reader.
    pub fn points(&self) -> i32 {
        self.evidence.iter().map(|source| source.points).sum()
    }
}
