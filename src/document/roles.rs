//! Which role applies: that of the section, or that of a heading or label within it.

use crate::model::Role;

/// True if a label in a list or table has a role of its own, rather than naming an item of its section.
pub(super) fn label_counts(section: Role, label: Role) -> bool {
    match section {
        Role::Other | Role::Summary => true,
        _ if label == Role::Appendix => false,
        Role::Actions | Role::Timeline => false,
        Role::ContributingFactors | Role::Cause | Role::Trigger => is_causal(label),
        Role::Response | Role::WentWell | Role::WentWrong | Role::Lessons => {
            is_causal(label) || label == Role::Actions
        }
        _ => true,
    }
}

/// True if a heading has a role of its own, rather than naming a part of its parent section.
pub(super) fn heading_counts(above: Role, heading: Role) -> bool {
    let list_like = matches!(
        above,
        Role::Actions | Role::WentWell | Role::WentWrong | Role::ContributingFactors | Role::Lessons
    );
    let a_kind = matches!(
        heading,
        Role::Detection | Role::Response | Role::Impact | Role::Background | Role::Appendix
    );
    !(list_like && a_kind)
}

/// True if the paragraphs after a labelled one belong to the label too. Other labels usually introduce short facts at
/// the top.
pub(super) fn goes_on(label: Role) -> bool {
    !matches!(label, Role::Appendix | Role::Impact | Role::Summary | Role::Background | Role::Detection)
}

fn is_causal(role: Role) -> bool {
    matches!(role, Role::Cause | Role::ContributingFactors | Role::Trigger)
}
