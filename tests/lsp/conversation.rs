//! The phases of a conversation, and broken messages.

use serde_json::{Value, json};

use crate::BLAMES;
use crate::client::Client;

const NOT_INITIALIZED: i64 = -32002;
const INVALID_REQUEST: i64 = -32600;
const METHOD_NOT_FOUND: i64 = -32601;
const INVALID_PARAMS: i64 = -32602;
const PARSE_ERROR: i64 = -32700;
const CANCELLED: i64 = -32800;
const CONTENT_MODIFIED: i64 = -32801;

#[test]
fn a_server_that_was_asked_to_shut_down_exits_with_0() {
    Client::initialized(json!({})).shut_down();
}

#[test]
fn a_server_that_was_not_asked_to_shut_down_exits_with_1() {
    let mut client = Client::initialized(json!({}));
    client.notify("exit", Value::Null);
    assert_eq!(client.leave(), Some(1));
}

#[test]
fn the_end_of_the_input_ends_the_server() {
    assert_eq!(Client::start().leave(), Some(1));
    assert_eq!(Client::initialized(json!({})).leave(), Some(1));
    let mut client = Client::initialized(json!({}));
    client.request("shutdown", Value::Null);
    assert_eq!(client.leave(), Some(0));
}

#[test]
fn requests_have_to_come_in_the_right_phase() {
    let mut client = Client::start();
    assert_eq!(client.error("textDocument/hover", json!({})), NOT_INITIALIZED);
    assert_eq!(client.error("shutdown", Value::Null), NOT_INITIALIZED);
    assert_eq!(client.error("initialize", json!([1])), INVALID_PARAMS);
    client.initialize(json!({}));
    assert_eq!(client.error("initialize", json!({})), INVALID_REQUEST);
    client.request("shutdown", Value::Null);
    assert_eq!(client.error("textDocument/hover", json!({})), INVALID_REQUEST);
    client.notify("exit", Value::Null);
    assert_eq!(client.leave(), Some(0));
}

#[test]
fn broken_messages_are_answered_with_errors() {
    let mut client = Client::initialized(json!({}));
    client.send_bytes(b"Content-Length: 9\r\n\r\n{\"id\": 7,");
    let answer = client.wait(|message| message.get("error").is_some());
    assert_eq!((&answer["id"], &answer["error"]["code"]), (&Value::Null, &json!(PARSE_ERROR)));
    client.send(&json!({ "id": 7 }));
    assert_eq!(client.answer(7)["error"]["code"], INVALID_REQUEST);
    assert_eq!(client.error("textDocument/hover", json!({ "textDocument": 3 })), INVALID_PARAMS);
    assert_eq!(client.error("textDocument/unheardOf", json!({})), METHOD_NOT_FOUND);
    client.notify("textDocument/didOpen", json!({ "textDocument": "none" }));
    client.notify("$/unheardOf", json!({}));
    client.shut_down();
}

#[test]
fn encodings_are_negotiated() {
    let offer = |encodings: Value| json!({ "general": { "positionEncodings": encodings } });
    for (capabilities, chosen) in [
        (json!({}), "utf-16"),
        (offer(json!(["utf-16", "utf-8"])), "utf-8"),
        (offer(json!(["utf-32", "utf-16"])), "utf-16"),
        (offer(json!("nonsense")), "utf-16"),
    ] {
        let result = Client::start().initialize(capabilities);
        assert_eq!(result["capabilities"]["positionEncoding"], chosen);
    }
}

#[test]
fn findings_are_published_and_withdrawn() {
    let mut client = Client::initialized(json!({}));
    client.open("a.md", BLAMES);
    let found = client.diagnostics("a.md", 1);
    let finding = found.iter().find(|one| one["code"] == "human-error").unwrap();
    assert_eq!(finding["range"]["start"], json!({ "line": 10, "character": 19 }));
    let everything = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    client.change("a.md", 2, json!([{ "range": everything, "text": "# Recipe\n\nCut the leeks.\n" }]));
    assert_eq!(client.diagnostics("a.md", 2), [] as [Value; 0]);
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": client.uri("a.md") } }));
    assert_eq!(client.diagnostics("a.md", Value::Null), [] as [Value; 0]);
    client.shut_down();
}

#[test]
fn a_flood_of_edits_ends_with_the_findings_of_the_last_text() {
    let mut client = Client::initialized(json!({}));
    client.open("a.md", "");
    for version in 2..500 {
        let text = &BLAMES[..BLAMES.len() * version / 499];
        client.change("a.md", i64::try_from(version).unwrap(), json!([{ "text": text }]));
    }
    client.change("a.md", 500, json!([{ "text": BLAMES }]));
    assert!(client.diagnostics("a.md", 500).iter().any(|one| one["code"] == "human-error"));
    client.shut_down();
}

#[test]
fn a_request_that_waits_can_be_cancelled() {
    let mut client = Client::initialized(json!({ "textDocument": { "diagnostic": {} } }));
    let document = json!({ "textDocument": { "uri": client.uri("a.md") } });
    client.open("a.md", BLAMES);
    client.request("textDocument/diagnostic", document.clone());
    client.change("a.md", 2, json!([{ "text": format!("{BLAMES}\n") }]));
    // The text must stay unchanged for a while before it is judged.
    let id = client.send_request("textDocument/diagnostic", document);
    client.notify("$/cancelRequest", json!({ "id": id }));
    assert_eq!(client.answer(id)["error"]["code"], CANCELLED);
    client.shut_down();
}

