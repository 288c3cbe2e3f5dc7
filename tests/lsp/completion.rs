//! Completion in comments and in `rcalint.toml`.

use serde_json::{Value, json};

use crate::client::Client;

/// Returns the labels that are offered at the end of a text.
fn offered(client: &mut Client, path: &str, text: &str) -> Vec<Value> {
    client.open(path, text);
    let place = json!({ "line": text.lines().count() - 1, "character": text.lines().last().unwrap().len() });
    let params = json!({ "textDocument": { "uri": client.uri(path) }, "position": place });
    let items = client.request("textDocument/completion", params);
    items.as_array().into_iter().flatten().map(|item| item["label"].clone()).collect()
}

#[test]
fn comments_and_settings_complete() {
    let mut client = Client::initialized(json!({}));
    let rules = offered(&mut client, "a.md", "# A\n\n<!-- rcalint-allow: hum");
    assert!(rules.contains(&json!("human-error")));
    assert!(offered(&mut client, "rcalint.toml", "preset = ").contains(&json!("\"draft\"")));
    assert!(offered(&mut client, "rcalint.toml", "[rules]\nhind").contains(&json!("hindsight")));
    assert!(offered(&mut client, "other.toml", "pre").is_empty());
    client.shut_down();
}
