//! Reads a report from its JSON, which may be untrusted: for instance from a workflow that a pull request from a fork
//! can change.
//!
//! A report is accepted only if it has exactly this format, its ids are plain words, and its numbers are possible for a
//! file. Its counts are recomputed. All other texts are untrusted, as in any report: every renderer escapes them.

use std::fmt;

use serde::Deserialize;
use serde_json::Value;

use crate::report::{About, DocumentReport, FileError, Report, SCHEMA_VERSION, Skipped, Summary, TOOL};

/// The largest number: greater than the number of lines or bytes in any accepted document.
const LARGEST: i64 = 1 << 32;
/// Maximum length of an id in characters.
const LONGEST_ID: usize = 100;
/// Keys of numbers that start from 1.
const FROM_ONE: [&str; 3] = ["line", "column", "lines"];
/// Keys of numbers that may be negative.
const SIGNED: [&str; 2] = ["points", "value"];

/// The reason why a text is not a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SavedError {
    /// It is not JSON; this is the reason.
    NotJson(String),
    /// It is JSON, but not a report of this program.
    NoReport,
    /// It has an unsupported format; this is its `schema_version`.
    Version(String),
    /// It claims to be a report, but does not have the format of one; this is the reason.
    Shape(String),
    /// A value of this key is out of range.
    Number(String),
    /// An id of this kind is not a plain word.
    Id(&'static str),
}

impl fmt::Display for SavedError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson(why) => write!(to, "not JSON: {why}"),
            Self::NoReport => {
                to.write_str("not a report of rcalint, as `rcalint check --format json` writes it")
            }
            Self::Version(version) => {
                write!(to, "schema_version is {version}; this build reads {SCHEMA_VERSION}")
            }
            Self::Shape(why) => write!(to, "not a report as schemas/report.schema.json describes it: {why}"),
            Self::Number(key) => write!(to, "the number in `{key}` is out of range"),
            Self::Id(kind) => write!(to, "the id of a {kind} is not a plain word"),
        }
    }
}

impl std::error::Error for SavedError {}

/// Reads a report. Byte columns are not part of the JSON, so they are 0.
///
/// # Errors
/// Fails if the text is not a report, or one that this program would never write.
pub fn parse(text: &str) -> Result<Report, SavedError> {
    let value: Value = serde_json::from_str(text).map_err(|error| SavedError::NotJson(error.to_string()))?;
    if value["tool"]["name"] != TOOL {
        return Err(SavedError::NoReport);
    }
    if value["schema_version"] != SCHEMA_VERSION {
        return Err(SavedError::Version(value["schema_version"].to_string()));
    }
    numbers("", &value)?;
    let mut report: Report =
        serde_json::from_str(text).map_err(|error| SavedError::Shape(error.to_string()))?;
    report.documents.iter().try_for_each(ids)?;
    report.summary = Summary::count(&report.documents);
    Ok(report)
}

/// One line of `--format jsonl` or of `--jsonl-documents`.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum SavedLine {
    /// The review of a document.
    Document(Box<DocumentReport>),
    /// A file that was not read.
    Skipped(Skipped),
    /// A file that could not be read.
    Error(FileError),
    /// The counts of a run, which are not needed.
    Summary {},
}

/// Reads one line of saved reviews.
///
/// # Errors
/// Fails as [`parse`] does.
pub fn parse_line(text: &str) -> Result<SavedLine, SavedError> {
    let value: Value = serde_json::from_str(text).map_err(|error| SavedError::NotJson(error.to_string()))?;
    if !value["type"].is_string() {
        return Err(SavedError::NoReport);
    }
    if value.get("schema_version").is_some_and(|version| *version != SCHEMA_VERSION) {
        return Err(SavedError::Version(value["schema_version"].to_string()));
    }
    numbers("", &value)?;
    let line: SavedLine =
        serde_json::from_value(value).map_err(|error| SavedError::Shape(error.to_string()))?;
    if let SavedLine::Document(document) = &line {
        ids(document)?;
    }
    Ok(line)
}

/// Checks every number in `value`, which is the value of `key`.
fn numbers(key: &str, value: &Value) -> Result<(), SavedError> {
    match value {
        Value::Number(number) => {
            let least = if SIGNED.contains(&key) { -LARGEST } else { i64::from(FROM_ONE.contains(&key)) };
            let fits = number.as_i64().is_some_and(|number| (least..=LARGEST).contains(&number));
            if fits { Ok(()) } else { Err(SavedError::Number(key.to_owned())) }
        }
        Value::Array(values) => values.iter().try_for_each(|value| numbers(key, value)),
        Value::Object(rows) => rows.iter().try_for_each(|(key, value)| numbers(key, value)),
        Value::Null | Value::Bool(_) | Value::String(_) => Ok(()),
    }
}

/// Checks the ids of a document.
fn ids(document: &DocumentReport) -> Result<(), SavedError> {
    let findings = document.findings.iter().flat_map(|finding| {
        [("rule", &finding.rule), ("section", &finding.section), ("finding", &finding.fingerprint)]
    });
    let mechanisms = document.findings.iter().filter_map(|finding| finding.mechanism.as_ref());
    let suppressed = document
        .suppressed
        .iter()
        .flat_map(|finding| [("rule", &finding.rule), ("finding", &finding.fingerprint)]);
    let evidence = document.coverage.iter().flat_map(|(_, bucket)| &bucket.evidence);
    let all = findings
        .chain(suppressed)
        .chain(mechanisms.map(|id| ("mechanism", id)))
        .chain(document.claims.iter().map(|claim| ("section", &claim.section)))
        .chain(document.sections.iter().map(|section| ("section", &section.role)))
        .chain(document.coverage.iter().map(|(id, _)| ("bucket", id)))
        .chain(evidence.map(|found| ("factor", &found.factor)))
        .chain(document.conflicts.iter().map(|conflict| ("conflict", &conflict.theme)))
        .chain(document.questions.iter().map(|question| about(&question.about)))
        .chain([("language", &document.language)]);
    let mut strange = all.filter(|(_, id)| !is_id(id));
    strange.next().map_or(Ok(()), |(kind, _)| Err(SavedError::Id(kind)))
}

fn about(about: &About) -> (&'static str, &String) {
    match about {
        About::Finding(id) => ("finding", id),
        About::Bucket(id) => ("bucket", id),
        About::Document(id) => ("theme", id),
    }
}

/// True if a text is a single plain word.
fn is_id(id: &str) -> bool {
    let plain = |sign: char| sign.is_ascii_alphanumeric() || "-_./".contains(sign);
    !id.is_empty() && id.len() <= LONGEST_ID && id.chars().all(plain)
}

#[cfg(test)]
mod tests;
