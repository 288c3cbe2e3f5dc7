//! `rcalint report`: a whole collection.

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::*;

/// Returns the report of a run as JSON.
fn json(run: &Run) -> Value {
    serde_json::from_str(&run.out).unwrap()
}

#[test]
fn a_report_counts_documents_over_time() {
    let folder = Folder::mixed();
    let report = json(&folder.run(&["report", "--by", "month", "--format", "json"]).code(0));
    assert_eq!(report["periods"], serde_json::json!(["2026-01", "2026-02"]));
    assert_eq!(report["glance"]["by_period"][0]["start_over"], 1);
    assert_eq!(report["glance"]["verdicts"]["clear"], 1);
    assert_eq!(report["remedies"]["only_weaker"], 1);
    assert_eq!(report["documents"][1]["path"], "incidents/calm.md");
    assert_eq!(report["skipped"][0]["path"], "README.md");
}

#[test]
fn extensions_tell_the_formats_and_nothing_else_is_printed() {
    let folder = Folder::mixed();
    let args =
        ["report", "incidents", "--output", "a.html", "--output", "a.csv", "--output", "markdown=a.txt"];
    let run = folder.run(&args).code(0);
    assert!(run.out.is_empty() && run.err.is_empty(), "{}{}", run.out, run.err);
    assert!(folder.read("a.html").contains("<!DOCTYPE html>"));
    assert!(folder.read("a.csv").starts_with("path,title,date,"));
    assert!(folder.read("a.txt").contains("\n## At a glance\n"));
    let run = folder.run(&["report", "incidents", "--output", "a.pdf"]).code(2);
    assert!(run.err.contains("such as report.html"), "{}", run.err);
}

#[test]
fn check_reads_the_format_from_the_extension_too() {
    let folder = Folder::mixed();
    folder.run(&["incidents", "--output", "a.sarif"]).code(1);
    assert!(folder.read("a.sarif").contains("\"version\": \"2.1.0\""));
}

#[test]
fn saved_reviews_give_the_same_report() {
    let folder = Folder::mixed();
    let direct = folder.run(&["report", "incidents", "--format", "json"]).code(0).out;
    for (format, name) in [("jsonl", "saved.jsonl"), ("json", "saved.json")] {
        folder.run(&["incidents", "--exit-zero", "--output", &format!("{format}={name}")]).code(0);
        let saved = folder.run(&["report", "--from", name, "--format", "json"]).code(0).out;
        assert_eq!(saved, direct, "{name}");
    }
    let lines = folder.read("saved.jsonl");
    let piped = folder.run_with(&["report", "--from", "-", "--format", "json"], lines.as_bytes());
    assert_eq!(piped.code(0).out, direct);
}

#[test]
fn a_line_that_is_no_review_is_said_and_the_others_count() {
    let folder = Folder::mixed();
    folder.run(&["incidents", "--exit-zero", "--output", "jsonl=saved.jsonl"]).code(0);
    let forged = r#"{"type":"document","path":"x.md","verdict":"guilty"}"#;
    folder.write("saved.jsonl", format!("oops\n{}{forged}\n\u{0}\n", folder.read("saved.jsonl")));
    let run = folder.run(&["report", "--from", "saved.jsonl", "--output", "a.html"]).code(2);
    for line in ["saved.jsonl:1: not JSON", "saved.jsonl:5: not a report as", "saved.jsonl:6: not JSON"] {
        assert!(run.err.contains(line), "{}", run.err);
    }
    let page = folder.read("a.html");
    assert!(page.contains("saved.jsonl:5") && page.contains("incidents/calm.md"), "{page}");
    for empty in ["", "\n"] {
        let run = folder.run_with(&["report", "--from", "-"], empty.as_bytes());
        assert_eq!(run.code, i32::from(empty.is_empty()) * 2, "{}", run.err);
    }
}

#[test]
fn files_that_cannot_be_read_are_on_the_page_and_in_the_exit_code() {
    let folder = Folder::mixed();
    folder.write("incidents/broken.md", b"# Postmortem\n\xff\xfe");
    let run = folder.run(&["report", "incidents", "gone.md"]).code(2);
    assert!(run.err.contains("gone.md: no such file"), "{}", run.err);
    assert!(run.out.contains("2 files could not be read."), "{}", run.out);
    assert!(run.out.contains("| `incidents/broken.md` | not valid UTF-8 at byte 13"), "{}", run.out);
    assert!(run.out.contains("\n2 documents, from 2026-01-02 to 2026-02-03."), "{}", run.out);
}

