//! What the text tells is not asked: an account of the events, another action, a row that shows what was waited for.

use rcalint::lexicon::Lexicon;
use rcalint::report::{DocumentReport, Question};
use rcalint::source::Source;

fn review(text: &str) -> DocumentReport {
    rcalint::review(&Source::new("spec.md".to_owned(), text), Lexicon::embedded())
}

fn asks(text: &str, words: &str) -> bool {
    review(text).questions.iter().any(|Question { text, .. }| text.contains(words))
}

#[test]
fn an_account_act_by_act_is_not_asked_for_again() {
    let blunder = "# My blunder\n\n## Root cause\n\nIt was my mistake.\n\n## What happened\n\n";
    assert!(asks(blunder, "step by step"));
    let account =
        "I opened the console. I selected the queue. I typed its name. I deleted it. I closed the ticket.\n";
    let told = format!("{blunder}{account}");
    assert!(!asks(&told, "step by step"));
    assert!(!review(&told).questions.is_empty(), "the main act is still asked about");
}

/// Returns a postmortem with a weak action, and another one.
fn with_actions(weak: &str, other: &str) -> String {
    let cause = "The importer accepts a file twice.";
    format!("# Postmortem\n\n## Root cause\n\n{cause}\n\n## Action items\n\n- {weak}\n- {other}\n")
}

#[test]
fn a_check_by_a_machine_in_another_action_is_not_asked_for() {
    let weak = "Remind everybody to double check the file before each import.";
    let check = "what could the system check instead";
    assert!(asks(&with_actions(weak, "Buy a cake."), check));
    let machine = with_actions(weak, "Block a second import of the same file.");
    assert!(!asks(&machine, check));
    assert!(asks(&machine, "Remind everybody"), "what remains open of the weak action is asked");
}

#[test]
fn what_training_cannot_tell_is_asked_only_where_no_other_action_tells_it() {
    let weak = "Retrain all operators on the import screen.";
    let missing = "what were people missing";
    assert!(asks(&with_actions(weak, "Buy a cake."), missing));
    assert!(!asks(&with_actions(weak, "Show the number of rows in a preview."), missing));
}

#[test]
fn an_alert_among_the_actions_is_what_could_have_shown_it_sooner() {
    let rows = "- 02:10 first errors in the log\n- 02:55 alert fires\n- 02:59 broker restarted\n- 03:20 back to normal\n";
    let text = |action: &str| format!("{}\n## Timeline\n\n{rows}", with_actions("Buy a cake.", action));
    assert!(asks(&text("Limit the size of the file."), "What could have shown it sooner?"));
    assert!(!asks(&text("Alert on errors in the log."), "What could have shown it sooner?"));
}

#[test]
fn thanks_among_the_actions_are_no_actions() {
    let report = review(&with_actions("Limit the size of the file.", "Everybody was thanked with a cake."));
    assert_eq!(report.remedies.len(), 1, "{:?}", report.remedies);
}

/// Returns a postmortem with a gap in its timeline that ends with this row.
fn with_gap_until(row: &str) -> String {
    format!(
        "# Postmortem\n\n## Timeline\n\n- 14:00 first errors in the log\n- 14:06 alert: queue grows\n\
        - 14:10 broker restarted\n- 15:20 {row}\n- 15:25 queue drained\n\n## Root cause\n\nThe broker leaks memory.\n"
    )
}

#[test]
fn a_gap_is_explained_by_the_row_that_ends_it() {
    let gap = "the timeline has nothing";
    assert!(asks(&with_gap_until("second restart of the broker"), gap));
    assert!(!asks(&with_gap_until("reply from the vendor"), gap));
    assert!(!asks(&with_gap_until("the mail is read by the office manager"), gap));
    assert!(!asks(&with_gap_until("all orders checked"), gap));
}

#[test]
fn what_went_wrong_in_the_response_is_not_the_only_cause() {
    let only = "The only cause given";
    let cause = "The queue was full because it had no limit.\n";
    assert!(asks(&format!("# Postmortem\n\n## Root cause\n\n{cause}"), only));
    assert!(!asks(&format!("# Postmortem\n\n## What went wrong\n\n{cause}"), only));
}

#[test]
fn what_could_have_been_done_is_not_asked_of_a_text_that_explains_the_act() {
    let act = "# Postmortem\n\n## Root cause\n\nThe engineer ran the wrong script. I should have read its output.\n";
    let prompt = "what would have prompted";
    assert!(asks(act, prompt), "{:?}", review(act).questions);
    let factors = "- Both scripts have the same name.\n- The tool does not ask for a confirmation.\n\
        - There was no test for the script.\n- The review did not show the target.\n";
    assert!(!asks(&format!("{act}\n## Contributing factors\n\n{factors}"), prompt));
}
