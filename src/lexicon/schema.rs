//! The format of lexicon files.

use serde::Deserialize;

use crate::lexicon::kinds::{BucketRole, DocumentRole, MechanismKind, TextKind};
use crate::lexicon::{AgentTest, Example, Place};
use crate::model::Severity;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Meta {
    pub(super) version: String,
    pub(super) file_names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WordClass {
    #[serde(rename = "about")]
    _about: String,
    #[serde(default)]
    pub(super) forms: Forms,
    pub(super) words: Vec<String>,
}

#[derive(Clone, Copy, Default, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Forms {
    #[default]
    AsListed,
    Verbs,
    Nouns,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleFile {
    pub(super) id: String,
    pub(super) kind: Option<TextKind>,
    pub(super) role: Option<DocumentRole>,
    pub(super) severity: Severity,
    pub(super) summary: String,
    pub(super) message: String,
    pub(super) why: String,
    pub(super) better: String,
    pub(super) references: Vec<String>,
    pub(super) mechanism: Option<String>,
    #[serde(default)]
    pub(super) unless: Vec<String>,
    #[serde(default)]
    pub(super) pattern: Vec<PatternEntry>,
    #[serde(default)]
    pub(super) bad: Vec<ExampleEntry>,
    #[serde(default)]
    pub(super) good: Vec<ExampleEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PatternEntry {
    #[serde(rename = "match")]
    pub(super) matches: Vec<String>,
    #[serde(default)]
    pub(super) agent: AgentTest,
    #[serde(default, rename = "where")]
    pub(super) place: Place,
    #[serde(default)]
    pub(super) mechanism: Option<String>,
    #[serde(default)]
    pub(super) unless: Vec<String>,
    #[serde(default)]
    pub(super) despite: Vec<String>,
    #[serde(default, rename = "about")]
    _about: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExampleEntry {
    pub(super) text: String,
    #[serde(default = "cause")]
    pub(super) under: String,
}

pub(super) fn examples(entries: Vec<ExampleEntry>) -> Vec<Example> {
    entries.into_iter().map(|entry| Example { text: entry.text, under: entry.under }).collect()
}

fn cause() -> String {
    "cause".to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GuardEntry {
    #[serde(rename = "about")]
    _about: String,
    pub(super) scope: String,
    #[serde(rename = "match")]
    pub(super) matches: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrameEntry {
    #[serde(rename = "about")]
    _about: String,
    #[serde(rename = "match")]
    pub(super) matches: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MechanismEntry {
    #[serde(rename = "about")]
    _about: String,
    pub(super) kind: MechanismKind,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BucketFile {
    pub(super) id: String,
    #[serde(default)]
    pub(super) role: BucketRole,
    pub(super) name: String,
    pub(super) summary: String,
    pub(super) why: String,
    pub(super) references: Vec<String>,
    #[serde(default)]
    pub(super) unless: Vec<String>,
    pub(super) factor: Vec<FactorEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FactorEntry {
    pub(super) id: String,
    pub(super) summary: String,
    #[serde(default)]
    pub(super) aftermath: bool,
    #[serde(default)]
    pub(super) strong: Vec<String>,
    #[serde(default)]
    pub(super) weak: Vec<String>,
    #[serde(default)]
    pub(super) hint: Vec<String>,
    #[serde(default)]
    pub(super) counts: Vec<ExampleEntry>,
    #[serde(default)]
    pub(super) silent: Vec<ExampleEntry>,
}
