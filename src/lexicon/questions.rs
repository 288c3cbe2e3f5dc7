//! The question bank of the lexicon.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::lexicon::kinds::{Situation, ThemeSubject};
use crate::model::TimelineEvent;

/// In `answered-by`: a condition is stated next to the act.
pub const CONDITION: &str = "condition";

/// In `answered-by`: the document goes on to the conditions.
pub const EXAMINED: &str = "examined";

/// In `answered-by`: the document tells the events act by act.
pub const ACCOUNT: &str = "account";

/// In `answered-by`: another action than the one asked about does not rely on people alone.
pub const ACTION: &str = "action";

/// All questions, most valuable first within each set.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionBank {
    /// Function words that mark where a quote may begin or end.
    #[serde(default)]
    pub words: SmallWords,
    /// Themes of questions about the whole document.
    #[serde(default)]
    pub theme: Vec<Theme>,
    /// Question sets that fit better than the set for a finding's own mechanism.
    #[serde(default)]
    pub turn: Vec<Turn>,
    /// Kinds of timeline row, with the patterns for each.
    #[serde(default)]
    pub moment: BTreeMap<TimelineEvent, Vec<String>>,
    /// Labels of fields with the time of an event, in lower case.
    #[serde(default, rename = "moment-label")]
    pub moment_label: BTreeMap<TimelineEvent, Vec<String>>,
    /// Guards of these patterns.
    #[serde(default, rename = "moment-unless")]
    pub moment_unless: Vec<String>,
    /// Guards of the slot for a condition.
    #[serde(default, rename = "condition-unless")]
    pub condition_unless: Vec<String>,
    /// Guards of the row that ends a silence of the timeline.
    #[serde(default, rename = "silence-unless")]
    pub silence_unless: Vec<String>,
    /// Pairs of facts that a document mentions in different places.
    #[serde(default)]
    pub join: Vec<Join>,
    /// Sentences about contradictions in a document.
    #[serde(default)]
    pub conflict: Vec<ConflictEntry>,
    /// Stronger actions than those that rely on people.
    #[serde(default)]
    pub offer: Vec<Offer>,
    /// The questions.
    #[serde(default)]
    pub question: Vec<QuestionEntry>,
}

/// Function words that mark where a quote may begin or end.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SmallWords {
    /// Between a noun and what belongs to it.
    pub of: String,
    /// Before a belief.
    pub that: String,
    /// Before a clause that can stand alone in a quote.
    #[serde(default)]
    pub reasons: Vec<String>,
}

/// A theme of questions about the whole document.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Public id, such as `single-cause`.
    pub id: String,
    /// The situation in which its questions are asked; `None` for the theme of a join.
    #[serde(default)]
    pub when: Option<Situation>,
    /// The subject of its questions.
    #[serde(default)]
    pub about: ThemeSubject,
}

/// A question set that can replace the set for a mechanism.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    /// The set that fits better.
    pub to: String,
    /// Mechanisms that it can replace.
    pub from: Vec<String>,
    /// Patterns, at least one of which must match in the sentence.
    #[serde(rename = "match")]
    pub matches: Vec<String>,
}

/// A fact that is worth a question, or two that say more when they are compared. Quotes of them fill `{first}` and
/// `{second}` in the questions for the theme.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Join {
    /// The theme of its questions or conflict.
    pub theme: String,
    /// Patterns for the first fact.
    pub first: Vec<String>,
    /// Where the first fact must occur.
    pub first_in: Side,
    /// Patterns for the second fact; empty if it is a finding.
    #[serde(default)]
    pub second: Vec<String>,
    /// Where the second fact must occur; `None` if there is only one fact.
    #[serde(default)]
    pub second_in: Option<Side>,
}

/// Where one of two joined facts must occur.
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

/// A sentence about a contradiction in a document.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ConflictEntry {
    /// The theme of a join or of a situation.
    pub theme: String,
    /// One polite sentence, with `{first}` and `{second}` for a join.
    pub text: String,
}

/// What a stronger action could be than one that relies on people.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// The stronger action, as part of a sentence.
    pub text: String,
    /// Patterns, one of which must match in the action.
    #[serde(rename = "match")]
    pub matches: Vec<String>,
}

