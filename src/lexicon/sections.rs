//! What headings, labels, template prompts, dates and abbreviations look like: `sections.toml`, `abbreviations.toml`.

mod file;
mod phrases;
#[cfg(test)]
mod tests;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use self::file::{AbbreviationsFile, Entry, MoreSections, SectionsFile};
use self::phrases::Phrases;
use self::words::{Openers, Run, Words, phrases, within_brackets, without_brackets};
use crate::document::Role;

/// Words of a heading that are looked at; a longer one is no heading in any sense that matters here.
const LONGEST_HEADING: usize = 16;
/// Words of a label that may stand before a known one (`most likely root cause`), that one included.
const LONGEST_LABEL: usize = 4;
/// Words of a line that is read like a heading.
const LONGEST_LINE: usize = 5;
/// Bytes of the longest label.
const LONGEST_LABEL_TEXT: usize = 80;
/// Bytes of the longest filler.
const LONGEST_FILLER: usize = 40;
/// Words of the longest phrase that is looked up.
const LONGEST_PHRASE: usize = 8;

/// The part or parts of a postmortem that a heading names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meaning {
    /// The first role it names.
    pub role: Role,
    /// The second, as in "Root cause and mitigation".
    pub also: Option<Role>,
}

/// A front-matter key whose value is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Field {
    /// The document's title.
    Title,
    /// What happened, in short.
    Summary,
    /// What the author gives as cause.
    Cause,
}

/// How the word before a full stop behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Abbreviation {
    Never,
    BeforeSmallLetter,
    BeforeNumber,
}

