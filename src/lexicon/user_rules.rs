//! A team's additions to the lexicon in its configuration. The JSON Schema of `rcalint.toml` is generated from these
//! types and their documentation.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::lexicon::kinds::BucketRole;
use crate::lexicon::named_text::NamedText;
use crate::lexicon::spanned::Spanned;
use crate::lexicon::{AgentTest, Example, Level, Place};
use crate::model::Role;

/// Everything that a configuration adds to the lexicon.
#[derive(Clone, Copy, Debug)]
pub struct UserRules<'c> {
    /// The name and text of the configuration.
    pub file: NamedText<'c>,
    /// Levels by rule id.
    pub levels: &'c BTreeMap<Spanned<String>, Spanned<Level>>,
    /// Names of people and of software.
    pub actors: &'c Actors,
    /// Headings by role.
    pub headings: &'c BTreeMap<Role, Vec<Spanned<String>>>,
    /// Phrases that are findings.
    pub phrases: &'c [Phrase],
    /// Phrases that are never findings.
    pub exemptions: &'c [Exemption],
    /// Buckets.
    pub buckets: &'c [UserBucket],
    /// Factors of these and of the shipped buckets.
    pub factors: &'c [UserFactor],
    /// Questions.
    pub questions: &'c [UserQuestion],
}

impl UserRules<'_> {
    /// True if it adds nothing.
    pub fn is_empty(&self) -> bool {
        let names = self.actors.people.len() + self.actors.software.len();
        let entries = self.phrases.len() + self.exemptions.len() + self.buckets.len() + self.factors.len();
        names + entries + self.levels.len() + self.headings.len() + self.questions.len() == 0
    }
}

/// Names that only this organisation uses. Case does not matter; a name may have several words.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Actors {
    /// Teams, roles and other groups of people.
    pub people: Vec<Spanned<String>>,
    /// Programs, services and bots: with "Atlas" here, "Atlas deleted the rows" blames nobody.
    pub software: Vec<Spanned<String>>,
}

/// Sentences that test an entry; `rcalint lexicon check` reads each as a postmortem of its own.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Examples {
    /// Sentences in which the rule has to find something.
    pub bad: Vec<Spanned<String>>,
    /// Sentences in which it may find nothing.
    pub good: Vec<Spanned<String>>,
    /// The kind of section they are in [default: cause, for remedies: actions].
    pub under: Option<Role>,
}

/// Phrases that are findings of a rule.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Phrase {
    /// The rule, such as `human-error`.
    pub rule: Spanned<String>,
    /// Patterns, in the language of `docs/lexicon.md`. An entry needs `match`, `regex` or both.
    #[serde(default, rename = "match")]
    pub matches: Vec<Spanned<String>>,
    /// Regular expressions, which ignore case and match within one sentence. A finding covers whole words.
    #[serde(default)]
    pub regex: Vec<Spanned<String>>,
    /// Why these are findings, for later readers.
    pub reason: Spanned<String>,
    /// Sentences that test it.
    #[serde(default)]
    pub examples: Examples,
    /// What the subject of the phrase has to be [default: any].
    #[serde(default)]
    pub agent: AgentTest,
    /// Where in a postmortem it counts [default: where the rule's own patterns count].
    #[serde(default, rename = "where")]
    pub place: Option<Place>,
    /// The kind of act, by which questions are chosen [default: that of the rule's own patterns].
    #[serde(default)]
    pub mechanism: Option<Spanned<String>>,
    /// Guards that silence it, besides those of the rule.
    #[serde(default)]
    pub unless: Vec<Spanned<String>>,
    /// Guards of the rule that do not silence it.
    #[serde(default)]
    pub despite: Vec<Spanned<String>>,
}

