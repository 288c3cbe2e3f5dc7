//! The hard questions, as the lexicon lists them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::lexicon::kinds::{Situation, ThemeSubject};
use crate::model::TimelineEvent;

/// In `answered-by`: a condition is stated beside the act.
pub const CONDITION: &str = "condition";

/// In `answered-by`: the document goes on to the conditions.
pub const EXAMINED: &str = "examined";

/// All questions, most valuable first within each set.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionBank {
    /// Small words that join the parts of a slot.
    #[serde(default)]
    pub words: SmallWords,
    /// Verbs, each with its noun and its irregular forms: `run = "running|ran"`.
    #[serde(default)]
    pub acts: BTreeMap<String, String>,
    /// Verbs that take their object in the middle, with the words after it: `"take out of service" = "taking|took|taken"`.
    #[serde(default)]
    pub parted: BTreeMap<String, String>,
    /// Nouns for acts that leave something out.
    #[serde(default)]
    pub omits: Vec<String>,
    /// What questions about the whole document are about.
    #[serde(default)]
    pub theme: Vec<Theme>,
    /// Sets of questions that fit better than those of a finding's own mechanism.
    #[serde(default)]
    pub turn: Vec<Turn>,
    /// Kinds of timeline row, by what their words say.
    #[serde(default)]
    pub moment: BTreeMap<TimelineEvent, Vec<String>>,
    /// Pairs of facts that a document mentions in different places.
    #[serde(default)]
    pub join: Vec<Join>,
    /// Sentences about a document that disagrees with itself.
    #[serde(default)]
    pub conflict: Vec<ConflictEntry>,
    /// The questions.
    #[serde(default)]
    pub question: Vec<QuestionEntry>,
}

/// Small words that join the parts of a slot.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SmallWords {
    /// Before a noun.
    pub the: String,
    /// Between an act and its object.
    pub of: String,
    /// Before what somebody believed.
    pub that: String,
}

/// What questions about the whole document are about.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Public id, such as `single-cause`.
    pub id: String,
    /// The situation in which it is asked about; none for the theme of a join.
    #[serde(default)]
    pub when: Option<Situation>,
    /// What its questions are about.
    #[serde(default)]
    pub about: ThemeSubject,
}

/// When another set of questions fits better than that of the mechanism.
#[derive(Clone, Debug, Deserialize, Serialize)]
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

/// Two facts that say more side by side: quotes of them fill `{first}` and `{second}` of the questions for the theme.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Join {
    /// The theme of its questions or conflict.
    pub theme: String,
    /// Patterns for the first fact.
    pub first: Vec<String>,
    /// Where the first fact must be.
    pub first_in: Side,
    /// Patterns for the second fact; none where it is a finding.
    #[serde(default)]
    pub second: Vec<String>,
    /// Where the second fact must be.
    pub second_in: Side,
}

/// Where one of two joined facts must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Anywhere in the author's own words.
    Anywhere,
    /// Among the remedies.
    Remedy,
    /// Where the fix or the response is described.
    Fix,
    /// Outside the remedies.
    Account,
    /// A finding that blames a person as a cause.
    Blame,
}

/// A sentence for a document that disagrees with itself.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ConflictEntry {
    /// The theme of a join or of a situation.
    pub theme: String,
    /// One kind sentence, with `{first}` and `{second}` for a join.
    pub text: String,
}

/// One question.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct QuestionEntry {
    /// When it is asked: mechanisms (`slip`), bucket ids, or document themes (`single-cause`).
    pub when: Vec<String>,
    /// What it is about: one name, or several separated by `|`. A document is asked one question per topic.
    #[serde(default)]
    pub topic: Option<String>,
    /// The question; `{act}` and its like stand for the document's words.
    pub text: String,
    /// The same question with fewer slots, tried in this order when a slot of `text` cannot be filled well.
    #[serde(default)]
    pub without: Vec<String>,
    /// True if it comes after all others of its set, however well its cue fits.
    #[serde(default)]
    pub late: bool,
    /// Word classes from which `{signal}` is taken.
    #[serde(default)]
    pub signal: Vec<String>,
    /// Patterns, one of which the sentence (for buckets and themes: the document) must hold for the question to fit.
    #[serde(default)]
    pub cue: Vec<String>,
    /// Patterns that show that the document answers the question already.
    #[serde(default)]
    pub answered: Vec<String>,
    /// What answers it already: `condition` (one next to the act), `examined` (the verdict), a bucket, or
    /// `bucket/factor`.
    #[serde(default)]
    pub answered_by: Vec<String>,
    /// Who inspired it.
    pub source: String,
    /// True if a team added it; such questions come first.
    #[serde(skip)]
    pub own: bool,
}

/// What a pattern of the question bank is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum QuestionPattern {
    /// A cue of the question of that index.
    Cue(usize),
    /// An answer to the question of that index.
    Answer(usize),
    /// A turn, by index.
    Turn(usize),
    /// A kind of timeline row.
    TimelineEvent(TimelineEvent),
    /// The first fact of a join, by index.
    First(usize),
    /// The second fact of a join, by index.
    Second(usize),
}

impl QuestionEntry {
    /// What it is about.
    pub fn topics(&self) -> impl Iterator<Item = &str> {
        self.topic.iter().flat_map(|topics| topics.split('|'))
    }

    /// The question in all its forms, the most specific first.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.text).chain(&self.without).map(String::as_str)
    }
}

impl QuestionBank {
    /// The theme for a situation.
    pub fn theme_for(&self, situation: Situation) -> Option<&Theme> {
        self.theme.iter().find(|theme| theme.when == Some(situation))
    }

    /// Every pattern with what it is for.
    pub fn patterns(&self) -> Vec<(String, QuestionPattern)> {
        let mut all = Vec::new();
        for (index, entry) in self.question.iter().enumerate() {
            all.extend(entry.cue.iter().map(|pattern| (pattern.clone(), QuestionPattern::Cue(index))));
            all.extend(
                entry.answered.iter().map(|pattern| (pattern.clone(), QuestionPattern::Answer(index))),
            );
        }
        for (index, turn) in self.turn.iter().enumerate() {
            all.extend(turn.matches.iter().map(|pattern| (pattern.clone(), QuestionPattern::Turn(index))));
        }
        for (index, join) in self.join.iter().enumerate() {
            all.extend(join.first.iter().map(|pattern| (pattern.clone(), QuestionPattern::First(index))));
            all.extend(join.second.iter().map(|pattern| (pattern.clone(), QuestionPattern::Second(index))));
        }
        for (moment, patterns) in &self.moment {
            all.extend(
                patterns.iter().map(|pattern| (pattern.clone(), QuestionPattern::TimelineEvent(*moment))),
            );
        }
        all
    }
}
