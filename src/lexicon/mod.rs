//! The language of incident reviews as data: rules, word classes, guards, sections, buckets and questions, loaded from
//! `lexicon/`.

pub mod aliases;
pub mod did_you_mean;
pub mod embedded;
pub mod error;
mod extend;
pub mod files;
pub mod headings;
pub mod kinds;
pub mod load;
pub mod named_text;
pub mod pattern;
pub mod questions;
pub mod records;
mod regexes;
mod schema;
pub mod spanned;
pub mod user_rules;
pub mod weighing;
pub mod word_classes;

use std::collections::BTreeMap;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::lexicon::aliases::Aliases;
use crate::lexicon::headings::Headings;
use crate::lexicon::kinds::{BucketRole, DocumentRole, MechanismKind, RuleKind};
use crate::lexicon::pattern::scan::Scanner;
use crate::lexicon::questions::QuestionBank;
use crate::lexicon::weighing::Weighing;
use crate::lexicon::word_classes::WordClasses;
use crate::model::{Severity, Tier};
use crate::text::agent::AgentClasses;
use crate::text::vocabulary::Vocabulary;

/// A loaded lexicon, ready for use.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Lexicon {
    /// Version of the data, such as `2026.1`.
    pub version: String,
    /// Parts of file names that suggest a postmortem, in lower case.
    pub file_names: Vec<String>,
    /// Rules, by id.
    pub rules: Vec<Rule>,
    /// The rule for each role of rules about the whole document, by index.
    pub document_rules: BTreeMap<DocumentRole, usize>,
    /// Kinds of human act, by id.
    pub mechanisms: Vec<Mechanism>,
    /// Buckets, in the order in which they are reported.
    pub buckets: Vec<Bucket>,
    /// Headings and their meanings.
    pub headings: Headings,
    /// Questions by mechanism and bucket.
    pub questions: QuestionBank,
    /// Products with several names.
    pub aliases: Aliases,
    /// Words and their classes.
    pub vocabulary: Vocabulary,
    /// All patterns.
    pub scanner: Scanner,
    /// Classes that distinguish agents.
    pub agents: AgentClasses,
    /// Word classes that the analysis uses by name.
    pub classes: WordClasses,
    /// The owner of each pattern of the scanner.
    pub owners: Vec<Owner>,
    /// Guards and their scopes.
    pub guards: BTreeMap<String, Scope>,
    /// How the evidence of the lexicon and of the reader is added up.
    pub weighing: Weighing,
}

impl Lexicon {
    /// Returns the rule with this id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// Returns the rule about the whole document with this role.
    pub fn document_rule(&self, role: DocumentRole) -> &Rule {
        &self.rules[self.document_rules[&role]]
    }

    /// True if a file's name suggests a postmortem.
    pub fn names_a_postmortem(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.file_names.iter().any(|part| name.contains(part))
    }

    /// True if a word of a title suggests a postmortem.
    pub fn titles_a_postmortem(&self, title: &str) -> bool {
        let title = title.to_lowercase();
        let mut words = title.split(|sign: char| !sign.is_alphanumeric());
        words.any(|word| self.file_names.iter().any(|part| part == word))
    }
}

/// The owner of a pattern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Owner {
    /// A pattern of a rule, both by index.
    Rule {
        /// Index in [`Lexicon::rules`].
        rule: usize,
        /// Index in [`Rule::patterns`].
        pattern: usize,
    },
    /// A guard, by name.
    Guard(String),
    /// A frame of causal prose.
    Frame(Frame),
    /// A tier of remedies.
    Tier(Tier),
    /// A pattern of the question bank.
    Question(questions::QuestionPattern),
    /// Evidence for a factor.
    Factor {
        /// Index in [`Lexicon::buckets`].
        bucket: usize,
        /// Index in [`Bucket::factors`].
        factor: usize,
        /// The strength of the evidence.
        strength: Strength,
    },
}

/// How strong the evidence of a pattern is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Strength {
    /// Counts only where causes are given, and only together with another match.
    Hint,
    /// Counts where causes are given.
    Weak,
    /// Counts wherever the author describes what happened.
    Strong,
}

/// How causal prose is phrased (`lexicon/frames.toml`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Frame {
    /// "was caused by", "the root cause was", "because".
    Cause,
    /// "The root cause was": the document concludes here, whatever the heading.
    Conclusion,
    /// A property of a tool, process, piece of information or situation that made an act possible or likely.
    Condition,
    /// A consequence of an act, which does not explain it.
    Effect,
    /// A cause that was considered and rejected.
    RuledOut,
    /// A condition named only to be dismissed.
    Dismissal,
    /// No cause is known yet.
    Open,
    /// The cause is known, but the sentence does not say what it is.
    Found,
    /// What will be, or has been, done about the problem.
    Remedy,
    /// A person's act, described without judgement.
    Act,
    /// Among the actions: thanks or a remark, which changes nothing.
    NoAction,
}

/// Guards that check the document's structure rather than its words.
pub const BUILT_IN_GUARDS: [&str; 2] = ["quoted", "question"];

