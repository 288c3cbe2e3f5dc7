//! Loads a [`Lexicon`] from the text of its files. Every error includes a file, a line and a column.

mod buckets;
mod rules;
mod words;

use std::collections::BTreeSet;

use regex::Regex;
use serde::de::DeserializeOwned;

use crate::lexicon::aliases::Aliases;
use crate::lexicon::did_you_mean::advice;
use crate::lexicon::error::LexiconError;
use crate::lexicon::files::{LexiconSources, LexiconText};
use crate::lexicon::load::rules::document_rules;
use crate::lexicon::load::words::word_counts;
use crate::lexicon::named_text::NamedText;
use crate::lexicon::pattern::parse::{Irregular, compile};
use crate::lexicon::pattern::program::Program;
use crate::lexicon::pattern::scan::Scanner;
use crate::lexicon::regexes;
use crate::lexicon::schema::Meta;
use crate::lexicon::spanned::Spanned;
use crate::lexicon::weighing::Weighing;
use crate::lexicon::word_classes::WordClasses;
use crate::lexicon::{BUILT_IN_GUARDS, Lexicon, Owner};
use crate::text::agent::AgentClasses;
use crate::text::vocabulary::Vocabulary;

/// Maximum number of patterns, several times that of the shipped lexicon. With more, a review would take too long.
const MOST_PATTERNS: usize = 6_000;

/// Maximum number of regular expressions. Each of them runs on every sentence.
const MOST_REGEXES: usize = 200;

