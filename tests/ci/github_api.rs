//! Checks the scripts' requests against GitHub's own description of its API.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::openapi::Api;
use super::packages::read_json;
use super::scene::CALM;
use super::server::{Request, Server, State};
use super::{can_run_scripts, can_unpack, follow_up, github};

/// Returns GitHub's description of its API, or `None` if it is not installed here.
fn github_api() -> Option<&'static Api> {
    static API: OnceLock<Option<Api>> = OnceLock::new();
    let read = || read_json("node_modules/@octokit/openapi/generated/api.github.com.json").map(Api);
    API.get_or_init(read).as_ref()
}

/// Fails if one of the requests does not match GitHub's description.
#[track_caller]
pub(super) fn assert_described(server: &Server) {
    operations(server);
}

/// Returns the operations that were requested; none if the description is not installed.
#[track_caller]
fn operations(server: &Server) -> BTreeSet<String> {
    let Some(api) = github_api() else { return BTreeSet::new() };
    let state = server.state();
    let requests = state.requests.iter().filter(|request| !state.downloads.contains_key(&request.target));
    let checked = requests.map(|request| {
        api.check(request).unwrap_or_else(|wrong| panic!("{} {}: {wrong:?}", request.method, request.target))
    });
    checked.collect()
}

#[test]
fn the_scripts_use_these_operations_and_no_others() {
    if !can_run_scripts() || !can_unpack() || github_api().is_none() {
        return;
    }
    let (scene, server) = (github::scene(), Server::new(State::default()));
    github::review(&scene, &server);
    scene.commit(&[("incidents/outage.md", CALM)]);
    github::review(&scene, &server);
    let mut used = operations(&server);
    used.extend(operations(&follow_up::reviewed()));
    let expected = [
        "GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}",
        "GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts",
        "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
        "GET /repos/{owner}/{repo}/pulls",
        "GET /user",
        "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
        "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
    ];
    assert!(used.iter().map(String::as_str).eq(expected), "{used:#?}");
}

#[test]
fn requests_that_github_does_not_describe_are_rejected() {
    let Some(api) = github_api() else { return };
    let comments = "/repos/team/postmortems/issues/7/comments";
    for (method, target, body, why) in [
        ("GET", "/repos/team/postmortems/notes", "", "is not described"),
        ("PUT", comments, r#"{"body": "a"}"#, "is not described"),
        ("GET", "/repos/team/postmortems/issues/seven/comments", "", "issue_number"),
        ("GET", &format!("{comments}?per_page=all"), "", "per_page"),
        ("GET", &format!("{comments}?pages=2"), "", "`pages` is not described"),
        ("GET", "/repos/team/postmortems/pulls?state=draft", "", "state"),
        ("GET", "/search/code", "", "\"q\" is missing"),
        ("GET", comments, r#"{"body": "a"}"#, "no body is described"),
        ("POST", comments, "", "the body is missing"),
        ("POST", comments, "{}", "\"body\" is a required property"),
        ("POST", comments, r#"{"body": 1}"#, "not of type"),
        ("POST", comments, r#"{"body": "a", "text": "a"}"#, "`text` is not described"),
        ("POST", comments, "body=a", "is not JSON"),
    ] {
        let (method, target) = (method.to_owned(), target.to_owned());
        let request = Request { method, target, signed: true, body: body.into() };
        let wrong = api.check(&request).unwrap_err();
        assert!(wrong.len() == 1 && wrong[0].contains(why), "{why} is not in {wrong:?}");
    }
}
