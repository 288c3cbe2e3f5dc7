//! The trusted half of the fork-safe pair: a run about another workflow's run.

use serde_json::json;

use super::have_scripting;
use super::scene::{BLAMES, Run, Scene};
use super::server::{Server, State};

/// The head of the pull request. Nothing of it is in the repository that the run has.
const HEAD: &str = "1111111111111111111111111111111111111111";

/// A pull request from a fork with these files, as the API tells of it.
fn server(scene: &Scene, files: &[(&str, &str)]) -> Server {
    let mut state = State::default();
    let api = "/repos/team/postmortems";
    let pulls = json!([{"number": 6, "head": {"sha": scene.base()}}, {"number": 7, "head": {"sha": HEAD}}]);
    let query = "state=open&per_page=100&head=mallory%3Apatch%261";
    let mut listed = vec![json!({"filename": "old/outage.md", "status": "removed", "sha": "2".repeat(40)})];
    for (name, text) in files {
        let blob = scene.blob(text);
        listed.push(json!({"filename": name, "status": "added", "sha": blob}));
        let answer = json!({"encoding": "base64", "content": scene.base64(text)});
        state.files.insert(format!("{api}/git/blobs/{blob}"), answer.to_string().into());
    }
    state.files.insert(format!("{api}/pulls?{query}"), pulls.to_string().into());
    state.files.insert(format!("{api}/pulls/7/files?per_page=100&page=1"), json!(listed).to_string().into());
    Server::new(state)
}

fn follow_up(scene: &Scene, server: &Server, head: &str) -> Run {
    let event = scene.event(&json!({"workflow_run": {
        "head_sha": head, "head_branch": "patch&1", "pull_requests": [],
        "head_repository": {"owner": {"login": "mallory"}, "full_name": "mallory/postmortems"},
    }}));
    let outputs = scene.path().join("outputs");
    let variables = [
        ("GITHUB_EVENT_NAME", "workflow_run"),
        ("GITHUB_EVENT_PATH", event.as_str()),
        ("GITHUB_REPOSITORY", "team/postmortems"),
        ("GITHUB_API_URL", server.url.as_str()),
        ("GITHUB_OUTPUT", outputs.to_str().unwrap()),
        ("RCALINT_TOKEN", "sesame"),
    ];
    scene.run("github-review.sh", &variables)
}

#[test]
fn the_comment_goes_to_the_pull_request_with_this_very_head() {
    if !have_scripting() {
        return;
    }
    let scene = Scene::new(&[]);
    let server = server(&scene, &[("incidents/outage.md", BLAMES), ("incidents/notes.txt", "none of ours")]);
    let run = follow_up(&scene, &server, HEAD);
    assert_eq!(run.code, 0, "the other workflow has failed already: {}{}", run.out, run.err);
    assert!(server.bodies()[0].contains("incidents/outage.md"), "{:?}", server.bodies());
    assert!(server.state().calls.contains(&String::from("POST /repos/team/postmortems/issues/7/comments")));
    assert!(!run.out.contains("outage"), "nothing that a fork wrote reaches this log: {}", run.out);
}

#[test]
fn a_head_that_has_moved_on_is_left_to_its_own_run() {
    if !have_scripting() {
        return;
    }
    let scene = Scene::new(&[]);
    let server = server(&scene, &[("incidents/outage.md", BLAMES)]);
    let run = follow_up(&scene, &server, &"3".repeat(40));
    assert_eq!((run.code, server.count("POST")), (0, 0), "{}{}", run.out, run.err);
    assert!(run.out.contains("no open pull request has this commit as its head"), "{}", run.out);
}

#[test]
fn an_event_without_a_commit_is_refused() {
    if !have_scripting() {
        return;
    }
    let scene = Scene::new(&[]);
    let run = follow_up(&scene, &server(&scene, &[]), "main");
    assert_eq!(run.code, 2);
}

#[test]
fn a_fork_cannot_bring_settings_along() {
    if !have_scripting() {
        return;
    }
    let scene = Scene::new(&[]);
    let quiet = "exclude = [\"incidents/\"]\n";
    let server = server(&scene, &[("incidents/outage.md", BLAMES), ("rcalint.toml", quiet)]);
    let run = follow_up(&scene, &server, HEAD);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let body = &server.bodies()[0];
    assert!(body.contains("incidents/outage.md") && body.contains("those of the base branch"), "{body}");
}

#[test]
fn a_file_that_is_not_what_it_is_called_is_refused() {
    if !have_scripting() {
        return;
    }
    let scene = Scene::new(&[]);
    let server = server(&scene, &[("incidents/outage.md", BLAMES)]);
    let path = format!("/repos/team/postmortems/git/blobs/{}", scene.blob(BLAMES));
    server.state().files.insert(path, json!({"content": scene.base64("# Another")}).to_string().into());
    let run = follow_up(&scene, &server, HEAD);
    assert_eq!((run.code, server.count("POST")), (2, 0), "{}{}", run.out, run.err);
    assert!(run.out.contains("a file is not what its name in git says"), "{}", run.out);
}

#[test]
fn no_name_leads_out_of_the_folder() {
    if !have_scripting() {
        return;
    }
    let scene = Scene::new(&[]);
    let names = ["../outage.md", "/outage.md", "a/../../outage.md", ".git/outage.md", "a\n/outage.md"];
    let server = server(&scene, &names.map(|name| (name, BLAMES)));
    let run = follow_up(&scene, &server, HEAD);
    assert_eq!((run.code, server.count("POST")), (0, 0), "{}{}", run.out, run.err);
    assert_eq!(scene.temporary(), ["rcalint-report.json"]);
}
