//! The hard questions, as the lexicon lists them.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::grammar::inflect;
use crate::grammar::tokens::words;

/// All questions, most valuable first within each set.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionBank {
    /// Small words that join the parts of a slot.
    #[serde(default)]
    pub words: SmallWords,
    /// Verbs and how they are called as something done: `run = "running|ran"`, the name first, then irregular forms.
    #[serde(default)]
    pub acts: BTreeMap<String, String>,
    /// Mechanisms whose act may be told elsewhere in the sentence or beside it, since the finding is a label for it.
    #[serde(default)]
    pub borrow: Vec<String>,
    /// Sets of questions that fit better than those of a finding's own mechanism.
    #[serde(default)]
    pub turn: Vec<Turn>,
    /// Kinds of timeline row, by what their words say.
    #[serde(default)]
    pub moment: BTreeMap<Moment, Vec<String>>,
    /// The questions.
    #[serde(default)]
    pub question: Vec<QuestionEntry>,
}

/// Small words that join the parts of a slot.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmallWords {
    /// Before a noun.
    pub the: String,
    /// Between an act and its object.
    pub of: String,
}

/// When another set of questions fits better than that of the mechanism.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    /// The set that fits better.
    pub to: String,
    /// Mechanisms it may stand in for.
    pub from: Vec<String>,
    /// Patterns, one of which the sentence must hold.
    #[serde(rename = "match")]
    pub matches: Vec<String>,
}

/// What a row of the timeline tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Moment {
    /// Something is changed.
    Changed,
    /// The trouble begins.
    Onset,
    /// Somebody, or an alert, notices.
    Noticed,
    /// The cause is known.
    Understood,
    /// The fix is in.
    Fixed,
}

/// One question.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct QuestionEntry {
    /// When it is asked: mechanisms (`slip`), bucket ids, or document themes (`single-cause`).
    pub when: Vec<String>,
    /// The question; `{act}` and its like stand for the document's words.
    pub text: String,
    /// The same question with fewer slots, tried in this order when a slot of `text` cannot be filled well.
    #[serde(default)]
    pub without: Vec<String>,
    /// Word classes from which `{signal}` is taken.
    #[serde(default)]
    pub signal: Vec<String>,
    /// Patterns, one of which the sentence (for buckets and themes: the document) must hold for the question to fit.
    #[serde(default)]
    pub cue: Vec<String>,
    /// Patterns that show that the document answers the question already.
    #[serde(default)]
    pub answered: Vec<String>,
    /// What answers it already: `condition` (one stands next to the act), a bucket, or `bucket/factor`.
    #[serde(default)]
    pub answered_by: Vec<String>,
    /// Who inspired it.
    pub source: String,
    /// Whether a team added it; its own questions come first.
    #[serde(skip)]
    pub own: bool,
}

/// What a pattern of the question bank is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A cue of the question of that index.
    Cue(usize),
    /// An answer to the question of that index.
    Answer(usize),
    /// A turn, by index.
    Turn(usize),
    /// A kind of timeline row.
    Moment(Moment),
}

impl QuestionEntry {
    /// The question in all its forms, the most telling first.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.text).chain(&self.without).map(String::as_str)
    }
}

impl QuestionBank {
    /// Every pattern with what it is for.
    pub fn patterns(&self) -> Vec<(String, Part)> {
        let mut all = Vec::new();
        for (index, entry) in self.question.iter().enumerate() {
            all.extend(entry.cue.iter().map(|pattern| (pattern.clone(), Part::Cue(index))));
            all.extend(entry.answered.iter().map(|pattern| (pattern.clone(), Part::Answer(index))));
        }
        for (index, turn) in self.turn.iter().enumerate() {
            all.extend(turn.matches.iter().map(|pattern| (pattern.clone(), Part::Turn(index))));
        }
        for (moment, patterns) in &self.moment {
            all.extend(patterns.iter().map(|pattern| (pattern.clone(), Part::Moment(*moment))));
        }
        all
    }

    /// The longest act that the lower-case words begin with: how many words it takes and what doing it is called.
    pub fn doing(&self, text: &[String]) -> Option<(usize, &str)> {
        let fits = |(verb, names): (&String, &'_ String)| {
            let lemma = words(verb);
            let (first, rest) = lemma.split_first()?;
            let (head, follows) = text.split_first()?;
            let listed = names.split('|').skip(1).any(|form| form == head);
            let known = listed || inflect::forms(first).contains(head);
            (known && follows.starts_with(rest)).then_some(lemma.len())
        };
        let all = self.acts.iter().filter_map(|entry| Some((fits(entry)?, entry.1)));
        let (length, names) = all.max_by_key(|&(length, _)| length)?;
        Some((length, names.split('|').next().unwrap_or(names)))
    }
}
