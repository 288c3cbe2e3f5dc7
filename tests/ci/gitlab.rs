//! The job for GitLab.

use super::can_run_scripts;
use super::scene::{BLAMES, CALM, Run, Scene};
use super::server::{BOT, Server, State};

fn scene() -> Scene {
    let scene = Scene::new(&[]);
    scene.commit(&[("incidents/outage.md", BLAMES)]);
    scene
}

fn gitlab() -> State {
    State { gitlab: true, ..State::default() }
}

pub(super) fn review(scene: &Scene, server: &Server) -> Run {
    review_with(scene, server, "sesame")
}

fn review_with(scene: &Scene, server: &Server, token: &str) -> Run {
    let variables = [
        ("CI_API_V4_URL", server.url.as_str()),
        ("CI_PROJECT_ID", "42"),
        ("CI_PROJECT_URL", "https://gitlab.example.org/team/postmortems"),
        ("CI_MERGE_REQUEST_IID", "7"),
        ("CI_MERGE_REQUEST_DIFF_BASE_SHA", scene.base()),
        ("CI_COMMIT_SHA", &scene.head()),
        ("RCALINT_TOKEN", token),
    ];
    scene.run("gitlab-review.sh", &variables)
}

#[test]
fn the_first_review_writes_a_report_and_a_note() {
    if !can_run_scripts() {
        return;
    }
    let (scene, server) = (scene(), Server::new(gitlab()));
    let run = review(&scene, &server);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    let report: serde_json::Value =
        serde_json::from_str(&scene.left("repository/rcalint-codequality.json")).unwrap();
    assert!(!report.as_array().unwrap().is_empty());
    let bodies = server.bodies();
    assert!(bodies.len() == 1 && bodies[0].contains("incidents/outage.md"), "{bodies:?}");
    assert!(!bodies[0].contains("old/outage.md"), "{bodies:?}");
    assert!(server.was_asked("POST", "/projects/42/merge_requests/7/notes"));
}

#[test]
fn a_later_review_updates_the_note_unless_it_is_equal() {
    if !can_run_scripts() {
        return;
    }
    let (scene, server) = (scene(), Server::new(gitlab()));
    review(&scene, &server);
    scene.commit(&[("incidents/outage.md", CALM)]);
    assert_eq!(review(&scene, &server).code, 0);
    assert_eq!((server.count("POST"), server.count("PUT"), server.bodies().len()), (1, 1, 1));
    scene.commit(&[("src/main.c", "int main(void) { return 0; }\n")]);
    review(&scene, &server);
    assert_eq!((server.count("POST"), server.count("PUT"), server.bodies().len()), (1, 1, 1));
}

#[test]
fn a_forged_note_is_left_alone_and_ours_is_found_after_many() {
    if !can_run_scripts() {
        return;
    }
    let mut state = gitlab();
    state.add("mallory", "<!-- rcalint:sticky v1 --> all is well");
    (0..150).for_each(|_| state.add("somebody", "+1"));
    state.add(BOT, "<!-- rcalint:sticky v1 -->\nold");
    let (scene, server) = (scene(), Server::new(state));
    review(&scene, &server);
    assert_eq!((server.count("POST"), server.count("PUT")), (0, 1));
    assert_eq!(server.bodies()[0], "<!-- rcalint:sticky v1 --> all is well");
}

#[test]
fn a_missing_or_read_only_token_is_reported_and_fails_nothing() {
    if !can_run_scripts() {
        return;
    }
    let (scene, server) = (scene(), Server::new(State { read_only: true, ..gitlab() }));
    scene.commit(&[("incidents/outage.md", CALM)]);
    let run = review(&scene, &server);
    assert!(run.code == 0 && run.err.contains("this token may not write notes"), "{}{}", run.out, run.err);
    let run = review_with(&scene, &server, "");
    assert!(run.code == 0 && run.err.contains("without RCALINT_TOKEN no note is written"), "{}", run.err);
    let run = review_with(&scene, &server, "wrong");
    assert!(run.code == 0 && run.err.contains("notes cannot be read (status 401)"), "{}", run.err);
}

#[test]
fn changes_that_affect_their_own_check_are_reported() {
    if !can_run_scripts() {
        return;
    }
    let scene = Scene::new(&[("rcalint.toml", "lexicon.extend = [\"terms\"]\n"), ("terms/guards.toml", "")]);
    scene.commit(&[
        ("incidents/outage.md", BLAMES),
        ("rcalint.toml", "fail-on = \"never\"\n"),
        ("terms/words/software.toml", ""),
    ]);
    let server = Server::new(gitlab());
    let run = review(&scene, &server);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    let body = &server.bodies()[0];
    assert!(
        body.contains("- `rcalint.toml`: settings were changed; this check used the earlier ones\n"),
        "{body}"
    );
    assert!(body.contains("- `terms/words/software.toml`: the lexicon was changed; "), "{body}");
    assert!(run.out.contains("Also changed: rcalint.toml"), "{}", run.out);
}

#[test]
fn a_base_that_is_not_in_the_clone_is_fetched_or_the_error_gives_advice() {
    if !can_run_scripts() {
        return;
    }
    let (scene, server) = (scene(), Server::new(gitlab()));
    scene.shallow("1");
    let run = review(&scene, &server);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert!(
        run.err.contains("the base of the merge request is not in the clone and is fetched"),
        "{}",
        run.err
    );
    assert!(server.bodies()[0].contains("incidents/outage.md"), "{:?}", server.bodies());
    let scene = self::scene();
    scene.shallow("1");
    scene.git(&["remote", "set-url", "origin", "file:///nowhere"]);
    let run = review(&scene, &server);
    assert_eq!(run.code, 2, "{}{}", run.out, run.err);
    assert!(
        run.err.contains("the base of the merge request is not there; set GIT_DEPTH to 0"),
        "{}",
        run.err
    );
}

#[test]
fn failed_requests_are_repeated_and_create_one_note() {
    if !can_run_scripts() {
        return;
    }
    let stumbles = [("GET", [502].into()), ("POST", [503].into())].into();
    let (scene, server) = (scene(), Server::new(State { stumbles, lies_once: true, ..gitlab() }));
    review(&scene, &server);
    assert_eq!(server.bodies().len(), 1);
}