/// Words of headings, labels, prompts and abbreviations, ready to be looked up.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Headings {
    exact: Phrases,
    begins: Phrases,
    ends: Phrases,
    anywhere: Phrases,
    articles: BTreeSet<String>,
    joins: BTreeSet<String>,
    zones: BTreeSet<String>,
    time_columns: BTreeSet<String>,
    template_titles: BTreeSet<String>,
    unfilled: BTreeSet<String>,
    questions: Openers,
    instructions: Openers,
    introductions: BTreeSet<String>,
    senders: BTreeSet<String>,
    callouts: BTreeSet<String>,
    levels: BTreeSet<String>,
    fields: BTreeMap<String, Field>,
    months: BTreeMap<String, u8>,
    weekdays: BTreeSet<String>,
    halves: BTreeSet<String>,
    abbreviations: BTreeMap<String, Vec<Abbreviation>>,
}

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
            include_str!("../../lexicon/sections.toml"),
            include_str!("../../lexicon/abbreviations.toml"),
        )
        .expect("the embedded lexicon is read by a test")
    }

    /// What a heading names, by its whole, its beginning, its end or any part of it.
    pub fn heading(&self, text: &str) -> Option<Meaning> {
        let words = Words::new(&without_brackets(text));
        self.joined(words.all())
            .or_else(|| self.around_colon(text))
            .or_else(|| text.contains('(').then(|| self.joined(Words::new(&within_brackets(text)).all()))?)
    }

    /// What a whole line names: a long one is a sentence, of which only the beginning tells.
    pub fn line(&self, text: &str) -> Option<Meaning> {
        let words = Words::new(&without_brackets(text));
        let core = self.core(words.all().slice(0, LONGEST_HEADING));
        if core.len() <= LONGEST_LINE { self.heading(text) } else { self.beginning(core) }
    }

    /// Whether these words and no others are a known heading.
    pub fn is_exact(&self, text: &str) -> bool {
        self.whole(self.core(Words::new(&without_brackets(text)).all())).is_some()
    }

    /// What a label names: stricter, since the text after it is what counts and nothing before it may get lost.
    pub fn label(&self, text: &str) -> Option<Meaning> {
        if text.len() > LONGEST_LABEL_TEXT {
            return None;
        }
        let words = Words::new(&without_brackets(text));
        let core = self.core(words.all());
        self.whole(core)
            .or_else(|| self.two(core))
            .or_else(|| self.qualified(core))
            .or_else(|| self.followed(core))
    }

    /// Whether a label begins with an article, as a topic rather than a name does.
    pub fn has_article(&self, text: &str) -> bool {
        Words::new(text).all().iter().next().is_some_and(|word| self.articles.contains(word))
    }

    /// Whether a table column of this name holds moments.
    pub fn is_time_column(&self, text: &str) -> bool {
        let words = Words::new(&without_brackets(text));
        let words = words.all();
        words.iter().any(|word| self.time_columns.contains(word))
            || words.len() == 1 && self.zones.contains(words.text())
    }

    /// Whether a whole block is a filler such as "TBD".
    pub fn is_unfilled(&self, text: &str) -> bool {
        if text.len() > LONGEST_FILLER {
            return false;
        }
        let words = Words::new(text);
        let words = words.all();
        words.len() <= 5 && (1..=words.len()).any(|len| self.unfilled.contains(words.slice(0, len).text()))
    }

    /// Whether a title says of its page that it is a template: by its first or its last word.
    pub fn is_template(&self, title: &str) -> bool {
        let words = Words::new(title);
        let words = words.all();
        let says = |from: usize| self.template_titles.contains(words.slice(from, from + 1).text());
        !words.is_empty() && (says(0) || says(words.len() - 1))
    }

    /// Whether a sentence is a template's question.
    pub fn is_prompt(&self, sentence: &str) -> bool {
        sentence.trim_end().ends_with('?') && self.questions.open(sentence)
    }

    /// Whether a sentence is a template's instruction.
    pub fn is_instruction(&self, sentence: &str) -> bool {
        self.instructions.open(sentence)
    }

    /// Whether a paragraph's last words introduce a quotation.
    pub fn introduces(&self, text: &str) -> bool {
        let words = Words::new(text);
        let words = words.all();
        let says = |from, len| self.introductions.contains(words.slice(from, from + len).text());
        (0..words.len()).any(|from| says(from, 1) || says(from, 2))
    }

    /// Whether this label heads a line of a mail.
    pub fn is_sender(&self, label: &str) -> bool {
        self.senders.contains(Words::new(label).all().text())
    }

    /// Whether this label opens a call-out of the author's own.
    pub fn is_callout(&self, label: &str) -> bool {
        self.callouts.contains(Words::new(label).all().text()) || self.heading(label).is_some()
    }

    /// Whether this is a log level.
    pub fn is_level(&self, word: &str) -> bool {
        self.levels.contains(&word.to_lowercase())
    }

    /// What a front-matter key holds, if it is read.
    pub fn field(&self, key: &str) -> Option<Field> {
        self.fields.get(&key.to_lowercase()).copied()
    }

    /// Number of a month's name, from 1.
    pub fn month(&self, word: &str) -> Option<u8> {
        (word.len() <= 12).then(|| self.months.get(&word.to_lowercase()).copied()).flatten()
    }

    /// Whether this is the name of a day.
    pub fn is_weekday(&self, word: &str) -> bool {
        word.len() <= 12 && self.weekdays.contains(&word.to_lowercase())
    }

    /// Whether this word stands beside a time of day: its half, its zone.
    pub fn is_clock_word(&self, word: &str) -> bool {
        let word = if word.len() <= 5 { word.to_lowercase() } else { return false };
        self.halves.contains(&word) || self.zones.contains(&word)
    }

    /// Whether `word`, with a full stop after it and `next` following, ends no sentence.
    pub fn is_abbreviation(&self, word: &str, next: Option<char>) -> bool {
        let Some(kinds) = self.abbreviations.get(&word.to_lowercase()) else { return false };
        kinds.iter().any(|kind| match kind {
            Abbreviation::Never => true,
            Abbreviation::BeforeSmallLetter => next.is_some_and(char::is_lowercase),
            Abbreviation::BeforeNumber => next.is_some_and(|next| next.is_ascii_digit() || next == '#'),
        })
    }

    /// The words without article and time zone.
    fn core<'w>(&self, words: Run<'w>) -> Run<'w> {
        let core = without_article(words, &self.articles);
        let zones = core.iter().rev().take_while(|word| self.zones.contains(*word)).count();
        core.slice(0, (core.len() - zones).max(1))
    }

    fn joined(&self, words: Run<'_>) -> Option<Meaning> {
        let core = self.core(words.slice(0, LONGEST_HEADING));
        self.whole(core).or_else(|| self.two(core)).or_else(|| self.part(core))
    }

    /// "Phase 2: root cause": what stands before the colon, or else the whole of what stands after it.
    fn around_colon(&self, text: &str) -> Option<Meaning> {
        let (before, after) = text.split_once(": ").or_else(|| text.split_once(" - "))?;
        let (before, after) = (Words::new(&without_brackets(before)), Words::new(&without_brackets(after)));
        self.part(self.core(before.all().slice(0, LONGEST_HEADING)))
            .or_else(|| self.whole(self.core(after.all())))
    }

    fn whole(&self, words: Run<'_>) -> Option<Meaning> {
        (words.len() <= LONGEST_PHRASE).then(|| self.exact.get(words.text())).flatten()
    }

    /// Two parts joined by "and": both count.
    fn two(&self, words: Run<'_>) -> Option<Meaning> {
        let and = words.iter().position(|word| word == "and")?;
        let first = self.segment(words.slice(0, and))?;
        let mut from = and + 1;
        while from < words.len() {
            let to = (from..words.len()).find(|&at| words.word(at) == "and").unwrap_or(words.len());
            let other = self.segment(words.slice(from, to)).filter(|other| other.role != first.role);
            if let Some(other) = other {
                return Some(Meaning { role: first.role, also: Some(other.role) });
            }
            from = to + 1;
        }
        Some(first)
    }

    fn segment(&self, words: Run<'_>) -> Option<Meaning> {
        if words.is_empty() {
            return None;
        }
        let core = self.core(words);
        self.whole(core).or_else(|| self.part(core))
    }

    fn part(&self, words: Run<'_>) -> Option<Meaning> {
        let lengths = (1..=words.len().min(LONGEST_PHRASE)).rev();
        let ending = |len: usize| self.ends.get(words.slice(words.len() - len, words.len()).text());
        let within = |len: usize| {
            (0..=words.len() - len).find_map(|from| self.anywhere.get(words.slice(from, from + len).text()))
        };
        self.beginning(words)
            .or_else(|| lengths.clone().find_map(ending))
            .or_else(|| lengths.clone().find_map(within))
    }

    fn beginning(&self, words: Run<'_>) -> Option<Meaning> {
        let mut lengths = (1..=words.len().min(LONGEST_PHRASE)).rev();
        lengths.find_map(|len| self.begins.get(words.slice(0, len).text()))
    }

    /// "Most likely root cause", "customer impact".
    fn qualified(&self, words: Run<'_>) -> Option<Meaning> {
        let tail = |from| words.slice(from, words.len()).text();
        let known = |from| self.ends.get(tail(from)).or_else(|| self.anywhere.get(tail(from)));
        (words.len() <= LONGEST_LABEL).then(|| (1..words.len()).find_map(known)).flatten()
    }

    /// "Impact on customers", "root cause of the outage".
    fn followed(&self, words: Run<'_>) -> Option<Meaning> {
        let join = words.iter().position(|word| self.joins.contains(word))?;
        (join > 0 && words.len() <= 2 * LONGEST_LABEL).then(|| self.whole(words.slice(0, join))).flatten()
    }

    fn with_words(file: &SectionsFile) -> Self {
        Self {
            articles: phrases(&file.labels.articles),
            joins: phrases(&file.labels.joins),
            zones: phrases(&file.labels.zones),
            time_columns: phrases(&file.tables.time_columns),
            template_titles: phrases(&file.guidance.titles),
            unfilled: phrases(&file.guidance.unfilled),
            questions: Openers::new(&file.guidance.questions),
            instructions: Openers::new(&file.guidance.instructions),
            introductions: phrases(&file.quotes.introductions),
            senders: phrases(&file.quotes.senders),
            callouts: phrases(&file.quotes.callouts),
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
                self.abbreviations.entry(word).or_default().push(kind);
            }
        }
    }
}

fn without_article<'w>(words: Run<'w>, articles: &BTreeSet<String>) -> Run<'w> {
    let leading = words.iter().take_while(|word| articles.contains(*word)).count();
    words.slice(leading.min(words.len().saturating_sub(1)), words.len())
}
