//! Comparisons of two facts in a document: times in its timeline, a remedy and the fix, a promise and the cause.

use rcalint::lexicon::Lexicon;
use rcalint::model::TimelineEvent;
use rcalint::report::{About, DocumentReport};
use rcalint::source::Source;

fn review(text: &str) -> DocumentReport {
    rcalint::review(&Source::new("spec.md".to_owned(), text), Lexicon::embedded())
}

/// Returns the question for a theme of the document.
fn asked(text: &str, theme: &str) -> Option<String> {
    let about = About::Document(theme.to_owned());
    let mut questions = review(text).questions.into_iter();
    questions.find(|question| question.about == about).map(|question| question.text)
}

/// Returns a postmortem with this timeline and a cause that blames nobody.
fn with_timeline(rows: &str) -> String {
    let cause = "The broker keeps no more than 512 connections by default.";
    format!("# Postmortem: brewery sensors offline\n\n## Timeline\n\n{rows}\n## Root cause\n\n{cause}\n")
}

#[test]
fn from_onset_to_notice() {
    let rows = "- 02:10 first errors in the log\n- 02:11 queue grows\n- 02:55 alert fires\n- 03:20 broker restarted\n";
    assert_eq!(
        asked(&with_timeline(rows), "detection").unwrap(),
        "It began at 02:10 and was noticed at 02:55. What could have shown it sooner?"
    );
}

#[test]
fn reports_by_users_get_their_own_question() {
    let rows = "- 02:10 first errors in the log\n- 02:11 queue grows\n- 02:55 customers call the brewery\n- 03:20 broker restarted\n";
    assert_eq!(
        asked(&with_timeline(rows), "users-first").unwrap(),
        "Users reported it at 02:55, after it had begun at 02:10. What inside the system could have shown it first?"
    );
}

#[test]
fn relative_times_are_recognised() {
    let rows = "- T-5 release 12 deployed\n- T+0 first errors in the log\n- T+4 queue grows\n- T+40 alert fires\n- T+55 back to normal\n";
    let text = with_timeline(rows);
    assert!(asked(&text, "detection").unwrap().contains("began at T+0 and was noticed at T+40"));
}

#[test]
fn twelve_hour_times_keep_am_and_pm() {
    let rows = "- 11:40 AM first errors in the log\n- 11:42 AM queue grows\n- 12:30 PM alert fires\n- 1:15 PM broker restarted\n";
    let text = with_timeline(rows);
    assert!(asked(&text, "detection").unwrap().contains("11:40 AM and was noticed at 12:30 PM"));
}

#[test]
fn times_at_the_end_of_labelled_lines_are_a_timeline() {
    let rows = "- First detected 2031-05-02 09:00\n- Incident declared 2031-05-02 09:05\n- Repaired 2031-05-02 11:30\n- Closed 2031-05-02 12:00\n";
    assert_eq!(
        asked(&with_timeline(rows), "repair").unwrap(),
        "It was noticed at 09:00 and fixed at 11:30. What took the time in between?"
    );
}

#[test]
fn times_as_headings_are_a_timeline_with_the_words_below_them() {
    let rows = "### 09:00\n\nRelease 12 is deployed.\n\n### 09:04\n\nThe first errors appear.\n\n### 09:50\n\nAn alert fires.\n\n### 10:10\n\nBack to normal.\n";
    assert!(
        asked(&with_timeline(rows), "detection").unwrap().contains("began at 09:04 and was noticed at 09:50")
    );
}

#[test]
fn a_table_is_a_timeline() {
    let rows = "| Time | Event |\n| --- | --- |\n| 02:10 | first errors in the log |\n| 02:11 | queue grows |\n| 02:55 | alert fires |\n| 03:20 | broker restarted |\n";
    assert!(asked(&with_timeline(rows), "detection").is_some());
}

#[test]
fn from_a_change_to_the_first_notice_without_an_onset() {
    let rows = "- 07:00 rollout of release 12 started\n- 08:30 alert fires\n- 08:40 release 12 withdrawn\n- 09:00 all is well\n";
    assert_eq!(
        asked(&with_timeline(rows), "change-notice").unwrap(),
        "The change was made at 07:00 and its effect was first noticed at 08:30. What could have shown it in between?"
    );
}

#[test]
fn a_summary_with_a_later_end_than_the_timeline_is_asked_about() {
    let rows =
        "- 13:00 site goes down\n- 13:01 alert fires\n- 13:10 config compared\n- 13:12 config corrected\n";
    let text = with_timeline(rows)
        .replace("## Timeline", "## Summary\n\nBetween 13:00 and 17:35 no sensor was seen.\n\n## Timeline");
    assert_eq!(
        asked(&text, "tail").unwrap(),
        "The text says the trouble lasted until 17:35, but the timeline ends at 13:12. What happened in between?"
    );
}

