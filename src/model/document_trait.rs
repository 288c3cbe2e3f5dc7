//! What a verdict is weighed from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a document contains, as far as the verdict is weighed from it. Values are in hundredths: the reader's evidence
/// about one sentence counts 0 to 100, one claim of the lexicon 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentTrait {
    /// The sentence that most clearly blames a person as the cause.
    Blame,
    /// The same, without conditions behind it.
    BareBlame,
    /// The same, with conditions behind it.
    DeepenedBlame,
    /// All sentences that blame a person as the cause.
    Blaming,
    /// That a cause is stated, read from the whole document at once: from -100 to 100.
    WholeStated,
    /// That a person's act is part of it, likewise.
    WholePerson,
    /// That the conditions behind the act are examined, likewise.
    WholeExamined,
    /// The clearest statement of an act as a cause.
    Act,
    /// The clearest statement of an omission as a cause.
    Omission,
    /// The clearest statement of a personal trait as a cause.
    PersonalTrait,
    /// The clearest statement of any cause.
    AnyCause,
    /// The lexicon finds no cause, and no sentence is more likely a cause than not, or the section for the cause is empty
    /// or says that it is not known.
    OpenCause,
    /// All statements of conditions.
    Conditions,
    /// All statements of consequences.
    Consequences,
    /// All statements of somebody else's system or outside events as a cause.
    External,
    /// All causes that were considered and rejected.
    RuledOut,
    /// The share of people in everything that is given as a cause.
    PeopleShare,
    /// All factors around people.
    FactorsAroundPeople,
    /// All other factors of the organisation's own.
    OwnFactors,
    /// All factors from outside.
    OutsideFactors,
    /// All remedies that rely on people.
    WeakerRemedies,
    /// All remedies that support people.
    IntermediateRemedies,
    /// All remedies that work without people.
    StrongerRemedies,
    /// The lexicon alone concludes that the document should start over.
    LexiconStartOver,
    /// The lexicon alone finds the act examined.
    LexiconExamined,
    /// The lexicon alone recognises no blame.
    LexiconClear,
    /// The lexicon alone finds no cause.
    LexiconUndetermined,
    /// Claims that name a person's act, in the lexicon's view.
    HumanClaims,
    /// Claims that name a condition, in the lexicon's view.
    ConditionClaims,
    /// The length of the document: each 100 more stand for twice as many sentences.
    Length,
}
