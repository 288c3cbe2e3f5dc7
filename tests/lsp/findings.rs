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

/// Replaces questions, whose words other tests are about.
fn without_questions(text: &str) -> String {
    let line =
        |line: &str| if line.starts_with("- About") { "- (a question)".to_owned() } else { line.to_owned() };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_hover_explains_a_finding_a_heading_and_the_verdict() {
    let mut client = Client::initialized(json!({}));
    client.open("a.md", BLAMES);
    let mut texts = Vec::new();
    for (line, character) in [(10, 20), (8, 4), (0, 5)] {
        let shown = client.request("textDocument/hover", place(&client, line, character));
        texts.push(without_questions(shown["contents"]["value"].as_str().unwrap()));
    }
    insta::assert_snapshot!(texts.join("\n\n==========\n\n"));
    let at_the_mark = client.request("textDocument/hover", place(&client, 8, 0));
    assert!(at_the_mark["contents"]["value"].as_str().unwrap().contains("cause"), "{at_the_mark}");
    assert_eq!(client.request("textDocument/hover", place(&client, 3, 0)), Value::Null);
    client.shut_down();
}

#[test]
fn a_text_that_is_not_markdown_has_a_hint_on_its_first_line() {
    let mut client = Client::initialized(json!({}));
    client.open("wiki.md", "h2. Impact\n\nAll sites.\n\nh2. Root cause\n\nThe disk was full.\n");
    let hints = |found: Vec<Value>| found.into_iter().filter(|one| one["severity"] == 4).collect::<Vec<_>>();
    let found = hints(client.diagnostics("wiki.md", 1));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["message"], "read as wiki markup of Jira, not as Markdown");
    assert_eq!(found[0]["range"]["start"], json!({ "line": 0, "character": 0 }));
    client.open("plain.md", "## Impact\n\nAll sites.\n\n## Root cause\n\nThe disk was full.\n");
    assert!(hints(client.diagnostics("plain.md", 1)).is_empty());
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

#[test]
fn what_is_nearest_is_offered_first_and_what_silences_the_document_last() {
    let mut client = Client::initialized(json!({}));
    client.open("a.md", BLAMES);
    let actions = actions(&mut client, 10, 22);
    let titles: Vec<&str> = actions.iter().map(|action| action["title"].as_str().unwrap()).collect();
    assert_eq!(titles[0], "Insert the shape to try");
    let allowing: Vec<&&str> = titles.iter().filter(|title| title.starts_with("Allow")).collect();
    assert_eq!(*allowing[0], "Allow `human-error` here, with a reason");
    assert!(allowing.last().unwrap().ends_with(" in this document, with a reason"), "{allowing:?}");
    client.shut_down();
}

/// Returns the action with this title at the finding in the root cause.
fn action(client: &mut Client, title: &str) -> Value {
    let actions = actions(client, 10, 22);
    let found = actions.iter().find(|action| action["title"].as_str().unwrap().starts_with(title));
    found.unwrap_or_else(|| panic!("no {title} in {actions:?}")).clone()
}

/// Has the command of an action executed.
fn execute(client: &mut Client, command: &Value) -> Value {
    let params = json!({ "command": command["command"], "arguments": command["arguments"] });
    client.request("workspace/executeCommand", params)
}

#[test]
fn shape_questions_and_tasks_are_inserted() {
    let mut client = Client::initialized(json!({}));
    client.open("a.md", BLAMES);
    let inserted = |client: &mut Client, title: &str| {
        let action = action(client, title);
        let edit = action["edit"]["changes"].as_object().unwrap().values().next().unwrap()[0].clone();
        assert_eq!(edit["range"]["start"], edit["range"]["end"]);
        (edit["range"]["start"]["line"].clone(), edit["newText"].as_str().unwrap().to_owned())
    };
    let (line, shape) = inserted(&mut client, "Insert the shape");
    assert!(line == 10 && shape.starts_with(" [") && shape.ends_with('.'), "{shape}");
    let (line, comment) = inserted(&mut client, "Add the questions as a comment");
    assert!(line == 10 && comment.starts_with(" <!-- ") && comment.ends_with("? -->"), "{comment}");
    let (line, task) = inserted(&mut client, "Add as a task");
    assert!(line == 10 && task.starts_with("\n\n- [ ] ") && task.ends_with('?'), "{task}");
    client.shut_down();
}

#[test]
fn a_finding_is_ignored_as_known() {
    let mut client = Client::start();
    client.write("rcalint.toml", "baseline = \"known.toml\"\n");
    client.write("known.toml", "version = 1\n");
    client.initialize(json!({}));
    client.open("a.md", BLAMES);
    assert!(client.diagnostics("a.md", 1).iter().any(|one| one["code"] == "human-error"));
    let command = action(&mut client, "Ignore `human-error` here as known")["command"].clone();
    execute(&mut client, &command);
    assert!(!client.diagnostics("a.md", 1).iter().any(|one| one["code"] == "human-error"));
    let known = std::fs::read_to_string(client.path("known.toml")).unwrap();
    assert!(known.contains("a.md") && known.contains("human-error"), "{known}");
    client.shut_down();
}

#[test]
fn a_wrong_finding_becomes_an_example_of_the_lexicon() {
    let mut client = Client::initialized(json!({}));
    client.open("a.md", BLAMES);
    let command = action(&mut client, "Report `human-error` here as wrong")["command"].clone();
    let example = "[[good]]\ntext = \"The root cause was human error.\"\nunder = \"cause\"\n";
    assert_eq!(execute(&mut client, &command), example);
    let said = client.wait(|message| message["method"] == "window/showMessage");
    assert!(said["params"]["message"].as_str().unwrap().ends_with(example));
    client.shut_down();
}

#[test]
fn the_lens_on_the_title_opens_the_sheet_for_the_review() {
    let mut client = Client::initialized(json!({ "window": { "showDocument": { "support": true } } }));
    client.open("a.md", BLAMES);
    let document = json!({ "textDocument": { "uri": client.uri("a.md") } });
    let lens = client.request("textDocument/codeLens", document)[0].clone();
    assert_eq!(lens["range"]["start"]["line"], 0);
    assert!(lens["command"]["title"].as_str().unwrap().starts_with("start over, "), "{lens}");
    let sheet = execute(&mut client, &lens["command"]);
    let opened = client.wait(|message| message["method"] == "window/showDocument");
    let path = opened["params"]["uri"].as_str().unwrap().strip_prefix("file://").unwrap().to_owned();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), sheet.as_str().unwrap());
    assert!(path.ends_with("/a-questions.md"));
    client.shut_down();
    assert!(!std::path::Path::new(&path).exists());
}

