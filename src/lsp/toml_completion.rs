//! Completion in `rcalint.toml`, from the JSON Schema of the file.

use serde_json::Value;

use crate::config;
use crate::lexicon::Lexicon;
use crate::lsp::completion::{Candidate, Completion, rules};
use crate::model::Span;

/// The table whose keys are the rules of the lexicon, which the schema does not list.
const RULES: &str = "rules";

/// Returns what fits at a byte: a table after `[`, a value after `=`, and otherwise a key.
pub(crate) fn at(text: &str, at: usize, lexicon: &Lexicon) -> Option<Completion> {
    let schema: Value = serde_json::from_str(&config::schema()).ok()?;
    let schema = Schema { root: &schema };
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    let typed = text[start..at].trim_start();
    let from = |word: &str| Span::new(at - word.len(), at);
    if let Some(name) = typed.strip_prefix('[') {
        let name = name.trim_start_matches('[');
        return Some((from(name), schema.tables(typed.starts_with("[["))));
    }
    let table = table(&text[..start]);
    let node = schema.table(table);
    if let Some((key, value)) = typed.split_once('=') {
        let value = value.trim_start();
        let span = from(value);
        // An editor may already have closed the quotation mark.
        let closed = value.starts_with('"') && text[at..].starts_with('"');
        let span = Span::new(span.start, span.end + usize::from(closed));
        return Some((span, schema.values(member(node, key.trim())?)));
    }
    let keys = if table == RULES { rules(lexicon, |_| true) } else { schema.keys(node) };
    Some((from(typed), keys))
}

/// Returns the name of the table that lines before the current one begin; empty for the top level.
fn table(before: &str) -> &str {
    let header = before.lines().map(str::trim).rfind(|line| line.starts_with('['));
    header.map_or("", |line| line.trim_matches(['[', ']', ' ']))
}

/// A JSON Schema.
struct Schema<'s> {
    root: &'s Value,
}

impl<'s> Schema<'s> {
    /// Follows references, and leaves out that a value may be absent.
    fn resolve(&self, node: &'s Value) -> &'s Value {
        if let Some(reference) = node["$ref"].as_str() {
            return self
                .root
                .pointer(reference.trim_start_matches('#'))
                .map_or(node, |node| self.resolve(node));
        }
        let other = node["anyOf"].as_array().and_then(|any| any.iter().find(|one| one["type"] != "null"));
        other.map_or(node, |other| self.resolve(other))
    }

    /// Returns the schema of a table, or of the tables in an array.
    fn table(&self, name: &str) -> &'s Value {
        let parts = name.split('.').filter(|part| !part.is_empty());
        parts.fold(self.root, |node, part| {
            let inner = member(node, part).map_or(&Value::Null, |node| self.resolve(node));
            if inner["items"].is_object() { self.resolve(&inner["items"]) } else { inner }
        })
    }

    /// Returns the names of tables, or of arrays of tables.
    fn tables(&self, of_arrays: bool) -> Vec<Candidate> {
        let members = self.root["properties"].as_object().into_iter().flatten();
        let is_wanted = |node: &Value| {
            let node = self.resolve(node);
            let table = if of_arrays { self.resolve(&node["items"]) } else { node };
            table["type"] == "object"
        };
        members.filter(|(_, node)| is_wanted(node)).map(|(name, node)| candidate(name, node)).collect()
    }

    /// Returns the keys of a table.
    fn keys(&self, node: &'s Value) -> Vec<Candidate> {
        let members = node["properties"].as_object().into_iter().flatten();
        let members = members.map(|(name, node)| candidate(name, node));
        let names = choices(self.resolve(&node["propertyNames"]));
        members.chain(names.into_iter().map(|(value, node)| candidate(value, node))).collect()
    }

    /// Returns the values that a schema lists.
    fn values(&self, node: &'s Value) -> Vec<Candidate> {
        let node = self.resolve(node);
        let is_boolean = node["type"] == "boolean"
            || node["type"].as_array().is_some_and(|types| types.iter().any(|one| one == "boolean"));
        if is_boolean {
            return ["true", "false"].map(|value| candidate(value, &Value::Null)).to_vec();
        }
        choices(node).into_iter().map(|(value, node)| candidate(&format!("\"{value}\""), node)).collect()
    }
}

/// Returns the schema of the value with this key.
fn member<'s>(node: &'s Value, key: &str) -> Option<&'s Value> {
    let other = || node.get("additionalProperties").filter(|other| other.is_object());
    node["properties"].get(key).or_else(other)
}

/// Returns the strings that a schema allows, each with the part of the schema that describes it.
fn choices(node: &Value) -> Vec<(&str, &Value)> {
    let one_of = node["oneOf"].as_array().into_iter().flatten();
    let one_of = one_of.flat_map(|one| {
        let listed = one["enum"].as_array().into_iter().flatten();
        one.get("const").into_iter().chain(listed).map(move |value| (value, one))
    });
    let listed = node["enum"].as_array().into_iter().flatten().map(|value| (value, &Value::Null));
    one_of.chain(listed).filter_map(|(value, about)| Some((value.as_str()?, about))).collect()
}

fn candidate(label: &str, about: &Value) -> Candidate {
    let detail = about["description"].as_str().unwrap_or_default().to_owned();
    Candidate { label: label.to_owned(), detail, documentation: String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the labels that fit at the mark in a text.
    fn labels(text: &str) -> Vec<String> {
        let at_mark = text.find('|').unwrap();
        let (_, candidates) = at(&text.replace('|', ""), at_mark, Lexicon::embedded()).unwrap_or_default();
        candidates.into_iter().map(|candidate| candidate.label).collect()
    }

    #[track_caller]
    fn assert_offers(text: &str, label: &str) {
        let labels = labels(text);
        assert!(labels.iter().any(|one| one == label), "{labels:?}");
    }

    #[test]
    fn keys_tables_and_values_complete() {
        assert_offers("pre|", "preset");
        assert_offers("preset = |", "\"draft\"");
        assert_offers("fail-on = \"no|\"", "\"note\"");
        assert_offers("reader = |", "false");
        assert_offers("[|", "rules");
        assert_offers("[[|", "phrase");
        assert_offers("[rules]\nhum|", "human-error");
        assert_offers("[rules]\nhuman-error = |", "\"off\"");
        assert_offers("[actors]\n|", "software");
        assert_offers("[headings]\n|", "cause");
        assert_offers("[[phrase]]\n|", "rule");
    }

    #[test]
    fn only_what_fits_completes() {
        assert!(!labels("[actors]\n|").contains(&"preset".to_owned()));
        assert!(!labels("[[|").contains(&"rules".to_owned()));
        assert!(labels("unheard-of = |").is_empty() && labels("[unheard.of]\n|").is_empty());
    }

    #[test]
    fn a_value_replaces_its_quotation_marks() {
        let text = "preset = \"dr\"";
        let (span, _) = at(text, text.len() - 1, Lexicon::embedded()).unwrap();
        assert_eq!(span.of(text), "\"dr\"");
    }
}