/// Where a guard may match, relative to the match that it suppresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scope {
    /// Anywhere in the sentence.
    Sentence,
    /// Ending at most this many words before the match, in the same clause or the previous one.
    Before(usize),
    /// Like `Before`, but in the same clause: not across a connective such as "that" or "and".
    Clause(usize),
    /// Beginning at most this many words after the match.
    After(usize),
    /// Sharing a word with the match.
    Overlap,
    /// Anywhere in the same block.
    Block,
}

impl FromStr for Scope {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (word, number) = text.split_once(' ').unwrap_or((text, "0"));
        let number = number.parse().map_err(|_| ())?;
        Ok(match word {
            "sentence" => Self::Sentence,
            "before" => Self::Before(number),
            "clause" => Self::Clause(number),
            "after" => Self::After(number),
            "overlap" => Self::Overlap,
            "block" => Self::Block,
            _ => return Err(()),
        })
    }
}

/// What a pattern requires of the agent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgentTest {
    /// Nothing: the pattern names the agent itself, or needs none.
    #[default]
    Any,
    /// The subject is a person, a role, a team, "we", "nobody", or left out as in notes ("Forgot to …").
    Person,
    /// A person as above, an organisation, or a name that is in no class: for verbs that only people perform.
    Human,
    /// A person who is named; not left out.
    Named,
    /// Anything but a program.
    NotSoftware,
    /// A name in code directly before the match: for verbs that are hardly ever said of programs.
    Code,
    /// A person, or nobody in this clause.
    PersonOrMissing,
    /// No program is named with "by" after the match.
    Passive,
}

/// Where in a document a pattern may match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// Wherever the author describes what happened: everywhere but in remedies.
    #[default]
    Account,
    /// Where a cause is given: cause sections, causal frames, titles.
    Cause,
    /// Among remedies: action sections and sentences phrased as a remedy.
    Remedy,
    /// Remedies and lessons.
    Learning,
    /// Anywhere.
    Anywhere,
}

/// A group of patterns of a rule that are judged alike.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RulePattern {
    /// What it requires of the agent.
    pub agent: AgentTest,
    /// Where it may match.
    pub place: Place,
    /// Kind of human act, as an index in [`Lexicon::mechanisms`].
    pub mechanism: Option<usize>,
    /// Guards that suppress it.
    pub unless: Vec<String>,
    /// True if it is a team's own phrase, which the reader cannot overrule.
    pub own: bool,
}

/// One rule, as defined in its file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rule {
    /// Public id, such as `human-error`.
    pub id: String,
    /// Its kind.
    pub kind: RuleKind,
    /// Default severity.
    pub severity: Severity,
    /// The level set by a team.
    pub level: Level,
    /// What it flags: one line without a final stop.
    pub summary: String,
    /// The message of a finding: it starts in lower case, has no final stop and is about the text. `{quote}` is
    /// replaced.
    pub message: String,
    /// Why it matters, in a few sentences.
    pub why: String,
    /// A pattern for a better sentence, never a finished one.
    pub better: String,
    /// Sources of the reasoning.
    pub references: Vec<String>,
    /// Sentences that the rule must flag; each is a test.
    pub bad: Vec<Example>,
    /// Sentences that the rule must not flag; each is a test.
    pub good: Vec<Example>,
    /// How matches of the rule's patterns are judged; empty for rules about the whole document.
    pub patterns: Vec<RulePattern>,
    /// Kind of human act of a finding that rests on the reader alone, as an index in [`Lexicon::mechanisms`].
    pub mechanism: Option<usize>,
    /// Guards of a team's exemptions, which suppress a finding of the reader anywhere in the sentence.
    pub exemptions: Vec<String>,
}

/// How severe the findings of a rule are in one organisation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The rule finds nothing and counts nothing. The verdict of a document does not change.
    Off,
    /// As shipped: more severe where the document concludes with human error.
    #[default]
    On,
    /// Always a note.
    Note,
    /// Always a warning.
    Warning,
    /// Always an error.
    Error,
}

impl Level {
    /// Returns the severity of a finding that would have `usual`; `None` if the rule is off.
    pub const fn severity(self, usual: Severity) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::On => Some(usual),
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// A kind of human act; it determines the questions.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mechanism {
    /// Public id, such as `slip`.
    pub id: String,
    /// Its kind.
    pub kind: MechanismKind,
}

/// An example sentence of a rule or a factor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// The role of the section that contains it (`cause`, `timeline`, …).
    pub under: String,
}

/// A kind of contributing factor, and what shows that it was examined.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Bucket {
    /// Public id, such as `upstream`.
    pub id: String,
    /// The role of its factors.
    pub role: BucketRole,
    /// A few words for tables.
    pub name: String,
    /// What it covers, one sentence.
    pub summary: String,
    /// Why the questions about it matter.
    pub why: String,
    /// Sources of the reasoning.
    pub references: Vec<String>,
    /// Names of guards that prevent its words from counting as evidence.
    pub unless: Vec<String>,
    /// Its factors.
    pub factors: Vec<Factor>,
}

/// One kind of cause within a bucket.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Factor {
    /// Public id within the bucket, such as `monitoring`.
    pub id: String,
    /// What it covers, one line.
    pub summary: String,
    /// True if it is the state that an act leaves behind, which is not a condition of that act.
    pub aftermath: bool,
    /// Sentences that state it as a factor; each is a test.
    pub counts: Vec<Example>,
    /// Sentences that only mention it; each is a test.
    pub silent: Vec<Example>,
}
