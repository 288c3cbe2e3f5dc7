//! Comparisons of two facts in a document: times in its timeline, a remedy and the fix, a promise and the cause.

use rcalint::lexicon::Lexicon;
use rcalint::model::TimelineEvent;
use rcalint::report::{About, DocumentReport, TimelineRow};
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

/// Returns the events of the rows of a timeline.
fn events(rows: &[&str]) -> Vec<Vec<TimelineEvent>> {
    let list = format!("- {}\n", rows.join("\n- "));
    review(&with_timeline(&list)).timeline.into_iter().map(|row| row.marks).collect()
}

#[test]
fn what_did_not_happen_is_no_event() {
    let rows =
        ["08:50 p95 at 300 ms, no alert (threshold 500)", "08:55 not yet resolved", "09:00 not reverted"];
    assert_eq!(events(&[&rows[..], &["09:35 alert fires"]].concat())[..3], vec![vec![]; 3]);
}

#[test]
fn a_page_on_a_screen_notices_nothing() {
    let rows = [
        "21:31 the host updates their status page",
        "21:40 site switched to the maintenance page",
        "21:45 the editor published the page",
        "21:50 page to the primary, no answer",
    ];
    let noticed = events(&rows).into_iter().map(|events| events.contains(&TimelineEvent::Noticed));
    assert_eq!(noticed.collect::<Vec<_>>(), [false, false, false, true]);
}

#[test]
fn whoever_calls_the_help_desk_is_a_user() {
    let rows = [
        "08:40 problem reported by the first clinic to the help desk",
        "08:50 end-users alerted us",
        "08:55 a customer reached out",
        "09:00 users informed about the outage",
    ];
    let told = events(&rows).into_iter().map(|events| events.contains(&TimelineEvent::ToldByUsers));
    assert_eq!(told.collect::<Vec<_>>(), [true, true, true, false]);
}

#[test]
fn relative_times_are_recognised() {
    let rows = "- T-5 release 12 deployed\n- T+0 first errors in the log\n- T+4 queue grows\n- T+40 alert fires\n- T+55 back to normal\n";
    let text = with_timeline(rows);
    assert!(asked(&text, "detection").unwrap().contains("began at T+0 and was noticed at T+40"));
}

#[test]
fn a_notice_before_the_trouble_is_asked_about() {
    let rows = "- 01:40 alert fires\n- 02:10 first errors in the log\n- 02:20 queue grows\n- 02:35 broker restarted\n";
    assert_eq!(
        asked(&with_timeline(rows), "early-alert").unwrap(),
        "Something was noticed at 01:40, before the trouble is said to have begun at 02:10. What did it tell those who saw it?"
    );
}

#[test]
fn a_failed_way_back_and_an_unanswered_page_are_asked_about() {
    let rows = "- 02:10 first errors in the log\n- 02:20 nobody acknowledged the page\n- 02:35 the rollback failed\n- 02:50 broker restarted\n";
    let text = with_timeline(rows);
    let way_back = "About \"the rollback failed\": how had this way back been tried before it was needed?";
    assert_eq!(asked(&text, "way-back").unwrap(), way_back);
    let page = "About \"nobody acknowledged the page\": what happens to a page here when nobody answers it?";
    assert_eq!(asked(&text, "unanswered-page").unwrap(), page);
}

#[test]
fn a_gap_that_the_text_explains_is_no_silence() {
    let rows = "- 02:10 first errors in the log\n- 02:15 alert fires\n- 02:20 queue grows\n- 03:50 broker restarted\n";
    let text = with_timeline(rows);
    assert!(asked(&text, "silence").unwrap().contains("Between 02:20 and 03:50"));
    assert_eq!(asked(&format!("{text}\n## Lessons\n\nThe disk check ran until 03:50.\n"), "silence"), None);
    let text = with_timeline(&rows.replace("- 0", "- "));
    let other = asked(&format!("{text}\n## Lessons\n\nThe disk check ran until 13:50.\n"), "silence");
    assert!(other.unwrap().contains("Between 2:20 and 3:50"));
}

