//! Adds a team's own words, phrases, buckets and questions to the lexicon that is being loaded.

pub(super) mod questions;

use std::collections::{BTreeMap, BTreeSet};

use crate::lexicon::did_you_mean::advice;
use crate::lexicon::error::LexiconError;
use crate::lexicon::headings::Headings;
use crate::lexicon::kinds::MechanismKind;
use crate::lexicon::load::Loader;
use crate::lexicon::named_text::NamedText;
use crate::lexicon::spanned::Spanned;
use crate::lexicon::user_rules::{Exemption, Phrase, UserBucket, UserFactor, UserRules};
use crate::lexicon::{Bucket, Example, Factor, Mechanism, Owner, Place, Rule, RulePattern, Scope, Strength};
use crate::model::Role;
use crate::text::tokens::words;

/// The class of a team's names for people, and the classes from which such a name is removed.
const PEOPLE: (&str, &[&str]) = ("person", &["software", "outsider", "organisation"]);

/// The same for software.
const SOFTWARE: (&str, &[&str]) =
    ("software", &["person", "given-name", "organisation", "outsider", "individual", "attacker"]);

impl Loader<'_> {
    /// Adds a team's names to their class and removes them from contradictory classes.
    pub(super) fn actors(&mut self) -> Result<(), LexiconError> {
        let Some(own) = self.sources.own else { return Ok(()) };
        for (names, (class, others)) in [(&own.actors.people, PEOPLE), (&own.actors.software, SOFTWARE)] {
            for name in names {
                let entry = words(&name.value);
                if entry.is_empty() {
                    return Err(LexiconError::at(own.file, name.start, "a name must have a word"));
                }
                self.name(&entry, class, others);
            }
        }
        Ok(())
    }

    /// Adds a name to one class and removes it from others.
    fn name(&mut self, entry: &[String], class: &str, others: &[&str]) {
        for other in others {
            if let Some(other) = self.vocabulary.class(other) {
                self.vocabulary.remove(entry, other);
            }
        }
        if let Some(class) = self.vocabulary.class(class) {
            self.vocabulary.add(entry, class);
        }
    }

    /// Adds the configuration's levels, phrases, exemptions, buckets and factors.
    pub(super) fn extend(
        &mut self,
        rules: &mut [Rule],
        mechanisms: &mut Vec<Mechanism>,
        guards: &mut BTreeMap<String, Scope>,
        buckets: &mut Vec<Bucket>,
    ) -> Result<(), LexiconError> {
        let Some(own) = self.sources.own else { return Ok(()) };
        for (id, level) in own.levels {
            let rule = rule_index(own, id, rules)?;
            rules[rule].level = level.value;
        }
        for phrase in own.phrases {
            self.phrase(own, phrase, rules, mechanisms)?;
        }
        for exemption in own.exemptions {
            let name = self.exemption(own, exemption, rules)?;
            guards.insert(name, Scope::Overlap);
        }
        for bucket in own.buckets {
            add_bucket(own, bucket, buckets)?;
        }
        for factor in own.factors {
            self.factor(own, factor, buckets)?;
        }
        own.buckets.iter().try_for_each(|bucket| check_has_factor(own, bucket, buckets))
    }

    fn phrase(
        &mut self,
        own: UserRules<'_>,
        phrase: &Phrase,
        rules: &mut [Rule],
        mechanisms: &mut Vec<Mechanism>,
    ) -> Result<(), LexiconError> {
        let rule = text_rule(own, &phrase.rule, rules)?;
        check_reason(own, &phrase.reason)?;
        for guard in phrase.unless.iter().chain(&phrase.despite) {
            known(own.file, "guard", guard, self.guard_names())?;
        }
        let first = &rules[rule].patterns[0];
        let judged = RulePattern {
            agent: phrase.agent,
            place: phrase.place.unwrap_or(first.place),
            mechanism: mechanism(own, phrase, first.mechanism, mechanisms)?,
            unless: guards(phrase, &self.common[rule]),
            own: true,
        };
        let remedy = matches!(judged.place, Place::Remedy | Place::Learning);
        let usual = if remedy { Role::Actions } else { Role::Cause };
        let owner = Owner::Rule { rule, pattern: rules[rule].patterns.len() };
        rules[rule].patterns.push(judged);
        rules[rule].bad.splice(0..0, phrase.examples.sentences(true, usual));
        rules[rule].good.splice(0..0, phrase.examples.sentences(false, usual));
        self.patterns_or_regexes(own, (&*phrase.matches, &*phrase.regex), phrase.reason.start, &owner)
    }

    /// Adds a guard for an exemption and returns its name.
    fn exemption(
        &mut self,
        own: UserRules<'_>,
        exemption: &Exemption,
        rules: &mut [Rule],
    ) -> Result<String, LexiconError> {
        check_reason(own, &exemption.reason)?;
        let named: Vec<usize> =
            exemption.rules.iter().map(|rule| text_rule(own, rule, rules)).collect::<Result<_, _>>()?;
        let name = exemption.guard();
        for (index, rule) in rules.iter_mut().enumerate() {
            if named.is_empty() || named.contains(&index) {
                rule.patterns.iter_mut().for_each(|pattern| pattern.unless.push(name.clone()));
                rule.exemptions.push(name.clone());
            }
        }
        let lists = (&*exemption.matches, &*exemption.regex);
        self.patterns_or_regexes(own, lists, exemption.reason.start, &Owner::Guard(name.clone()))?;
        Ok(name)
    }

    fn factor(
        &mut self,
        own: UserRules<'_>,
        factor: &UserFactor,
        buckets: &mut [Bucket],
    ) -> Result<(), LexiconError> {
        known(own.file, "bucket", &factor.bucket, buckets.iter().map(|bucket| bucket.id.as_str()))?;
        let bucket = buckets.iter().position(|bucket| bucket.id == factor.bucket.value).unwrap_or_default();
        let factors = &mut buckets[bucket].factors;
        let known = factors.iter().position(|known| known.id == factor.id.value);
        let at = known.unwrap_or(factors.len());
        if known.is_none() {
            factors.push(new_factor(own, factor)?);
        }
        factors[at].counts.extend(factor.counts.iter().map(under_cause));
        factors[at].silent.extend(factor.silent.iter().map(under_cause));
        let lists = [
            (&factor.strong, Strength::Strong),
            (&factor.weak, Strength::Weak),
            (&factor.hint, Strength::Hint),
        ];
        for (list, strength) in lists {
            self.patterns(own, list, &Owner::Factor { bucket, factor: at, strength })?;
        }
        Ok(())
    }

    /// Adds the patterns and regular expressions of an entry, which needs at least one; `entry` is the offset of its
    /// reason.
    fn patterns_or_regexes(
        &mut self,
        own: UserRules<'_>,
        (patterns, regexes): (&[Spanned<String>], &[Spanned<String>]),
        entry: usize,
        owner: &Owner,
    ) -> Result<(), LexiconError> {
        if patterns.is_empty() && regexes.is_empty() {
            return Err(LexiconError::at(
                own.file,
                entry,
                "`match` or `regex` must list at least one phrase",
            ));
        }
        self.patterns(own, patterns, owner)?;
        regexes.iter().try_for_each(|regex| self.add_regex(own.file, regex, owner))
    }

    /// Adds patterns from the configuration.
    fn patterns(
        &mut self,
        own: UserRules<'_>,
        patterns: &[Spanned<String>],
        owner: &Owner,
    ) -> Result<(), LexiconError> {
        let mut patterns = patterns.iter();
        patterns.try_for_each(|pattern| self.add_at(own.file, pattern.start, &pattern.value, owner.clone()))
    }

    /// Loads the headings. Those of the team override all others.
    pub(super) fn headings(&self) -> Result<Headings, LexiconError> {
        let (sections, stops) =
            (self.sources.file("sections.toml")?, self.sources.only("abbreviations.toml")?);
        let mut headings = Headings::from_toml(sections.1, stops.1)
            .map_err(|why| LexiconError::from_toml_error(sections, &why))?;
        for file in self.sources.extra("sections.toml") {
            headings.extend(file.1).map_err(|why| LexiconError::from_toml_error(file, &why))?;
        }
        let Some(own) = self.sources.own else { return Ok(headings) };
        for (role, heading) in
            own.headings.iter().flat_map(|(role, list)| list.iter().map(move |one| (role, one)))
        {
            if words(&heading.value).is_empty() {
                return Err(LexiconError::at(own.file, heading.start, "a heading must have a word"));
            }
            headings.set_role(&heading.value, *role);
        }
        Ok(headings)
    }
}

