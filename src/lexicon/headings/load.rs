//! Builds [`Headings`] from the lexicon's files and a team's own list.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::Error;

use crate::lexicon::headings::folding::{fold, fold_phrase};
use crate::lexicon::headings::forms::Forms;
use crate::lexicon::headings::kind_names::KindNames;
use crate::lexicon::headings::meaning::without_article;
use crate::lexicon::headings::phrases::Phrases;
use crate::lexicon::headings::schema::{AbbreviationsFile, MoreSections, SectionEntry, SectionsFile};
use crate::lexicon::headings::{Abbreviation, Headings, Meaning};
use crate::model::Role;

impl Headings {
    /// Loads headings from the texts of `sections.toml` and `abbreviations.toml`.
    ///
    /// # Errors
    /// Fails if either is not valid TOML in the expected format, or a pattern does not compile.
    pub fn from_toml(sections: &str, abbreviations: &str) -> Result<Self, toml::de::Error> {
        let file: SectionsFile = toml::from_str(sections)?;
        let abbreviations: AbbreviationsFile = toml::from_str(abbreviations)?;
        let mut headings = Self::without_sections(&file);
        headings.forms = Forms::new(file.form);
        file.section.iter().for_each(|entry| headings.add_section(entry));
        file.announced.all().for_each(|(text, what)| headings.announced.add(headings.phrase(text), what));
        headings.records = file.records.shapes(&headings.dates);
        headings.records.add(file.record).map_err(toml::de::Error::custom)?;
        headings.abbreviations = by_word(abbreviations);
        Ok(headings)
    }

    /// Adds the headings and records of another `sections.toml`. Its headings override existing ones.
    ///
    /// # Errors
    /// Fails if it is not valid TOML in the expected format, contains anything else, or has a pattern that does not
    /// compile.
    pub fn extend(&mut self, sections: &str) -> Result<(), toml::de::Error> {
        let file: MoreSections = toml::from_str(sections)?;
        let mut more = Self { articles: self.articles.clone(), ..Self::default() };
        file.section.iter().for_each(|entry| more.add_section(entry));
        self.exact.extend(more.exact);
        self.begins.extend(more.begins);
        self.ends.extend(more.ends);
        self.anywhere.extend(more.anywhere);
        self.records.add(file.record).map_err(toml::de::Error::custom)
    }

    /// Sets the role of a heading with exactly these words, replacing any earlier role.
    pub fn set_role(&mut self, heading: &str, role: Role) {
        self.exact.insert(self.phrase(heading), Meaning { role, also: None });
    }

    fn without_sections(file: &SectionsFile) -> Self {
        let dates = file.dates.names();
        Self {
            articles: folded_set(&file.labels.articles),
            joins: folded_set(&file.labels.joins),
            clock_words: dates.zones.keys().chain(&dates.clock_words).cloned().collect(),
            time_columns: folded_set(&file.tables.time_columns),
            template_titles: folded_set(&file.guidance.titles),
            unfilled: phrases(&file.guidance.unfilled),
            undecided: phrases(&file.actions.undecided),
            done: phrases(&file.actions.done),
            questions: phrases(&file.guidance.questions),
            instructions: phrases(&file.guidance.instructions),
            introductions: folded_set(&file.quotes.introductions),
            citing: phrases(&file.quotes.citing),
            senders: folded_set(&file.quotes.senders),
            callouts: folded_set(&file.quotes.callouts),
            fields: file.front_matter.fields(&file.documents.keys),
            kinds: KindNames::new(&file.documents),
            dates,
            ..Self::default()
        }
    }

    /// Adds the phrases of one entry; each is also a complete heading. Existing meanings are kept.
    fn add_section(&mut self, entry: &SectionEntry) {
        let meaning = Meaning { role: entry.role, also: entry.also };
        let lists = [&entry.begins, &entry.ends, &entry.anywhere, &entry.whole];
        for phrase in lists.into_iter().flatten().map(|text| self.phrase(text)).collect::<Vec<_>>() {
            self.exact.add(phrase, meaning);
        }
        for text in &entry.begins {
            self.begins.add(self.phrase(text), meaning);
        }
        for text in &entry.ends {
            self.ends.add(self.phrase(text), meaning);
        }
        for text in &entry.anywhere {
            self.anywhere.add(self.phrase(text), meaning);
        }
    }

    /// Returns the folded words of a heading, without a leading article.
    fn phrase(&self, text: &str) -> String {
        without_article(&fold(text), &self.articles).join(" ")
    }
}

pub(super) fn folded_set(texts: &[String]) -> BTreeSet<String> {
    texts.iter().map(|text| fold_phrase(text)).collect()
}

fn phrases(texts: &[String]) -> Phrases<()> {
    let mut phrases = Phrases::default();
    for text in texts {
        phrases.add(fold_phrase(text), ());
    }
    phrases
}

/// Returns every abbreviation with all its kinds.
fn by_word(file: AbbreviationsFile) -> BTreeMap<String, Vec<Abbreviation>> {
    let lists = [
        (file.never, Abbreviation::Never),
        (file.before_small_letter, Abbreviation::BeforeSmallLetter),
        (file.before_number, Abbreviation::BeforeNumber),
    ];
    let mut abbreviations = BTreeMap::<String, Vec<Abbreviation>>::new();
    for (list, kind) in lists {
        for word in list {
            abbreviations.entry(word).or_default().push(kind);
        }
    }
    abbreviations
}
