//! What the entries of the lexicon mean to the program. Their ids are names for people; the program depends only on
//! their kinds and roles.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The subject of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RuleKind {
    /// Sentences of a document.
    Text(TextKind),
    /// A document as a whole.
    Document(DocumentRole),
}

/// What a rule finds in a sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextKind {
    /// A human error, named as such.
    #[default]
    Error,
    /// An act.
    Act,
    /// Something left undone.
    Omission,
    /// A personal trait.
    Trait,
    /// A judgement in hindsight, from the outcome.
    Hindsight,
    /// A remedy, which is never a cause.
    Remedy,
}

/// What a rule checks about a document as a whole. The lexicon has one rule for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentRole {
    /// The document concludes with human error.
    Verdict,
    /// The document gives one cause and examines at most one bucket.
    SingleCause,
    /// The document does not examine some buckets.
    MissingBuckets,
    /// The document states no cause.
    NoCause,
    /// The document has remedies, and all of them rely on people.
    WeakRemedies,
    /// A comment that should allow something has no effect.
    UnusedComment,
    /// A comment that should allow something gives no reason.
    CommentWithoutReason,
}

/// The kind of act that a mechanism is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MechanismKind {
    /// Something that was done.
    Act,
    /// Something that was left undone, or done in a way other than agreed.
    Omission,
    /// Something that nobody noticed, which explains how long the incident lasted rather than how it began.
    Unnoticed,
    /// A trait of a person, rather than an act.
    Trait,
    /// Something that did not happen, or that was only visible afterwards.
    Hindsight,
    /// Something about the response to the incident.
    Response,
    /// A remedy.
    Remedy,
}

/// Whose conditions the factors of a bucket are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BucketRole {
    /// Conditions around people: what they saw, knew and had time for.
    People,
    /// Other conditions of the organisation's own.
    Organisation,
    /// What the organisation met from outside.
    #[default]
    Outside,
}

/// A situation of a document or its timeline that leads to questions about the whole. The lexicon has a theme for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Situation {
    /// All remedies rely on people.
    WeakRemedies,
    /// The remedies change systems, and the cause stops at a person.
    RemediesAhead,
    /// One cause is given, and at most one bucket is examined.
    SingleCause,
    /// No cause is stated.
    NoCause,
    /// Users noticed first.
    UsersFirst,
    /// It took a while before somebody noticed.
    LateDetection,
    /// The timeline has a long gap.
    Silence,
    /// Something was noticed before the trouble began.
    EarlyAlert,
    /// The trouble lasted longer than the timeline.
    Tail,
}

/// The subject of a theme's questions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThemeSubject {
    /// Facts that the document states in different places.
    #[default]
    Facts,
    /// The cause as a whole.
    Cause,
    /// The remedies.
    Remedies,
}

impl RuleKind {
    /// True if it is about sentences, and therefore has patterns.
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Text(_))
    }
}

impl TextKind {
    /// True if it is about a person, by role, name or trait, rather than about an error or the outcome.
    pub const fn blames_somebody(self) -> bool {
        matches!(self, Self::Act | Self::Omission | Self::Trait)
    }
}

impl DocumentRole {
    /// Every role.
    pub const ALL: [Self; 7] = [
        Self::Verdict,
        Self::SingleCause,
        Self::MissingBuckets,
        Self::NoCause,
        Self::WeakRemedies,
        Self::UnusedComment,
        Self::CommentWithoutReason,
    ];

    /// True if it is about comments for this program rather than about the text.
    pub const fn is_about_comments(self) -> bool {
        matches!(self, Self::UnusedComment | Self::CommentWithoutReason)
    }
}

impl MechanismKind {
    /// True if a finding of this kind can be part of the causal story; `concluding` is true where the document gives
    /// the cause.
    pub const fn explains(self, concluding: bool) -> bool {
        match self {
            Self::Remedy | Self::Response => false,
            Self::Hindsight => concluding,
            Self::Act | Self::Omission | Self::Unnoticed | Self::Trait => true,
        }
    }

    /// True if a finding of this kind may be only a label for an act that a nearby sentence states.
    pub const fn borrows_act(self) -> bool {
        matches!(self, Self::Act | Self::Trait)
    }
}

impl BucketRole {
    /// True if its factors are conditions within the organisation.
    pub const fn is_own(self) -> bool {
        matches!(self, Self::People | Self::Organisation)
    }
}

impl Situation {
    /// Every situation.
    pub const ALL: [Self; 9] = [
        Self::WeakRemedies,
        Self::RemediesAhead,
        Self::SingleCause,
        Self::NoCause,
        Self::UsersFirst,
        Self::LateDetection,
        Self::Silence,
        Self::EarlyAlert,
        Self::Tail,
    ];

    /// Returns the rule about the document whose finding asks the questions, if there is one.
    pub const fn asked_by(self) -> Option<DocumentRole> {
        match self {
            Self::WeakRemedies => Some(DocumentRole::WeakRemedies),
            Self::RemediesAhead => Some(DocumentRole::Verdict),
            Self::SingleCause => Some(DocumentRole::SingleCause),
            Self::NoCause => Some(DocumentRole::NoCause),
            _ => None,
        }
    }
}