/// Checks that a name is known.
pub(super) fn known<'k>(
    file: NamedText<'_>,
    what: &str,
    name: &Spanned<String>,
    names: impl IntoIterator<Item = &'k str>,
) -> Result<(), LexiconError> {
    let names: BTreeSet<&str> = names.into_iter().collect();
    if names.contains(name.value.as_str()) {
        return Ok(());
    }
    let message = format!("unknown {what} `{}`{}", name.value, advice(&name.value, names));
    Err(LexiconError::at(file, name.start, message))
}

fn rule_index(own: UserRules<'_>, id: &Spanned<String>, rules: &[Rule]) -> Result<usize, LexiconError> {
    known(own.file, "rule", id, rules.iter().map(|rule| rule.id.as_str()))?;
    Ok(rules.iter().position(|rule| rule.id == id.value).unwrap_or_default())
}

/// Returns the index of a rule with patterns.
fn text_rule(own: UserRules<'_>, id: &Spanned<String>, rules: &[Rule]) -> Result<usize, LexiconError> {
    let rule = rule_index(own, id, rules)?;
    if !rules[rule].kind.is_text() {
        let message = format!("rule `{}` is about whole documents and cannot have phrases", id.value);
        return Err(LexiconError::at(own.file, id.start, message));
    }
    Ok(rule)
}

