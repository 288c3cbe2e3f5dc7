//! Lexicon files as text → [`Lexicon`]; every error names the file and the line.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;
use serde::de::DeserializeOwned;

use crate::lexicon::acts::Acts;
use crate::lexicon::did_you_mean::advice;
use crate::lexicon::extend::questions::Names;
use crate::lexicon::kinds::{DocumentRole, MechanismKind, RuleKind, Situation};
use crate::lexicon::pattern::parse::{Irregular, compile, forms};
use crate::lexicon::pattern::program::Program;
use crate::lexicon::pattern::scan::Scanner;
use crate::lexicon::questions::QuestionBank;
use crate::lexicon::regexes;
use crate::lexicon::schema::{
    BucketFile, FactorEntry, Forms, FrameEntry, GuardEntry, MechanismEntry, Meta, PatternEntry, RuleFile,
    WordClass, examples,
};
use crate::lexicon::spanned::Spanned;
use crate::lexicon::user_rules::UserRules;
use crate::lexicon::word_classes::WordClasses;
use crate::lexicon::{Bucket, Factor, Level, Lexicon, Mechanism, Owner, Rule, RulePattern, Scope, Strength};
use crate::text::agent::AgentClasses;
use crate::text::tokens::words;
use crate::text::vocabulary::Vocabulary;

pub use crate::lexicon::error::LexiconError;

/// One lexicon file: its path below `lexicon/` (in errors: as the user knows it) and its text.
pub type File<'t> = (&'t str, &'t str);

/// Several times what is shipped: beyond it a document could not be read in good time.
const MOST_PATTERNS: usize = 6_000;

/// Enough for any team; each may take some time per sentence.
const MOST_REGEXES: usize = 200;

/// All that a lexicon is made from.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'t> {
    /// A whole lexicon.
    pub files: &'t [Placed<'t>],
    /// Files that add to it.
    pub extra: &'t [Placed<'t>],
    /// What a configuration adds.
    pub own: Option<UserRules<'t>>,
}

/// A lexicon file that may stand anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Placed<'t> {
    /// Its path below `lexicon/`, which says what it holds.
    pub name: &'t str,
    /// As the user knows it, and its text.
    pub file: File<'t>,
}

/// Reads a whole lexicon from its files, in any order.
///
/// # Errors
/// The first thing that is wrong, with file and line.
pub fn load(files: &[File<'_>]) -> Result<Lexicon, LexiconError> {
    let files: Vec<Placed<'_>> = files.iter().map(|&file| Placed { name: file.0, file }).collect();
    load_parts(Parts { files: &files, extra: &[], own: None })
}

/// Reads a lexicon with all that is added to it.
///
/// # Errors
/// The first thing that is wrong, with file, line and column.
pub fn load_parts(parts: Parts<'_>) -> Result<Lexicon, LexiconError> {
    let mut loader = Loader::new(parts)?;
    let mut mechanisms = loader.mechanisms()?;
    let mut rules = loader.rules(&mechanisms)?;
    let mut guards = loader.guards()?;
    loader.named("frames.toml", Owner::Frame)?;
    loader.named("tiers.toml", Owner::Tier)?;
    let mut buckets = loader.buckets()?;
    loader.check_guards()?;
    loader.extend(&mut rules, &mut mechanisms, &mut guards, &mut buckets)?;
    let questions = loader.questions(&mechanisms, &buckets)?;
    let meta: Meta = parse(loader.file("lexicon.toml")?)?;
    let missing = |class| LexiconError::at(("words", ""), 0, format!("the word class `{class}` is missing"));
    let agents = AgentClasses::of(&loader.vocabulary).map_err(missing)?;
    let classes = WordClasses::find(&loader.vocabulary).map_err(missing)?;
    let headings = loader.headings()?;
    let counts = ordinary(&rules, &buckets, &loader.vocabulary);
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
        acts: Acts::new(&questions),
        questions,
        vocabulary: loader.vocabulary,
        scanner: scanner.with_regexes(regexes),
        agents,
        classes,
        owners: [loader.owners, regex_owners].concat(),
        guards,
    })
}

/// What has been read so far.
pub(super) struct Loader<'t> {
    parts: Parts<'t>,
    pub(super) vocabulary: Vocabulary,
    irregular: Irregular,
    programs: Vec<Program>,
    /// By program.
    owners: Vec<Owner>,
    /// Regular expressions of the configuration, with their owners.
    regexes: Vec<(Regex, Owner)>,
    /// Guards that hold for all patterns of a rule, by rule.
    pub(super) common: Vec<Vec<String>>,
    /// Guards that rules name, and where.
    named_guards: Vec<(File<'t>, String)>,
}

