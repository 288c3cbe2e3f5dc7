//! How headings are learnt from the files and from a team's own list.

use crate::lexicon::headings::file::{AbbreviationsFile, Entry, MoreSections, SectionsFile};
use crate::lexicon::headings::meaning::without_article;
use crate::lexicon::headings::openers::Openers;
use crate::lexicon::headings::words::Words;
use crate::lexicon::headings::wordset::WordSet;
use crate::lexicon::headings::{Abbreviation, Headings, Meaning};
use crate::model::Role;

impl Headings {
    /// Reads the two files.
    ///
    /// # Errors
    /// When either is not TOML of the expected shape.
    pub fn from_toml(sections: &str, abbreviations: &str) -> Result<Self, toml::de::Error> {
        let file: SectionsFile = toml::from_str(sections)?;
        let stops: AbbreviationsFile = toml::from_str(abbreviations)?;
        let mut headings = Self::with_words(&file);
        file.section.iter().for_each(|entry| headings.add(entry));
        headings.abbreviate(stops);
        Ok(headings)
    }

    /// Learns the headings of a further file of sections; they outweigh those known so far.
    ///
    /// # Errors
    /// When it is not TOML of the expected shape, or tells of more than headings.
    pub fn extend(&mut self, sections: &str) -> Result<(), toml::de::Error> {
        let file: MoreSections = toml::from_str(sections)?;
        let mut more = Self { articles: self.articles.clone(), ..Self::default() };
        file.section.iter().for_each(|entry| more.add(entry));
        self.exact.extend(more.exact);
        self.begins.extend(more.begins);
        self.ends.extend(more.ends);
        self.anywhere.extend(more.anywhere);
        Ok(())
    }

    /// Learns that a heading of just these words has a role, whatever it was before.
    pub fn teach(&mut self, heading: &str, role: Role) {
        let words = Words::new(heading);
        let phrase = without_article(words.all(), &self.articles).text().to_owned();
        self.exact.insert(phrase, Meaning { role, also: None });
    }

    /// The lexicon that comes with the program.
    ///
    /// # Panics
    /// Never: a test reads the same files.
    pub fn embedded() -> Self {
        Self::from_toml(
            include_str!("../../../lexicon/sections.toml"),
            include_str!("../../../lexicon/abbreviations.toml"),
        )
        .expect("the embedded lexicon is read by a test")
    }

    fn with_words(file: &SectionsFile) -> Self {
        Self {
            articles: WordSet::folded(&file.labels.articles),
            joins: WordSet::folded(&file.labels.joins),
            zones: WordSet::folded(&file.labels.zones),
            time_columns: WordSet::folded(&file.tables.time_columns),
            template_titles: WordSet::folded(&file.guidance.titles),
            unfilled: Openers::new(&file.guidance.unfilled),
            questions: Openers::new(&file.guidance.questions),
            instructions: Openers::new(&file.guidance.instructions),
            introductions: WordSet::folded(&file.quotes.introductions),
            senders: WordSet::folded(&file.quotes.senders),
            callouts: WordSet::folded(&file.quotes.callouts),
            levels: file.records.levels.iter().cloned().collect(),
            fields: file.front_matter.fields(),
            months: file.dates.numbered(),
            weekdays: file.dates.weekdays.iter().cloned().collect(),
            halves: file.dates.halves.iter().cloned().collect(),
            ..Self::default()
        }
    }

    fn add(&mut self, entry: &Entry) {
        let meaning = Meaning { role: entry.role, also: entry.also };
        let kinds = [
            (&entry.begins, Some(&mut self.begins)),
            (&entry.ends, Some(&mut self.ends)),
            (&entry.anywhere, Some(&mut self.anywhere)),
            (&entry.whole, None),
        ];
        for (texts, mut kind) in kinds {
            for words in texts.iter().map(|text| Words::new(text)) {
                let phrase = without_article(words.all(), &self.articles).text().to_owned();
                if let Some(kind) = &mut kind {
                    kind.add(&phrase, meaning);
                }
                self.exact.add(&phrase, meaning);
            }
        }
    }

    fn abbreviate(&mut self, file: AbbreviationsFile) {
        let kinds = [
            (file.never, Abbreviation::Never),
            (file.before_small_letter, Abbreviation::BeforeSmallLetter),
            (file.before_number, Abbreviation::BeforeNumber),
        ];
        for (list, kind) in kinds {
            for word in list {
                self.abbreviation_marks.add(word.as_bytes());
                self.abbreviations.entry(word).or_default().push(kind);
            }
        }
    }
}
