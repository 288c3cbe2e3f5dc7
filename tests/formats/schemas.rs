//! Formats for other programs: the published schema of the JSON is current, and the output is valid.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]
#![expect(clippy::disallowed_methods, reason = "a test reads, and on request rewrites, the files it checks")]

use super::program::program;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use jsonschema::Validator;
use rcalint::report::Report;
use rcalint::report::fingerprint::fingerprint;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

mod formats;

/// How to update the file.
pub(crate) const UPDATE: &str = "RCALINT_NORMALISE=1 cargo test --test formats schemas";

pub(crate) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn published() -> Value {
    serde_json::from_str(&fs::read_to_string(folder("schemas/report.schema.json")).unwrap()).unwrap()
}

/// Returns the output for all examples in one format.
fn printed(args: &[&str]) -> String {
    let mut command = program();
    command.current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null());
    let output = command.args(args).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Returns the schema of one type of the report.
fn part(name: &str) -> Validator {
    let mut schema = published();
    let part = json!({ "$ref": format!("#/$defs/{name}"), "$defs": schema["$defs"].take() });
    jsonschema::validator_for(&part).unwrap()
}

#[track_caller]
pub(crate) fn assert_valid(schema: &Validator, value: &Value) {
    let wrong: Vec<String> =
        schema.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_schema_is_current() {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let schema = serde_json::to_string_pretty(&generator.into_root_schema_for::<Report>()).unwrap() + "\n";
    let path = folder("schemas/report.schema.json");
    if std::env::var("RCALINT_NORMALISE").is_ok() {
        fs::write(path, schema).unwrap();
    } else {
        assert!(
            fs::read_to_string(path).unwrap() == schema,
            "the schema is not current; to update it: {UPDATE}"
        );
    }
}

#[test]
fn every_report_is_valid() {
    let schema = jsonschema::validator_for(&published()).unwrap();
    let report: Value =
        serde_json::from_str(&printed(&["examples", "README.md", "gone.md", "--format", "json"])).unwrap();
    assert!(report["documents"].as_array().unwrap().len() > 10);
    assert!(!report["errors"].as_array().unwrap().is_empty());
    assert_valid(&schema, &report);
}

#[test]
fn a_report_with_a_baseline_is_valid() {
    let schema = jsonschema::validator_for(&published()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("b.toml");
    let file = file.to_str().unwrap();
    printed(&["baseline", "create", "examples", "--output", file]);
    fs::write(file, fs::read_to_string(file).unwrap().replace("[[document]]", GONE)).unwrap();
    let text = printed(&["examples", "--baseline", file, "--format", "json"]);
    let report: Value = serde_json::from_str(&text).unwrap();
    assert!(report["baseline"]["known"].as_u64().unwrap() > 10);
    assert_eq!(report["baseline"]["stale"][0]["rule"], "hindsight");
    assert_valid(&schema, &report);
}

/// An entry for a document that no longer exists, inserted before the other documents of a baseline.
const GONE: &str = "\
[[document]]
path = \"gone.md\"
known = [{ rule = \"hindsight\", id = \"0\", excerpt = \"Obviously.\" }]

[[document]]";

#[test]
fn every_line_is_valid() {
    let parts = [("document", "DocumentReport"), ("skipped", "Skipped"), ("error", "FileError")];
    let parts = parts.map(|(kind, name)| (kind, part(name)));
    let text = printed(&["examples", ".", "gone.md", "--format", "jsonl"]);
    let mut seen = BTreeSet::new();
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        seen.insert(line["type"].as_str().unwrap().to_owned());
        let schema = parts.iter().find(|(kind, _)| line["type"] == *kind);
        assert!(schema.is_some() || line["type"] == "summary", "{line}");
        if let Some((_, schema)) = schema {
            assert_valid(schema, &line);
        }
    }
    assert!(seen.iter().eq(["document", "error", "skipped", "summary"]), "{seen:?}");
}

#[test]
fn the_schema_rejects_anything_but_a_report() {
    let schema = jsonschema::validator_for(&published()).unwrap();
    let mut report: Value = serde_json::from_str(&printed(&["examples", "--format", "json"])).unwrap();
    report["documents"][0]["verdict"] = json!("guilty");
    assert!(!schema.is_valid(&report));
    assert!(!schema.is_valid(&json!({ "schema_version": 2 })));
}

/// Checks the table in `schemas/README.md`: rule, sentence, ordinal, fingerprint.
#[test]
fn the_published_fingerprints_are_right() {
    let page = fs::read_to_string(folder("schemas/README.md")).unwrap();
    let rows: Vec<Vec<String>> = page.lines().filter(|line| line.starts_with("| `")).map(cells).collect();
    assert!(rows.len() >= 5, "the vectors are gone");
    for row in rows {
        let [rule, sentence, ordinal, expected] = row.as_slice() else { panic!("{row:?}") };
        let sentence = sentence.replace("\\n", "\n");
        assert_eq!(&fingerprint(rule, &sentence, ordinal.parse().unwrap()), expected, "{rule}, {sentence}");
    }
}

fn cells(line: &str) -> Vec<String> {
    line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`').to_owned()).collect()
}