#[test]
fn twelve_hour_times_keep_am_and_pm() {
    let rows = "- 11:40 AM first errors in the log\n- 11:42 AM queue grows\n- 12:30 PM alert fires\n- 1:15 PM broker restarted\n";
    let text = with_timeline(rows);
    assert!(asked(&text, "detection").unwrap().contains("11:40 AM and was noticed at 12:30 PM"));
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
        ## Action items\n\n- Enable deletion protection on all queues.\n- Alert on a queue without consumers.\n";
    let conflict = review(text).conflicts.into_iter().next().unwrap();
    assert_eq!(conflict.theme, "remedies-ahead");
    assert_eq!(conflict.lines, [5]);
    assert!(conflict.text.starts_with("The actions go further than the cause section"));
    assert!(review(&format!("{text}- Remind everybody to be careful.\n")).conflicts.is_empty());
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

/// Returns the rows of a timeline as `time`, or `time (reason)`.
fn rows(timeline: &str) -> Vec<String> {
    let shown = |row: &TimelineRow| match row.reason {
        Some(reason) => format!("{} ({reason:?})", row.time),
        None => row.time.clone(),
    };
    review(&with_timeline(timeline)).timeline.iter().map(shown).collect()
}

#[test]
fn a_row_that_cannot_be_read_does_not_lose_the_others() {
    let table = "| # | When | What |\n| --- | --- | --- |\n| 1 | 02:10 | first errors in the log |\n\
        | 2 | soon after | queue grows |\n| 3 | 02:55 | alert fires |\n| 4 | 25:61 | rollout paused |\n\
        | 5 | 03:20 | broker restarted |\n| 6 | 03:30 | back to normal |\n";
    assert_eq!(rows(table), ["02:10", " (NoTime)", "02:55", " (NoTime)", "03:20", "03:30"]);
    assert_eq!(
        asked(&with_timeline(table), "detection").unwrap(),
        "It began at 02:10 and was noticed at 02:55. What could have shown it sooner?"
    );
}

#[test]
fn a_mistyped_time_loses_only_its_own_row() {
    let timeline = "- 14:00 first errors in the log\n- 19:02 queue grows\n- 14:06 clients retry\n\
        - 15:10 alert fires\n- 15:14 broker restarted\n";
    assert_eq!(rows(timeline), ["14:00", "19:02 (OutOfOrder)", "14:06", "15:10", "15:14"]);
    let text = with_timeline(timeline);
    assert!(asked(&text, "detection").unwrap().contains("14:00 and was noticed at 15:10"));
    assert!(asked(&text, "silence").is_none(), "the row of 19:02 may belong there");
    let noticed = text.replace("queue grows", "customers call the brewery");
    assert!(asked(&noticed, "detection").is_none(), "it may have been noticed sooner");
}

#[test]
fn rows_with_the_newest_first_are_read_from_below() {
    let timeline = "- 03:20 broker restarted\n- 02:55 alert fires\n- 02:11 queue grows\n- 02:10 first errors in the log\n";
    assert_eq!(rows(timeline), ["03:20", "02:55", "02:11", "02:10"]);
    assert!(asked(&with_timeline(timeline), "detection").unwrap().contains("02:10 and was noticed at 02:55"));
}

#[test]
fn a_timeline_out_of_order_does_not_hide_the_one_of_another_incident() {
    let second =
        "## Second incident\n\n### Timeline\n\n- 09:00 x\n- 07:00 x\n- 08:00 x\n- 06:00 x\n- 07:30 x\n";
    let first = "- 02:10 first errors in the log\n- 02:11 queue grows\n- 02:55 alert fires\n- 03:20 broker restarted\n";
    let text = format!("{}\n{second}", with_timeline(first));
    assert!(asked(&text, "detection").unwrap().contains("02:10 and was noticed at 02:55"));
    assert_eq!(review(&text).timeline.len(), 9);
}

#[test]
fn dates_without_times_count_days() {
    let timeline = "- 2026-03-03: release 12 deployed\n- 2026-03-04 09:00 first errors in the log\n\
        - 2026-03-04 09:20 clients retry\n- 2026-03-04 09:50 alert fires\n- 2026-03-05: queue grows\n- 08:00 broker restarted\n- 2026-03-06: closed\n";
    let expected = [
        "2026-03-03 (NoTimeOfDay)",
        "09:00",
        "09:20",
        "09:50",
        "2026-03-05 (NoTimeOfDay)",
        "08:00",
        "2026-03-06 (NoTimeOfDay)",
    ];
    assert_eq!(rows(timeline), expected);
    assert!(asked(&with_timeline(timeline), "detection").unwrap().contains("09:00 and was noticed at 09:50"));
}

#[test]
fn a_date_above_rows_is_theirs() {
    let under_items = "- 3 March\n  - 14:00 first errors in the log\n  - 14:02 queue grows\n\
        - 5 March\n  - 15:00 alert fires\n  - 15:30 broker restarted\n";
    let under_headings = "### 3 March\n\n- 14:00 first errors in the log\n- 14:02 queue grows\n\n\
        ### 5 March\n\n- 15:00 alert fires\n- 15:30 broker restarted\n";
    for timeline in [under_items, under_headings] {
        assert_eq!(rows(timeline), ["14:00", "14:02", "15:00", "15:30"]);
        assert!(asked(&with_timeline(timeline), "detection").is_none(), "two days later: {timeline}");
        let same_day = with_timeline(&timeline.replace("5 March", "March 3"));
        assert!(asked(&same_day, "detection").unwrap().contains("14:00 and was noticed at 15:00"));
    }
}

#[test]
fn times_of_several_zones_are_compared_on_one_clock() {
    let timeline = "- 2026-07-01 14:00 UTC first errors in the log\n- 2026-07-01 10:05 ET queue grows\n\
        - 2026-07-01 16:30 CEST alert fires\n- 2026-07-01 14:40 UTC broker restarted\n";
    assert_eq!(
        asked(&with_timeline(timeline), "detection").unwrap(),
        "It began at 14:00 UTC and was noticed at 16:30 CEST. What could have shown it sooner?"
    );
    let undated = timeline.replace("2026-07-01 ", "").replace("ET queue", "ET (summer or winter) queue");
    assert_eq!(rows(&undated), ["14:00 UTC", "10:05 ET (UnknownZone)", "16:30 CEST", "14:40 UTC"]);
}

#[test]
fn clocks_that_change_during_the_incident() {
    let timeline = "- 2026-03-08 01:40 ET first errors in the log\n- 2026-03-08 01:41 ET queue grows\n\
        - 2026-03-08 03:05 ET alert fires\n- 2026-03-08 03:30 ET broker restarted\n";
    assert!(asked(&with_timeline(timeline), "detection").is_some(), "25 minutes");
    let sooner = timeline.replace("03:05", "03:00").replace("01:40", "01:50").replace("01:41", "01:51");
    assert!(asked(&with_timeline(&sooner), "detection").is_none(), "10 minutes");
}

#[test]
fn usual_forms_of_rows() {
    for (timeline, expected) in [
        ("1. At 14:00 x\n2. By 2:10 pm x\n3. ca. 14:20 x\n4. 3pm x\n", "14:00 2:10 PM 14:20 3 PM"),
        ("- 14.00 x\n- 1402Z x\n- 1410 - x\n- x (14:20)\n", "14:00 14:02 14:10 14:20"),
        ("- +0:00 x\n- +0:10 x\n- +20 min x\n- +1h x\n", "+0:00 +0:10 +20 min +1h"),
        (
            "- [14:00](https://x/1) x\n- [14:10](https://x/1) x\n- `14:20` x\n- **[14:30]** x\n",
            "14:00 14:10 14:20 14:30",
        ),
        (
            "- 14:00 a job that ends at\n  15:40.\n- 14:10 x\n- 14:20 x\n- 14:30 x\n",
            "14:00 14:10 14:20 14:30",
        ),
        (
            "| 3 March 2025 | 14:00 | x |\n| --- | --- | --- |\n| 3 March 2025 | 14:10 | x |\n| 3 March 2025 | 14:20 | x |\n",
            "14:00 14:10 14:20",
        ),
        (
            "<table><tr><td>14:00</td><td>x</td></tr><tr>\n<td>14:10</td>\n<td>x</td></tr><tr><td>14:20</td><td>x</td></tr><tr><td>14:30</td><td>x</td></tr></table>\n",
            "14:00 14:10 14:20 14:30",
        ),
        (
            "4:48pm – x\n\nT17:12Z x\n\n17:20UTC x\n\n17:30 broker 2: Comes back, refuses…\n",
            "4:48 PM 17:12 17:20 17:30",
        ),
    ] {
        assert_eq!(rows(timeline).join(" "), expected, "{timeline}");
    }
    assert_eq!(rows("- 2024: x\n- 14:00 x\n- 2 engineers\n"), [" (NoTime)", "14:00", " (NoTime)"]);
}

const TIMELINE: &str = "\
# Postmortem: brewery sensors offline

## Timeline

- 14:00 release 12 deployed
- 14:02 first errors in the log
- 14:06 alert: queue grows
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
