//! The report on a collection: its schema, its page, and the one that is made from `examples/collection`.

use std::fs;
use std::path::Path;
use std::process::Command;

use html5gum::{Token, Tokenizer};
use rcalint::collection::CollectionReport;
use regex::Regex;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::program::program;
use super::schemas::{UPDATE, assert_valid, folder};
use super::skip::missing;
use super::tools::require;

/// Returns the report on the example collection in one format.
fn printed(format: &str) -> String {
    let mut command = program();
    command.current_dir(folder("examples/collection"));
    let output = command.args(["report", "--format", format]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_schema_of_the_collection_is_current() {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let schema = generator.into_root_schema_for::<CollectionReport>();
    let schema = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    let path = folder("schemas/collection.schema.json");
    if std::env::var("RCALINT_NORMALISE").is_ok() {
        fs::write(path, schema).unwrap();
    } else {
        let is_current = fs::read_to_string(path).unwrap_or_default() == schema;
        assert!(is_current, "the schema is not current; to update it: {UPDATE}");
    }
}

#[test]
fn every_report_on_a_collection_is_valid() {
    let schema = fs::read_to_string(folder("schemas/collection.schema.json")).unwrap();
    let schema = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let mut report: Value = serde_json::from_str(&printed("json")).unwrap();
    assert_eq!(report["documents"].as_array().unwrap().len(), 25);
    assert_valid(&schema, &report);
    report["documents"][0]["verdict"] = "guilty".into();
    assert!(!schema.is_valid(&report));
}

#[test]
fn one_thing_has_one_number() {
    let report: Value = serde_json::from_str(&printed("json")).unwrap();
    let list = |value: &Value| value.as_array().unwrap().clone();
    let sum = |rows: &Value| list(rows).iter().map(|row| row["findings"].as_u64().unwrap()).sum::<u64>();
    assert_eq!(sum(&report["documents"]), sum(&report["rules"]));
    let weak = list(&report["rules"]).into_iter().find(|rule| rule["id"] == "weak-actions-only").unwrap();
    let documents =
        |places: &Value| list(places).iter().map(|place| place["document"].clone()).collect::<Vec<_>>();
    assert_eq!(documents(&report["remedies"]["places"]), documents(&weak["places"]));
    assert_eq!(report["remedies"]["only_weaker"], weak["documents"]);
}

/// Maximum number of characters of the Markdown, so that it is read in a pull request.
const LONGEST: usize = 15_000;

#[test]
fn the_markdown_is_short() {
    let length = printed("markdown").chars().count();
    assert!(length < LONGEST, "{length} characters");
}

#[test]
fn the_report_on_the_example_collection() {
    insta::assert_snapshot!(printed("markdown"));
}

/// Returns the start tags of a page, each with its attributes.
fn tags(page: &str) -> Vec<(String, Vec<(String, String)>)> {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let tags = Tokenizer::new(page).flatten().filter_map(|token| match token {
        Token::StartTag(tag) => Some(tag),
        _ => None,
    });
    tags.map(|tag| {
        let attributes = tag.attributes.iter().map(|(name, value)| (text(name), text(value)));
        (text(&tag.name), attributes.collect())
    })
    .collect()
}

#[test]
fn the_page_loads_nothing_and_has_no_inline_handlers() {
    let loading = ["src", "srcset", "data", "poster", "action", "background", "style", "xlink:href"];
    let elements =
        ["link", "img", "iframe", "object", "embed", "form", "base", "audio", "video", "image", "use"];
    for (tag, attributes) in tags(&printed("html")) {
        assert!(!elements.contains(&tag.as_str()), "{tag}");
        for (name, value) in attributes {
            assert!(!loading.contains(&name.as_str()) && !name.starts_with("on"), "{tag} {name}");
            assert!(name != "href" || value.starts_with('#'), "{tag} leads to {value}");
        }
    }
}

#[test]
fn the_page_allows_only_its_own_style_and_script() {
    let page = printed("html");
    let metas =
        tags(&page).into_iter().filter(|(tag, _)| tag == "meta").flat_map(|(_, attributes)| attributes);
    let policy =
        metas.map(|(_, value)| value).find(|value| value.starts_with("default-src 'none'; ")).unwrap();
    let only = "^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'; script-src 'sha256-[A-Za-z0-9+/=]{44}'; \
                base-uri 'none'; form-action 'none'$";
    assert!(Regex::new(only).unwrap().is_match(&policy), "{policy}");
}

#[test]
fn headings_are_in_order_and_links_lead_somewhere() {
    let tags = tags(&printed("html"));
    let value = |attributes: &[(String, String)], wanted: &str| {
        attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone())
    };
    let ids: Vec<String> = tags.iter().filter_map(|(_, attributes)| value(attributes, "id")).collect();
    let mut last = 0;
    for (tag, attributes) in &tags {
        if let Some(level @ 1..=6) = tag.strip_prefix('h').and_then(|level| level.parse().ok()) {
            assert!(level <= last + 1, "h{level} follows h{last}");
            last = level;
        }
        if let Some(target) = value(attributes, "href") {
            assert!(ids.iter().any(|id| target[1..] == **id), "{target}");
        }
    }
    let unique: std::collections::BTreeSet<&String> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "an id is used twice");
}

#[test]
fn every_picture_is_in_a_row_with_its_numbers() {
    let page = printed("html");
    let rows: Vec<&str> = page.split("<tr").filter(|row| row.contains("class=\"bar\"")).collect();
    assert!(rows.len() > 10, "{}", rows.len());
    let number = Regex::new("<td class=\"number\">([0-9]*)</td>").unwrap();
    let width = Regex::new(" width=\"([0-9]+)\"").unwrap();
    let sum = |wanted: &Regex, row: &str| {
        wanted.captures_iter(row).filter_map(|found| found[1].parse::<usize>().ok()).sum::<usize>()
    };
    for row in rows {
        let row = row.split("</tr>").next().unwrap();
        assert_eq!(sum(&number, row), sum(&width, row), "{row}");
    }
}

#[cfg(unix)]
#[test]
fn a_browser_finds_nothing_wrong_with_the_page() {
    let tools = folder("target/test-tools");
    if !require(&["chromium", "node"]) || !has_packages(&tools) {
        return;
    }
    let page = tempfile::Builder::new().suffix(".html").tempfile().unwrap();
    fs::write(page.path(), printed("html")).unwrap();
    let script = folder("tests/support/page.mjs");
    let looked = Command::new("node").arg(script).arg(page.path()).arg(&tools).output().unwrap();
    let said = [looked.stdout, looked.stderr].map(|text| String::from_utf8(text).unwrap()).concat();
    assert!(looked.status.success(), "{said}");
}

/// True if the npm packages are installed; otherwise see [`missing`].
fn has_packages(tools: &Path) -> bool {
    let is_installed = tools.join("node_modules/axe-core").is_dir();
    if !is_installed {
        missing("axe-core");
    }
    is_installed
}
