//! Headings, labels, template prompts, dates and abbreviations: `sections.toml`, `abbreviations.toml`.

mod folding;
pub mod forms;
mod kind_names;
mod load;
mod meaning;
mod phrases;
mod schema;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::lexicon::headings::folding::{fold, fold_phrase, without_brackets};
use crate::lexicon::headings::forms::Forms;
use crate::lexicon::headings::kind_names::KindNames;
use crate::lexicon::headings::phrases::Phrases;
use crate::lexicon::records::RecordShapes;
use crate::model::Role;
use crate::text::datetime::DateTimeNames;

/// Maximum number of words of a line that is interpreted like a heading.
const LONGEST_LINE: usize = 5;
/// Maximum length of a label in bytes.
const LONGEST_LABEL: usize = 80;
/// Maximum length of a filler in bytes.
const LONGEST_FILLER: usize = 40;
/// Maximum number of words in a filler.
const MOST_FILLER_WORDS: usize = 5;
/// Number of characters of a sentence in which an opening phrase is looked for.
const LONGEST_OPENING: usize = 100;

/// The part or parts of a postmortem that a heading names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meaning {
    /// The first role it names.
    pub role: Role,
    /// The second role, as in "Root cause and mitigation".
    pub also: Option<Role>,
}

/// What a heading announces, if not the author's account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Announced {
    /// Titles of other works.
    Works,
    /// Examples or guidelines of a template.
    Examples,
}

/// A front-matter key whose value is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Field {
    /// The document's title.
    Title,
    /// What happened, in short.
    Summary,
    /// What the author gives as cause.
    Cause,
    /// The kind of document.
    Kind,
}

/// When a full stop after an abbreviation does not end the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Abbreviation {
    Never,
    BeforeSmallLetter,
    BeforeNumber,
}

/// Phrases and words of headings, labels, prompts and abbreviations, all folded.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Headings {
    exact: Phrases<Meaning>,
    begins: Phrases<Meaning>,
    ends: Phrases<Meaning>,
    anywhere: Phrases<Meaning>,
    articles: BTreeSet<String>,
    joins: BTreeSet<String>,
    /// Words that name the clock of a heading's times: "Timeline (UTC)".
    clock_words: BTreeSet<String>,
    time_columns: BTreeSet<String>,
    announced: Phrases<Announced>,
    template_titles: BTreeSet<String>,
    unfilled: Phrases<()>,
    undecided: Phrases<()>,
    done: Phrases<()>,
    questions: Phrases<()>,
    instructions: Phrases<()>,
    introductions: BTreeSet<String>,
    citing: Phrases<()>,
    senders: BTreeSet<String>,
    callouts: BTreeSet<String>,
    fields: BTreeMap<String, Field>,
    /// What postmortems call themselves.
    pub kinds: KindNames,
    /// What a form looks like before it is filled in.
    pub forms: Forms,
    /// Forms of pasted log and chat lines.
    pub records: RecordShapes,
    /// Names of months, weekdays and time zones.
    pub dates: DateTimeNames,
    abbreviations: BTreeMap<String, Vec<Abbreviation>>,
}

impl Headings {
    /// Returns the meaning of a heading, from its whole text, its beginning, its end or any part of it.
    pub fn heading(&self, text: &str) -> Option<Meaning> {
        self.meaning_of(text, &self.heading_words(text))
    }

    /// Returns the meaning of a whole line. A long line is a sentence, so only its beginning counts.
    pub fn line(&self, text: &str) -> Option<Meaning> {
        let core = self.heading_words(text);
        if core.len() <= LONGEST_LINE {
            self.meaning_of(text, &core)
        } else {
            self.begins.at_start(&core.join(" "))
        }
    }

    /// True if exactly these words are a known heading.
    pub fn is_exact(&self, text: &str) -> bool {
        self.whole(self.core(&fold(&without_brackets(text)))).is_some()
    }

    /// Returns the meaning of a label. Labels are matched more strictly than headings, because the text after them is
    /// what counts.
    pub fn label(&self, text: &str) -> Option<Meaning> {
        if text.len() > LONGEST_LABEL {
            return None;
        }
        let words = fold(&without_brackets(text));
        let core = self.core(&words);
        self.whole(core)
            .or_else(|| self.two_parts(core))
            .or_else(|| self.qualified(core))
            .or_else(|| self.followed(core))
    }

    /// True if a label begins with an article, as a topic does but a name does not.
    pub fn has_article(&self, text: &str) -> bool {
        fold(text).first().is_some_and(|word| self.articles.contains(word))
    }

