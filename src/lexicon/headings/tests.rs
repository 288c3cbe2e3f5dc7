//! The meanings of headings, labels and abbreviations, by example.

use crate::lexicon::Lexicon;
use crate::lexicon::headings::*;

fn headings() -> &'static Headings {
    &Lexicon::embedded().headings
}

fn role(heading: &str) -> Option<Role> {
    headings().heading(heading).map(|meaning| meaning.role)
}

#[test]
fn a_heading_is_recognised_by_its_beginning_or_head_noun() {
    for heading in [
        "Root Cause",
        "4. Root causes:",
        "🔍 root cause",
        "Root cause(s)",
        "ROOT-CAUSE ANALYSIS",
        "Likely root cause",
    ] {
        assert_eq!(role(heading), Some(Role::Cause), "{heading}");
    }
    for heading in [
        "Timeline (all times UTC) 2024-01-02",
        "Incident timeline",
        "Response timeline",
        "1.2 Timeline of events",
    ] {
        assert_eq!(role(heading), Some(Role::Timeline), "{heading}");
    }
    for heading in
        ["Why did nobody notice?", "Why", "5 Whys", "What caused the outage?", "Phase 2: root cause"]
    {
        assert_eq!(role(heading), Some(Role::Cause), "{heading}");
    }
}

#[test]
fn plans_are_actions() {
    for heading in [
        "What we change",
        "What we\u{2019}re doing about it",
        "Prevention",
        "Follow-ups",
        "Action items & follow-ups",
    ] {
        assert_eq!(role(heading), Some(Role::Actions), "{heading}");
    }
}

#[test]
fn a_heading_with_two_parts_has_both_roles() {
    let meaning = headings().heading("Root cause and mitigation");
    assert_eq!(meaning, Some(Meaning { role: Role::Cause, also: Some(Role::Response) }));
    let meaning = headings().heading("Detection & Response");
    assert_eq!(meaning, Some(Meaning { role: Role::Detection, also: Some(Role::Response) }));
}

#[test]
fn a_heading_on_something_else_is_unknown() {
    for heading in ["Ceiling 2: quota", "Upstream", "3.2 Workload", ""] {
        assert_eq!(role(heading), None, "{heading}");
    }
}

#[test]
fn a_label_is_matched_more_strictly_than_a_heading() {
    let headings = headings();
    let label = |text| headings.label(text).map(|meaning| meaning.role);
    assert_eq!(label("Most likely root cause"), Some(Role::Cause));
    assert_eq!(label("Impact on customers"), Some(Role::Impact));
    assert_eq!(label("Timeline UTC"), Some(Role::Timeline));
    assert_eq!(label("The root cause was human error"), None);
}

#[test]
fn abbreviations_depend_on_what_follows() {
    let headings = headings();
    assert!(headings.is_abbreviation("e.g", Some('A')));
    assert!(headings.is_abbreviation("etc", Some('a')));
    assert!(!headings.is_abbreviation("etc", Some('A')));
    assert!(headings.is_abbreviation("No", Some('4')));
    assert!(!headings.is_abbreviation("No", Some('I')));
}
