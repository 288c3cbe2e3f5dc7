//! The action on a pull request: its annotations, its summary and its comment.

use serde_json::json;

use super::can_run_scripts;
use super::github_api::assert_described;
use super::scene::{BLAMES, CALM, Run, Scene};
use super::server::{BOT, Server, State};

/// Creates a pull request with one document that concludes with human error.
pub(super) fn scene() -> Scene {
    let scene = Scene::new(&[]);
    scene.commit(&[("incidents/outage.md", BLAMES)]);
    scene
}

/// Runs the action on the current checkout.
pub(super) fn review(scene: &Scene, server: &Server) -> Run {
    review_with(scene, server, &[])
}

pub(super) fn review_with(scene: &Scene, server: &Server, inputs: &[(&str, &str)]) -> Run {
    review_of(scene, server, [&scene.head(), scene.base()], inputs)
}

/// Runs the action for a pull request with this head and this base.
#[track_caller]
pub(super) fn review_of(
    scene: &Scene,
    server: &Server,
    [head, base]: [&str; 2],
    inputs: &[(&str, &str)],
) -> Run {
    let event =
        scene.event(&json!({"pull_request": {"number": 7, "head": {"sha": head}, "base": {"sha": base}}}));
    let (outputs, summary) = (scene.path().join("outputs"), scene.path().join("summary"));
    let mut variables = vec![
        ("GITHUB_EVENT_NAME", "pull_request"),
        ("GITHUB_EVENT_PATH", &event),
        ("GITHUB_REPOSITORY", "team/postmortems"),
        ("GITHUB_API_URL", &server.url),
        ("GITHUB_OUTPUT", outputs.to_str().unwrap()),
        ("GITHUB_STEP_SUMMARY", summary.to_str().unwrap()),
        ("RCALINT_TOKEN", "sesame"),
    ];
    variables.extend(inputs);
    let run = scene.run("github-review.sh", &variables);
    assert_described(server);
    run
}

#[test]
fn the_first_review_annotates_summarises_and_comments() {
    if !can_run_scripts() {
        return;
    }
    let (scene, server) = (scene(), Server::new(State::default()));
    let run = review(&scene, &server);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert!(run.out.contains("file=incidents/outage.md"), "{}", run.out);
    let bodies = server.bodies();
    assert_eq!(bodies.len(), 1);
    assert!(bodies[0].starts_with("<!-- rcalint") && bodies[0].contains("incidents/outage.md"), "{bodies:?}");
    assert!(!bodies[0].contains("old/outage.md"), "only what changed is reviewed: {bodies:?}");
    assert!(scene.left("summary").contains("incidents/outage.md"));
    let outputs = scene.left("outputs");
    assert!(outputs.contains("verdict=start-over\n") && !outputs.contains("findings=0\n"), "{outputs}");
    let report = outputs.lines().find_map(|line| line.strip_prefix("report=")).unwrap();
    assert!(std::fs::read_to_string(report).unwrap().contains("schema_version"));
    assert_eq!(scene.temporary(), ["rcalint-report.json"], "nothing else is left behind");
}

#[test]
fn a_later_review_updates_the_comment_in_place() {
    if !can_run_scripts() {
        return;
    }
    let (scene, server) = (scene(), Server::new(State::default()));
    review(&scene, &server);
    let first = server.bodies();
    scene.commit(&[("incidents/outage.md", CALM)]);
    let run = review(&scene, &server);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert_eq!((server.count("POST"), server.count("PATCH")), (1, 1));
    assert_eq!(server.bodies().len(), 1);
    assert_ne!(server.bodies(), first);
    assert!(scene.left("outputs").contains("verdict=clear\n"));
}

#[test]
fn a_comment_that_would_not_change_is_not_sent() {
    if !can_run_scripts() {
        return;
    }
    let (scene, server) = (scene(), Server::new(State::default()));
    review(&scene, &server);
    // Servers change line ends.
    let body = server.bodies()[0].replace('\n', "\r\n");
    server.state().comments[0]["body"] = body.trim_end().into();
    review(&scene, &server);
    // Links follow the commit, but this commit does not change the content of the comment.
    scene.commit(&[("src/main.c", "int main(void) { return 0; }\n")]);
    review(&scene, &server);
    assert_eq!((server.count("POST"), server.count("PATCH"), server.bodies().len()), (1, 0, 1));
}

