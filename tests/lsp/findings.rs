//! What is shown about findings, and what can be done about them.

use serde_json::{Value, json};

use crate::BLAMES;
use crate::client::Client;

/// Returns the parameters of a request about a place.
fn place(client: &Client, line: u32, character: u32) -> Value {
    json!({ "textDocument": { "uri": client.uri("a.md") }, "position": { "line": line, "character": character } })
}

/// Returns the actions about a place.
fn actions(client: &mut Client, line: u32, character: u32) -> Vec<Value> {
    let place = json!({ "line": line, "character": character });
    let params = json!({
        "textDocument": { "uri": client.uri("a.md") },
        "range": { "start": place, "end": place },
        "context": { "diagnostics": [] },
    });
    client.request("textDocument/codeAction", params).as_array().unwrap().clone()
}

#[test]
fn a_hover_explains_a_finding_a_heading_and_the_verdict() {
    let mut client = Client::initialized(json!({}));
    client.open("a.md", BLAMES);
    let mut texts = Vec::new();
    for (line, character) in [(10, 20), (8, 4), (0, 5)] {
        let shown = client.request("textDocument/hover", place(&client, line, character));
        texts.push(shown["contents"]["value"].as_str().unwrap().to_owned());
    }
    insta::assert_snapshot!(texts.join("\n\n==========\n\n"));
    assert_eq!(client.request("textDocument/hover", place(&client, 3, 0)), Value::Null);
    client.shut_down();
}

#[test]
fn an_allow_comment_is_inserted_and_has_its_effect() {
    let mut client =
        Client::initialized(json!({ "workspace": { "workspaceEdit": { "documentChanges": true } } }));
    client.open("a.md", BLAMES);
    let action = actions(&mut client, 10, 22)
        .into_iter()
        .find(|action| action["title"] == "Allow `human-error` here, with a reason");
    let action = action.unwrap();
    let change = &action["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"]["version"], 1);
    let edit = &change["edits"][0];
    assert_eq!(edit["newText"], "<!-- rcalint-allow: human-error --  -->\n");
    let selected = &action["command"]["arguments"][1]["start"];
    assert_eq!(selected, &json!({ "line": 10, "character": 35 }));
    client.change(
        "a.md",
        2,
        json!([
            { "range": edit["range"], "text": edit["newText"] },
            { "range": { "start": selected, "end": selected }, "text": "as the supplier wrote it" },
        ]),
    );
    let found = client.diagnostics("a.md", 2);
    assert!(
        !found.iter().any(|one| one["code"] == "human-error" || one["code"] == "allow-without-reason"),
        "{found:?}"
    );
    client.shut_down();
}
