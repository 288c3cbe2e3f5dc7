//! Requests about folders: diagnostics of the workspace, sheets, and the progress of both.

use serde_json::{Value, json};

use crate::BLAMES;
use crate::client::Client;

const CANCELLED: i64 = -32800;
const INVALID_PARAMS: i64 = -32602;

/// The capabilities of a client that asks for diagnostics.
fn pulling() -> Value {
    json!({ "textDocument": { "diagnostic": {} } })
}

/// The capabilities of a client that also watches files and shows progress.
fn watching() -> Value {
    json!({
        "textDocument": { "diagnostic": {} },
        "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } },
        "window": { "workDoneProgress": true },
    })
}

/// Writes as many postmortems as named.
fn write(client: &Client, names: &[&str]) {
    for name in names {
        client.write(name, BLAMES);
    }
}

/// Asks for the diagnostics of the workspace, with what an earlier answer said.
fn ask(client: &mut Client, earlier: &[Value]) -> i64 {
    client.send_request("workspace/diagnostic", json!({ "previousResultIds": known(earlier) }))
}

/// Returns the results in reports, as a client sends them back.
fn known(reports: &[Value]) -> Vec<Value> {
    let known = reports.iter().filter(|report| report["resultId"].is_string());
    known.map(|report| json!({ "uri": report["uri"], "value": report["resultId"] })).collect()
}

/// Waits for the reports in an answer.
#[track_caller]
fn reports(client: &mut Client, id: i64) -> Vec<Value> {
    client.answer(id)["result"]["items"].as_array().unwrap().clone()
}

#[track_caller]
fn asked(client: &mut Client, earlier: &[Value]) -> Vec<Value> {
    let id = ask(client, earlier);
    reports(client, id)
}

/// Returns the report about a document.
#[track_caller]
fn about<'a>(client: &Client, reports: &'a [Value], path: &str) -> &'a Value {
    reports.iter().find(|report| report["uri"] == client.uri(path)).unwrap()
}

fn has(report: &Value, rule: &str) -> bool {
    report["items"].as_array().unwrap().iter().any(|one| one["code"] == rule)
}

#[test]
fn only_a_client_that_asks_for_diagnostics_is_offered_those_of_the_workspace() {
    let offered = |capabilities| Client::start().initialize(capabilities)["capabilities"].clone();
    let provider = &offered(pulling())["diagnosticProvider"];
    assert_eq!(provider["workspaceDiagnostics"], true);
    assert_eq!(offered(json!({}))["diagnosticProvider"], Value::Null);
}

#[test]
fn the_workspace_has_the_findings_of_the_documents_that_check_selects() {
    let mut client = Client::start();
    write(&client, &["a.md", "deep/er/b c.md", "left-out/c.md", "ignored/d.md", ".hidden/e.md"]);
    client.write("notes.md", "# Notes\n\nIt was human error.\n");
    client.write(".gitignore", "ignored/\n");
    client.write("rcalint.toml", "exclude = [\"left-out/\"]\n");
    client.initialize(pulling());
    let found = asked(&mut client, &[]);
    assert_eq!(found.len(), 3);
    assert!(has(about(&client, &found, "a.md"), "human-error"));
    assert!(has(about(&client, &found, "deep/er/b%20c.md"), "human-error"));
    assert_eq!(about(&client, &found, "notes.md")["items"], json!([]));
    client.shut_down();
}

#[test]
fn the_text_in_the_editor_counts_before_the_file() {
    let mut client = Client::start();
    write(&client, &["a.md", "b.md"]);
    client.initialize(pulling());
    client.open("a.md", "# Recipe\n\nCut the leeks.\n");
    let found = asked(&mut client, &[]);
    let open = about(&client, &found, "a.md");
    assert_eq!((&open["version"], &open["items"]), (&json!(1), &json!([])));
    let closed = about(&client, &found, "b.md");
    assert!(closed["version"].is_null() && has(closed, "human-error"));
    client.shut_down();
}

