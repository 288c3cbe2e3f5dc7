//! Questions that fit what a sentence says was done: an error is no routine task, and a half-done check no omission.

use rcalint::lexicon::Lexicon;
use rcalint::report::DocumentReport;
use rcalint::source::Source;

fn review(text: &str) -> DocumentReport {
    rcalint::review(&Source::new("spec.md".to_owned(), text), Lexicon::embedded())
}

/// Returns the questions about a postmortem with this cause.
fn asked(cause: &str) -> Vec<String> {
    let text = format!("# Postmortem: brewery sensors offline\n\n## Root cause\n\n{cause}\n");
    review(&text).questions.into_iter().map(|question| question.text).collect()
}

fn asks(cause: &str, words: &str) -> bool {
    asked(cause).iter().any(|question| question.contains(words))
}

#[test]
fn a_half_done_check_is_not_a_step_that_was_left_out() {
    let half = "The engineer did not check the queue carefully.";
    assert!(
        asks(half, "what would have shown at the time that this was not yet enough?"),
        "{:?}",
        asked(half)
    );
    assert!(!asks(half, "easy to leave out"), "{:?}", asked(half));
    assert!(asks("The engineer did not check the queue.", "easy to leave out"));
}

#[test]
fn a_wrong_number_is_not_a_wrong_target() {
    let number = "The engineer entered 29 instead of 2.";
    assert!(asks(number, "what checks a value like this before it goes live?"), "{:?}", asked(number));
    assert!(!asks(number, "intended target"));
}

#[test]
fn a_message_that_nobody_sent_did_not_get_lost() {
    let silent = "An engineer moved the queue and did not inform the operations team.";
    assert!(
        asks(silent, "how do the others normally hear of work like this before it starts?"),
        "{:?}",
        asked(silent)
    );
    assert!(!asks(silent, "message had not arrived"));
}

#[test]
fn a_confirmation_that_the_text_mentions_is_not_asked_for() {
    let bare = "An engineer accidentally deleted the queue.";
    assert!(asks(bare, "a prompt, a second look, a limit, or nothing"));
    assert!(!asks(&format!("{bare} The console asks \"are you sure\"."), "a second look"));
}

#[test]
fn all_actions_are_called_weak_only_beyond_doubt() {
    let all = "Actions such as ";
    let with = |actions: &str| {
        asked(&format!("Human error: an engineer deleted the queue.\n\n## Action items\n\n{actions}"))
    };
    let says = |actions: &str| with(actions).iter().any(|question| question.starts_with(all));
    let weak = "- Remind everybody to be careful.\n- Retrain the engineer.\n";
    assert!(says(weak));
    assert!(!says(&format!("{weak}- `allkeys-lru`, 18:31\n")));
}
