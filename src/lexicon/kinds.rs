//! What the entries of the lexicon mean to the program. Their ids are names for people; what depends on an entry depends
//! on its kind or role.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a rule is about.
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
    /// An error of people, named as such.
    #[default]
    Error,
    /// An act.
    Act,
    /// Something left undone.
    Omission,
    /// A trait of people.
    Trait,
    /// A look back from the outcome.
    Hindsight,
    /// A remedy, which is never a cause.
    Remedy,
}

/// What a rule says about a document as a whole. The lexicon has one rule for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentRole {
    /// It concludes with human error.
    Verdict,
    /// It gives one cause, and looks into at most one bucket.
    SingleCause,
    /// It leaves buckets out.
    MissingBuckets,
    /// It states no cause.
    NoCause,
    /// It has remedies, and all of them rely on people.
    WeakRemedies,
    /// A comment that is to allow something has no effect.
    UnusedComment,
    /// A comment that is to allow something gives no reason.
    CommentWithoutReason,
}

/// What kind of act a mechanism is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MechanismKind {
    /// Something that was done.
    Act,
    /// Something that was left undone, or done otherwise than agreed.
    Omission,
    /// Something that nobody noticed: it says how long the incident lasted rather than how it began.
    Unnoticed,
    /// What somebody is like, rather than what was done.
    Trait,
    /// Something that did not happen, or was seen afterwards only.
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

/// What a document, or its timeline, is like when there is something to ask about all of it. The lexicon has a theme for
/// each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Situation {
    /// All remedies rely on people.
    WeakRemedies,
    /// The remedies change systems, and the cause stops at a person.
    RemediesAhead,
    /// One cause is given, and at most one bucket is looked into.
    SingleCause,
    /// No cause is stated.
    NoCause,
    /// Users noticed first.
    UsersFirst,
    /// It took a while until somebody noticed.
    LateDetection,
    /// It took a while until somebody noticed the effect of a change.
    LateChangeNotice,
    /// The timeline says nothing about a long stretch.
    Silence,
    /// It took a while until others were called in.
    LateEscalation,
    /// It took a while from the known cause to the fix.
    LongRecovery,
    /// It took a while from the first notice to the fix.
    LongRepair,
    /// The trouble lasted longer than the timeline.
    Tail,
}

/// What the questions of a theme are about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThemeSubject {
    /// Facts that the document states apart from each other.
    #[default]
    Facts,
    /// The cause as a whole.
    Cause,
    /// The remedies.
    Remedies,
}

impl RuleKind {
    /// True if it is about sentences, and so has patterns.
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Text(_))
    }
}

impl TextKind {
    /// True if it is about somebody, by role, name or trait, rather than about an error or the outcome.
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

    /// True if it is about comments of this program rather than about the text.
    pub const fn is_about_comments(self) -> bool {
        matches!(self, Self::UnusedComment | Self::CommentWithoutReason)
    }
}

impl MechanismKind {
    /// True if a finding of this kind can be part of the causal story; `concluding` is true where the document gives the
    /// cause.
    pub const fn explains(self, concluding: bool) -> bool {
        match self {
            Self::Remedy | Self::Response => false,
            Self::Hindsight => concluding,
            Self::Act | Self::Omission | Self::Unnoticed | Self::Trait => true,
        }
    }

    /// True if a finding of this kind may be no more than a label for an act that is stated beside it.
    pub const fn borrows_act(self) -> bool {
        matches!(self, Self::Act | Self::Trait)
    }
}

impl BucketRole {
    /// True if its factors are conditions of the organisation's own.
    pub const fn is_own(self) -> bool {
        matches!(self, Self::People | Self::Organisation)
    }
}

impl Situation {
    /// Every situation.
    pub const ALL: [Self; 12] = [
        Self::WeakRemedies,
        Self::RemediesAhead,
        Self::SingleCause,
        Self::NoCause,
        Self::UsersFirst,
        Self::LateDetection,
        Self::LateChangeNotice,
        Self::Silence,
        Self::LateEscalation,
        Self::LongRecovery,
        Self::LongRepair,
        Self::Tail,
    ];

    /// The rule about the document whose finding asks the questions, if there is one.
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
