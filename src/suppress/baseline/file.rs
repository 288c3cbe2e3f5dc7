//! The file format of a baseline: TOML with one line per entry, so that changes can be reviewed.

use std::fmt::{self, Write};

use serde::Deserialize;

use crate::lexicon::spanned::line_column;
use crate::suppress::baseline::{Baseline, Entry, Key, KnownFindings};

/// Incremented with every breaking change of the file format.
pub const VERSION: u32 = 1;

const HEAD: &str = "\
# Findings that were there when rcalint was adopted. `rcalint check --baseline` with this file sets them aside;
# `rcalint baseline prune` removes what is fixed. What counts is the rule and the id, which is a hash of rule and
# sentence; the excerpt is for readers. Lines may be taken out by hand.

";

/// The reason why a baseline cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BaselineError {
    /// Written by a later version of the program.
    Newer(u64),
    /// Not a baseline.
    Broken {
        /// Line, from 1.
        line: usize,
        /// A one-line description of the error.
        message: String,
    },
}

impl fmt::Display for BaselineError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Newer(version) => {
                write!(
                    to,
                    "made by a newer rcalint: version {version} of the file, and this one reads up to {VERSION}"
                )
            }
            Self::Broken { line, message } => write!(to, "not a baseline: line {line}: {message}"),
        }
    }
}

impl std::error::Error for BaselineError {}

/// Only the version, so that a file from a later version of the program can be reported as such.
#[derive(Deserialize)]
struct VersionHeader {
    version: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BaselineToml {
    #[serde(rename = "version")]
    _version: u64,
    #[serde(default)]
    document: Vec<DocumentEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DocumentEntry {
    path: String,
    title: Option<String>,
    known: Vec<FindingEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FindingEntry {
    rule: String,
    id: String,
    excerpt: String,
    #[serde(default = "one")]
    count: usize,
}

fn one() -> usize {
    1
}

impl Baseline {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Fails if the text is not a baseline, or was written by a later version of the program.
    pub fn parse(text: &str) -> Result<Self, BaselineError> {
        let broken = |error: &toml::de::Error| {
            let at = error.span().map_or(0, |span| span.start);
            let (line, _) = line_column(text, at);
            BaselineError::Broken { line, message: error.message().replace('\n', ", ") }
        };
        let head: VersionHeader = toml::from_str(text).map_err(|error| broken(&error))?;
        if head.version > u64::from(VERSION) {
            return Err(BaselineError::Newer(head.version));
        }
        let file: BaselineToml = toml::from_str(text).map_err(|error| broken(&error))?;
        let mut baseline = Self::default();
        file.document.into_iter().for_each(|entry| baseline.merge(entry));
        Ok(baseline)
    }

    /// Returns the text of the file: documents by path, entries by rule and excerpt. The same baseline always gives the
    /// same bytes.
    pub fn to_text(&self) -> String {
        let mut text = format!("{HEAD}version = {VERSION}\n");
        for (path, known) in &self.documents {
            let _ = write!(text, "\n[[document]]\npath = {}\n", quoted(path));
            if let Some(title) = &known.title {
                let _ = writeln!(text, "title = {}", quoted(title));
            }
            let _ = write!(text, "known = [\n{}]\n", rows(known));
        }
        text
    }

    /// Merges an entry. A merge of branches can leave two entries for one document; they count as one.
    fn merge(&mut self, entry: DocumentEntry) {
        let known = self.documents.entry(entry.path).or_default();
        known.title = known.title.take().or(entry.title);
        for FindingEntry { rule, id, excerpt, count } in entry.known {
            let same = known.entries.entry(Key { rule, id });
            let same = same.or_insert(Entry { excerpt, count: 0 });
            same.count = same.count.max(count);
        }
        known.entries.retain(|_, entry| entry.count > 0);
    }
}

fn rows(known: &KnownFindings) -> String {
    let mut entries: Vec<(&Key, &Entry)> = known.entries.iter().collect();
    entries.sort_by_key(|(key, entry)| (&key.rule, &entry.excerpt, &key.id));
    entries.into_iter().map(row).collect()
}

fn row((key, entry): (&Key, &Entry)) -> String {
    let count = if entry.count > 1 { format!(", count = {}", entry.count) } else { String::new() };
    let [rule, id, excerpt] = [&key.rule, &key.id, &entry.excerpt].map(|text| quoted(text));
    format!("    {{ rule = {rule}, id = {id}{count}, excerpt = {excerpt} }},\n")
}

/// Returns a text as a TOML string, on one line.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' | '\\' => out.extend(['\\', sign]),
            _ if sign.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(sign));
            }
            _ => out.push(sign),
        }
    }
    out.push('"');
    out
}
