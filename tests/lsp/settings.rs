//! Settings in the workspace: read for each folder, watched, and checked.

use serde_json::{Value, json};

use crate::BLAMES;
use crate::client::Client;

/// The rules of these diagnostics.
fn rules(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().filter_map(|one| one["code"].as_str()).collect()
}

/// Tells the server that a file has changed, as a client does that watches files.
fn changed_on_disk(client: &mut Client, path: &str) {
    let changes = json!([{ "uri": client.uri(path), "type": 2 }]);
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
}

#[test]
fn settings_that_change_on_disk_are_read_again() {
    let mut client = Client::initialized(json!({}));
    client.open("a.md", BLAMES);
    assert!(rules(&client.diagnostics("a.md", 1)).contains(&"human-error"));
    client.write("rcalint.toml", "[rules]\nhuman-error = \"off\"\n");
    changed_on_disk(&mut client, "rcalint.toml");
    assert!(!rules(&client.diagnostics("a.md", 1)).contains(&"human-error"));
    client.shut_down();
}

#[test]
fn what_is_wrong_in_settings_is_shown_in_their_file() {
    let mut client = Client::start();
    client.write("rcalint.toml", "[rules]\nhuman-eror = \"off\"\n");
    client.initialize(json!({}));
    let found = client.diagnostics("rcalint.toml", Value::Null);
    assert_eq!(found[0]["message"], "unknown rule `human-eror`; did you mean `human-error`?");
    assert_eq!(found[0]["range"]["start"]["line"], 1);
    client.write("rcalint.toml", "");
    changed_on_disk(&mut client, "rcalint.toml");
    assert_eq!(client.diagnostics("rcalint.toml", Value::Null), [] as [Value; 0]);
    client.shut_down();
}

#[test]
fn each_folder_has_its_own_settings() {
    let mut client = Client::start();
    for folder in ["one", "two"] {
        client.write(&format!("{folder}/.git/HEAD"), "");
    }
    client.write("one/rcalint.toml", "exclude = [\"*.md\"]\n");
    let folders = json!([
        { "uri": client.uri("one"), "name": "one" },
        { "uri": client.uri("two"), "name": "two" },
    ]);
    client.request("initialize", json!({ "capabilities": {}, "workspaceFolders": folders }));
    client.open("one/a.md", BLAMES);
    client.open("two/a.md", BLAMES);
    assert_eq!(client.diagnostics("one/a.md", 1), [] as [Value; 0]);
    assert!(!client.diagnostics("two/a.md", 1).is_empty());
    client.shut_down();
}

#[test]
fn files_of_settings_are_watched_if_the_client_can() {
    let capabilities = json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let mut client = Client::initialized(capabilities);
    let asked = client.wait(|message| message["method"] == "client/registerCapability");
    assert_eq!(asked["params"]["registrations"][0]["method"], "workspace/didChangeWatchedFiles");
    client.shut_down();
}

/// Starts a client that watches no files, and opens a document.
fn that_watches_nothing() -> Client {
    let mut client = Client::initialized(json!({}));
    client.open("a.md", BLAMES);
    assert!(rules(&client.diagnostics("a.md", 1)).contains(&"human-error"));
    client
}

/// Edits the document. Returns true if `human-error` is then found.
fn is_found_after_an_edit(client: &mut Client, version: i64) -> bool {
    client.change("a.md", version, json!([{ "text": format!("{BLAMES}\n") }]));
    rules(&client.diagnostics("a.md", version)).contains(&"human-error")
}

#[test]
fn without_a_watch_settings_are_read_again_before_an_edit_is_judged() {
    let mut client = that_watches_nothing();
    client.write("rcalint.toml", "[rules]\nhuman-error = \"off\"\n");
    assert!(!is_found_after_an_edit(&mut client, 2), "a new file");
    client.write("rcalint.toml", "[rules]\n");
    assert!(is_found_after_an_edit(&mut client, 3), "a changed file");
    client.write("rcalint.toml", "[rules]\nhuman-error = \"of\"\n");
    assert!(is_found_after_an_edit(&mut client, 4), "an invalid file: the last valid settings stay");
    client.write("rcalint.toml", "[rules]\nhuman-error = \"off\"\n");
    assert!(!is_found_after_an_edit(&mut client, 5), "a corrected file");
    std::fs::remove_file(client.path("rcalint.toml")).unwrap();
    assert!(is_found_after_an_edit(&mut client, 6), "a deleted file");
    client.shut_down();
}