impl<'t> Loader<'t> {
    fn new(parts: Parts<'t>) -> Result<Self, LexiconError> {
        let mut loader = Self {
            parts,
            vocabulary: Vocabulary::default(),
            irregular: Irregular::new(),
            programs: Vec::new(),
            owners: Vec::new(),
            regexes: Vec::new(),
            common: Vec::new(),
            named_guards: Vec::new(),
        };
        loader.file("words/irregular.toml")?;
        for file in loader.all("words/irregular.toml") {
            loader.irregular.extend(parse::<Irregular>(file)?);
        }
        for placed in
            loader.below("words/").into_iter().filter(|placed| !placed.name.ends_with("irregular.toml"))
        {
            loader.words(placed.file)?;
        }
        loader.actors()?;
        Ok(loader)
    }

    pub(super) fn own(&self) -> Option<UserRules<'t>> {
        self.parts.own
    }

    /// The file of that name in the whole lexicon.
    pub(super) fn file(&self, name: &'static str) -> Result<File<'t>, LexiconError> {
        let found = self.parts.files.iter().find(|placed| placed.name == name);
        found.map(|placed| placed.file).ok_or_else(|| LexiconError::at((name, ""), 0, "the file is missing"))
    }

    /// The files of that name in what is added.
    pub(super) fn extra(&self, name: &'static str) -> impl Iterator<Item = File<'t>> + use<'t> {
        self.parts.extra.iter().filter(move |placed| placed.name == name).map(|placed| placed.file)
    }

    /// All files of that name.
    fn all(&self, name: &'static str) -> Vec<File<'t>> {
        self.file(name).into_iter().chain(self.extra(name)).collect()
    }

    /// The files below a folder, by name; what is added comes last.
    fn below(&self, folder: &str) -> Vec<Placed<'t>> {
        let sorted = |files: &[Placed<'t>]| {
            let below = files.iter().filter(|placed| placed.name.starts_with(folder));
            let mut files: Vec<Placed<'t>> = below.copied().collect();
            files.sort_by_key(|placed| placed.name);
            files
        };
        [sorted(self.parts.files), sorted(self.parts.extra)].concat()
    }

    fn words(&mut self, file: File<'t>) -> Result<(), LexiconError> {
        let parsed: BTreeMap<String, WordClass> = parse(file)?;
        for (name, class) in parsed {
            let id = self
                .vocabulary
                .add_class(&name)
                .map_err(|_| LexiconError::at(file, 0, "there are more than 128 word classes"))?;
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
            Forms::Nouns => crate::text::inflect::plural(changing),
        };
        let with = |form: String| {
            let mut words = words.clone();
            words[at] = form;
            words
        };
        all.into_iter().map(with).collect()
    }

    fn add(&mut self, file: File<'t>, pattern: &str, owner: Owner) -> Result<(), LexiconError> {
        // Where it stands is asked only when something is wrong: looking for each would double the time to start.
        self.take(pattern, owner).map_err(|why| LexiconError::near(file, pattern, why))
    }

    /// Takes a pattern that begins at a byte of a file.
    pub(super) fn add_at(
        &mut self,
        file: File<'_>,
        offset: usize,
        pattern: &str,
        owner: Owner,
    ) -> Result<(), LexiconError> {
        self.take(pattern, owner).map_err(|why| LexiconError::at(file, offset, why))
    }

    /// Takes a pattern, or says what is wrong with it.
    fn take(&mut self, pattern: &str, owner: Owner) -> Result<(), String> {
        if self.programs.len() == MOST_PATTERNS {
            return Err(format!("there are more than {MOST_PATTERNS} patterns"));
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
        file: File<'_>,
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

    fn mechanisms(&mut self) -> Result<Vec<Mechanism>, LexiconError> {
        self.file("mechanisms.toml")?;
        let mut mechanisms: BTreeMap<String, MechanismKind> = BTreeMap::new();
        for file in self.all("mechanisms.toml") {
            for (id, entry) in parse::<BTreeMap<String, MechanismEntry>>(file)? {
                if mechanisms.insert(id.clone(), entry.kind).is_some() {
                    let message = format!("there is a mechanism `{id}` already");
                    return Err(LexiconError::near(file, &format!("[{id}]"), message));
                }
            }
        }
        Ok(mechanisms.into_iter().map(|(id, kind)| Mechanism { id, kind }).collect())
    }

    fn rules(&mut self, mechanisms: &[Mechanism]) -> Result<Vec<Rule>, LexiconError> {
        let mut rules: Vec<Rule> = Vec::new();
        for Placed { file, .. } in self.below("rules/") {
            let rule = self.rule(rules.len(), file, mechanisms)?;
            if rules.iter().any(|known| known.id == rule.id) {
                return Err(twice(file, "rule", &rule.id, "phrase"));
            }
            rules.push(rule);
        }
        Ok(rules)
    }

    fn rule(&mut self, index: usize, file: File<'t>, mechanisms: &[Mechanism]) -> Result<Rule, LexiconError> {
        let parsed: RuleFile = parse(file)?;
        let kind = rule_kind(file, &parsed)?;
        let mut patterns = Vec::new();
        let guards = |entry: &PatternEntry| [entry.unless.clone(), entry.despite.clone()].concat();
        let named = parsed.pattern.iter().flat_map(guards).chain(parsed.unless.clone());
        self.named_guards.extend(named.map(|guard| (file, guard)));
        for entry in parsed.pattern {
            for pattern in &entry.matches {
                self.add(file, pattern, Owner::Rule { rule: index, pattern: patterns.len() })?;
            }
            let mut unless: Vec<String> = parsed.unless.iter().chain(&entry.unless).cloned().collect();
            unless.retain(|guard| !entry.despite.contains(guard));
            patterns.push(RulePattern {
                agent: entry.agent,
                place: entry.place,
                mechanism: entry.mechanism.map(|id| mechanism_index(file, &id, mechanisms)).transpose()?,
                unless,
            });
        }
        self.common.push(parsed.unless);
        Ok(Rule {
            id: parsed.id,
            kind,
            severity: parsed.severity,
            level: Level::On,
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
        self.file("guards.toml")?;
        let mut scopes = BTreeMap::new();
        for file in self.all("guards.toml") {
            for (name, entry) in parse::<BTreeMap<String, GuardEntry>>(file)? {
                let scope = entry.scope.parse().map_err(|()| {
                    LexiconError::near(file, &entry.scope, format!("`{}` is no scope", entry.scope))
                })?;
                if *scopes.entry(name.clone()).or_insert(scope) != scope {
                    let message = format!("the guard `{name}` has another scope already");
                    return Err(LexiconError::near(file, &format!("[{name}]"), message));
                }
                for pattern in &entry.matches {
                    self.add(file, pattern, Owner::Guard(name.clone()))?;
                }
            }
        }
        Ok(scopes)
    }

    /// A file of named pattern lists whose names the program knows.
    fn named<N: DeserializeOwned + Ord>(
        &mut self,
        name: &'static str,
        owner: impl Fn(N) -> Owner,
    ) -> Result<(), LexiconError> {
        self.file(name)?;
        for file in self.all(name) {
            for (name, entry) in parse::<BTreeMap<N, FrameEntry>>(file)? {
                let owner = owner(name);
                for pattern in &entry.matches {
                    self.add(file, pattern, owner.clone())?;
                }
            }
        }
        Ok(())
    }

    fn buckets(&mut self) -> Result<Vec<Bucket>, LexiconError> {
        let mut buckets: Vec<Bucket> = Vec::new();
        for Placed { file, .. } in self.below("buckets/") {
            let bucket = self.bucket(buckets.len(), file)?;
            if buckets.iter().any(|known| known.id == bucket.id) {
                return Err(twice(file, "bucket", &bucket.id, "factor"));
            }
            buckets.push(bucket);
        }
        Ok(buckets)
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
        let BucketFile { id, role, name, summary, why, references, unless, .. } = parsed;
        self.named_guards.extend(unless.iter().map(|guard| (file, guard.clone())));
        Ok(Bucket { id, role, name, summary, why, references, unless, factors })
    }

    fn questions(
        &mut self,
        mechanisms: &[Mechanism],
        buckets: &[Bucket],
    ) -> Result<QuestionBank, LexiconError> {
        let file = self.file("questions.toml")?;
        let mut bank: QuestionBank = parse(file)?;
        check_themes(file, &bank)?;
        Names::new(&bank, mechanisms, buckets).check_bank(file, &bank)?;
        for (pattern, part) in bank.patterns() {
            self.add(file, &pattern, Owner::Question(part))?;
        }
        let mut classes = bank.question.iter().flat_map(|entry| &entry.signal);
        if let Some(class) = classes.find(|class| self.vocabulary.class(class).is_none()) {
            return Err(LexiconError::near(file, class, format!("there is no word class `{class}`")));
        }
        self.own_questions(&mut bank, mechanisms, buckets)?;
        Ok(bank)
    }

    fn check_guards(&self) -> Result<(), LexiconError> {
        let known = self.guard_names();
        match self.named_guards.iter().find(|(_, guard)| !known.contains(guard.as_str())) {
            Some((file, guard)) => {
                let advice = advice(guard, known);
                let message = format!("there is no guard `{guard}`{advice}");
                Err(LexiconError::near(*file, &format!("\"{guard}\""), message))
            }
            None => Ok(()),
        }
    }

    /// Every guard that a rule may name.
    pub(super) fn guard_names(&self) -> BTreeSet<&str> {
        let of_files = self.owners.iter().filter_map(|owner| match owner {
            Owner::Guard(name) => Some(name.as_str()),
            _ => None,
        });
        of_files.chain(super::BUILT_IN_GUARDS).collect()
    }
}

/// What a rule is about: sentences if it has patterns, else what its role says.
fn rule_kind(file: File<'_>, rule: &RuleFile) -> Result<RuleKind, LexiconError> {
    match (rule.pattern.is_empty(), rule.kind, rule.role) {
        (false, kind, None) => Ok(RuleKind::Text(kind.unwrap_or_default())),
        (true, None, Some(about)) => Ok(RuleKind::Document(about)),
        (false, ..) => Err(LexiconError::near(file, "role", "a rule with patterns has no `role`")),
        (true, ..) => Err(LexiconError::at(file, 0, "a rule needs a [[pattern]], or a `role` and no `kind`")),
    }
}

pub(super) fn mechanism_index(
    file: File<'_>,
    id: &str,
    mechanisms: &[Mechanism],
) -> Result<usize, LexiconError> {
    mechanisms.iter().position(|mechanism| mechanism.id == id).ok_or_else(|| {
        let advice = advice(id, mechanisms.iter().map(|mechanism| mechanism.id.as_str()));
        LexiconError::near(file, &format!("\"{id}\""), format!("there is no mechanism `{id}`{advice}"))
    })
}

/// The rule for each role, which exactly one rule has.
fn document_rules(rules: &[Rule]) -> Result<BTreeMap<DocumentRole, usize>, LexiconError> {
    let mut found = BTreeMap::new();
    for (index, rule) in rules.iter().enumerate() {
        let RuleKind::Document(role) = rule.kind else { continue };
        if found.insert(role, index).is_some() {
            let message = format!("`{}` has the role of another rule", rule.id);
            return Err(LexiconError::at(("rules", ""), 0, message));
        }
    }
    match DocumentRole::ALL.iter().find(|role| !found.contains_key(role)) {
        Some(role) => Err(LexiconError::at(("rules", ""), 0, format!("no rule has the role {role:?}"))),
        None => Ok(found),
    }
}

/// An error unless every situation has a theme.
fn check_themes(file: File<'_>, bank: &QuestionBank) -> Result<(), LexiconError> {
    match Situation::ALL.iter().find(|&&situation| bank.theme_for(situation).is_none()) {
        Some(situation) => Err(LexiconError::at(file, 0, format!("no theme is for {situation:?}"))),
        None => Ok(()),
    }
}

/// By word: how often it occurs in the example sentences, which are as ordinary as any text.
fn ordinary(rules: &[Rule], buckets: &[Bucket], vocabulary: &Vocabulary) -> Vec<usize> {
    let factors = buckets.iter().flat_map(|bucket| &bucket.factors);
    let of_factors = factors.flat_map(|factor| factor.counts.iter().chain(&factor.silent));
    let of_rules = rules.iter().flat_map(|rule| rule.bad.iter().chain(&rule.good));
    let mut counts = vec![0; vocabulary.word_count()];
    for word in of_rules.chain(of_factors).flat_map(|example| words(&example.text)) {
        counts[usize::from(vocabulary.id(&word))] += 1;
    }
    counts
}

/// Something that can be added to, and so is not given twice.
fn twice(file: File<'_>, what: &str, id: &str, key: &str) -> LexiconError {
    let message = format!(
        "there is a {what} `{id}` already: [[{key}]] in rcalint.toml adds to it, lexicon.replace replaces it"
    );
    LexiconError::near(file, id, message)
}

pub(super) fn parse<T: DeserializeOwned>(file: File<'_>) -> Result<T, LexiconError> {
    toml::from_str(file.1).map_err(|why| LexiconError::of_toml(file, &why))
}
