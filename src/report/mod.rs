//! The result of a run as plain data: the contract of `--format json`, and the only input of a renderer.

mod document;
mod finding;
pub mod fingerprint;
mod ordered;
pub mod reader;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{Severity, Verdict};

pub use document::{
    About, Actions, BucketReport, BucketStatus, ClaimHead, ClaimReport, Conflict, DocumentReport, Evidence,
    EvidenceSource, OTHER_FACTOR, Question, ReadAs, Reason, RemedyReport, RowReason, SectionReport,
    SystemKind, SystemReport, TimelineRow, VerdictQuestion, Witness,
};
pub use finding::{Finding, Suppressed, SuppressedBy};

/// Incremented with every breaking change of the JSON.
pub const SCHEMA_VERSION: u32 = 2;

/// The name of the program in a report.
pub const TOOL: &str = "rcalint";

/// The results of one run.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "rcalint report")]
pub struct Report {
    /// Version of this format.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// The program that made the report.
    pub tool: Tool,
    /// Documents that were read, in input order.
    pub documents: Vec<DocumentReport>,
    /// Files that were found but not read, in input order.
    pub skipped: Vec<Skipped>,
    /// Files that could not be read, in input order.
    pub errors: Vec<FileError>,
    /// Counts over all documents.
    pub summary: Summary,
    /// The effect of the baseline, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<BaselineReport>,
    /// With `--diff`: changes, other than to the text of documents, that make the check more lenient.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guard: Option<Vec<Guard>>,
}

/// Name and versions of the program that made a report.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    /// Always `rcalint`.
    pub name: String,
    /// Version of the program.
    pub version: String,
    /// Version of the lexicon.
    pub lexicon: String,
    /// Version of the reader; null if the lexicon judged alone.
    #[serde(default)]
    pub reader: Option<String>,
}

/// The effect of a baseline in a run.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct BaselineReport {
    /// The file, as given, with `/`.
    pub path: String,
    /// Number of findings that it suppressed.
    pub known: usize,
    /// Entries without a match, in the order of the file.
    pub stale: Vec<StaleEntry>,
}

/// An entry of a baseline without a match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StaleEntry {
    /// Path of the document, as in the baseline.
    pub path: String,
    /// Rule id.
    pub rule: String,
    /// Beginning of the sentence.
    pub excerpt: String,
    /// Number of findings without a match.
    pub count: usize,
}

/// Something in a change that makes the check of this change, or of later ones, more lenient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Guard {
    /// Its kind.
    pub kind: GuardKind,
    /// The file: a document as given, any other from the root of the repository.
    pub path: String,
    /// The line, from 1, of a comment.
    pub line: Option<usize>,
    /// One line.
    pub message: String,
}

/// What can make a check more lenient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GuardKind {
    /// The configuration, or a file of the lexicon that it names, was changed.
    Configuration,
    /// A comment allows something that was not allowed before.
    Allow,
    /// The baseline lists more findings than before, or may do so.
    Baseline,
}

/// A file that was found but not read.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Skipped {
    /// As found, with `/`.
    pub path: String,
    /// `not-a-postmortem`, …
    pub reason: String,
}

/// A file that could not be read.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FileError {
    /// As given, with `/`.
    pub path: String,
    /// One line.
    pub message: String,
}

/// Counts over a run.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// Number of documents read.
    pub documents: usize,
    /// Of these, how many conclude with human error.
    pub start_over: usize,
    /// Findings by severity.
    pub findings: Counts,
    /// Suppressed findings.
    pub suppressed: SuppressedCounts,
}

/// Suppressed findings, by cause.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct SuppressedCounts {
    /// By a comment in the document.
    pub comment: usize,
    /// By the baseline.
    pub baseline: usize,
}

/// Findings by severity.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// Number of errors.
    pub error: usize,
    /// Number of warnings.
    pub warning: usize,
    /// Number of notes.
    pub note: usize,
}

impl Report {
    /// Creates the report of a run, with its counts.
    pub fn new(
        lexicon: &str,
        documents: Vec<DocumentReport>,
        skipped: Vec<Skipped>,
        errors: Vec<FileError>,
    ) -> Self {
        let summary = Summary::count(&documents);
        let tool = Tool::new(lexicon);
        Self {
            schema_version: SCHEMA_VERSION,
            tool,
            documents,
            skipped,
            errors,
            summary,
            baseline: None,
            guard: None,
        }
    }
}

impl Tool {
    /// Returns this program, with this version of the lexicon and no reader.
    pub fn new(lexicon: &str) -> Self {
        let [name, version] = [TOOL, env!("CARGO_PKG_VERSION")].map(str::to_owned);
        Self { name, version, lexicon: lexicon.to_owned(), reader: None }
    }
}

impl Counts {
    /// Counts findings by severity.
    pub fn count<'f>(findings: impl Iterator<Item = &'f Finding>) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            match finding.severity {
                Severity::Error => counts.error += 1,
                Severity::Warning => counts.warning += 1,
                Severity::Note => counts.note += 1,
            }
        }
        counts
    }

    /// Returns the sum of both.
    #[must_use]
    pub fn and(self, more: Self) -> Self {
        Self {
            error: self.error + more.error,
            warning: self.warning + more.warning,
            note: self.note + more.note,
        }
    }
}

impl Summary {
    /// Counts documents, verdicts and findings.
    pub fn count(documents: &[DocumentReport]) -> Self {
        let suppressed = |by| {
            let all = documents.iter().flat_map(|document| &document.suppressed);
            all.filter(|finding| finding.by == by).count()
        };
        Self {
            documents: documents.len(),
            start_over: documents.iter().filter(|document| document.verdict == Verdict::StartOver).count(),
            findings: Counts::count(documents.iter().flat_map(|document| &document.findings)),
            suppressed: SuppressedCounts {
                comment: suppressed(SuppressedBy::Comment),
                baseline: suppressed(SuppressedBy::Baseline),
            },
        }
    }
}
