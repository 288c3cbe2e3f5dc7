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
use crate::render::collection::extent::Extent;
use crate::render::collection::page::Section;

/// Returns all sections. Those that show all that they have need no extent.
pub(super) fn page(report: &CollectionReport, extent: &Extent) -> Vec<Section> {
    vec![
        glance::section(report),
        again::section(report, extent),
        factors::section(report, extent),
        systems::section(report, extent),
        remedies::section(report, extent),
        noticing::section(report, extent),
        stops::section(report, extent),
        index::section(report, extent),
        unread::section(report),
    ]
}
