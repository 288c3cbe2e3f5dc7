//! Known findings, by document, rule and sentence, so that text can be moved and reflowed.

mod file;
mod suppress;

use std::collections::BTreeMap;

use crate::report::fingerprint::fingerprint;
use crate::report::{DocumentReport, Finding, StaleEntry};

pub use crate::suppress::baseline::file::{BaselineError, VERSION};

/// Maximum number of characters of a sentence in an entry.
const EXCERPT: usize = 90;

/// The known findings of each document, by its path relative to the baseline's folder, with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// Documents with at least one finding.
    pub documents: BTreeMap<String, KnownFindings>,
}

/// The known findings of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownFindings {
    /// Its title, which identifies the document if its file has moved.
    pub title: Option<String>,
    /// Its entries; each count is at least 1.
    pub entries: BTreeMap<Key, Entry>,
}

/// Listed documents whose files no longer exist.
#[derive(Clone, Debug, Default)]
pub struct GoneDocuments {
    /// The first path with a title and a finding.
    paths: BTreeMap<(String, Key), String>,
}

/// What makes two findings equal: the rule and the sentence, ignoring case, white space and punctuation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Rule id.
    pub rule: String,
    /// Fingerprint of rule and sentence with the ordinal 0.
    pub id: String,
}

/// The number of findings for one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Beginning of the sentence, for readers.
    pub excerpt: String,
    /// Number of findings with this rule and sentence.
    pub count: usize,
}

impl Key {
    fn from_finding(finding: &Finding) -> Self {
        let id = fingerprint(&finding.rule, &finding.sentence, 0);
        Self { rule: finding.rule.clone(), id }
    }
}

impl KnownFindings {
    /// Collects the findings of a report, which must be complete (see [`crate::review::examine`]).
    pub fn from_report(report: &DocumentReport) -> Self {
        let mut known = Self { title: report.title.as_deref().map(shown), entries: BTreeMap::new() };
        for finding in &report.findings {
            known.add(finding);
        }
        known
    }

    fn add(&mut self, finding: &Finding) {
        let new = || Entry { excerpt: excerpt(&finding.sentence), count: 0 };
        let entry = self.entries.entry(Key::from_finding(finding)).or_insert_with(new);
        entry.count = entry.count.saturating_add(1);
    }

    /// Suppresses the known findings, first ones first if there are now more, and returns the entries without a match.
    #[must_use]
    pub fn suppress(&self, report: &mut DocumentReport) -> Self {
        let mut left = self.clone();
        suppress::suppress(report, |finding| left.take(finding));
        left.entries.retain(|_, entry| entry.count > 0);
        left
    }

    /// Takes one finding off the entry that lists it. Returns true if there was one left.
    fn take(&mut self, finding: &Finding) -> bool {
        let entry = self.entries.get_mut(&Key::from_finding(finding));
        let Some(entry) = entry.filter(|entry| entry.count > 0) else { return false };
        entry.count -= 1;
        true
    }

    /// Returns the findings without the `stale` ones.
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

    /// Returns the number of findings.
    pub fn count(&self) -> usize {
        total(self.entries.values().map(|entry| entry.count))
    }

    /// Returns its entries as stale ones of the document at `path`.
    pub fn stale<'k>(&'k self, path: &'k str) -> impl Iterator<Item = StaleEntry> + 'k {
        self.entries.iter().map(move |(key, entry)| StaleEntry {
            path: path.to_owned(),
            rule: key.rule.clone(),
            excerpt: entry.excerpt.clone(),
            count: entry.count,
        })
    }
}

impl GoneDocuments {
    /// Returns the earlier path of a document whose file has moved: the first one with its title and one of its findings.
    /// A sentence alone is not enough, because every second postmortem contains "human error".
    pub fn path_of(&self, report: &DocumentReport) -> Option<&str> {
        let title = shown(report.title.as_deref()?);
        let findings = report.findings.iter().map(|finding| (title.clone(), Key::from_finding(finding)));
        findings.filter_map(|finding| self.paths.get(&finding)).min().map(String::as_str)
    }
}

impl Baseline {
    /// Adds the findings of a document, if it has any.
    pub fn add(&mut self, path: String, known: KnownFindings) {
        if !known.entries.is_empty() {
            self.documents.insert(path, known);
        }
    }

    /// Adds one finding of a document to those that are known.
    pub fn add_finding(&mut self, path: String, title: Option<&str>, finding: &Finding) {
        let known = self.documents.entry(path).or_default();
        known.title = title.map(shown);
        known.add(finding);
    }

    /// Returns the documents whose files are `gone`, so that those that have moved can be found.
    pub fn gone(&self, gone: impl Fn(&str) -> bool) -> GoneDocuments {
        let mut documents = GoneDocuments::default();
        for (path, known) in self.documents.iter().filter(|(path, _)| gone(path)) {
            for key in known.entries.keys().filter(|_| known.title.is_some()) {
                let finding = (known.title.clone().unwrap_or_default(), key.clone());
                documents.paths.entry(finding).or_insert_with(|| path.clone());
            }
        }
        documents
    }

    /// Returns the number of findings that an older baseline did not list for any document.
    pub fn grown_since(&self, older: &Self) -> usize {
        let (now, before) = (self.by_key(), older.by_key());
        let more = |(key, count): (&&Key, &usize)| {
            count.saturating_sub(before.get(*key).copied().unwrap_or_default())
        };
        total(now.iter().map(more))
    }

    fn by_key(&self) -> BTreeMap<&Key, usize> {
        let mut counts = BTreeMap::new();
        for (key, entry) in self.documents.values().flat_map(|known| &known.entries) {
            let count: &mut usize = counts.entry(key).or_default();
            *count = count.saturating_add(entry.count);
        }
        counts
    }

    /// Returns the number of findings in all documents.
    pub fn count(&self) -> usize {
        total(self.documents.values().map(KnownFindings::count))
    }
}

/// Returns a text on one line, without control characters.
fn shown(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let visible = |sign: &char| {
        !sign.is_control()
            && !matches!(sign, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    words.join(" ").chars().filter(visible).collect()
}

/// Returns the beginning of a sentence.
fn excerpt(sentence: &str) -> String {
    let line = shown(sentence);
    match line.char_indices().nth(EXCERPT) {
        Some((at, _)) => format!("{}…", line[..at].trim_end()),
        None => line,
    }
}

/// Returns a sum. The counts in a file may be anything, so it stops at the largest number.
fn total(counts: impl Iterator<Item = usize>) -> usize {
    counts.fold(0, usize::saturating_add)
}

#[cfg(test)]
mod tests;
