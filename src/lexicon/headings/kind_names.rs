//! What postmortems call themselves: in titles, front matter and names of folders.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::lexicon::headings::schema::Documents;

/// Characters between the parts of a title.
const PARTS: [char; 11] = [':', '|', '(', ')', '[', ']', ',', '\u{2013}', '\u{2014}', '#', '/'];

/// Names of the kind of document.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct KindNames {
    names: BTreeSet<String>,
    /// Number of words of the longest name.
    longest: usize,
    values: BTreeSet<String>,
    folders: BTreeSet<String>,
}

impl KindNames {
    pub(super) fn new(file: &Documents) -> Self {
        let words = |texts: &[String]| texts.iter().map(|text| words(text).join(" ")).collect();
        let names: BTreeSet<String> = words(&file.names);
        let longest = names.iter().map(|name| name.split(' ').count()).max().unwrap_or_default();
        Self { names, longest, values: words(&file.values), folders: words(&file.folders) }
    }

    /// True if a title says that the document is a postmortem. `is_article` and `joins` say which words are articles, and
    /// which ones continue a title after a name.
    pub fn is_title(
        &self,
        title: &str,
        is_article: impl Fn(&str) -> bool,
        joins: impl Fn(&str) -> bool,
    ) -> bool {
        let goes_on = |word: &str| joins(word) || word.starts_with(|first: char| first.is_ascii_digit());
        let is_name = |words: &[String]| self.names.contains(&words.join(" "));
        title.split(" - ").flat_map(|part| part.split(PARTS)).map(words).any(|part| {
            let count = part.len();
            let begins = |end: usize| is_name(&part[..end]) && part.get(end).is_none_or(|word| goes_on(word));
            let ends = |start: usize| is_name(&part[start..]) && !is_article(&part[start - 1]);
            (1..=count.min(self.longest)).any(begins)
                || (count.saturating_sub(self.longest).max(1)..count).any(ends)
        })
    }

    /// True if a value in the front matter, or an item of a list there, says that the document is a postmortem.
    pub fn is_value(&self, value: &str) -> bool {
        let mut items = value.split([',', '\n', '[', ']']).map(|item| words(item).join(" "));
        items.any(|item| self.names.contains(&item) || self.values.contains(&item))
    }

    /// True if a folder of this name holds postmortems.
    pub fn is_folder(&self, name: &str) -> bool {
        self.folders.contains(&words(name).join(" "))
    }
}

/// Returns the words of a text in lower case.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|sign: char| !sign.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}