/// One question.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct QuestionEntry {
    /// When it is asked: mechanisms (`slip`), bucket ids, or document themes (`single-cause`).
    pub when: Vec<String>,
    /// Its topic, or several separated by `|`. A document is asked one question per topic.
    #[serde(default)]
    pub topic: Option<String>,
    /// The question. Slots such as `{said}` are replaced by words of the document.
    pub text: String,
    /// The same question with fewer slots; tried in order if a slot of `text` cannot be filled well.
    #[serde(default)]
    pub without: Vec<String>,
    /// True if it comes after all others of its set, even if its cue matches.
    #[serde(default)]
    pub late: bool,
    /// A limit to when it is asked.
    #[serde(default)]
    pub only: Option<OnlyAs>,
    /// Word classes for `{signal}`.
    #[serde(default)]
    pub signal: Vec<String>,
    /// Patterns, at least one of which must match in the sentence (for buckets and themes: in the document).
    #[serde(default)]
    pub cue: Vec<String>,
    /// Patterns, none of which may match in the sentence.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Patterns that show that the document already answers the question.
    #[serde(default)]
    pub answered: Vec<String>,
    /// Patterns that show that an action already answers the question.
    #[serde(default)]
    pub resolved: Vec<String>,
    /// What already answers it: `condition` (one next to the act), `examined` (the verdict), `account` (the events, act
    /// by act), `action` (another one, of a stronger kind), a bucket, or `bucket/factor`.
    #[serde(default)]
    pub answered_by: Vec<String>,
    /// The source that it is based on.
    pub source: String,
    /// True if a team added it. Such questions come first.
    #[serde(skip)]
    pub own: bool,
}

/// What a general question is limited to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OnlyAs {
    /// The first question about a document: more precise ones replace it.
    Opening,
    /// A question that fits any act, where no other one about the main act is left.
    AnyAct,
}

/// The purpose of a pattern in the question bank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum QuestionPattern {
    /// A cue of the question with this index.
    Cue(usize),
    /// What rules out the question with this index.
    Unless(usize),
    /// An answer to the question with this index.
    Answer(usize),
    /// An action that answers the question with this index.
    Resolution(usize),
    /// A turn, by index.
    Turn(usize),
    /// A kind of timeline row.
    TimelineEvent(TimelineEvent),
    /// An offer, by index.
    Offer(usize),
    /// The first fact of a join, by index.
    First(usize),
    /// The second fact of a join, by index.
    Second(usize),
}

impl QuestionEntry {
    /// Returns its topics.
    pub fn topics(&self) -> impl Iterator<Item = &str> {
        self.topic.iter().flat_map(|topics| topics.split('|'))
    }

    /// Returns the question in its most general form, with `…` for each slot.
    pub fn pattern(&self) -> String {
        let general = self.forms().last().unwrap_or_default();
        let mut parts = general.split('{');
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |text, part| text + "…" + part.split_once('}').map_or(part, |(_, rest)| rest))
    }

    /// Returns the question in all its forms, the most specific first.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.text).chain(&self.without).map(String::as_str)
    }
}

impl QuestionBank {
    /// Returns the theme for a situation.
    pub fn theme_for(&self, situation: Situation) -> Option<&Theme> {
        self.theme.iter().find(|theme| theme.when == Some(situation))
    }

    /// Returns every pattern with its purpose.
    pub fn patterns(&self) -> Vec<(String, QuestionPattern)> {
        let mut all = Vec::new();
        for (index, entry) in self.question.iter().enumerate() {
            all.extend(entry.cue.iter().map(|pattern| (pattern.clone(), QuestionPattern::Cue(index))));
            all.extend(entry.unless.iter().map(|pattern| (pattern.clone(), QuestionPattern::Unless(index))));
            all.extend(
                entry.answered.iter().map(|pattern| (pattern.clone(), QuestionPattern::Answer(index))),
            );
            all.extend(
                entry.resolved.iter().map(|pattern| (pattern.clone(), QuestionPattern::Resolution(index))),
            );
        }
        for (index, turn) in self.turn.iter().enumerate() {
            all.extend(turn.matches.iter().map(|pattern| (pattern.clone(), QuestionPattern::Turn(index))));
        }
        for (index, offer) in self.offer.iter().enumerate() {
            all.extend(offer.matches.iter().map(|pattern| (pattern.clone(), QuestionPattern::Offer(index))));
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
