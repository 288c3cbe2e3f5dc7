//! The effective settings and their origins.

use serde::Serialize;
use serde_json::Value;

use crate::config::{Config, FailOn, Preset};
use crate::lexicon::Lexicon;
use crate::lexicon::named_text::NamedText;
use crate::lexicon::spanned::{Spanned, line_column};

/// One effective setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Setting {
    /// The key, with dots.
    pub key: String,
    /// The value. For a list, one entry; for an empty list, the empty list.
    pub value: Value,
    /// Its origin.
    pub from: Origin,
}

/// The origin of a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// Not set.
    Default,
    /// A configuration file.
    File {
        /// Its path as shown to the user.
        path: String,
        /// Line, from 1.
        line: usize,
    },
    /// An option.
    CommandLine,
}

/// Options that take precedence over the configuration.
#[derive(Clone, Copy, Debug, Default)]
pub struct GivenOptions {
    /// The preset.
    pub preset: Option<Preset>,
    /// The lowest severity that fails a run.
    pub fail_on: Option<FailOn>,
}

impl GivenOptions {
    /// Returns the effective preset.
    pub fn preset(self, config: &Config) -> Preset {
        self.preset.or(config.preset.as_ref().map(|set| set.value)).unwrap_or_default()
    }

    /// Returns the lowest severity that fails a run: an option, even a preset, takes precedence over the file.
    pub fn fail_on(self, config: &Config) -> FailOn {
        let by_option = self.fail_on.or(self.preset.map(Preset::fail_on));
        let set = config.fail_on.as_ref().map(|set| set.value);
        by_option.or(set).unwrap_or_else(|| self.preset(config).fail_on())
    }
}

/// Returns all effective settings. `config` was read from `file`, if there is one.
pub fn effective(
    config: &Config,
    file: Option<NamedText<'_>>,
    given: GivenOptions,
    lexicon: &Lexicon,
) -> Vec<Setting> {
    let mut list = SettingList { file, settings: Vec::new() };
    list.preset(config, given);
    match &config.baseline {
        Some(file) => list.set("baseline", json(&file.value), file.start),
        None => list.push("baseline", Value::Null, Origin::Default),
    }
    match &config.reader {
        Some(set) => list.set("reader", json(set.value), set.start),
        None => list.push("reader", json(true), Origin::Default),
    }
    list.all("include", &config.include);
    list.all("exclude", &config.exclude);
    list.rules(config, lexicon);
    list.lexicon(config);
    list.settings
}

fn json(value: impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

struct SettingList<'f> {
    file: Option<NamedText<'f>>,
    settings: Vec<Setting>,
}

impl SettingList<'_> {
    fn push(&mut self, key: &str, value: Value, from: Origin) {
        self.settings.push(Setting { key: key.to_owned(), value, from });
    }

    /// Sets a value from the file; `start` is its offset in the file, in bytes.
    fn set(&mut self, key: &str, value: Value, start: usize) {
        self.push(key, value, self.origin(start));
    }

    fn origin(&self, start: usize) -> Origin {
        let (path, text) = self.file.unwrap_or_default();
        let (line, _) = line_column(text, start);
        Origin::File { path: path.to_owned(), line }
    }

    fn all(&mut self, key: &str, values: &[Spanned<String>]) {
        if values.is_empty() {
            self.push(key, json([""; 0]), Origin::Default);
        }
        self.each(key, values);
    }

    fn each<'v>(&mut self, key: &str, values: impl IntoIterator<Item = &'v Spanned<String>>) {
        for one in values {
            self.set(key, json(&one.value), one.start);
        }
    }

    /// Adds the preset, and what fails a run, which may come from it.
    fn preset(&mut self, config: &Config, given: GivenOptions) {
        let of_preset = match (given.preset, &config.preset) {
            (Some(_), _) => Origin::CommandLine,
            (None, Some(set)) => self.origin(set.start),
            (None, None) => Origin::Default,
        };
        let of_fail_on = match (given.fail_on, given.preset, &config.fail_on) {
            (None, None, Some(set)) => self.origin(set.start),
            (None, _, _) => of_preset.clone(),
            (Some(_), _, _) => Origin::CommandLine,
        };
        self.push("preset", json(given.preset(config)), of_preset);
        self.push("fail-on", json(given.fail_on(config)), of_fail_on);
    }

    fn rules(&mut self, config: &Config, lexicon: &Lexicon) {
        for rule in &lexicon.rules {
            let key = format!("rules.{}", rule.id);
            match config.rules.iter().find(|(id, _)| id.value == rule.id) {
                Some((_, level)) => self.set(&key, json(level.value), level.start),
                None => self.push(&key, json(rule.severity), Origin::Default),
            }
        }
    }

    fn lexicon(&mut self, config: &Config) {
        self.all("actors.people", &config.actors.people);
        self.all("actors.software", &config.actors.software);
        for (role, headings) in &config.headings {
            self.all(&format!("headings.{}", role.id()), headings);
        }
        for phrase in &config.phrase {
            let key = format!("phrase.{}", phrase.rule.value);
            self.each(&key, phrase.matches.iter().chain(&phrase.regex));
        }
        for exemption in &config.exempt {
            self.each("exempt", exemption.matches.iter().chain(&exemption.regex));
        }
        config.bucket.iter().for_each(|entry| self.set("bucket", json(&entry.id.value), entry.id.start));
        for factor in &config.factor {
            self.set(&format!("factor.{}", factor.bucket.value), json(&factor.id.value), factor.id.start);
        }
        config
            .question
            .iter()
            .for_each(|entry| self.set("question", json(&entry.text.value), entry.text.start));
        self.all("lexicon.extend", &config.lexicon.extend);
        match &config.lexicon.replace {
            Some(folder) => self.set("lexicon.replace", json(&folder.value), folder.start),
            None => self.push("lexicon.replace", Value::Null, Origin::Default),
        }
    }
}
