//! What headings, labels, template prompts, dates and abbreviations look like: `sections.toml`, `abbreviations.toml`.

mod file;
mod glance;
mod learn;
mod marks;
mod meaning;
mod openers;
mod phrases;
#[cfg(test)]
mod tests;
mod words;
mod wordset;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::lexicon::headings::marks::Marks;
use crate::lexicon::headings::openers::Openers;
use crate::lexicon::headings::phrases::Phrases;
use crate::lexicon::headings::words::{Words, without_brackets};
use crate::lexicon::headings::wordset::WordSet;
use crate::model::Role;

/// Words of a heading that are looked at; a longer one is no heading in any sense that matters here.
const LONGEST_HEADING: usize = 16;
/// Words of a line that is read like a heading.
const LONGEST_LINE: usize = 5;
/// Bytes of the longest label.
const LONGEST_LABEL_TEXT: usize = 80;
/// Bytes of the longest filler.
const LONGEST_FILLER: usize = 40;
/// Words of the longest filler.
const MOST_FILLING: usize = 5;

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
    articles: WordSet,
    joins: WordSet,
    zones: WordSet,
    time_columns: WordSet,
    template_titles: WordSet,
    unfilled: Openers,
    questions: Openers,
    instructions: Openers,
    introductions: WordSet,
    senders: WordSet,
    callouts: WordSet,
    levels: WordSet,
    fields: BTreeMap<String, Field>,
    months: BTreeMap<String, u8>,
    weekdays: WordSet,
    halves: WordSet,
    abbreviation_marks: Marks,
    abbreviations: BTreeMap<String, Vec<Abbreviation>>,
}

impl Headings {
    /// What a heading names, by its whole, its beginning, its end or any part of it.
    pub fn heading(&self, text: &str) -> Option<Meaning> {
        let words = heading_words(text);
        self.known(text, self.core(words.all().slice(0, LONGEST_HEADING)))
    }

    /// What a whole line names: a long one is a sentence, of which only the beginning tells.
    pub fn line(&self, text: &str) -> Option<Meaning> {
        let words = heading_words(text);
        let core = self.core(words.all().slice(0, LONGEST_HEADING));
        if core.len() <= LONGEST_LINE { self.known(text, core) } else { self.beginning(core) }
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
        Words::first(text, 1).all().iter().next().is_some_and(|word| self.articles.contains(word))
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
        text.len() <= LONGEST_FILLER && self.unfilled.open_short(text, MOST_FILLING)
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
        if !self.abbreviation_marks.may_hold_in_capitals(word.as_bytes()) {
            return false;
        }
        let Some(kinds) = self.abbreviations.get(&word.to_lowercase()) else { return false };
        kinds.iter().any(|kind| match kind {
            Abbreviation::Never => true,
            Abbreviation::BeforeSmallLetter => next.is_some_and(char::is_lowercase),
            Abbreviation::BeforeNumber => next.is_some_and(|next| next.is_ascii_digit() || next == '#'),
        })
    }
}

/// The words of a heading that are looked at, and one more.
fn heading_words(text: &str) -> Words {
    Words::first(&without_brackets(text), LONGEST_HEADING)
}
