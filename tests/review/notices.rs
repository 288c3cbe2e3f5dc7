//! The marks of a timeline: when the trouble began, who noticed it and when it was over.

use rcalint::lexicon::Lexicon;
use rcalint::model::TimelineEvent::{self, Fixed, Noticed, Onset, Resolved, ToldByUsers};
use rcalint::report::TimelineRow;
use rcalint::source::Source;

fn timeline(text: &str) -> Vec<TimelineRow> {
    rcalint::review(&Source::new("spec.md".to_owned(), text), Lexicon::embedded()).timeline
}

/// Returns the time, the minute and the marks of each row.
fn rows(text: &str) -> Vec<(String, Option<i64>, Vec<TimelineEvent>)> {
    timeline(text).into_iter().map(|row| (row.time, row.minute, row.marks)).collect()
}

/// Returns the times of the rows about a notice.
fn noticed(text: &str) -> Vec<String> {
    let is_notice = |row: &TimelineRow| row.marks.contains(&Noticed) || row.marks.contains(&ToldByUsers);
    timeline(text).into_iter().filter(is_notice).map(|row| row.time).collect()
}

fn with_timeline(summary: &str, rows: &str) -> String {
    format!("# Postmortem: ferry tickets, 4 May 2025\n\n## Summary\n\n{summary}\n\n## Timeline\n\n{rows}\n")
}

#[test]
fn fields_say_when_it_was_noticed_without_any_timeline() {
    let text = "# Postmortem: ferry tickets\n\nStart: 08:10 CET\nDetected: 09:25 CET\nMitigated: 10:00 CET\n\
                Resolved: 11:40 CET\n\nSummary: No tickets were sold.\n";
    let (at, fixed) = (|minute| Some(minute), vec![Fixed, Resolved]);
    let wanted = [
        ("08:10", at(0), vec![Onset]),
        ("09:25", at(75), vec![Noticed]),
        ("10:00", at(110), vec![Fixed]),
        ("11:40", at(210), fixed),
    ];
    assert_eq!(rows(text), wanted.map(|(time, minute, marks)| (time.to_owned(), minute, marks)));
}

#[test]
fn fields_are_on_the_clock_of_the_timeline() {
    let text = "# Postmortem: ferry tickets\n\n| | |\n| --- | --- |\n| Start | 4 May 2025, 08:10 |\n\
                | Noticed | 4 May 2025, 08:30, by a customer |\n\n## Timeline\n\n- 08:00 deployment started\n\
                - 08:10 sales drop to zero\n- 08:30 a caller asks for a ticket\n- 08:50 service restored\n";
    let wanted = [("08:10", 10, vec![Onset]), ("08:30", 30, vec![Noticed, ToldByUsers])];
    let found = rows(text);
    for (time, minute, marks) in wanted {
        assert!(found.contains(&(time.to_owned(), Some(minute), marks)), "{time}: {found:?}");
    }
}

#[test]
fn an_alert_long_before_the_beginning_is_about_something_else() {
    let text = with_timeline(
        "At 04:10 the volume was deleted.",
        "- 00:40 page: the disk is nearly full\n- 04:10 volume deleted\n- 04:20 page clears\n\
         - 07:30 ticket opened by the harbour office\n- 09:00 service restored",
    );
    assert!(!noticed(&text).contains(&"00:40".to_owned()), "{:?}", rows(&text));
    assert!(noticed(&text).contains(&"07:30".to_owned()), "{:?}", rows(&text));
}

#[test]
fn a_call_days_before_the_change_is_about_something_else() {
    let text = with_timeline(
        "Invoices were wrong.",
        "- 1 May 2025 10:00 a customer calls about a typo\n- 3 May 2025 12:00 version 7 deployed\n\
         - 4 May 2025 08:00 a customer calls about an invoice\n- 4 May 2025 09:00 version 7 rolled back",
    );
    assert_eq!(noticed(&text), ["08:00"]);
}

#[test]
fn colleagues_who_ask_and_first_calls_are_notices() {
    let text = with_timeline(
        "Tickets were late.",
        "- 08:00 queue grows\n- 08:20 the quay office asks in the chat why nothing is printed\n\
         - 08:30 the counter receives the first calls\n- 09:00 service restored",
    );
    assert_eq!(noticed(&text), ["08:20", "08:30"]);
}

#[test]
fn machines_of_users_and_what_is_over_are_no_notices() {
    let text = with_timeline(
        "Tickets were late.",
        "- 08:00 customer servers call for help\n- 08:20 the pool is drained\n- 09:00 service restored\n\
         - 09:10 customers are reporting that the site had been down",
    );
    assert_eq!(noticed(&text), Vec::<String>::new());
}

#[test]
fn a_fix_on_its_way_is_no_fix() {
    let text = with_timeline(
        "Tickets were late.",
        "- 08:00 first errors\n- 08:20 alert fires\n- 08:40 the vendor says that a fix is being rolled out\n\
         - 09:00 back to normal",
    );
    let fixed = timeline(&text).into_iter().filter(|row| row.marks.contains(&Fixed));
    assert_eq!(fixed.map(|row| row.time).collect::<Vec<_>>(), ["09:00"]);
}