#[test]
fn a_range_of_dates_leaves_documents_out_and_says_so() {
    let folder = Folder::mixed();
    folder.write("incidents/undated.md", CALM.replace("Date: 2026-02-03\n", ""));
    let report =
        json(&folder.run(&["report", "incidents", "--since", "2026-02", "--format", "json"]).code(0));
    assert_eq!(report["glance"]["documents"], 1);
    assert_eq!((&report["glance"]["outside"], &report["glance"]["outside_undated"]), (&1.into(), &1.into()));
    let run = folder.run(&["report", "incidents", "--until", "2026-01"]).code(0);
    assert!(run.out.contains("1 document, of 2026-01-02."), "{}", run.out);
    assert!(run.out.contains("1 of other dates and 1 without a date left out"), "{}", run.out);
    let run = folder.run(&["report", "incidents", "--since", "soon"]).code(2);
    assert!(run.err.contains("such as 2026"), "{}", run.err);
    folder.run(&["report", "incidents", "--since", "2026-01", "--until", "2026"]).code(0);
    let run = folder.run(&["report", "incidents", "--since", "2026-02", "--until", "2026-01"]).code(2);
    assert!(run.out.is_empty() && run.err.contains("--since is later than --until"), "{}", run.err);
}

#[test]
fn a_date_in_the_path_counts_before_one_in_the_text() {
    let folder = Folder::new();
    folder.write("2025-12-24-queue.md", CALM.replace("Date: 2026-02-03", "Resolved on 3 February 2026"));
    let report = json(&folder.run(&["report", "--format", "json"]).code(0));
    assert_eq!(report["documents"][0]["date"], "2025-12-24");
}

#[test]
fn few_documents_have_no_percentages() {
    let folder = Folder::mixed();
    let out = folder.run(&["report", "incidents"]).code(0).out;
    // How sure it is was measured on many documents.
    let (numbers, _) = out.split_once("\n## How sure it is\n").unwrap();
    assert!(!numbers.contains('%'), "{out}");
}

#[test]
fn actions_that_are_not_agreed_yet_are_no_remedies() {
    let folder = Folder::new();
    let none = ["None yet, the review is booked for the 11th.", "- To be agreed in the review."];
    for (name, actions) in ["a.md", "b.md"].into_iter().zip(none) {
        folder.write(name, CALM.replace("- Add a limit to the queue.", actions));
    }
    let report = json(&folder.run(&["report", "--format", "json"]).code(0));
    let nothing = serde_json::json!({"stronger": 0, "intermediate": 0, "weaker": 0, "unknown": 0});
    assert_eq!(report["remedies"]["remedies"], nothing);
}

#[test]
fn a_difference_of_two_is_not_called_one() {
    let folder = Folder::mixed();
    let names = ["a.md", "b.md", "c.md"];
    let out = |folder: &Folder| folder.run(&["report", "--by", "year"]).code(0).out;
    folder.write("old.md", CALM.replace("2026-02-03", "2024-02-03"));
    folder.write(names[0], BLAMES);
    assert!(!out(&folder).contains("with the most"));
    folder.write(names[1], BLAMES);
    assert!(out(&folder).contains("The year with the most is 2026: 3."), "{}", out(&folder));
    folder.write(names[2], BLAMES.replace("2026", "2025"));
    assert!(!out(&folder).contains("with the most"));
}

#[test]
fn markdown_shows_paths_below_the_common_folder_and_only_documents_that_start_over() {
    let out = Folder::mixed().run(&["report", "incidents"]).code(0).out;
    assert!(out.contains(" Paths are below `incidents/`."), "{out}");
    assert!(out.contains("`blames.md` line ") && !out.contains("`incidents/blames.md`"), "{out}");
    let (_, listed) = out.split_once("\n## Documents that start over\n").unwrap();
    assert!(!listed.contains("calm.md"), "{out}");
}

