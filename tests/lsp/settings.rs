//! Settings in the workspace: read for each folder, watched, and checked.

use serde_json::{Value, json};

use crate::BLAMES;
use crate::client::Client;

/// The rules of these diagnostics.
fn rules(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().filter_map(|one| one["code"].as_str()).collect()
}

#[test]
fn settings_that_change_on_disk_are_read_again() {
    let mut client = Client::initialized(json!({}));
    client.open("a.md", BLAMES);
    assert!(rules(&client.diagnostics("a.md", 1)).contains(&"human-error"));
    client.write("rcalint.toml", "[rules]\nhuman-error = \"off\"\n");
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
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
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
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