/// Phrases that are never findings: a finding that shares a word with one is dropped, and nothing is concluded from it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exemption {
    /// Patterns, in the language of `docs/lexicon.md`. An entry needs `match`, `regex` or both.
    #[serde(default, rename = "match")]
    pub matches: Vec<Spanned<String>>,
    /// Regular expressions, which ignore case and match within one sentence.
    #[serde(default)]
    pub regex: Vec<Spanned<String>>,
    /// Why they are never findings.
    pub reason: Spanned<String>,
    /// Rules that they are exempt from [default: all].
    #[serde(default)]
    pub rules: Vec<Spanned<String>>,
    /// Sentences that test it.
    #[serde(default)]
    pub examples: Examples,
}

impl Examples {
    /// Returns the bad or the good sentences, each with the kind of section that contains it.
    pub(super) fn sentences(&self, bad: bool, usual: Role) -> Vec<Example> {
        let under = self.under.unwrap_or(usual).id();
        let list = if bad { &self.bad } else { &self.good };
        list.iter().map(|one| Example { text: one.value.clone(), under: under.to_owned() }).collect()
    }
}

impl Exemption {
    /// Returns the name of its guard, which cannot be the name of a guard in a file.
    pub fn guard(&self) -> String {
        format!("[exempt {}]", self.reason.start)
    }

    /// Returns its bad or its good sentences.
    pub fn sentences(&self, bad: bool) -> Vec<Example> {
        self.examples.sentences(bad, Role::Cause)
    }
}

/// A kind of contributing factor; its factors are entries of `factor`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UserBucket {
    /// Its id in the JSON, such as `data-protection`.
    pub id: Spanned<String>,
    /// Whose conditions its factors are [default: outside].
    #[serde(default)]
    pub role: BucketRole,
    /// A few words for tables and messages.
    pub name: String,
    /// What it covers, one line.
    pub summary: String,
    /// Why it is asked about.
    #[serde(default)]
    pub why: String,
    /// Where the reasoning comes from.
    #[serde(default)]
    pub references: Vec<String>,
}

/// A factor of a bucket, or more evidence for one that is there.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UserFactor {
    /// The bucket, such as `upstream`.
    pub bucket: Spanned<String>,
    /// Its id in the JSON; that of a known factor adds to it.
    pub id: Spanned<String>,
    /// What it covers, one line; required when the factor is new.
    #[serde(default)]
    pub summary: Option<String>,
    /// Patterns that count wherever the author describes what happened.
    #[serde(default)]
    pub strong: Vec<Spanned<String>>,
    /// Patterns that count where causes are given.
    #[serde(default)]
    pub weak: Vec<Spanned<String>>,
    /// Patterns that count there too, but only together with another one.
    #[serde(default)]
    pub hint: Vec<Spanned<String>>,
    /// Sentences, under a heading for the cause, that show the factor.
    #[serde(default)]
    pub counts: Vec<Spanned<String>>,
    /// Sentences that only mention it.
    #[serde(default)]
    pub silent: Vec<Spanned<String>>,
}

/// A question to ask, before the shipped ones of the same kind.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct UserQuestion {
    /// When: mechanisms of findings (`slip`), buckets without evidence (`upstream`) or themes (`single-cause`).
    pub when: Vec<Spanned<String>>,
    /// The question, which ends with `?`; `{said}` and other slots take words of the document.
    pub text: Spanned<String>,
    /// The same with fewer slots, for when a slot cannot be filled well.
    #[serde(default)]
    pub without: Vec<Spanned<String>>,
    /// Word classes from which the slot `signal` is taken.
    #[serde(default)]
    pub signal: Vec<Spanned<String>>,
    /// Asked only where one of these patterns matches.
    #[serde(default)]
    pub cue: Vec<Spanned<String>>,
    /// Not asked where one of these patterns matches.
    #[serde(default)]
    pub unless: Vec<Spanned<String>>,
    /// Not asked when one of these patterns matches in the document.
    #[serde(default)]
    pub answered: Vec<Spanned<String>>,
    /// Not asked when `condition`, a bucket or a `bucket/factor` is there.
    #[serde(default)]
    pub answered_by: Vec<Spanned<String>>,
    /// Who inspired it [default: `rcalint.toml`].
    #[serde(default)]
    pub source: Option<String>,
}
