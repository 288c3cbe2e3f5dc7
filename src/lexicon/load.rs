//! Lexicon files as text → [`Lexicon`]; every error names the file and the line.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::questions::QuestionBank;
use super::sections::Headings;
use super::{Bucket, Example, Factor, Lexicon, Owner, Place, Rule, RulePattern, Scope, Strength};
use crate::grammar::agent::AgentClasses;
use crate::grammar::pattern::{Irregular, Program, compile, forms};
use crate::grammar::scan::Scanner;
use crate::grammar::tokens::words;
use crate::grammar::vocabulary::Vocabulary;
use crate::report::Severity;

/// One lexicon file: its path below `lexicon/` and its text.
pub type File<'t> = (&'t str, &'t str);

/// What is wrong with a lexicon file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LexiconError {
    /// Path below `lexicon/`.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// One line.
    pub message: String,
}

impl std::fmt::Display for LexiconError {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "{}:{}: {}", self.file, self.line, self.message)
    }
}

impl std::error::Error for LexiconError {}

/// Reads a whole lexicon from its files, in any order.
///
/// # Errors
/// The first thing that is wrong, with file and line.
pub fn load(files: &[File<'_>]) -> Result<Lexicon, LexiconError> {
    let mut loader = Loader::new(files)?;
    let rules = loader.rules()?;
    let guards = loader.guards()?;
    loader.named("frames.toml", Owner::Frame)?;
    loader.named("tiers.toml", Owner::Tier)?;
    let buckets = loader.buckets()?;
    loader.check_guards(&rules, &buckets)?;
    let questions = loader.questions()?;
    let meta: Meta = parse(loader.file("lexicon.toml")?)?;
    let agents = AgentClasses::of(&loader.vocabulary)
        .map_err(|class| error("words", 1, format!("the word class `{class}` is missing")))?;
    let scanner = Scanner::new(loader.programs, &loader.vocabulary, agents.boundaries());
    let headings = headings(&loader.files)?;
    Ok(Lexicon {
        version: meta.version,
        file_names: meta.file_names,
        rules,
        buckets,
        headings,
        questions,
        vocabulary: loader.vocabulary,
        scanner,
        agents,
        owners: loader.owners,
        guards,
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(rename_all = "kebab-case")]
struct Meta {
    version: String,
    file_names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordClass {
    #[serde(rename = "about")]
    _about: String,
    #[serde(default)]
    forms: Forms,
    words: Vec<String>,
}

#[derive(Clone, Copy, Default, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Forms {
    #[default]
    AsListed,
    Verbs,
    Nouns,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    id: String,
    severity: Severity,
    summary: String,
    message: String,
    why: String,
    better: String,
    references: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    pattern: Vec<PatternEntry>,
    #[serde(default)]
    bad: Vec<ExampleEntry>,
    #[serde(default)]
    good: Vec<ExampleEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PatternEntry {
    #[serde(rename = "match")]
    matches: Vec<String>,
    #[serde(default)]
    agent: super::AgentTest,
    #[serde(default, rename = "where")]
    place: Place,
    #[serde(default)]
    mechanism: Option<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    despite: Vec<String>,
    #[serde(default, rename = "about")]
    _about: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleEntry {
    text: String,
    #[serde(default = "cause")]
    under: String,
}

fn examples(entries: Vec<ExampleEntry>) -> Vec<Example> {
    entries.into_iter().map(|entry| Example { text: entry.text, under: entry.under }).collect()
}

fn cause() -> String {
    "cause".to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GuardEntry {
    #[serde(rename = "about")]
    _about: String,
    scope: String,
    #[serde(rename = "match")]
    matches: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameEntry {
    #[serde(rename = "about")]
    _about: String,
    #[serde(rename = "match")]
    matches: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BucketFile {
    id: String,
    name: String,
    summary: String,
    why: String,
    references: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    factor: Vec<FactorEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FactorEntry {
    id: String,
    summary: String,
    #[serde(default)]
    aftermath: bool,
    #[serde(default)]
    strong: Vec<String>,
    #[serde(default)]
    weak: Vec<String>,
    #[serde(default)]
    hint: Vec<String>,
    #[serde(default)]
    counts: Vec<ExampleEntry>,
    #[serde(default)]
    silent: Vec<ExampleEntry>,
}

struct Loader<'t> {
    files: BTreeMap<&'t str, &'t str>,
    vocabulary: Vocabulary,
    irregular: Irregular,
    programs: Vec<Program>,
    owners: Vec<Owner>,
}

impl<'t> Loader<'t> {
    fn new(files: &[File<'t>]) -> Result<Self, LexiconError> {
        let files: BTreeMap<_, _> = files.iter().copied().collect();
        let irregular = parse(file(&files, "words/irregular.toml")?)?;
        let vocabulary = Vocabulary::default();
        let mut loader = Self { files, vocabulary, irregular, programs: Vec::new(), owners: Vec::new() };
        for file in loader.below("words/") {
            if file.0 != "words/irregular.toml" {
                loader.words(file)?;
            }
        }
        Ok(loader)
    }

    fn file(&self, name: &'static str) -> Result<File<'t>, LexiconError> {
        file(&self.files, name)
    }

    fn below(&self, folder: &str) -> Vec<File<'t>> {
        self.files
            .iter()
            .filter(|(name, _)| name.starts_with(folder))
            .map(|(&name, &text)| (name, text))
            .collect()
    }

    fn words(&mut self, file: File<'t>) -> Result<(), LexiconError> {
        let parsed: BTreeMap<String, WordClass> = parse(file)?;
        for (name, class) in parsed {
            let id = self
                .vocabulary
                .add_class(&name)
                .map_err(|_| error(file.0, 1, "there are more than 128 word classes".to_owned()))?;
            for entry in &class.words {
                for form in self.entry_forms(entry, class.forms) {
                    self.vocabulary.add(&form, id);
                }
            }
        }
        Ok(())
    }

    /// The forms of a class entry; of several words, verbs change in the first, nouns in the last.
    fn entry_forms(&self, entry: &str, how: Forms) -> Vec<Vec<String>> {
        let words = words(entry);
        let at = if how == Forms::Nouns { words.len().saturating_sub(1) } else { 0 };
        let Some(changing) = words.get(at) else { return Vec::new() };
        let all = match how {
            Forms::AsListed => vec![changing.clone()],
            Forms::Verbs => forms(changing, &self.irregular),
            Forms::Nouns => crate::grammar::inflect::plural(changing),
        };
        let with = |form: String| {
            let mut words = words.clone();
            words[at] = form;
            words
        };
        all.into_iter().map(with).collect()
    }

    fn add(&mut self, file: File<'t>, pattern: &str, owner: Owner) -> Result<(), LexiconError> {
        let program = compile(pattern, &mut self.vocabulary, &self.irregular).map_err(|why| {
            error(file.0, line_of(file.1, pattern), format!("in the pattern `{pattern}`: {why}"))
        })?;
        self.programs.push(program);
        self.owners.push(owner);
        Ok(())
    }

    fn rules(&mut self) -> Result<Vec<Rule>, LexiconError> {
        let files = self.below("rules/");
        files.into_iter().enumerate().map(|(index, file)| self.rule(index, file)).collect()
    }

    fn rule(&mut self, index: usize, file: File<'t>) -> Result<Rule, LexiconError> {
        let parsed: RuleFile = parse(file)?;
        let mut patterns = Vec::new();
        for entry in parsed.pattern {
            for pattern in &entry.matches {
                self.add(file, pattern, Owner::Rule { rule: index, pattern: patterns.len() })?;
            }
            let mut unless: Vec<String> = parsed.unless.iter().chain(&entry.unless).cloned().collect();
            unless.retain(|guard| !entry.despite.contains(guard));
            patterns.push(RulePattern {
                agent: entry.agent,
                place: entry.place,
                mechanism: entry.mechanism,
                unless,
            });
        }
        Ok(Rule {
            id: parsed.id,
            severity: parsed.severity,
            summary: parsed.summary,
            message: parsed.message,
            why: parsed.why,
            better: parsed.better,
            references: parsed.references,
            bad: examples(parsed.bad),
            good: examples(parsed.good),
            patterns,
        })
    }

    fn guards(&mut self) -> Result<BTreeMap<String, Scope>, LexiconError> {
        let file = self.file("guards.toml")?;
        let parsed: BTreeMap<String, GuardEntry> = parse(file)?;
        let mut scopes = BTreeMap::new();
        for (name, entry) in parsed {
            let scope = entry.scope.parse().map_err(|()| {
                error(file.0, line_of(file.1, &entry.scope), format!("`{}` is no scope", entry.scope))
            })?;
            for pattern in &entry.matches {
                self.add(file, pattern, Owner::Guard(name.clone()))?;
            }
            scopes.insert(name, scope);
        }
        Ok(scopes)
    }

    /// A file of named pattern lists whose names the program knows.
    fn named<N: FromStr>(
        &mut self,
        name: &'static str,
        owner: impl Fn(N) -> Owner,
    ) -> Result<(), LexiconError> {
        let file = self.file(name)?;
        let parsed: BTreeMap<String, FrameEntry> = parse(file)?;
        for (name, entry) in parsed {
            let unknown =
                |_| error(file.0, line_of(file.1, &format!("[{name}]")), format!("`{name}` is unknown here"));
            let owner = owner(name.parse().map_err(unknown)?);
            for pattern in &entry.matches {
                self.add(file, pattern, owner.clone())?;
            }
        }
        Ok(())
    }

    fn buckets(&mut self) -> Result<Vec<Bucket>, LexiconError> {
        let mut files = self.below("buckets/");
        files.sort_unstable();
        files.into_iter().enumerate().map(|(index, file)| self.bucket(index, file)).collect()
    }

    fn bucket(&mut self, bucket: usize, file: File<'t>) -> Result<Bucket, LexiconError> {
        let parsed: BucketFile = parse(file)?;
        let mut factors = Vec::new();
        for entry in parsed.factor {
            let factor = factors.len();
            let lists = [
                (&entry.strong, Strength::Strong),
                (&entry.weak, Strength::Weak),
                (&entry.hint, Strength::Hint),
            ];
            for (list, strength) in lists {
                for pattern in list {
                    self.add(file, pattern, Owner::Factor { bucket, factor, strength })?;
                }
            }
            let (counts, silent) = (examples(entry.counts), examples(entry.silent));
            let FactorEntry { id, summary, aftermath, .. } = entry;
            factors.push(Factor { id, summary, aftermath, counts, silent });
        }
        let BucketFile { id, name, summary, why, references, unless, .. } = parsed;
        Ok(Bucket { id, name, summary, why, references, unless, factors })
    }

    fn questions(&mut self) -> Result<QuestionBank, LexiconError> {
        let file = self.file("questions.toml")?;
        let bank: QuestionBank = parse(file)?;
        for (pattern, part) in bank.patterns() {
            self.add(file, &pattern, Owner::Question(part))?;
        }
        let classes = bank.question.iter().flat_map(|entry| &entry.signal);
        match classes.into_iter().find(|class| self.vocabulary.class(class).is_none()) {
            Some(class) => {
                Err(error(file.0, line_of(file.1, class), format!("there is no word class `{class}`")))
            }
            None => Ok(bank),
        }
    }

    fn check_guards(&self, rules: &[Rule], buckets: &[Bucket]) -> Result<(), LexiconError> {
        for (rule, file) in rules.iter().zip(self.below("rules/")) {
            self.know_guards(file, rule.patterns.iter().flat_map(|pattern| &pattern.unless))?;
        }
        for (bucket, file) in buckets.iter().zip(self.below("buckets/")) {
            self.know_guards(file, bucket.unless.iter())?;
        }
        Ok(())
    }

    fn know_guards<'g>(
        &self,
        (file, text): File<'_>,
        mut used: impl Iterator<Item = &'g String>,
    ) -> Result<(), LexiconError> {
        let known = |guard: &String| {
            super::BUILT_IN_GUARDS.contains(&guard.as_str())
                || self.owners.iter().any(|owner| matches!(owner, Owner::Guard(name) if name == guard))
        };
        used.find(|guard| !known(guard)).map_or(Ok(()), |guard| {
            Err(error(file, line_of(text, guard), format!("there is no guard `{guard}`")))
        })
    }
}

fn headings(files: &BTreeMap<&str, &str>) -> Result<Headings, LexiconError> {
    let (sections, abbreviations) = (file(files, "sections.toml")?, file(files, "abbreviations.toml")?);
    Headings::from_toml(sections.1, abbreviations.1).map_err(|why| toml_error(sections, &why))
}

fn file<'t>(files: &BTreeMap<&'t str, &'t str>, name: &'static str) -> Result<File<'t>, LexiconError> {
    files.get(name).map(|&text| (name, text)).ok_or_else(|| error(name, 1, "the file is missing".to_owned()))
}

fn parse<T: DeserializeOwned>(file: File<'_>) -> Result<T, LexiconError> {
    toml::from_str(file.1).map_err(|why| toml_error(file, &why))
}

fn toml_error(file: File<'_>, why: &toml::de::Error) -> LexiconError {
    let offset = why.span().map_or(0, |span| span.start.min(file.1.len()));
    let line = file.1.get(..offset).unwrap_or_default().matches('\n').count() + 1;
    error(file.0, line, why.message().to_owned())
}

fn line_of(text: &str, part: &str) -> usize {
    let offset = text.find(part).unwrap_or(0);
    text[..offset].matches('\n').count() + 1
}

fn error(file: &str, line: usize, message: String) -> LexiconError {
    LexiconError { file: file.to_owned(), line, message }
}
