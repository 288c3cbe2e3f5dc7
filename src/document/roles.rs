//! Which role counts: the one of the section, or the one that a heading or label within it names.

use crate::model::Role;

/// Whether a label within a list or table gives a role of its own, or is only the name of an item of its section.
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

/// Whether a heading gives a role of its own, or is only a kind of what stands above it.
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

/// Whether the paragraphs after a labelled one belong to it too; the others are mostly short facts at the head.
pub(super) fn goes_on(label: Role) -> bool {
    !matches!(label, Role::Appendix | Role::Impact | Role::Summary | Role::Background | Role::Detection)
}

fn is_causal(role: Role) -> bool {
    matches!(role, Role::Cause | Role::ContributingFactors | Role::Trigger)
}