    /// True if a table column with this name contains dates or times.
    pub fn is_time_column(&self, text: &str) -> bool {
        let words = fold(&without_brackets(text));
        words.iter().any(|word| self.time_columns.contains(word))
            || words.len() == 1 && self.clock_words.contains(&words[0])
    }

    /// True if a whole block is a filler such as "TBD".
    pub fn is_unfilled(&self, text: &str) -> bool {
        if text.len() > LONGEST_FILLER {
            return false;
        }
        let words = fold(text);
        words.len() <= MOST_FILLER_WORDS && self.unfilled.at_start(&words.join(" ")).is_some()
    }

    /// True if a sentence below a heading for actions says that there is none yet: "To be agreed in the review."
    pub fn is_undecided(&self, text: &str) -> bool {
        opens_with(&self.undecided, text)
    }

    /// True if an action says that it has been done: "Already renewed."
    pub fn is_done(&self, text: &str) -> bool {
        opens_with(&self.done, text)
    }

    /// True if the first or last word of a title shows that the page is a template.
    pub fn is_template(&self, title: &str) -> bool {
        let words = fold(title);
        words.first().into_iter().chain(words.last()).any(|word| self.template_titles.contains(word))
    }

    /// True if a path is that of a template: the first or last word of the file's name says so, or a folder is for them.
    pub fn is_template_path(&self, path: &str) -> bool {
        let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
        let stem = file.split_once('.').map_or(file, |(stem, _)| stem);
        let is_for_templates = |folder: &str| self.template_titles.contains(&fold_phrase(folder));
        self.is_template(&stem.replace('_', " ")) || folders.split('/').any(is_for_templates)
    }

    /// Returns what a heading or label announces, from all its words or those before "and" or a joining word.
    pub fn announces(&self, text: &str) -> Option<Announced> {
        let words = fold(&without_brackets(text));
        let core = self.core(&words);
        let joint = core.iter().position(|word| word == "and" || self.joins.contains(word));
        self.announced.get(&core.join(" ")).or_else(|| self.announced.get(&core[..joint?].join(" ")))
    }

    /// True if a title says that the document is a postmortem.
    pub fn says_postmortem(&self, title: &str) -> bool {
        self.kinds.is_title(title, |word| self.articles.contains(word), |word| self.joins.contains(word))
    }

    /// True if a sentence is a question from a template.
    pub fn is_prompt(&self, sentence: &str) -> bool {
        sentence.trim_end().ends_with('?') && opens_with(&self.questions, sentence)
    }

    /// True if a sentence is an instruction from a template.
    pub fn is_instruction(&self, sentence: &str) -> bool {
        opens_with(&self.instructions, sentence)
    }

    /// True if the last words of a paragraph introduce a quotation.
    pub fn introduces(&self, text: &str) -> bool {
        let words = fold(text);
        let one = words.iter().any(|word| self.introductions.contains(word));
        one || words.windows(2).any(|pair| self.introductions.contains(&pair.join(" ")))
    }

    /// True if the last words before a link say that its text is the title of another work.
    pub fn cites(&self, text: &str) -> bool {
        self.citing.at_end(&fold_phrase(text)).is_some()
    }

    /// True if this label begins a header line of an e-mail.
    pub fn is_sender(&self, label: &str) -> bool {
        self.senders.contains(&fold_phrase(label))
    }

    /// True if this label begins a call-out of the author's own.
    pub fn is_callout(&self, label: &str) -> bool {
        self.callouts.contains(&fold_phrase(label)) || self.heading(label).is_some()
    }

    /// Returns the field that a front-matter key denotes, if its value is used.
    pub fn field(&self, key: &str) -> Option<Field> {
        self.fields.get(&key.to_lowercase()).copied()
    }

    /// True if a full stop after `word` does not end the sentence; `next` is the character that follows.
    pub fn is_abbreviation(&self, word: &str, next: Option<char>) -> bool {
        let Some(kinds) = self.abbreviations.get(&word.to_lowercase()) else { return false };
        kinds.iter().any(|kind| match kind {
            Abbreviation::Never => true,
            Abbreviation::BeforeSmallLetter => next.is_some_and(char::is_lowercase),
            Abbreviation::BeforeNumber => next.is_some_and(|next| next.is_ascii_digit() || next == '#'),
        })
    }
}

/// True if a sentence begins with one of these phrases.
fn opens_with(phrases: &Phrases<()>, sentence: &str) -> bool {
    let opening: String = sentence.chars().take(LONGEST_OPENING).collect();
    phrases.at_start(&fold_phrase(&opening)).is_some()
}
