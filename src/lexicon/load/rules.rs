//! Loads rules, mechanisms, guards and named lists of patterns.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use crate::lexicon::did_you_mean::advice;
use crate::lexicon::error::LexiconError;
use crate::lexicon::files::LexiconText;
use crate::lexicon::kinds::{DocumentRole, MechanismKind, RuleKind};
use crate::lexicon::load::{Loader, duplicate_id, parse};
use crate::lexicon::named_text::NamedText;
use crate::lexicon::schema::{FrameEntry, GuardEntry, MechanismEntry, PatternEntry, RuleFile, examples};
use crate::lexicon::{Level, Mechanism, Owner, Rule, RulePattern, Scope};

impl<'t> Loader<'t> {
    pub(super) fn mechanisms(&mut self) -> Result<Vec<Mechanism>, LexiconError> {
        let mut mechanisms: BTreeMap<String, MechanismKind> = BTreeMap::new();
        for file in self.sources.all("mechanisms.toml")? {
            for (id, entry) in parse::<BTreeMap<String, MechanismEntry>>(file)? {
                if mechanisms.insert(id.clone(), entry.kind).is_some() {
                    let message = format!("duplicate mechanism `{id}`");
                    return Err(LexiconError::near(file, &format!("[{id}]"), message));
                }
            }
        }
        Ok(mechanisms.into_iter().map(|(id, kind)| Mechanism { id, kind }).collect())
    }

    pub(super) fn rules(&mut self, mechanisms: &[Mechanism]) -> Result<Vec<Rule>, LexiconError> {
        let mut rules: Vec<Rule> = Vec::new();
        for LexiconText { file, .. } in self.sources.below("rules/") {
            let rule = self.rule(rules.len(), file, mechanisms)?;
            if rules.iter().any(|known| known.id == rule.id) {
                return Err(duplicate_id(file, "rule", &rule.id, "phrase"));
            }
            rules.push(rule);
        }
        Ok(rules)
    }

    fn rule(
        &mut self,
        index: usize,
        file: NamedText<'t>,
        mechanisms: &[Mechanism],
    ) -> Result<Rule, LexiconError> {
        let parsed: RuleFile = parse(file)?;
        let kind = rule_kind(file, &parsed)?;
        let mut patterns = Vec::new();
        let named = parsed.pattern.iter().flat_map(named_guards).chain(parsed.unless.clone());
        self.named_guards.extend(named.map(|guard| (file, guard)));
        for entry in parsed.pattern {
            for pattern in &entry.matches {
                self.add(file, pattern, Owner::Rule { rule: index, pattern: patterns.len() })?;
            }
            patterns.push(rule_pattern(file, entry, &parsed.unless, mechanisms)?);
        }
        self.common.push(parsed.unless);
        let mechanism = parsed.mechanism.map(|id| mechanism_index(file, &id, mechanisms)).transpose()?;
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
            mechanism,
            exemptions: Vec::new(),
        })
    }

    pub(super) fn guards(&mut self) -> Result<BTreeMap<String, Scope>, LexiconError> {
        let mut scopes = BTreeMap::new();
        for file in self.sources.all("guards.toml")? {
            for (name, entry) in parse::<BTreeMap<String, GuardEntry>>(file)? {
                let scope = entry.scope.parse().map_err(|()| {
                    LexiconError::near(file, &entry.scope, format!("invalid scope `{}`", entry.scope))
                })?;
                if *scopes.entry(name.clone()).or_insert(scope) != scope {
                    let message = format!("guard `{name}` already has another scope");
                    return Err(LexiconError::near(file, &format!("[{name}]"), message));
                }
                for pattern in &entry.matches {
                    self.add(file, pattern, Owner::Guard(name.clone()))?;
                }
            }
        }
        Ok(scopes)
    }

    /// Loads a file of pattern lists with names that the program defines.
    pub(super) fn named<N: DeserializeOwned + Ord>(
        &mut self,
        name: &'static str,
        owner: impl Fn(N) -> Owner,
    ) -> Result<(), LexiconError> {
        for file in self.sources.all(name)? {
            for (name, entry) in parse::<BTreeMap<N, FrameEntry>>(file)? {
                let owner = owner(name);
                for pattern in &entry.matches {
                    self.add(file, pattern, owner.clone())?;
                }
            }
        }
        Ok(())
    }
}

/// Returns the guards named by a group of patterns.
fn named_guards(entry: &PatternEntry) -> Vec<String> {
    [entry.unless.clone(), entry.despite.clone()].concat()
}

/// Returns the kind of a rule: text if it has patterns, otherwise the one for its role.
/// Returns what a match of an entry's patterns means. `common` are the guards of the whole rule.
fn rule_pattern(
    file: NamedText<'_>,
    entry: PatternEntry,
    common: &[String],
    mechanisms: &[Mechanism],
) -> Result<RulePattern, LexiconError> {
    let mut unless: Vec<String> = common.iter().chain(&entry.unless).cloned().collect();
    unless.retain(|guard| !entry.despite.contains(guard));
    let mechanism = entry.mechanism.map(|id| mechanism_index(file, &id, mechanisms)).transpose()?;
    Ok(RulePattern { agent: entry.agent, place: entry.place, mechanism, unless, own: false })
}

fn rule_kind(file: NamedText<'_>, rule: &RuleFile) -> Result<RuleKind, LexiconError> {
    match (rule.pattern.is_empty(), rule.kind, rule.role) {
        (false, kind, None) => Ok(RuleKind::Text(kind.unwrap_or_default())),
        (true, None, Some(about)) => Ok(RuleKind::Document(about)),
        (false, ..) => Err(LexiconError::near(file, "role", "a rule with patterns must not have a `role`")),
        (true, ..) => Err(LexiconError::at(file, 0, "a rule needs a [[pattern]], or a `role` and no `kind`")),
    }
}

pub(in crate::lexicon) fn mechanism_index(
    file: NamedText<'_>,
    id: &str,
    mechanisms: &[Mechanism],
) -> Result<usize, LexiconError> {
    mechanisms.iter().position(|mechanism| mechanism.id == id).ok_or_else(|| {
        let advice = advice(id, mechanisms.iter().map(|mechanism| mechanism.id.as_str()));
        LexiconError::near(file, &format!("\"{id}\""), format!("unknown mechanism `{id}`{advice}"))
    })
}

/// Returns the rule for each role. There must be exactly one.
pub(super) fn document_rules(rules: &[Rule]) -> Result<BTreeMap<DocumentRole, usize>, LexiconError> {
    let mut found = BTreeMap::new();
    for (index, rule) in rules.iter().enumerate() {
        let RuleKind::Document(role) = rule.kind else { continue };
        if found.insert(role, index).is_some() {
            let message = format!("rule `{}` has the same role as another rule", rule.id);
            return Err(LexiconError::at(("rules", ""), 0, message));
        }
    }
    match DocumentRole::ALL.iter().find(|role| !found.contains_key(role)) {
        Some(role) => Err(LexiconError::at(("rules", ""), 0, format!("no rule has the role {role:?}"))),
        None => Ok(found),
    }
}