#[test]
fn a_change_of_settings_is_reported_even_if_nothing_else_is_new() {
    if !can_run_scripts() {
        return;
    }
    let (scene, server) = (scene(), Server::new(State::default()));
    review(&scene, &server);
    scene.commit(&[("rcalint.toml", "fail-on = \"never\"\n")]);
    review(&scene, &server);
    review(&scene, &server);
    assert_eq!((server.count("POST"), server.count("PATCH")), (1, 1));
    let said = "- `rcalint.toml`: settings were changed; this check used the earlier ones";
    assert!(server.bodies()[0].contains(said), "{:?}", server.bodies());
}

#[test]
fn a_comment_forged_by_somebody_else_is_left_alone() {
    if !can_run_scripts() {
        return;
    }
    let mut state = State::default();
    let forged = "<!-- rcalint:sticky v1 --> all is well";
    state.add("mallory", forged);
    state.add(BOT, "another bot's comment, from the same account");
    let (scene, server) = (scene(), Server::new(state));
    review(&scene, &server);
    let bodies = server.bodies();
    assert_eq!((bodies.len(), bodies[0].as_str(), server.count("PATCH")), (3, forged, 0));
}

#[test]
fn a_comment_is_found_after_more_than_a_hundred_others() {
    if !can_run_scripts() {
        return;
    }
    let mut state = State::default();
    (0..230).for_each(|_| state.add("somebody", "+1"));
    state.add(BOT, "<!-- rcalint:sticky v1 -->\nold");
    let (scene, server) = (scene(), Server::new(state));
    review(&scene, &server);
    assert_eq!((server.count("POST"), server.count("PATCH")), (0, 1));
    assert_eq!(server.bodies().len(), 231);
}

#[test]
fn a_read_only_token_gives_a_notice() {
    if !can_run_scripts() {
        return;
    }
    let (scene, server) = (scene(), Server::new(State { read_only: true, ..State::default() }));
    scene.commit(&[("incidents/outage.md", CALM)]);
    let run = review(&scene, &server);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("::notice::rcalint: this token may not write comments"), "{}", run.out);
    assert!(scene.left("summary").contains("incidents/outage.md"));
}

#[test]
fn a_failed_request_is_repeated() {
    if !can_run_scripts() {
        return;
    }
    let stumbles = [("GET", [502, 503].into()), ("POST", [500].into())].into();
    let (scene, server) = (scene(), Server::new(State { stumbles, ..State::default() }));
    review(&scene, &server);
    assert_eq!(server.bodies().len(), 1);
}

#[test]
fn a_comment_that_was_created_in_spite_of_an_error_is_not_created_twice() {
    if !can_run_scripts() {
        return;
    }
    let (scene, server) = (scene(), Server::new(State { lies_once: true, ..State::default() }));
    review(&scene, &server);
    assert_eq!((server.count("POST"), server.bodies().len()), (1, 1));
}

#[test]
fn if_the_server_stays_down_the_comment_fails_and_the_review_does_not() {
    if !can_run_scripts() {
        return;
    }
    let stumbles = [("POST", [500; 9].into())].into();
    let (scene, server) = (scene(), Server::new(State { stumbles, ..State::default() }));
    scene.commit(&[("incidents/outage.md", CALM)]);
    let run = review(&scene, &server);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("::warning::rcalint: the comment could not be written"), "{}", run.out);
    assert_eq!(server.count("POST"), 4);
}

#[test]
fn no_comment_is_written_if_comments_cannot_be_read() {
    if !can_run_scripts() {
        return;
    }
    let (scene, server) = (scene(), Server::new(State::default()));
    let run = review_with(&scene, &server, &[("RCALINT_TOKEN", "wrong")]);
    assert_eq!((run.code, server.count("POST")), (1, 0), "{}", run.out);
    assert!(run.out.contains("comments cannot be read (status 401), so none is written"), "{}", run.out);
}

#[test]
fn the_comment_can_be_turned_off() {
    if !can_run_scripts() {
        return;
    }
    let (scene, server) = (scene(), Server::new(State::default()));
    review_with(&scene, &server, &[("INPUT_COMMENT", "false")]);
    assert!(server.state().requests.is_empty());
}

#[test]
fn a_pull_request_without_postmortems_gets_no_comment() {
    if !can_run_scripts() {
        return;
    }
    let (scene, server) = (Scene::new(&[]), Server::new(State::default()));
    scene.commit(&[("src/main.c", "int main(void) { return 0; }\n")]);
    let run = review(&scene, &server);
    assert_eq!((run.code, server.count("POST")), (0, 0), "{}{}", run.out, run.err);
    assert!(scene.left("outputs").contains("verdict=none\nfindings=0\n"));
}
