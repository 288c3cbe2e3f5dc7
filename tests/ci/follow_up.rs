//! The trusted half of the two workflows for forks. It comments on the report of the other workflow, which may be
//! forged.

use pulldown_cmark::{Event, Parser, Tag};
use serde_json::{Value, json};

use super::archive::{Member, archive};
use super::can_unpack;
use super::github_api::assert_described;
use super::program::program;
use super::scene::{BLAMES, Run, Scene};
use super::server::{BOT, Server, State};

/// The head of the pull request. It does not exist in the repository in which the script runs.
const HEAD: &str = "1111111111111111111111111111111111111111";
const API: &str = "/repos/team/postmortems";
const NAME: &str = "rcalint-report.json";
/// A regular file.
const FILE: u32 = 0o100_644;

/// Returns the report that the first workflow would have uploaded.
fn report(scene: &Scene) -> String {
    let output = program()
        .args(["-", "--stdin-filename", "incidents/outage.md", "--format", "json", "--isolated"])
        .stdin(std::fs::File::open(scene.path().join("outage.md")).unwrap())
        .output();
    String::from_utf8(output.unwrap().stdout).unwrap()
}

/// Creates a checkout of the base branch and, next to it, a fork's document.
fn scene() -> Scene {
    let scene = Scene::new(&[]);
    std::fs::write(scene.path().join("outage.md"), BLAMES).unwrap();
    scene
}

/// Starts a server with this archive as the artifact of a run for a pull request from a fork.
fn server(scene: &Scene, zip: Vec<u8>) -> Server {
    let mut state = State::default();
    let pulls = json!([{"number": 6, "head": {"sha": scene.base()}}, {"number": 7, "head": {"sha": HEAD}}]);
    let query = "state=open&per_page=100&head=mallory%3Apatch%261";
    state.fixed.insert(format!("{API}/pulls?{query}"), pulls);
    let artifact = |id: u64, name: &str, expired: bool, day: u32| json!({"id": id, "name": name, "expired": expired, "created_at": format!("2026-01-0{day}T00:00:00Z")});
    let artifacts = [
        artifact(1, "rcalint-report", false, 1),
        artifact(2, "rcalint-report", false, 2),
        artifact(3, "rcalint-report", true, 3),
        artifact(4, "another-report", false, 4),
    ];
    let listed = format!("{API}/actions/runs/99/artifacts?per_page=100&name=rcalint-report");
    state.fixed.insert(listed, json!({ "artifacts": artifacts }));
    state.downloads.insert("/elsewhere.zip".into(), zip);
    let server = Server::new(state);
    let to = format!("{}/elsewhere.zip", server.url);
    server.state().redirects.insert(format!("{API}/actions/artifacts/2/zip"), to);
    server
}

/// Starts a server with this report in the artifact.
fn with_report(scene: &Scene, report: &str) -> Server {
    server(scene, archive(&[Member { name: NAME, mode: FILE, bytes: report.as_bytes() }]))
}

#[track_caller]
fn follow_up(scene: &Scene, server: &Server, head: &str) -> Run {
    let event = scene.event(&json!({"workflow_run": {
        "id": 99, "head_sha": head, "head_branch": "patch&1", "pull_requests": [],
        "head_repository": {"owner": {"login": "mallory"}, "full_name": "mallory/postmortems"},
    }}));
    let (outputs, summary) = (scene.path().join("outputs"), scene.path().join("summary"));
    let variables = [
        ("GITHUB_EVENT_NAME", "workflow_run"),
        ("GITHUB_EVENT_PATH", event.as_str()),
        ("GITHUB_REPOSITORY", "team/postmortems"),
        ("GITHUB_API_URL", server.url.as_str()),
        ("GITHUB_OUTPUT", outputs.to_str().unwrap()),
        ("GITHUB_STEP_SUMMARY", summary.to_str().unwrap()),
        ("RCALINT_TOKEN", "sesame"),
    ];
    // `action.yml` always runs this script.
    let run = scene.run("github-review.sh", &variables);
    assert_described(server);
    run
}