#[test]
fn a_remedy_is_compared_with_a_fix_that_it_forbids() {
    let text = "# Postmortem: brewery sensors offline\n\n## Root cause\n\nThe broker keeps no more than 512 connections.\n\n\
        ## Resolution\n\nThe limit was raised manually on the broker.\n\n## Action items\n\n- Never edit the broker by hand.\n";
    let question = asked(text, "by-hand").unwrap();
    assert!(
        question.contains("\"Never edit the broker by hand\"") && question.contains("\"manually\""),
        "{question}"
    );
    assert!(asked(&text.replace("manually", "by the pipeline"), "by-hand").is_none());
}

#[test]
fn a_fix_in_one_place_is_compared_with_similar_places() {
    let text = "# Postmortem: brewery sensors offline\n\n## Root cause\n\nThe broker keeps no more than 512 connections.\n\n\
        ## Resolution\n\nThe limit was raised on the affected cluster.\n\n## Impact\n\nThe other clusters have the same limit.\n";
    assert_eq!(
        asked(text, "siblings").unwrap(),
        "The fix is described for \"the affected cluster\", but the text also mentions \"The other clusters\": what is the situation there today?"
    );
    assert!(asked(&text.replace("the affected cluster", "all clusters"), "siblings").is_none());
}

#[test]
fn strong_remedies_and_a_cause_that_stops_at_a_person_are_a_conflict() {
    let text = "# Postmortem: brewery sensors offline\n\n## Root cause\n\nHuman error: an engineer deleted the wrong queue.\n\n\
        ## Action items\n\n- Enable deletion protection on all queues.\n";
    let conflict = review(text).conflicts.into_iter().next().unwrap();
    assert_eq!(conflict.theme, "remedies-ahead");
    assert_eq!(conflict.lines, [5]);
    assert!(conflict.text.starts_with("The actions go further than the cause section"));
}

#[test]
fn a_promise_of_blamelessness_and_blame_are_a_conflict() {
    let text = "# Blameless postmortem: brewery sensors offline\n\n## Root cause\n\nThe engineer failed to check the queue.\n";
    let conflict = review(text).conflicts.into_iter().next().unwrap();
    assert_eq!((conflict.theme.as_str(), conflict.lines.as_slice()), ("blameless", [1, 5].as_slice()));
    assert!(
        conflict.text.contains("\"Blameless\"") && conflict.text.contains("failed to check"),
        "{}",
        conflict.text
    );
}

#[test]
fn a_consistent_document_has_no_conflict() {
    let text = "# Blameless postmortem: brewery sensors offline\n\n## Root cause\n\nThe broker keeps 512 connections.\n";
    assert!(review(text).conflicts.is_empty());
}

#[test]
fn the_report_contains_the_rows_and_their_events() {
    let rows = "- 02:10 first errors in the log\n- 02:11 queue grows\n- 02:55 alert fires\n- 03:20 broker restarted\n";
    let timeline = review(&with_timeline(rows)).timeline;
    let times: Vec<&str> = timeline.iter().map(|row| row.time.as_str()).collect();
    assert_eq!(times, ["02:10", "02:11", "02:55", "03:20"]);
    assert_eq!((timeline[0].line, timeline[0].marks.as_slice()), (5, [TimelineEvent::Onset].as_slice()));
}

#[test]
fn a_suggested_pattern_names_the_act_if_it_can_be_named_well() {
    let report =
        review("# Postmortem\n\n## Root cause\n\nThe on-call engineer forgot to renew the certificate.\n");
    let shape = report.findings.iter().find_map(|finding| finding.shape.clone()).unwrap();
    assert!(shape.starts_with("renewing the certificate depended on ["), "{shape}");
    let report = review("# Postmortem\n\n## Root cause\n\nHuman error.\n");
    let shape = report.findings.iter().find_map(|finding| finding.shape.clone()).unwrap();
    assert!(shape.contains("[act]"), "{shape}");
}

const TIMELINE: &str = "\
# Postmortem: brewery sensors offline

## Timeline

- 14:00 release 12 deployed
- 14:02 first errors in the log
- 14:06 queue grows
- 15:10 shift lead calls the vendor
- 15:14 broker restarted
- 15:20 back to normal

## Root cause

The broker keeps no more than 512 connections by default.
";

#[test]
fn a_gap_is_asked_about_with_the_times_of_the_timeline() {
    let report = review(TIMELINE);
    let silence =
        "Between 14:06 and 15:10 the timeline has nothing: what was tried, seen or waited for then?";
    assert!(report.questions.iter().any(|question| question.text == silence), "{:?}", report.questions);
}

#[test]
fn a_timeline_that_runs_backwards_is_not_asked_about() {
    let text = TIMELINE.replace("- 15:14", "- 14:59");
    let about = About::Document("silence".to_owned());
    assert!(review(&text).questions.iter().all(|question| question.about != about));
}
