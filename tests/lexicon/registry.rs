//! Properties of every rule, bucket, guard and word class.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use rcalint::lexicon::embedded::FILES;
use rcalint::lexicon::{BUILT_IN_GUARDS, Example};
use regex::Regex;

use super::rust_code::{Code, program};
use super::{files_below, lexicon, none, path, table, text_rules};

#[test]
fn ids_are_public() {
    let rules = lexicon().rules.iter().map(|rule| format!("{} ({:?})", rule.id, rule.severity));
    let buckets = lexicon().buckets.iter().flat_map(|bucket| {
        let factors = bucket.factors.iter().map(|factor| format!("{}/{}", bucket.id, factor.id));
        std::iter::once(bucket.id.clone()).chain(factors)
    });
    let all: Vec<String> = rules.chain(buckets).collect();
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "an id is used twice");
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn a_file_is_named_after_its_content() {
    let rules = lexicon().rules.iter().map(|rule| format!("rules/{}.toml", rule.id));
    assert!(rules.eq(files_below("rules/").iter().map(|(name, _)| *name)));
    let buckets = lexicon().buckets.iter().enumerate();
    let buckets = buckets.map(|(at, bucket)| format!("buckets/{}-{}.toml", at + 1, bucket.id));
    assert!(buckets.eq(files_below("buckets/").iter().map(|(name, _)| *name)));
}

#[test]
fn every_file_is_embedded() {
    let mut waiting = vec![path("")];
    let mut found = BTreeSet::new();
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                waiting.push(entry.path());
            } else if entry.path().extension().is_some_and(|end| end == "toml") {
                let name = entry.path().strip_prefix(path("")).unwrap().to_owned();
                found.insert(name.to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    assert!(found.iter().map(String::as_str).eq(FILES.iter().map(|(name, _)| *name)), "{found:?}");
}

#[test]
fn every_rule_has_an_explanation() {
    let mut wrong = Vec::new();
    for rule in &lexicon().rules {
        let texts = [("summary", &rule.summary), ("why", &rule.why), ("better", &rule.better)];
        let empty = texts.into_iter().filter(|(_, text)| text.trim().is_empty());
        wrong.extend(empty.map(|(what, _)| format!("{}: {what} is empty", rule.id)));
        if rule.references.is_empty() {
            wrong.push(format!("{}: no reference", rule.id));
        }
        for (what, text) in [("summary", &rule.summary), ("message", &rule.message)] {
            wrong.extend(style(text).into_iter().map(|why| format!("{}: {what} {why}: {text}", rule.id)));
        }
    }
    none(&wrong);
}

/// Returns the style errors in a line that is shown in a pull request.
fn style(text: &str) -> Vec<&'static str> {
    let second_person = Regex::new(r"(?i)\b(you|your|yours|yourself|yourselves)\b").unwrap();
    let mut wrong = Vec::new();
    if !text.starts_with(char::is_lowercase) {
        wrong.push("does not start in lower case");
    }
    if text.ends_with(['.', '!', ' ']) {
        wrong.push("ends with a stop");
    }
    if second_person.is_match(text) {
        wrong.push("speaks to a person");
    }
    if text.to_lowercase().contains("why did") {
        wrong.push("asks a person to justify an act");
    }
    if text.contains('\n') || text.chars().count() > 120 {
        wrong.push("is longer than a line");
    }
    wrong
}

#[test]
fn every_text_rule_has_examples_without_duplicates() {
    let mut wrong = Vec::new();
    let mut seen: BTreeMap<(String, String), &str> = BTreeMap::new();
    for rule in text_rules() {
        for (what, examples, least) in [("bad", &rule.bad, 4), ("good", &rule.good, 3)] {
            if examples.len() < least {
                wrong.push(format!("{}: {} {what} examples, at least {least}", rule.id, examples.len()));
            }
        }
        for Example { text, under } in rule.bad.iter().chain(&rule.good) {
            if let Some(other) = seen.insert((text.to_lowercase(), under.clone()), &rule.id) {
                wrong.push(format!("{}: `{text}` is an example of {other} already", rule.id));
            }
        }
    }
    none(&wrong);
}

#[test]
fn every_named_guard_exists() {
    let known = |guard: &str| BUILT_IN_GUARDS.contains(&guard) || lexicon().guards.contains_key(guard);
    let mut unknown = Vec::new();
    for file in files_below("rules/") {
        let rule = table(file);
        let patterns = rule.get("pattern").and_then(toml::Value::as_array);
        let patterns = patterns.into_iter().flatten().filter_map(toml::Value::as_table);
        for entry in std::iter::once(&rule).chain(patterns) {
            for key in ["unless", "despite"] {
                let named = entry.get(key).and_then(toml::Value::as_array).into_iter().flatten();
                let named = named.map(|guard| guard.as_str().unwrap()).filter(|guard| !known(guard));
                unknown.extend(named.map(|guard| format!("{}: no guard is called `{guard}`", file.0)));
            }
        }
    }
    none(&unknown);
}

#[test]
fn every_guard_is_used() {
    let mut used = literals();
    for file in FILES.iter().copied() {
        visit("", &toml::Value::Table(table(file)), &mut |key, text| {
            if ["unless", "despite", "moment-unless", "condition-unless", "silence-unless"].contains(&key) {
                used.insert(text.to_owned());
            }
        });
    }
    let idle: Vec<_> = lexicon().guards.keys().filter(|guard| !used.contains(*guard)).collect();
    assert!(idle.is_empty(), "guards that silence nothing: {idle:?}");
}

/// Keys whose texts are prose, in which braces contain a slot rather than a class.
const PROSE: [&str; 6] = ["text", "message", "about", "summary", "why", "better"];

#[test]
fn every_word_class_is_used() {
    let class = Regex::new(r"\{([a-z-]+)\}").unwrap();
    let mut used = literals();
    for file in FILES.iter().copied() {
        visit("", &toml::Value::Table(table(file)), &mut |key, text| {
            if !PROSE.contains(&key) {
                used.extend(class.captures_iter(text).map(|found| found[1].to_owned()));
            }
        });
    }
    let words = files_below("words/").into_iter().filter(|(name, _)| *name != "words/irregular.toml");
    let classes: Vec<String> = words.flat_map(|file| table(file).into_iter().map(|(name, _)| name)).collect();
    let unused: Vec<_> = classes.iter().filter(|name| !used.contains(*name)).collect();
    assert!(classes.len() > 50 && unused.is_empty(), "word classes that nothing reads: {unused:?}");
}

/// Calls `see` with the key and text of every string in a value.
fn visit(key: &str, value: &toml::Value, see: &mut impl FnMut(&str, &str)) {
    match value {
        toml::Value::String(text) => see(key, text),
        toml::Value::Array(items) => items.iter().for_each(|item| visit(key, item, see)),
        toml::Value::Table(entries) => entries.iter().for_each(|(key, value)| visit(key, value, see)),
        _ => {}
    }
}

/// Returns the string literals in code that looks up classes or guards by name.
fn literals() -> BTreeSet<String> {
    let asks = |code: &Code| code.text.contains("class") || code.text.contains("guard");
    program().into_iter().filter(asks).flat_map(|code| code.literals).collect()
}