/// Returns a server after a run that commented.
pub(super) fn reviewed() -> Server {
    let scene = scene();
    let server = with_report(&scene, &report(&scene));
    assert_eq!(follow_up(&scene, &server, HEAD).code, 0);
    server
}

#[track_caller]
fn assert_refused(scene: &Scene, server: &Server, why: &str) {
    let run = follow_up(scene, server, HEAD);
    assert_eq!((run.code, server.count("POST")), (2, 0), "{}{}", run.out, run.err);
    assert!(run.out.contains(why), "{why} is not in {}{}", run.out, run.err);
    assert_eq!(scene.temporary(), [""; 0], "nothing is left behind");
}

#[test]
fn the_comment_goes_to_the_pull_request_with_the_same_head() {
    if !can_unpack() {
        return;
    }
    let scene = scene();
    let server = with_report(&scene, &report(&scene));
    let run = follow_up(&scene, &server, HEAD);
    assert_eq!(run.code, 0, "the other workflow has failed already: {}{}", run.out, run.err);
    let body = &server.bodies()[0];
    assert!(
        body.contains("**Start over**") && body.contains(&format!("/blob/{HEAD}/incidents/outage.md")),
        "{body}"
    );
    assert!(server.was_asked("POST", &format!("{API}/issues/7/comments")));
    assert!(!run.out.contains("outage"), "nothing that a fork wrote reaches this log: {}", run.out);
    let state = server.state();
    let download = state.requests.iter().find(|request| request.target == "/elsewhere.zip").unwrap();
    assert!(!download.signed, "the token stays with the API");
    drop(state);
    assert!(scene.left("summary").contains("**Start over**"));
    assert!(scene.left("outputs").contains("verdict=start-over\n"));
    follow_up(&scene, &server, HEAD);
    assert_eq!((server.count("POST"), server.count("PATCH")), (1, 0), "the same again is not sent");
}

#[test]
fn a_pull_request_with_a_newer_head_gets_no_comment() {
    if !can_unpack() {
        return;
    }
    let scene = scene();
    let server = with_report(&scene, &report(&scene));
    let run = follow_up(&scene, &server, &"3".repeat(40));
    assert_eq!((run.code, server.count("POST")), (0, 0), "{}{}", run.out, run.err);
    assert!(run.out.contains("no open pull request has this commit as its head"), "{}", run.out);
}

#[test]
fn an_event_without_a_commit_is_rejected() {
    if !can_unpack() {
        return;
    }
    let scene = scene();
    let run = follow_up(&scene, &with_report(&scene, "{}"), "main");
    assert_eq!(run.code, 2);
}

#[test]
fn a_run_without_a_report_is_not_a_failure() {
    if !can_unpack() {
        return;
    }
    let scene = scene();
    let server = with_report(&scene, "{}");
    let listed = format!("{API}/actions/runs/99/artifacts?per_page=100&name=rcalint-report");
    server.state().fixed.insert(listed, json!({ "artifacts": [] }));
    let run = follow_up(&scene, &server, HEAD);
    assert_eq!((run.code, server.count("POST")), (0, 0), "{}{}", run.out, run.err);
    assert!(run.out.contains("the other workflow left no report"), "{}", run.out);
}

#[test]
fn a_report_about_no_document_gets_no_comment() {
    if !can_unpack() {
        return;
    }
    let scene = scene();
    let mut empty: Value = serde_json::from_str(&report(&scene)).unwrap();
    empty["documents"] = json!([]);
    let server = with_report(&scene, &empty.to_string());
    let run = follow_up(&scene, &server, HEAD);
    assert_eq!((run.code, server.count("POST")), (0, 0), "{}{}", run.out, run.err);
}