#[test]
fn headings_are_symbols_with_roles() {
    let mut client = Client::initialized(json!({}));
    client.open("a.md", BLAMES);
    let document = json!({ "textDocument": { "uri": client.uri("a.md") } });
    let symbols = client.request("textDocument/documentSymbol", document);
    let inside = symbols[0]["children"].as_array().unwrap();
    let named: Vec<(&str, &str)> =
        inside.iter().map(|one| (one["name"].as_str().unwrap(), one["detail"].as_str().unwrap())).collect();
    let expected =
        [("Date", "appendix"), ("Impact", "impact"), ("Root cause", "cause"), ("Action items", "actions")];
    assert_eq!(named, expected);
    client.shut_down();
}

#[test]
fn unknown_commands_and_findings_are_errors() {
    let mut client = Client::initialized(json!({}));
    client.open("a.md", BLAMES);
    let uri = client.uri("a.md");
    for (command, arguments, code) in [
        ("rcalint.unheardOf", json!([]), -32602),
        ("rcalint.ignoreAsKnown", json!([uri]), -32602),
        ("rcalint.ignoreAsKnown", json!([uri, "0123"]), -32803),
    ] {
        let params = json!({ "command": command, "arguments": arguments });
        assert_eq!(client.error("workspace/executeCommand", params), code, "{command}");
    }
    client.shut_down();
}

/// A client that shows a link on the rule of a finding.
fn linking() -> Value {
    json!({ "textDocument": { "publishDiagnostics": { "codeDescriptionSupport": true } } })
}

/// Returns the link on the first finding of a rule.
fn link(client: &mut Client, rule: &str) -> Value {
    let found = client.diagnostics("a.md", 1);
    found.iter().find(|one| one["code"] == rule).unwrap()["codeDescription"]["href"].clone()
}

#[test]
fn the_rule_of_a_finding_links_to_a_page_that_is_there_as_long_as_the_server() {
    let mut client = Client::initialized(linking());
    client.open("a.md", BLAMES);
    let link = link(&mut client, "human-error");
    let path = link.as_str().unwrap().strip_prefix("file://").unwrap().to_owned();
    let page = std::fs::read_to_string(&path).unwrap();
    assert!(path.ends_with("/human-error.md") && page.starts_with("# human-error\n"), "{path}: {page}");
    // A page quotes what its rule flags. When it is open, it is no postmortem.
    let document = json!({ "uri": link, "languageId": "markdown", "version": 1, "text": BLAMES });
    client.notify("textDocument/didOpen", json!({ "textDocument": document }));
    let symbols = json!({ "textDocument": { "uri": link } });
    assert_eq!(client.request("textDocument/documentSymbol", symbols), json!([]));
    client.shut_down();
    assert!(!std::path::Path::new(&path).exists());
}

#[test]
fn a_client_that_shows_no_links_has_none() {
    let mut client = Client::initialized(json!({}));
    client.open("a.md", BLAMES);
    assert_eq!(link(&mut client, "human-error"), Value::Null);
    client.shut_down();
}

/// A rule of a team.
const JARGON: &str = "id = \"jargon\"
severity = \"note\"
summary = \"a word that only insiders know\"
message = \"only insiders know this: \\\"{quote}\\\"\"
why = \"New colleagues read postmortems too.\"
better = \"the same in plain words\"
references = []

[[pattern]]
match = [\"human error\"]

[[bad]]
text = \"It was human error.\"
";

#[test]
fn where_the_manual_is_published_shipped_rules_link_to_it_and_those_of_a_team_to_a_file() {
    let mut client = Client::start();
    client.write("rcalint.toml", "lexicon.extend = [\"ours\"]\n");
    client.write("ours/rules/jargon.toml", JARGON);
    let folders = json!([{ "uri": client.uri(""), "name": "team" }]);
    let options = json!({ "docsUrl": "https://docs.example.com/" });
    let params =
        json!({ "capabilities": linking(), "workspaceFolders": folders, "initializationOptions": options });
    client.request("initialize", params);
    client.open("a.md", BLAMES);
    let found = client.diagnostics("a.md", 1);
    let link = |rule: &str| {
        let found = found.iter().find(|one| one["code"] == rule).unwrap();
        found["codeDescription"]["href"].as_str().unwrap()
    };
    assert_eq!(link("human-error"), "https://docs.example.com/rules/human-error.html");
    assert!(link("jargon").starts_with("file:///") && link("jargon").ends_with("/jargon.md"));
    client.shut_down();
}
