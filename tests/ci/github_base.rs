//! The commit with which the action compares a pull request, and the settings that it uses.

use super::can_run_scripts;
use super::github::{review, review_of, review_with, scene};
use super::scene::{BLAMES, CALM, Scene};
use super::server::{Server, State};
use serde_json::json;

#[test]
fn a_pull_request_cannot_review_itself_with_its_own_settings() {
    if !can_run_scripts() {
        return;
    }
    let scene = Scene::new(&[("rcalint.toml", "fail-on = \"error\"\n")]);
    let quiet = "fail-on = \"never\"\nexclude = [\"incidents/\"]\n";
    scene.commit(&[
        ("incidents/outage.md", BLAMES),
        ("rcalint.toml", quiet),
        ("incidents/rcalint.toml", quiet),
    ]);
    let server = Server::new(State::default());
    let run = review(&scene, &server);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    let body = &server.bodies()[0];
    for file in ["rcalint.toml", "incidents/rcalint.toml"] {
        let said = format!("- `{file}`: settings were changed; this check used the earlier ones\n");
        assert!(body.contains(&said), "{body}");
    }
    assert!(run.out.contains("::notice::rcalint: this change touches its own check"), "{}", run.out);
}

#[test]
fn changes_that_affect_their_own_check_are_reported() {
    if !can_run_scripts() {
        return;
    }
    let scene = Scene::new(&[
        ("rcalint.toml", "baseline = \"known.toml\"\nlexicon.extend = [\"our/terms\"]\n"),
        ("our/terms/words/software.toml", ""),
        ("incidents/outage.md", CALM),
    ]);
    let allow = "<!-- rcalint-allow-file: hindsight -- it suits -->\n";
    scene.commit(&[
        ("incidents/outage.md", &format!("{BLAMES}\n{allow}\n{}", allow.replace("suits", "helps"))),
        ("our/terms/guards.toml", ""),
        (
            "known.toml",
            "version = 1\n[[document]]\npath = \"incidents/outage.md\"\nknown = [\n\
            { rule = \"human-error\", id = \"0\", excerpt = \"x\" },\n\
            { rule = \"weak-action\", id = \"1\", excerpt = \"y\" },\n]\n",
        ),
    ]);
    let server = Server::new(State::default());
    let run = review(&scene, &server);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    let body = &server.bodies()[0];
    for said in [
        "- `our/terms/guards.toml`: the lexicon was changed; this check used the earlier one\n",
        "- `known.toml`: the baseline has 2 findings more than before\n",
        "- `incidents/outage.md`, lines 15, 17: 2 new comments allow findings\n",
    ] {
        assert!(body.contains(said), "{said} is not in {body}");
    }
    assert!(scene.left("summary").contains("**This change touches its own check:**"));
}