/// Loads a complete lexicon from its files, in any order.
///
/// # Errors
/// Returns the first error, with its location.
pub fn load(files: &[NamedText<'_>]) -> Result<Lexicon, LexiconError> {
    let files: Vec<LexiconText<'_>> = files.iter().map(|&file| LexiconText { name: file.0, file }).collect();
    load_sources(LexiconSources { files: &files, extra: &[], own: None })
}

/// Loads a lexicon with all additions.
///
/// # Errors
/// Returns the first error, with its location.
pub fn load_sources(sources: LexiconSources<'_>) -> Result<Lexicon, LexiconError> {
    let mut loader = Loader::new(sources)?;
    let mut mechanisms = loader.mechanisms()?;
    let mut rules = loader.rules(&mechanisms)?;
    let mut guards = loader.guards()?;
    loader.named("frames.toml", Owner::Frame)?;
    loader.named("tiers.toml", Owner::Tier)?;
    let mut buckets = loader.buckets()?;
    loader.check_guards()?;
    loader.extend(&mut rules, &mut mechanisms, &mut guards, &mut buckets)?;
    let questions = loader.questions(&mechanisms, &buckets)?;
    let meta: Meta = parse(sources.only("lexicon.toml")?)?;
    let weighing = loader.weighing()?;
    let agents = AgentClasses::find(&loader.vocabulary).map_err(missing_class)?;
    let classes = WordClasses::find(&loader.vocabulary).map_err(missing_class)?;
    let headings = loader.headings()?;
    let aliases = loader.aliases()?;
    let counts = word_counts(&rules, &buckets, &loader.vocabulary);
    let (regexes, regex_owners) = loader.regexes.into_iter().unzip();
    let scanner = Scanner::new(loader.programs, &loader.vocabulary, agents.boundaries(), &counts);
    Ok(Lexicon {
        version: meta.version,
        file_names: meta.file_names,
        document_rules: document_rules(&rules)?,
        rules,
        mechanisms,
        buckets,
        headings,
        aliases,
        questions,
        vocabulary: loader.vocabulary,
        scanner: scanner.with_regexes(regexes),
        agents,
        classes,
        owners: [loader.owners, regex_owners].concat(),
        guards,
        weighing,
    })
}

fn missing_class(name: &str) -> LexiconError {
    LexiconError::at(("words", ""), 0, format!("the word class `{name}` is missing"))
}

/// What has been loaded so far.
pub(super) struct Loader<'t> {
    pub(super) sources: LexiconSources<'t>,
    pub(super) vocabulary: Vocabulary,
    irregular: Irregular,
    programs: Vec<Program>,
    /// The owner of each program.
    owners: Vec<Owner>,
    /// Regular expressions of the configuration, with their owners.
    regexes: Vec<(Regex, Owner)>,
    /// Guards common to all patterns of a rule, by rule.
    pub(super) common: Vec<Vec<String>>,
    /// Guards named by rules and buckets, with the file that names them.
    named_guards: Vec<(NamedText<'t>, String)>,
}

impl<'t> Loader<'t> {
    fn new(sources: LexiconSources<'t>) -> Result<Self, LexiconError> {
        let mut loader = Self {
            sources,
            vocabulary: Vocabulary::default(),
            irregular: Irregular::new(),
            programs: Vec::new(),
            owners: Vec::new(),
            regexes: Vec::new(),
            common: Vec::new(),
            named_guards: Vec::new(),
        };
        loader.words()?;
        loader.actors()?;
        Ok(loader)
    }

    /// Adds a pattern of a file.
    fn add(&mut self, file: NamedText<'t>, pattern: &str, owner: Owner) -> Result<(), LexiconError> {
        // The location is only computed if there is an error, because that takes as long as loading.
        self.compile(pattern, owner).map_err(|why| LexiconError::near(file, pattern, why))
    }

    /// Adds a pattern that begins at a byte of a file.
    pub(super) fn add_at(
        &mut self,
        file: NamedText<'_>,
        offset: usize,
        pattern: &str,
        owner: Owner,
    ) -> Result<(), LexiconError> {
        self.compile(pattern, owner).map_err(|why| LexiconError::at(file, offset, why))
    }

    /// Compiles a pattern and adds it.
    fn compile(&mut self, pattern: &str, owner: Owner) -> Result<(), String> {
        if self.programs.len() == MOST_PATTERNS {
            return Err(format!("more than {MOST_PATTERNS} patterns"));
        }
        let program = compile(pattern, &mut self.vocabulary, &self.irregular)
            .map_err(|why| format!("in the pattern `{pattern}`: {why}"))?;
        self.programs.push(program);
        self.owners.push(owner);
        Ok(())
    }

    /// Adds a regular expression of the configuration.
    pub(super) fn add_regex(
        &mut self,
        file: NamedText<'_>,
        regex: &Spanned<String>,
        owner: &Owner,
    ) -> Result<(), LexiconError> {
        if self.regexes.len() == MOST_REGEXES {
            let message = format!("more than {MOST_REGEXES} regular expressions");
            return Err(LexiconError::at(file, regex.start, message));
        }
        let compiled =
            regexes::compile(&regex.value).map_err(|why| LexiconError::at(file, regex.start, why))?;
        self.regexes.push((compiled, owner.clone()));
        Ok(())
    }

    fn aliases(&self) -> Result<Aliases, LexiconError> {
        let mut aliases = Aliases::default();
        for file in self.sources.all("aliases.toml")? {
            aliases.extend(parse(file)?);
        }
        Ok(aliases)
    }

    fn weighing(&self) -> Result<Weighing, LexiconError> {
        let file = self.sources.only("weighing.toml")?;
        let weighing: Weighing = parse(file)?;
        self.check_named(file, weighing.finding.unless.iter().chain(&weighing.verdict.unless))?;
        Ok(weighing)
    }

    /// Checks that guards which a file names are known.
    pub(super) fn check_named<'n>(
        &self,
        file: NamedText<'_>,
        named: impl IntoIterator<Item = &'n String>,
    ) -> Result<(), LexiconError> {
        let known = self.guard_names();
        match named.into_iter().find(|guard| !known.contains(guard.as_str())) {
            Some(guard) => Err(unknown_guard(file, guard, known)),
            None => Ok(()),
        }
    }

    fn check_guards(&self) -> Result<(), LexiconError> {
        let known = self.guard_names();
        match self.named_guards.iter().find(|(_, guard)| !known.contains(guard.as_str())) {
            Some((file, guard)) => Err(unknown_guard(*file, guard, known)),
            None => Ok(()),
        }
    }

    /// Returns the names of all guards.
    pub(super) fn guard_names(&self) -> BTreeSet<&str> {
        let of_files = self.owners.iter().filter_map(|owner| match owner {
            Owner::Guard(name) => Some(name.as_str()),
            _ => None,
        });
        of_files.chain(BUILT_IN_GUARDS).collect()
    }
}

fn unknown_guard(file: NamedText<'_>, guard: &str, known: BTreeSet<&str>) -> LexiconError {
    let message = format!("unknown guard `{guard}`{}", advice(guard, known));
    LexiconError::near(file, &format!("\"{guard}\""), message)
}

/// Returns the error for an id that is used twice; `key` is the table of rcalint.toml that adds to the first.
fn duplicate_id(file: NamedText<'_>, what: &str, id: &str, key: &str) -> LexiconError {
    let message = format!(
        "duplicate {what} `{id}`: use [[{key}]] in rcalint.toml to add to it, or lexicon.replace to replace it"
    );
    LexiconError::near(file, id, message)
}

pub(super) fn parse<T: DeserializeOwned>(file: NamedText<'_>) -> Result<T, LexiconError> {
    toml::from_str(file.1).map_err(|why| LexiconError::from_toml_error(file, &why))
}
