//! The sections of the page, in the order in which they are read.

mod again;
mod factors;
mod glance;
mod index;
mod noticing;
mod remedies;
mod stops;
mod systems;
mod unread;

use crate::collection::CollectionReport;
use crate::render::collection::page::Section;

/// Returns all sections.
pub(super) fn page(report: &CollectionReport) -> Vec<Section> {
    vec![
        glance::section(report),
        again::section(report),
        factors::section(report),
        systems::section(report),
        remedies::section(report),
        noticing::section(report),
        stops::section(report),
        index::section(report),
        unread::section(report),
    ]
}