#[test]
fn what_a_client_knows_is_not_sent_again_and_what_is_gone_is_withdrawn() {
    let mut client = Client::start();
    write(&client, &["a.md", "b.md", "c.md"]);
    client.initialize(pulling());
    let first = asked(&mut client, &[]);
    client.write("b.md", &BLAMES.replace("human error", "a full disk"));
    std::fs::remove_file(client.path("c.md")).unwrap();
    let second = asked(&mut client, &first);
    assert_eq!(about(&client, &second, "a.md")["kind"], "unchanged");
    let edited = about(&client, &second, "b.md");
    assert!(edited["kind"] == "full" && !has(edited, "human-error"));
    assert_eq!(about(&client, &second, "c.md")["items"], json!([]));
    client.write("rcalint.toml", "[rules]\nhuman-error = \"off\"\n");
    let third = asked(&mut client, &second);
    assert!(!has(about(&client, &third, "a.md"), "human-error"), "new settings judge all documents again");
    client.shut_down();
}

#[test]
fn files_that_cannot_be_read_say_so_and_links_are_not_followed() {
    let mut client = Client::start();
    std::fs::write(client.path("binary.md"), b"a\0b").unwrap();
    std::fs::write(client.path("page.html"), b"\xff\xfe").unwrap();
    std::os::unix::fs::symlink("/etc/passwd", client.path("link.md")).unwrap();
    client.write("empty.md", "");
    client.initialize(pulling());
    let found = asked(&mut client, &[]);
    let binary = about(&client, &found, "binary.md");
    assert!(binary["items"][0]["message"].as_str().unwrap().starts_with("not read: "), "{binary}");
    for path in ["page.html", "empty.md"] {
        assert_eq!(about(&client, &found, path)["items"], json!([]), "{path}");
    }
    assert_eq!(found.len(), 3);
    client.shut_down();
}

#[test]
fn a_document_in_two_folders_of_the_workspace_belongs_to_the_inner_one() {
    let mut client = Client::start();
    write(&client, &["a.md", "inner/b.md"]);
    client.write("inner/rcalint.toml", "[rules]\nhuman-error = \"off\"\n");
    let folders = json!([
        { "uri": client.uri(""), "name": "outer" },
        { "uri": client.uri("inner"), "name": "inner" },
    ]);
    client.request("initialize", json!({ "capabilities": pulling(), "workspaceFolders": folders }));
    let found = asked(&mut client, &[]);
    assert_eq!(found.len(), 2);
    assert!(has(about(&client, &found, "a.md"), "human-error"));
    assert!(!has(about(&client, &found, "inner/b.md"), "human-error"));
    client.shut_down();
}

#[test]
fn results_are_sent_one_by_one_to_a_client_that_takes_them_so() {
    let mut client = Client::start();
    write(&client, &["a.md", "b.md"]);
    client.initialize(pulling());
    let params = json!({ "previousResultIds": [], "partialResultToken": "parts" });
    let id = client.send_request("workspace/diagnostic", params);
    for path in ["a.md", "b.md"] {
        let part = client.wait(|message| message["params"]["token"] == "parts");
        assert_eq!(part["params"]["value"]["items"][0]["uri"], client.uri(path));
    }
    assert_eq!(reports(&mut client, id), [] as [Value; 0]);
    client.shut_down();
}

#[test]
fn a_client_that_knows_everything_waits_until_something_changes() {
    let mut client = Client::start();
    write(&client, &["a.md", "b.md"]);
    client.initialize(watching());
    let first = asked(&mut client, &[]);
    let id = ask(&mut client, &first);
    client.write("b.md", &BLAMES.replace("human error", "a full disk"));
    let changes = json!([{ "uri": client.uri("b.md"), "type": 2 }]);
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    let second = reports(&mut client, id);
    assert_eq!(about(&client, &second, "a.md")["kind"], "unchanged");
    assert_eq!(about(&client, &second, "b.md")["kind"], "full");
    // The next request waits again; it ends when the client does not want it any more, and when the server shuts down.
    let [unwanted, last] = [(); 2].map(|()| ask(&mut client, &second));
    client.notify("$/cancelRequest", json!({ "id": unwanted }));
    assert_eq!(client.answer(unwanted)["error"]["code"], CANCELLED);
    let shutdown = client.send_request("shutdown", Value::Null);
    assert_eq!(client.answer(last)["error"]["code"], CANCELLED);
    assert_eq!(client.answer(shutdown)["result"], Value::Null);
}

