//! Which sentences count as remedies: one for each action, and nothing else.

use rcalint::lexicon::Lexicon;
use rcalint::model::Tier;
use rcalint::report::DocumentReport;
use rcalint::source::Source;

/// Reviews a postmortem that ends with this text.
fn review(text: &str) -> DocumentReport {
    let text = format!("# Postmortem\n\n## Root cause\n\nThe queue had no limit.\n\n{text}");
    rcalint::review(&Source::new("spec.md".to_owned(), text.as_str()), Lexicon::embedded())
}

/// Returns the lines of the remedies of a postmortem that ends with this text.
fn remedies(text: &str) -> Vec<String> {
    review(text).remedies.into_iter().map(|remedy| remedy.quote).collect()
}

const LIST: &str = "- Add a limit to the queue.\n- Remind everybody to be careful.\n";
const ACTIONS: [&str; 2] = ["Add a limit to the queue.", "Remind everybody to be careful."];

#[test]
fn a_list_after_a_label_holds_the_actions_and_the_label_is_none() {
    for label in [
        "**Action items:**",
        "Next steps:",
        "We restarted it. Next steps:",
        "Follow-ups we agreed on:",
        "What we have put in place:",
        "Decisions:",
    ] {
        assert_eq!(remedies(&format!("{label}\n\n{LIST}")), ACTIONS, "{label}");
    }
}

#[test]
fn a_known_heading_in_small_letters_opens_a_list_too() {
    for heading in ["todo", "action items", "next steps"] {
        assert_eq!(remedies(&format!("It is back.\n\n{heading}\n{LIST}")), ACTIONS, "{heading}");
    }
    assert_eq!(remedies(&format!("It is back.\n\nwhat else\n{LIST}")).len(), 0);
}

#[test]
fn the_owner_of_an_action_does_not_decide_its_tier() {
    let rows =
        "| # | Action | Owner |\n| - | - | - |\n| 1 | Remind all staff of the procedure | Change manager |\n";
    let report = review(&format!("## Actions\n\n{rows}"));
    let tiers: Vec<_> = report.remedies.iter().map(|remedy| remedy.tier).collect();
    assert_eq!(tiers, [Some(Tier::Weaker)]);
}

#[test]
fn an_action_may_speak_to_its_readers() {
    for action in
        ["double check your env before running anything", "check the host before you delete anything"]
    {
        let report = review(&format!("## Actions\n\n- {action}\n"));
        assert!(report.findings.iter().any(|finding| finding.rule == "weak-action"), "{action}");
    }
}

#[test]
fn a_label_alone_in_an_item_opens_the_list_after_it() {
    let labelled = format!(
        "- **Resolution**:\n\nWe restarted it.\n\n- **Review actions**:\n\n1. {}\n2. {}\n",
        ACTIONS[0], ACTIONS[1]
    );
    assert_eq!(remedies(&labelled), ACTIONS);
    let items = format!("  - {}\n  - {}\n", ACTIONS[0], ACTIONS[1]);
    let nested = format!("## Summary\n\n- **Resolution**: restart\n- **Review actions**:\n{items}");
    assert_eq!(remedies(&nested), ACTIONS);
}

#[test]
fn prose_among_the_actions_is_an_action_only_if_it_says_so() {
    let talk = "There have been no other incidents of this kind. Jonathan chats to them now and then.";
    assert_eq!(remedies(&format!("## Action items\n\n{talk}\n\n{LIST}")), ACTIONS);
    let short = format!("## Action items\n\n{LIST}- flag mandatory\n");
    assert_eq!(remedies(&short).len(), 3, "an entry of a list is one, also in words that are not known");
}

#[test]
fn an_action_about_invoices_is_no_remark() {
    let action = "Reconciliation of orders shipped and invoices sent every hour, alert above 0.5 %.";
    assert_eq!(remedies(&format!("## Action items\n\n- {action}\n")), [action]);
}

#[test]
fn remarks_among_the_actions_are_none() {
    for remark in ["Kudos to the night shift.", "Service credits issued.", "No further action needed."] {
        assert_eq!(remedies(&format!("## Action items\n\n{LIST}- {remark}\n")), ACTIONS, "{remark}");
    }
}