#[test]
fn findings_on_changed_lines_come_first_and_only_they_and_the_verdict_fail_the_run() {
    if !can_run_scripts() {
        return;
    }
    let careful = CALM.replace("- Add an alert", "- Be more careful.\n- Add an alert");
    let scene = Scene::new(&[("incidents/outage.md", &careful)]);
    scene.commit(&[("incidents/outage.md", &careful.replace("No mails for", "No mail at all for"))]);
    let server = Server::new(State::default());
    let run = review_with(&scene, &server, &[("INPUT_FAIL_ON", "warning")]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(server.bodies()[0].contains("; none on changed lines"), "{:?}", server.bodies());
    scene.commit(&[("incidents/outage.md", &careful.replace("Be more careful", "Be much more careful"))]);
    let run = review_with(&scene, &server, &[("INPUT_FAIL_ON", "warning")]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert!(server.bodies()[0].contains(" (changed): "), "{:?}", server.bodies());
}

#[test]
fn a_preset_says_what_is_shown_and_what_fails() {
    if !can_run_scripts() {
        return;
    }
    let scene = Scene::new(&[]);
    scene.commit(&[("incidents/outage.md", BLAMES)]);
    let server = Server::new(State::default());
    let run = review_with(&scene, &server, &[("INPUT_PRESET", "draft")]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let body = &server.bodies()[0];
    assert!(body.contains("**Questions to ask**") && !body.contains("<details>"), "{body}");
    let run = review_with(&scene, &server, &[("INPUT_PRESET", "gate")]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert!(server.bodies()[0].contains("<details>"), "{:?}", server.bodies());
}

#[test]
fn a_moved_document_is_not_a_new_one() {
    if !can_run_scripts() {
        return;
    }
    let scene = Scene::new(&[]);
    scene.git(&["mv", "old/outage.md", "old/moved-outage.md"]);
    scene.commit(&[]);
    let server = Server::new(State::default());
    review(&scene, &server);
    let body = &server.bodies()[0];
    assert!(body.contains("old/moved-outage.md") && body.contains("; none on changed lines"), "{body}");
}

#[test]
fn unchanged_documents_are_not_stale() {
    if !can_run_scripts() {
        return;
    }
    let known = "version = 1\n[[document]]\npath = \"old/outage.md\"\ntitle = \"Postmortem: orders outage\"\n\
                 known = [{ rule = \"human-error\", id = \"0\", excerpt = \"x\" }]\n";
    let scene = Scene::new(&[("rcalint.toml", "baseline = \"known.toml\"\n"), ("known.toml", known)]);
    scene.commit(&[("incidents/outage.md", BLAMES)]);
    let run = review(&scene, &Server::new(State::default()));
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    let report: serde_json::Value = serde_json::from_str(&scene.left("temp/rcalint-report.json")).unwrap();
    assert_eq!(report["baseline"], json!({"path": "known.toml", "known": 0, "stale": []}));
}

#[test]
fn the_baseline_of_the_base_branch_applies() {
    if !can_run_scripts() {
        return;
    }
    let scene = Scene::new(&[("known.toml", "version = 1\n")]);
    scene.commit(&[("incidents/outage.md", BLAMES), ("known.toml", "nonsense = 1\n")]);
    let server = Server::new(State::default());
    let run = review_with(&scene, &server, &[("INPUT_BASELINE", "known.toml")]);
    assert_eq!(run.code, 1, "the change broke it, and it is not read from there: {}{}", run.out, run.err);
    let run = review_with(&scene, &server, &[("INPUT_BASELINE", "gone.toml")]);
    assert_eq!(run.code, 2, "{}{}", run.out, run.err);
    assert!(run.out.contains("gone.toml: no such file or folder"), "{}", run.out);
    let both = [("INPUT_BASELINE", "known.toml"), ("INPUT_ISOLATED", "true")];
    let run = review_with(&scene, &server, &both);
    assert!(run.code == 2 && run.out.contains("give either isolated or baseline"), "{}", run.out);
}

#[test]
fn isolated_reads_no_settings_at_all() {
    if !can_run_scripts() {
        return;
    }
    let scene = Scene::new(&[("rcalint.toml", "fail-on = \"never\"\n")]);
    scene.commit(&[("incidents/outage.md", BLAMES)]);
    let server = Server::new(State::default());
    assert_eq!(review_with(&scene, &server, &[]).code, 0);
    assert_eq!(review_with(&scene, &server, &[("INPUT_ISOLATED", "true")]).code, 1);
}

#[test]
fn the_settings_of_the_base_branch_apply() {
    if !can_run_scripts() {
        return;
    }
    let scene = Scene::new(&[("rcalint.toml", "exclude = [\"incidents/\"]\n")]);
    scene.commit(&[("incidents/outage.md", BLAMES)]);
    let run = review(&scene, &Server::new(State::default()));
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
}

#[test]
fn links_are_not_read() {
    if !can_run_scripts() {
        return;
    }
    let (scene, server) = (Scene::new(&[]), Server::new(State::default()));
    scene.commit(&[("incidents/outage.md", CALM)]);
    // The target of a link can be any text; this one would be a postmortem if it were read as a file.
    std::os::unix::fs::symlink(BLAMES, scene.path().join("repository/linked-outage.md")).unwrap();
    scene.commit(&[]);
    let run = review(&scene, &server);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let body = &server.bodies()[0];
    assert!(body.contains("incidents/outage.md") && !body.contains("linked-outage"), "{body}");
}

#[test]
fn the_merge_commit_of_a_pull_request_is_compared_with_its_first_parent() {
    if !can_run_scripts() {
        return;
    }
    let scene = scene();
    let head = scene.head();
    scene.git(&["checkout", "--quiet", "main"]);
    scene.commit(&[("other/outage.md", BLAMES)]);
    scene.git(&["merge", "--quiet", "--no-edit", "change"]);
    let server = Server::new(State::default());
    let run = review_of(&scene, &server, [&head, scene.base()], &[]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    let body = &server.bodies()[0];
    assert!(body.contains("incidents/outage.md") && !body.contains("other/outage.md"), "{body}");
}

/// Uses a checkout of one commit, which is the default of `actions/checkout`.
#[test]
fn a_base_that_is_not_in_the_checkout_is_fetched() {
    if !can_run_scripts() {
        return;
    }
    let merged = |scene: &Scene| {
        let head = scene.head();
        scene.git(&["checkout", "--quiet", "main"]);
        scene.commit(&[("other/outage.md", BLAMES)]);
        scene.git(&["merge", "--quiet", "--no-edit", "change"]);
        head
    };
    let not_merged = |scene: &Scene| {
        scene.commit(&[("notes.txt", "more")]);
        scene.commit(&[("notes.txt", "even more")])
    };
    for (make_head, depth) in
        [(&merged as &dyn Fn(&Scene) -> String, "1"), (&not_merged, "1"), (&not_merged, "2")]
    {
        let scene = scene();
        let head = make_head(&scene);
        scene.shallow(depth);
        let server = Server::new(State::default());
        let inputs = [("GITHUB_SERVER_URL", "https://forge.example")];
        let run = review_of(&scene, &server, [&head, scene.base()], &inputs);
        assert_eq!(run.code, 1, "{}{}", run.out, run.err);
        assert!(run.out.contains("is not in the checkout and is fetched"), "{}", run.out);
        let body = &server.bodies()[0];
        assert!(body.contains("incidents/outage.md") && !body.contains("other/outage.md"), "{body}");
    }
}

#[test]
fn outside_pull_requests_the_whole_folder_is_reviewed() {
    if !can_run_scripts() {
        return;
    }
    let (scene, server) = (scene(), Server::new(State::default()));
    let run = review_with(&scene, &server, &[("GITHUB_EVENT_NAME", "push")]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert!(run.out.contains("file=old/outage.md"), "{}", run.out);
    assert!(server.state().requests.is_empty());
}

#[test]
fn a_base_that_cannot_be_fetched_is_an_error_with_advice() {
    if !can_run_scripts() {
        return;
    }
    let (scene, server) = (scene(), Server::new(State::default()));
    let run = review_of(&scene, &server, [&scene.head(), &"0".repeat(40)], &[]);
    assert_eq!(run.code, 2);
    assert!(
        run.out.contains("::error::rcalint: the base of the pull request is not there; set fetch-depth to 2"),
        "{}",
        run.out
    );
}
