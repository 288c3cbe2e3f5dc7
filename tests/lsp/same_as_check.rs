//! The server finds in a text what `check` finds in its file.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use crate::client::Client;
use crate::program::program;

/// What is compared of a finding: rule, severity, message, and the bytes where it starts and ends.
type Found = (String, u64, String, usize, usize);

/// Returns the shipped examples, by name.
fn examples() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files =
        files.filter(|path| path.extension().is_some_and(|ending| ending == "md" || ending == "html"));
    files
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect()
}

/// Returns what `check` finds in the files of the workspace, by name.
fn checked(client: &Client) -> BTreeMap<String, Vec<Found>> {
    let mut command = program();
    let output = command.args(["check", "--format", "json"]).current_dir(client.path("")).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let offset = |place: &Value| usize::try_from(place["offset"].as_u64().unwrap()).unwrap();
    let finding = |one: &Value| {
        let severity = ["error", "warning", "note"].iter().position(|name| one["severity"] == *name);
        let severity = u64::try_from(severity.unwrap()).unwrap() + 1;
        let text = |key: &str| one[key].as_str().unwrap().to_owned();
        (text("rule"), severity, text("message"), offset(&one["start"]), offset(&one["end"]))
    };
    let documents = report["documents"].as_array().unwrap().iter();
    documents
        .map(|document| {
            let findings = document["findings"].as_array().unwrap().iter().map(finding).collect();
            (document["path"].as_str().unwrap().to_owned(), findings)
        })
        .collect()
}

/// Returns what the server finds in a text that is open.
fn shown(client: &mut Client, name: &str, text: &str, utf8: bool) -> Vec<Found> {
    let params = json!({ "textDocument": { "uri": client.uri(name) } });
    let report = client.request("textDocument/diagnostic", params);
    let finding = |one: &Value| {
        let of = |key: &str| one[key].as_str().unwrap().to_owned();
        let place = |end: &str| offset(text, &one["range"][end], utf8);
        (of("code"), one["severity"].as_u64().unwrap(), of("message"), place("start"), place("end"))
    };
    report["items"].as_array().unwrap().iter().map(finding).collect()
}

/// Returns the byte at a position.
fn offset(text: &str, position: &Value, utf8: bool) -> usize {
    let number = |key: &str| usize::try_from(position[key].as_u64().unwrap()).unwrap();
    let start: usize = text.split_inclusive('\n').take(number("line")).map(str::len).sum();
    if utf8 {
        return start + number("character");
    }
    let units: Vec<u16> = text[start..].encode_utf16().take(number("character")).collect();
    start + String::from_utf16(&units).unwrap().len()
}

/// Compares all examples in a workspace with these settings.
fn compare(settings: &str, with_baseline: bool, encoding: &str) {
    let mut client = Client::start();
    let examples = examples();
    assert!(examples.len() > 10);
    for (name, text) in &examples {
        // An emoji moves everything that is counted in units of 16 bits.
        client.write(name, &text.replace("the ", "\u{1f525} the "));
    }
    client.write("rcalint.toml", settings);
    if with_baseline {
        let mut command = program();
        command.args(["baseline", "create", "--force", "01-wrong-cluster.md"]).current_dir(client.path(""));
        assert!(command.output().unwrap().status.success());
    }
    let expected = checked(&client);
    let capabilities = json!({
        "textDocument": { "diagnostic": {} },
        "general": { "positionEncodings": [encoding] },
    });
    client.initialize(capabilities);
    for name in examples.keys() {
        let text = std::fs::read_to_string(client.path(name)).unwrap();
        client.open(name, &text);
        let shown = shown(&mut client, name, &text, encoding == "utf-8");
        assert_eq!(&shown, expected.get(name).unwrap_or(&Vec::new()), "{name}");
    }
    client.shut_down();
}

#[test]
fn the_server_finds_what_check_finds_in_all_examples() {
    compare("", false, "utf-8");
    compare("", false, "utf-16");
}

#[test]
fn settings_and_a_baseline_have_the_same_effect_as_in_check() {
    let settings = "baseline = \"rcalint-baseline.toml\"\nexclude = [\"02-*\"]\n[rules]\nhuman-error = \"note\"\nweak-action = \"off\"\n";
    compare(settings, true, "utf-16");
}