#[test]
fn an_empty_collection_is_a_report_too() {
    let folder = Folder::new();
    for format in ["markdown", "html", "json", "csv"] {
        let run = folder.run(&["report", "--format", format]).code(0);
        assert!(!run.out.is_empty() && !run.out.contains("NaN"), "{}", run.out);
    }
    assert!(!folder.run(&["report"]).code(0).out.contains("bucket"), "nothing can be said about buckets");
}

/// Returns a folder with documents with these causes, a month apart.
fn with_causes(causes: &[&str]) -> Folder {
    let folder = Folder::new();
    for (month, cause) in (1..).zip(causes) {
        let text = CALM.replace("2026-02-03", &format!("2026-{month:02}-03"));
        let cause =
            text.replace("The queue had no limit on its length, and no alert watched its age.", cause);
        folder.write(&format!("incident-{month}.md"), cause);
    }
    folder
}

/// Returns the conditions that were met again in documents with these causes, a month apart: system and factor.
fn met_again(causes: &[&str]) -> Vec<(String, String)> {
    let report = json(&with_causes(causes).run(&["report", "--format", "json"]).code(0));
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let pair = |met: &Value| (text(&met["system"]), text(&met["factor"]));
    report["met_again"].as_array().unwrap().iter().map(pair).collect()
}

#[test]
fn a_product_is_met_again_under_any_of_its_names() {
    let met = met_again(&[
        "There is a bug in the vacuum of Postgres.",
        "There is a bug in the vacuum of PostgreSQL.",
    ]);
    assert_eq!(met, [("PostgreSQL".to_owned(), "defects".to_owned())]);
}

#[test]
fn a_system_has_one_spelling() {
    let causes = [
        "There is a bug in the vacuum of PostgreSQL.",
        "There is a bug in the vacuum of Postgres.",
        "There is a bug in the vacuum of PostgreSQL.",
    ];
    let folder = with_causes(&[causes[1], causes[1], causes[0]]);
    let report = json(&folder.run(&["report", "--format", "json"]).code(0));
    assert_eq!(
        (&report["met_again"][0]["system"], &report["systems"][0]["name"]),
        (&"Postgres".into(), &"Postgres".into())
    );
    assert_eq!(met_again(&causes)[0].0, "PostgreSQL");
}

#[test]
fn a_sentence_that_does_not_name_the_system_is_not_met_again() {
    let cause = "No alert watched the age of the jobs. The `orders` service was down.";
    assert_eq!(met_again(&[cause, cause]), []);
    let named = "No alert watched the age of the jobs of the `orders` service.";
    assert_eq!(met_again(&[named, named]), [("orders".to_owned(), "monitoring-and-alerting".to_owned())]);
}

#[test]
fn another_condition_with_the_same_product_is_not_met_again() {
    let causes = ["There is a bug in the vacuum of Postgres.", "A race in Postgres lost the rows."];
    assert_eq!(met_again(&causes), []);
}

#[test]
fn remedies_that_were_done_already_are_said_to_be() {
    let bug = "There is a bug in the vacuum of Postgres.";
    let folder = with_causes(&[bug, bug]);
    let first = folder
        .read("incident-1.md")
        .replace("- Add a limit to the queue.", "- [x] Upgrade it.\n- Already in the runbook.");
    folder.write("incident-1.md", first);
    let out = folder.run(&["report"]).code(0).out;
    assert!(out.contains("At least 1 condition was met again"), "{out}");
    assert_eq!((out.matches("(already done, ").count(), out.matches("(promised, ").count()), (2, 0), "{out}");
    let report = json(&folder.run(&["report", "--format", "json"]).code(0));
    let remedies = report["met_again"][0]["meetings"][0]["remedies"].as_array().unwrap();
    assert_eq!(remedies.iter().filter(|remedy| remedy["done"] == true).count(), 2);
}

#[test]
fn a_product_in_the_same_sentence_or_ruled_out_is_not_met_again() {
    let beside = "No alert watched the age of the queue in Postgres.";
    assert_eq!(met_again(&[beside, beside]), []);
    let ruled_out = "The queue had no limit. A bug in the vacuum of Postgres was ruled out.";
    assert_eq!(met_again(&["There is a bug in the vacuum of Postgres.", ruled_out]), []);
}

