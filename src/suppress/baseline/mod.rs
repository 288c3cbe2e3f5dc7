//! Findings that are known from before: by document, rule and sentence, so that text can be moved and reflowed.

mod file;

use std::collections::BTreeMap;

use crate::report::fingerprint::fingerprint;
use crate::report::{DocumentReport, Finding, StaleEntry, SuppressedBy};
use crate::suppress::set_aside::set_aside;

pub use crate::suppress::baseline::file::{BaselineError, VERSION};

/// The reason given for a finding that a baseline knows.
pub const REASON: &str = "baseline";

/// Characters of a sentence that an entry shows.
const EXCERPT: usize = 90;

/// What was found in each document, by path relative to the baseline's folder, with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// Documents with at least one finding.
    pub documents: BTreeMap<String, KnownFindings>,
}

/// What was found in one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownFindings {
    /// Its title, by which a document is recognised when its file has moved.
    pub title: Option<String>,
    /// Its entries, each with a count above 0.
    pub entries: BTreeMap<Key, Entry>,
}

/// What makes two findings the same: the rule, and the sentence but for case, white space and marks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Rule id.
    pub rule: String,
    /// Fingerprint of rule and sentence with the ordinal 0.
    pub id: String,
}

/// How often a sentence was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Beginning of the sentence, for readers.
    pub excerpt: String,
    /// Findings of that rule in such a sentence.
    pub count: usize,
}

impl Key {
    fn from_finding(finding: &Finding) -> Self {
        let id = fingerprint(&finding.rule, &finding.sentence, 0);
        Self { rule: finding.rule.clone(), id }
    }
}

impl KnownFindings {
    /// The findings of a report, which must have all of them (see [`crate::review::examine`]).
    pub fn from_report(report: &DocumentReport) -> Self {
        let mut entries: BTreeMap<Key, Entry> = BTreeMap::new();
        for finding in &report.findings {
            let new = || Entry { excerpt: excerpt(&finding.sentence), count: 0 };
            entries.entry(Key::from_finding(finding)).or_insert_with(new).count += 1;
        }
        Self { title: report.title.as_deref().map(shown), entries }
    }

    /// Sets aside the findings that are known, the first ones where there are more now, and returns what is left over.
    #[must_use]
    pub fn set_aside(&self, report: &mut DocumentReport) -> Self {
        let mut left = self.clone();
        set_aside(report, SuppressedBy::Baseline, |finding| {
            let entry = left.entries.get_mut(&Key::from_finding(finding))?;
            entry.count = entry.count.checked_sub(1)?;
            Some(REASON.to_owned())
        });
        left.entries.retain(|_, entry| entry.count > 0);
        left
    }

    /// What stays when `stale` entries are taken away.
    #[must_use]
    pub fn without(&self, stale: &Self) -> Self {
        let mut kept = self.clone();
        for (key, gone) in &stale.entries {
            if let Some(entry) = kept.entries.get_mut(key) {
                entry.count = entry.count.saturating_sub(gone.count);
            }
        }
        kept.entries.retain(|_, entry| entry.count > 0);
        kept
    }

    /// Number of findings.
    pub fn count(&self) -> usize {
        self.entries.values().map(|entry| entry.count).sum()
    }

    /// Its entries as stale ones of the document at `path`.
    pub fn stale<'k>(&'k self, path: &'k str) -> impl Iterator<Item = StaleEntry> + 'k {
        self.entries.iter().map(move |(key, entry)| StaleEntry {
            path: path.to_owned(),
            rule: key.rule.clone(),
            excerpt: entry.excerpt.clone(),
            count: entry.count,
        })
    }
}

impl Baseline {
    /// Adds the findings of a document, if there are any.
    pub fn add(&mut self, path: String, known: KnownFindings) {
        if !known.entries.is_empty() {
            self.documents.insert(path, known);
        }
    }

    /// Where a document was before its file moved: the first path that is `gone` and has its title and one of its findings.
    /// A sentence alone proves nothing, since every second postmortem says "human error".
    pub fn moved<'b>(
        &'b self,
        report: &DocumentReport,
        gone: impl Fn(&str) -> bool,
    ) -> Option<(&'b str, &'b KnownFindings)> {
        let title = shown(report.title.as_deref()?);
        let same = |known: &KnownFindings| {
            known.title.as_deref() == Some(title.as_str())
                && report
                    .findings
                    .iter()
                    .any(|finding| known.entries.contains_key(&Key::from_finding(finding)))
        };
        let found = self.documents.iter().find(|(path, known)| same(known) && gone(path));
        found.map(|(path, known)| (path.as_str(), known))
    }

    /// How many findings are known that an older baseline did not know for any document.
    pub fn grown_since(&self, older: &Self) -> usize {
        let (now, before) = (self.by_key(), older.by_key());
        let more = |(key, count): (&&Key, &usize)| {
            count.saturating_sub(before.get(*key).copied().unwrap_or_default())
        };
        now.iter().map(more).sum()
    }

    fn by_key(&self) -> BTreeMap<&Key, usize> {
        let mut counts = BTreeMap::new();
        for (key, entry) in self.documents.values().flat_map(|known| &known.entries) {
            *counts.entry(key).or_default() += entry.count;
        }
        counts
    }

    /// Number of findings in all documents.
    pub fn count(&self) -> usize {
        self.documents.values().map(KnownFindings::count).sum()
    }
}

/// A text on one line, without control characters.
fn shown(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let visible = |sign: &char| {
        !sign.is_control()
            && !matches!(sign, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    words.join(" ").chars().filter(visible).collect()
}

/// The beginning of a sentence.
fn excerpt(sentence: &str) -> String {
    let line = shown(sentence);
    match line.char_indices().nth(EXCERPT) {
        Some((at, _)) => format!("{}…", line[..at].trim_end()),
        None => line,
    }
}

#[cfg(test)]
mod tests;