#[test]
fn a_request_about_a_place_in_a_text_that_changes_has_no_answer() {
    let mut client = Client::initialized(json!({}));
    client.open("a.md", "");
    let long = format!("{BLAMES}\n{}", "The operator deleted the wrong queue.\n\n".repeat(200));
    client.change("a.md", 2, json!([{ "text": long }]));
    let place =
        json!({ "textDocument": { "uri": client.uri("a.md") }, "position": { "line": 0, "character": 3 } });
    let hover = client.send_request("textDocument/hover", place.clone());
    client.change("a.md", 3, json!([{ "text": BLAMES }]));
    assert_eq!(client.answer(hover)["error"]["code"], CONTENT_MODIFIED);
    assert!(client.request("textDocument/hover", place)["contents"].is_object());
    client.shut_down();
}

/// The requests that a capability stands for; none for those that stand for notifications.
fn requests(capability: &str) -> &'static [&'static str] {
    match capability {
        "codeActionProvider" => &["textDocument/codeAction"],
        "codeLensProvider" => &["textDocument/codeLens"],
        "completionProvider" => &["textDocument/completion"],
        "diagnosticProvider" => &["textDocument/diagnostic", "workspace/diagnostic"],
        "documentSymbolProvider" => &["textDocument/documentSymbol"],
        "executeCommandProvider" => &["workspace/executeCommand"],
        "hoverProvider" => &["textDocument/hover"],
        "positionEncoding" | "textDocumentSync" | "workspace" => &[],
        other => panic!("no test knows what `{other}` offers"),
    }
}

#[test]
fn every_request_that_is_offered_is_answered_and_none_may_be_malformed() {
    let mut client = Client::start();
    let offered = client.initialize(json!({ "textDocument": { "diagnostic": {} } }));
    let offered = offered["capabilities"].as_object().unwrap().clone();
    client.open("a.md", BLAMES);
    let document = json!({ "uri": client.uri("a.md") });
    let place = json!({ "line": 10, "character": 22 });
    let params = json!({
        "textDocument": document,
        "position": place,
        "range": { "start": place, "end": place },
        "context": { "diagnostics": [], "triggerKind": 1 },
        "previousResultIds": [],
        "command": "rcalint.prepareReview",
        "arguments": [document["uri"]],
    });
    let mut count = 0;
    for method in offered.keys().flat_map(|capability| requests(capability)) {
        client.request(method, params.clone());
        for broken in [
            Value::Null,
            json!([]),
            json!({}),
            json!({ "textDocument": 3, "command": 3, "previousResultIds": 3 }),
        ] {
            assert_eq!(client.error(method, broken.clone()), INVALID_PARAMS, "{method}: {broken}");
        }
        count += 1;
    }
    assert_eq!(count, 8);
    client.shut_down();
}

#[test]
fn malformed_notifications_have_no_effect() {
    let mut client = Client::initialized(json!({}));
    for method in [
        "initialized",
        "textDocument/didOpen",
        "textDocument/didChange",
        "textDocument/didSave",
        "textDocument/didClose",
        "workspace/didChangeWatchedFiles",
        "workspace/didChangeWorkspaceFolders",
        "window/workDoneProgress/cancel",
        "$/cancelRequest",
        "$/setTrace",
    ] {
        for params in
            [Value::Null, json!([7]), json!({ "textDocument": { "uri": 3 }, "id": {}, "token": null })]
        {
            client.notify(method, params);
        }
    }
    client.open("a.md", BLAMES);
    assert!(!client.diagnostics("a.md", 1).is_empty());
    client.shut_down();
}

/// Returns the memory of a process in KiB.
fn memory(process: u32) -> i64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[test]
#[expect(clippy::print_stdout, reason = "it prints what it measures")]
#[ignore = "takes minutes; it measures the memory of the server over 10,000 edits"]
fn memory_does_not_grow_with_edits() {
    let mut client = Client::initialized(json!({}));
    client.open("a.md", BLAMES);
    let title = json!({
        "textDocument": { "uri": client.uri("a.md") },
        "position": { "line": 0, "character": 3 },
    });
    let mut edit = |version: i64| {
        let place = json!({ "line": 6, "character": version % 30 });
        let letter = json!({ "range": { "start": place, "end": place }, "text": "x" });
        let edits = if version % 50 == 0 { json!([{ "text": BLAMES }]) } else { json!([letter]) };
        client.change("a.md", version, edits);
        // Somebody waits for a hover, so that every single text is judged.
        client.request("textDocument/hover", title.clone());
        memory(client.process())
    };
    let early = (2..1_000).map(&mut edit).max().unwrap();
    let late = (1_000..10_000).map(&mut edit).max().unwrap();
    println!("at most {early} KiB in the first 1,000 edits, {late} KiB in the next 9,000");
    assert!(late - early < 8 << 10, "{early} KiB, then {late} KiB");
    client.shut_down();
}