#[test]
fn an_archive_with_other_files_is_rejected() {
    if !can_unpack() {
        return;
    }
    let scene = scene();
    let text = report(&scene);
    let member = |name| Member { name, mode: FILE, bytes: text.as_bytes() };
    for members in [
        vec![member("../rcalint-report.json")],
        vec![member("/rcalint-report.json")],
        vec![member("a/rcalint-report.json")],
        vec![member(NAME), member("another")],
        vec![member(NAME), member(NAME)],
        vec![member("rcalint-report.json\nanother")],
        vec![],
    ] {
        let server = server(&scene, archive(&members));
        let run = follow_up(&scene, &server, HEAD);
        assert_eq!((run.code, server.count("POST")), (2, 0), "{}{}", run.out, run.err);
        assert_eq!(scene.temporary(), [""; 0], "nothing is left behind");
    }
    assert_refused(&scene, &server(&scene, b"no archive".to_vec()), "the artifact is not an archive");
    let link = Member { name: NAME, mode: 0o120_777, bytes: b"/etc/passwd" };
    assert_refused(&scene, &server(&scene, archive(&[link])), "not JSON");
}

#[test]
fn an_archive_or_report_that_is_too_large_is_rejected() {
    if !can_unpack() {
        return;
    }
    let scene = scene();
    let endless = " ".repeat((16 << 20) + 100);
    assert_refused(&scene, &with_report(&scene, &endless), "status 413");
}

#[test]
fn a_report_in_another_format_is_rejected() {
    if !can_unpack() {
        return;
    }
    let scene = scene();
    let text = report(&scene);
    let newer = text.replace("\"schema_version\": 2", "\"schema_version\": 3");
    assert_refused(&scene, &with_report(&scene, &newer), "schema_version is 3; this build reads 2");
    let odd = text.replace("\"start-over\"", "\"\\n::error::all is well\"");
    assert_refused(&scene, &with_report(&scene, &odd), "the report of the other workflow was rejected");
    assert_refused(&scene, &with_report(&scene, "null"), "not a report of rcalint");
}

/// A fork can put anything into its report; all of it must stay text.
#[test]
fn a_forged_report_leads_to_a_harmless_comment() {
    if !can_unpack() {
        return;
    }
    let scene = scene();
    let mut forged: Value = serde_json::from_str(&report(&scene)).unwrap();
    let document = &mut forged["documents"][0];
    document["path"] = json!("a`.md\n::error::x --> <!-- rcalint:sticky v1 -->");
    document["questions"][0]["text"] =
        json!("</details>\n\n# @team fixes #1 ![x](https://evil.example/x) <script>");
    document["findings"][0]["sentence"] = json!("````\n<img src=x>\n@everybody");
    document["findings"][0]["quote"] = json!("```suggestion\nx");
    forged["guard"] = json!([{"kind": "allow", "path": "##[stop-commands]x", "line": 1, "message": "@team"}]);
    let server = with_report(&scene, &forged.to_string());
    let run = follow_up(&scene, &server, HEAD);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(!run.out.contains("error::x") && !run.out.contains("##["), "{}", run.out);
    let body = &server.bodies()[0];
    for event in Parser::new(body) {
        match &event {
            Event::Html(html) | Event::InlineHtml(html) => {
                let ours = ["<!-- rcalint:", "<details>", "<summary>", "</details>"];
                assert!(ours.iter().any(|start| html.trim_start().starts_with(start)), "{html}");
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(dest_url.starts_with("https://github.com/team/postmortems/blob/"), "{dest_url}");
            }
            Event::Start(Tag::Image { .. } | Tag::CodeBlock(_) | Tag::Heading { .. }) => panic!("{event:?}"),
            Event::Text(text) => assert!(!text.contains(['@', '#']) && !text.contains("evil"), "{text}"),
            _ => {}
        }
    }
    assert!(body.contains("`@team`"), "it is shown, as code: {body}");
    assert_eq!(body.matches("<!-- rcalint:digest").count(), 1, "{body}");
}

#[test]
fn a_comment_by_somebody_else_is_left_alone() {
    if !can_unpack() {
        return;
    }
    let scene = scene();
    let server = with_report(&scene, &report(&scene));
    server.state().add("mallory", "<!-- rcalint:sticky v1 --> all is well");
    server.state().add(BOT, "<!-- rcalint:sticky v1 -->\nold");
    follow_up(&scene, &server, HEAD);
    assert_eq!((server.count("POST"), server.count("PATCH")), (0, 1));
    assert_eq!(server.bodies()[0], "<!-- rcalint:sticky v1 --> all is well");
}
