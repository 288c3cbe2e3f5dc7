//! `rcalint.toml`: how a team wants its postmortems to be read. The JSON Schema of the file is made from these types.

mod effective;

pub use crate::config::effective::{GivenOptions, Origin, Setting, effective};

use std::collections::BTreeMap;

use clap::ValueEnum;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::lexicon::Level;
use crate::lexicon::error::LexiconError;
use crate::lexicon::named_text::NamedText;
use crate::lexicon::spanned::Spanned;
use crate::lexicon::user_rules::{
    Actors, Exemption, Phrase, UserBucket, UserFactor, UserQuestion, UserRules,
};
use crate::model::{Role, Severity};
use crate::report::Counts;

/// The name of the configuration file.
pub const FILE_NAME: &str = "rcalint.toml";

/// Settings for the postmortems of one team. Every key may be left out; relative paths start at this file.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[schemars(title = "rcalint.toml")]
pub struct Config {
    /// What is shown and what fails, in one word [default: gate]; `fail-on` takes precedence.
    pub preset: Option<Spanned<Preset>>,
    /// The lowest severity that makes the exit status 1 [default: as the preset says, error].
    pub fail_on: Option<Spanned<FailOn>>,
    /// False to judge by the lexicon alone, without the learned reader [default: true].
    pub reader: Option<Spanned<bool>>,
    /// Of the files found in folders, only these are read; written as in `.gitignore` [default: all].
    pub include: Vec<Spanned<String>>,
    /// Of the files found in folders, these are not read; written as in `.gitignore`.
    pub exclude: Vec<Spanned<String>>,
    /// The baseline of known findings, as `rcalint baseline` writes it; the option takes precedence.
    pub baseline: Option<Spanned<String>>,
    /// The severity of each rule, by id. A severity set here applies whatever a document concludes.
    pub rules: BTreeMap<Spanned<String>, Spanned<Level>>,
    /// Names that only this organisation uses.
    pub actors: Actors,
    /// Headings (exactly these words), by the role of the section below them.
    #[schemars(extend("propertyNames" = {"$ref": "#/$defs/Role"}))]
    pub headings: BTreeMap<Role, Vec<Spanned<String>>>,
    /// Phrases that are findings.
    pub phrase: Vec<Phrase>,
    /// Phrases that are never findings.
    pub exempt: Vec<Exemption>,
    /// Further kinds of contributing factor.
    pub bucket: Vec<UserBucket>,
    /// Factors of these or of the shipped buckets.
    pub factor: Vec<UserFactor>,
    /// Questions to ask.
    pub question: Vec<UserQuestion>,
    /// Folders with lexicon files.
    pub lexicon: Folders,
}

/// Folders laid out like `lexicon/` of the source.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Folders {
    /// Folders that add to the lexicon: words to classes, patterns to guards and frames, headings, questions, rules
    /// and buckets of other names.
    pub extend: Vec<Spanned<String>>,
    /// A folder whose files replace the shipped files of the same name.
    pub replace: Option<Spanned<String>>,
}

/// What is shown and what fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Preset {
    /// While writing: shows only the verdict and the questions, and never fails.
    Draft,
    /// For a review: shows everything, and never fails.
    Review,
    /// Before a merge: shows everything, and fails if a document should start over.
    #[default]
    Gate,
}

/// The lowest severity that fails a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum FailOn {
    /// Start over.
    #[default]
    Error,
    /// Worth rewriting.
    Warning,
    /// Worth knowing.
    Note,
    /// Nothing fails.
    Never,
}

impl Config {
    /// Reads a configuration.
    ///
    /// # Errors
    /// Returns the first error, with line and column. Names of rules, buckets and so on are checked when the lexicon is
    /// loaded.
    pub fn parse(file: NamedText<'_>) -> Result<Self, LexiconError> {
        toml::from_str(file.1).map_err(|why| LexiconError::from_toml_error(file, &why))
    }

    /// Returns the additions to the lexicon; `file` is the file from which the configuration was read.
    pub fn own<'c>(&'c self, file: NamedText<'c>) -> UserRules<'c> {
        UserRules {
            file,
            levels: &self.rules,
            actors: &self.actors,
            headings: &self.headings,
            phrases: &self.phrase,
            exemptions: &self.exempt,
            buckets: &self.bucket,
            factors: &self.factor,
            questions: &self.question,
        }
    }

    /// True if the configuration does not change the lexicon.
    pub fn keeps_the_lexicon(&self) -> bool {
        let Folders { extend, replace } = &self.lexicon;
        extend.is_empty() && replace.is_none() && self.own(("", "")).is_empty()
    }
}

impl Preset {
    /// Returns the lowest severity that fails a run.
    pub const fn fail_on(self) -> FailOn {
        match self {
            Self::Draft | Self::Review => FailOn::Never,
            Self::Gate => FailOn::Error,
        }
    }
}

impl FailOn {
    /// True if there is a finding at or above this severity.
    pub fn reached_by(self, found: Counts) -> bool {
        let Some(lowest) = self.severity() else { return false };
        let counted = [
            (Severity::Error, found.error),
            (Severity::Warning, found.warning),
            (Severity::Note, found.note),
        ];
        counted.iter().any(|&(severity, count)| severity >= lowest && count > 0)
    }

    /// Returns the lowest severity that makes a run fail, if any does.
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Never => None,
        }
    }
}

/// Returns the JSON Schema of the file, for editors.
pub fn schema() -> String {
    // A schema is plain data with string keys, which can always be serialised as JSON.
    serde_json::to_string_pretty(&schemars::schema_for!(Config)).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fail_on_counts_what_is_at_or_above() {
        let found = Counts { error: 0, warning: 1, note: 0 };
        assert!(FailOn::Note.reached_by(found) && FailOn::Warning.reached_by(found));
        assert!(!FailOn::Error.reached_by(found) && !FailOn::Never.reached_by(found));
    }

    #[test]
    fn values_have_an_offset() {
        let config = Config::parse(("a", "fail-on = \"note\"\n[rules]\nhindsight = \"off\"\n")).unwrap();
        let (rule, level) = config.rules.first_key_value().unwrap();
        assert_eq!((rule.value.as_str(), rule.start), ("hindsight", 25));
        assert_eq!((level.value, level.start), (Level::Off, 37));
    }

    #[test]
    fn only_settings_about_text_change_the_lexicon() {
        let keeps = |text| Config::parse(("a", text)).unwrap().keeps_the_lexicon();
        assert!(keeps("") && keeps("fail-on = \"note\"\nexclude = [\"a\"]"));
        assert!(!keeps("[rules]\nhindsight = \"off\"") && !keeps("[actors]\nsoftware = [\"Atlas\"]"));
    }
}