#[test]
fn a_report_is_not_read_as_a_postmortem_and_overwrites_none() {
    let folder = Folder::mixed();
    for _ in 0..2 {
        folder.run(&["report", "incidents", "--output", "incidents/postmortem-report.md"]).code(0);
    }
    assert!(!folder.read("incidents/postmortem-report.md").contains("[Postmortem-report"));
    assert!(folder.read("incidents/postmortem-report.md").contains("\n2 documents, from"));
    let run = folder.run(&["report", "incidents", "--output", "incidents/calm.md"]).code(2);
    assert!(run.err.contains("one of the reviewed documents"), "{}", run.err);
    assert_eq!(folder.read("incidents/calm.md"), CALM);
}

#[test]
fn a_baseline_sets_findings_aside() {
    let folder = Folder::mixed();
    folder.run(&["baseline", "create", "incidents"]).code(0);
    let args = ["report", "incidents", "--baseline", "rcalint-baseline.toml", "--format", "json"];
    assert_eq!(json(&folder.run(&args).code(0))["rules"], serde_json::json!([]));
}

#[test]
fn a_bucket_of_the_team_has_its_row() {
    let folder = Folder::mixed();
    let own = "[[bucket]]\nid = \"weather\"\nname = \"wind and weather\"\nsummary = \"storms\"\n\n\
               [[factor]]\nbucket = \"weather\"\nid = \"storm\"\nsummary = \"a storm\"\nstrong = [\"storm\"]\n\
               counts = [\"The storm cut the line.\"]\n";
    folder.write("rcalint.toml", own);
    folder
        .write("incidents/storm.md", CALM.replace("The queue had", "The storm cut the line. The queue had"));
    let run = folder.run(&["report", "incidents"]).code(0);
    assert!(run.out.contains("| **wind and weather: examined in** |"), "{}", run.out);
}

#[test]
fn the_names_of_people_are_never_systems() {
    let folder = Folder::new();
    for (day, name) in [("01", "a.md"), ("02", "b.md")] {
        let cause = "The `alice` service account was used by `alice`. `jsmith` had deployed the change. No alert \
                     watched the `orders` database.";
        let text = CALM.replace("2026-02-03", &format!("2026-02-{day}"));
        folder.write(
            name,
            text.replace("The queue had no limit on its length, and no alert watched its age.", cause),
        );
    }
    let report = json(&folder.run(&["report", "a.md", "b.md", "--format", "json"]).code(0));
    let names: Vec<&str> =
        report["systems"].as_array().unwrap().iter().map(|system| system["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["orders"]);
}

#[test]
fn hostile_documents_cannot_leave_their_quotes() {
    let folder = Folder::new();
    let hostile = "# Postmortem <script>alert(1)</script> ` | @team [x](javascript:y)\n\nDate: 2026-01-02\n\n\
                   ## Impact\n\nNone.\n\n## Root cause\n\nHuman error: \"><img src=x onerror=y> \u{202e}| `</style>` \
                   ##[error] forgot to check.\n";
    folder.write("a.md", hostile);
    folder.write("b.md", hostile);
    folder
        .run(&["report", "a.md", "b.md", "--output", "r.html", "--output", "r.md", "--output", "r.csv"])
        .code(0);
    let page = folder.read("r.html");
    assert_eq!(page.matches("<script").count(), 1);
    assert_eq!((page.matches("<style").count(), page.matches("</style").count()), (1, 1));
    assert!(!page.contains("<img") && !page.contains('\u{202e}') && !page.contains("javascript:y\""));
    let text = folder.read("r.md");
    let body = text.split_once('\n').unwrap().1;
    let is_markup = |event: &Event<'_>| {
        matches!(
            event,
            Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::Link { .. } | Tag::Image { .. })
        )
    };
    let markup: Vec<Event<'_>> = Parser::new_ext(body, Options::all()).filter(is_markup).collect();
    assert!(markup.is_empty() && !text.contains('\u{202e}'), "{markup:?}");
}

#[test]
fn lines_are_links_if_there_is_an_address() {
    let folder = Folder::mixed();
    let base = ["--link-base", "https://example.com/blob/main"];
    folder
        .run(&[&["report", "incidents", "--output", "r.html", "--output", "r.md"], &base[..]].concat())
        .code(0);
    let link = "https://example.com/blob/main/incidents/blames.md?plain=1#L11";
    assert!(folder.read("r.html").contains(&format!("href=\"{link}\"")));
    assert!(folder.read("r.md").contains(&format!("[line 11]({link})")));
}