/// Checks that a reason is given.
fn check_reason(own: UserRules<'_>, reason: &Spanned<String>) -> Result<(), LexiconError> {
    let blank = reason.value.trim().is_empty();
    if blank { Err(LexiconError::at(own.file, reason.start, "`reason` must not be empty")) } else { Ok(()) }
}

/// Returns the guards of a phrase: those common to all patterns of its rule, and its own.
fn guards(phrase: &Phrase, common: &[String]) -> Vec<String> {
    let kept = common.iter().filter(|guard| phrase.despite.iter().all(|despite| despite.value != **guard));
    kept.cloned().chain(phrase.unless.iter().map(|guard| guard.value.clone())).collect()
}

/// Returns the mechanism of a phrase: that of its rule, another known one, or a new one of the same kind if a question
/// of the team refers to it.
fn mechanism(
    own: UserRules<'_>,
    phrase: &Phrase,
    usual: Option<usize>,
    mechanisms: &mut Vec<Mechanism>,
) -> Result<Option<usize>, LexiconError> {
    let Some(named) = &phrase.mechanism else { return Ok(usual) };
    if let Some(index) = mechanisms.iter().position(|mechanism| mechanism.id == named.value) {
        return Ok(Some(index));
    }
    let asked = own.questions.iter().flat_map(|question| &question.when).map(|when| when.value.as_str());
    known(own.file, "mechanism", named, mechanisms.iter().map(|known| known.id.as_str()).chain(asked))?;
    let kind = usual.map_or(MechanismKind::Act, |usual| mechanisms[usual].kind);
    mechanisms.push(Mechanism { id: named.value.clone(), kind });
    Ok(Some(mechanisms.len() - 1))
}

fn add_bucket(
    own: UserRules<'_>,
    bucket: &UserBucket,
    buckets: &mut Vec<Bucket>,
) -> Result<(), LexiconError> {
    check_id(own, &bucket.id)?;
    if buckets.iter().any(|known| known.id == bucket.id.value) {
        let message = format!("duplicate bucket `{}`: use [[factor]] to add to it", bucket.id.value);
        return Err(LexiconError::at(own.file, bucket.id.start, message));
    }
    // Tickets, the team's own code and things already fixed are not evidence for a team's buckets either.
    let unless = buckets.first().map(|shipped| shipped.unless.clone()).unwrap_or_default();
    buckets.push(Bucket {
        id: bucket.id.value.clone(),
        role: bucket.role,
        name: bucket.name.clone(),
        summary: bucket.summary.clone(),
        why: bucket.why.clone(),
        references: bucket.references.clone(),
        unless,
        factors: Vec::new(),
    });
    Ok(())
}

fn check_has_factor(own: UserRules<'_>, bucket: &UserBucket, buckets: &[Bucket]) -> Result<(), LexiconError> {
    let id = &bucket.id;
    if buckets.iter().any(|known| known.id == id.value && !known.factors.is_empty()) {
        return Ok(());
    }
    let message = format!("bucket `{}` needs a [[factor]]", id.value);
    Err(LexiconError::at(own.file, id.start, message))
}

fn new_factor(own: UserRules<'_>, factor: &UserFactor) -> Result<Factor, LexiconError> {
    check_id(own, &factor.id)?;
    let fail = |message: &str| Err(LexiconError::at(own.file, factor.id.start, message));
    if factor.strong.is_empty() && factor.weak.is_empty() && factor.hint.is_empty() {
        return fail("a factor needs a pattern in `strong`, `weak` or `hint`");
    }
    let Some(summary) = factor.summary.clone() else { return fail("a new factor needs a `summary`") };
    let id = factor.id.value.clone();
    Ok(Factor { id, summary, aftermath: false, counts: Vec::new(), silent: Vec::new() })
}

/// Checks that an id is a plain word, because it is used in JSON, on the command line and in comments.
fn check_id(own: UserRules<'_>, id: &Spanned<String>) -> Result<(), LexiconError> {
    if id.value.starts_with(|c: char| c.is_ascii_lowercase()) && id.value.chars().all(is_id_character) {
        return Ok(());
    }
    let message = format!("invalid id `{}`: use lowercase letters, digits and hyphens", id.value);
    Err(LexiconError::at(own.file, id.start, message))
}

fn is_id_character(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
}

fn under_cause(sentence: &Spanned<String>) -> Example {
    Example { text: sentence.value.clone(), under: Role::Cause.id().to_owned() }
}