/// Waits for the next message about some work, and returns what it says.
#[track_caller]
fn progress(client: &mut Client, token: &Value) -> Value {
    client.wait(|message| message["method"] == "$/progress" && message["params"]["token"] == *token)["params"]
        ["value"]
        .take()
}

/// Waits for all messages about some work, from its beginning to its end. Returns their kinds.
#[track_caller]
fn all_progress(client: &mut Client, token: &Value) -> Vec<String> {
    let mut kinds: Vec<String> = Vec::new();
    while kinds.last().is_none_or(|kind| kind != "end") {
        kinds.push(progress(client, token)["kind"].as_str().unwrap().to_owned());
    }
    kinds
}

#[test]
fn progress_is_shown_under_the_token_of_the_client() {
    let mut client = Client::start();
    write(&client, &["a.md", "b.md"]);
    client.initialize(pulling());
    let id =
        client.send_request("workspace/diagnostic", json!({ "previousResultIds": [], "workDoneToken": 7 }));
    assert_eq!(all_progress(&mut client, &json!(7)), ["begin", "report", "report", "end"]);
    assert_eq!(reports(&mut client, id).len(), 2);
    client.shut_down();
}

#[test]
fn without_a_token_progress_is_offered_if_more_than_one_document_is_reviewed() {
    let mut client = Client::start();
    write(&client, &["a.md", "b.md"]);
    client.initialize(watching());
    let id = ask(&mut client, &[]);
    let offer = client.wait(|message| message["method"] == "window/workDoneProgress/create");
    client.send(&json!({ "jsonrpc": "2.0", "id": offer["id"], "result": null }));
    assert_eq!(reports(&mut client, id).len(), 2);
    client.shut_down();
}

#[test]
fn a_sheet_for_a_folder_has_the_questions_about_all_its_documents() {
    let mut client = Client::start();
    write(&client, &["may/a.md", "may/b.md", "june/c.md"]);
    client.write("may/notes.md", "# Notes\n\nIt was human error.\n");
    client.initialize(json!({}));
    let folder = client.uri("may");
    let order = |folder: &str, token: Value| json!({ "command": "rcalint.prepareReview", "arguments": [folder], "workDoneToken": token });
    let id = client.send_request("workspace/executeCommand", order(&folder, json!("sheet")));
    assert_eq!(all_progress(&mut client, &json!("sheet")).first().unwrap(), "begin");
    let sheet = client.answer(id)["result"].take();
    let sheet = sheet.as_str().unwrap();
    assert!(
        sheet.starts_with(
            "# Questions for the review of `may`\n\n2 postmortems:\n\n- `may/a.md`: start over, "
        )
    );
    assert_eq!(sheet.matches("\n# Questions for the review: ").count(), 2);
    let said = client.wait(|message| message["method"] == "window/showMessage");
    assert!(said["params"]["message"].as_str().unwrap().ends_with("/may-questions.md"), "{said}");
    client.shut_down();
}

#[test]
fn a_sheet_is_refused_for_a_folder_without_postmortems_and_for_one_outside_the_workspace() {
    let mut client = Client::start();
    client.write("empty/notes.md", "# Notes\n");
    client.initialize(json!({}));
    for (folder, code) in [(client.uri("empty"), -32803), ("file:///etc".to_owned(), INVALID_PARAMS)] {
        let order = json!({ "command": "rcalint.prepareReview", "arguments": [folder] });
        assert_eq!(client.error("workspace/executeCommand", order), code, "{folder}");
    }
    client.shut_down();
}