#[test]
fn without_a_watch_a_changed_lexicon_and_baseline_are_read_again() {
    let mut client = that_watches_nothing();
    let guard = |word| format!("[negation]\nabout = \"Ours.\"\nscope = \"clause 5\"\nmatch = [\"{word}\"]\n");
    client.write("ours/guards.toml", &guard("nixda"));
    client.write("known.toml", "version = 1\n");
    client.write("rcalint.toml", "baseline = \"known.toml\"\nlexicon.extend = [\"ours\"]\n");
    assert!(is_found_after_an_edit(&mut client, 2));
    client.write("ours/guards.toml", &guard("cause was"));
    assert!(!is_found_after_an_edit(&mut client, 3));
    client.write("known.toml", "version = ");
    is_found_after_an_edit(&mut client, 4);
    assert!(!client.diagnostics("known.toml", Value::Null).is_empty());
    client.shut_down();
}

#[test]
fn a_client_that_asks_for_diagnostics_is_told_to_ask_again() {
    let capabilities = json!({
        "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true } },
    });
    let mut client = Client::initialized(capabilities);
    changed_on_disk(&mut client, "rcalint.toml");
    client.wait(|message| message["method"] == "workspace/diagnostic/refresh");
    client.shut_down();
}

/// Waits for the messages about a version of `rcalint.toml`.
fn problems(client: &mut Client, version: impl Into<Value>) -> Vec<String> {
    let found = client.diagnostics("rcalint.toml", version);
    found.iter().map(|one| one["message"].as_str().unwrap().to_owned()).collect()
}

const UNKNOWN_RULE: &str = "unknown rule `human-eror`; did you mean `human-error`?";

#[test]
fn settings_are_checked_while_they_are_typed_and_count_when_they_are_saved() {
    let mut client = Client::start();
    client.write("rcalint.toml", "");
    client.initialize(json!({}));
    client.open("a.md", BLAMES);
    assert!(rules(&client.diagnostics("a.md", 1)).contains(&"human-error"));
    client.open("rcalint.toml", "");
    assert_eq!(problems(&mut client, 1), [] as [String; 0]);
    client.change("rcalint.toml", 2, json!([{ "text": "[rules]\nhuman-eror = \"off\"\n" }]));
    let found = client.diagnostics("rcalint.toml", 2);
    assert_eq!(found[0]["message"], UNKNOWN_RULE);
    let rest_of_line =
        json!({ "start": { "line": 1, "character": 0 }, "end": { "line": 1, "character": 18 } });
    assert_eq!(found[0]["range"], rest_of_line);
    client.change("rcalint.toml", 3, json!([{ "text": "[rules]\nhuman-error = \"off\"\n" }]));
    assert_eq!(problems(&mut client, 3), [] as [String; 0]);
    assert!(is_found_after_an_edit(&mut client, 2), "it is not saved yet");
    client.write("rcalint.toml", "[rules]\nhuman-error = \"off\"\n");
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": client.uri("rcalint.toml") } }));
    assert!(!rules(&client.diagnostics("a.md", 2)).contains(&"human-error"));
    client.shut_down();
}

#[test]
fn when_settings_are_closed_what_is_on_the_disk_counts_again() {
    let mut client = Client::start();
    client.write("rcalint.toml", "[rules]\nhuman-eror = \"off\"\n");
    client.initialize(json!({}));
    assert_eq!(problems(&mut client, Value::Null), [UNKNOWN_RULE]);
    client.open("rcalint.toml", "preset = \"gate");
    let typed = problems(&mut client, 1);
    assert!(typed.len() == 1 && typed[0] != UNKNOWN_RULE, "{typed:?}");
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": client.uri("rcalint.toml") } }));
    assert_eq!(problems(&mut client, Value::Null), [UNKNOWN_RULE]);
    client.shut_down();
}

#[test]
fn what_is_wrong_in_a_file_that_typed_settings_name_is_said_in_the_settings() {
    let mut client = Client::initialized(json!({}));
    client.write("ours/guards.toml", "[negation\n");
    client.open("rcalint.toml", "lexicon.extend = [\"ours\"]\n");
    let said = problems(&mut client, 1);
    assert!(said.len() == 1 && said[0].contains("ours/guards.toml:1: "), "{said:?}");
    client.change("rcalint.toml", 2, json!([{ "text": "lexicon.extend = [\"../../etc\"]\n" }]));
    assert!(problems(&mut client, 2)[0].contains("leads out of the repository"));
    client.shut_down();
}
