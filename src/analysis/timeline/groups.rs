//! Groups rows by the timeline that they belong to.

use std::collections::BTreeMap;
use std::iter;

use crate::analysis::sentences::Analysis;
use crate::analysis::timeline::collect;
use crate::analysis::timeline::order;
use crate::analysis::timeline::row::Row;
use crate::model::{Role, SectionId};

/// Minimum number of rows in a timeline; one fewer if all have dates.
const FEWEST_ROWS: usize = 4;

/// The rows of one timeline.
pub(super) struct Group {
    pub(super) section: SectionId,
    pub(super) rows: Vec<Row>,
    /// Those that are compared, in chronological order.
    pub(super) compared: Vec<Row>,
}

impl Group {
    /// Returns the number of rows with a time of day.
    pub(super) fn timed(&self) -> usize {
        timed(&self.rows)
    }
}

/// Returns the rows of whole timelines, and those of their parts. A timeline with a heading for each day or phase is one
/// timeline.
pub(super) fn read(analysis: &Analysis<'_>) -> (Vec<Group>, Vec<Group>) {
    let parents = collect::parents(&analysis.document.sections);
    let found = collect::rows(analysis, &parents);
    let whole = |section| whole(analysis, &parents, section);
    let mut wholes = grouped(&found, whole);
    let mut parts = grouped(&found, |section| section);
    parts.retain(|part| whole(part.section) != part.section);
    for group in wholes.iter_mut().chain(&mut parts) {
        group.compared = order::chronological(&mut group.rows);
    }
    (wholes, parts)
}

/// Returns the rows of all timelines that a report shows, in document order. `longest` is the section with the most rows
/// with a time.
pub(super) fn shown(analysis: &Analysis<'_>, wholes: &[Group], longest: SectionId) -> Vec<Row> {
    let is_shown = |group: &&Group| {
        is_enough(&group.compared)
            || is_timeline(analysis, group.section) && group.timed() > 0
            || group.section == longest && group.timed() >= FEWEST_ROWS
    };
    let mut rows: Vec<Row> = wholes.iter().filter(is_shown).flat_map(|group| &group.rows).cloned().collect();
    rows.sort_by_key(|row| row.sentences.first().copied());
    rows
}

/// True if rows in chronological order are enough to be a timeline.
pub(super) fn is_enough(rows: &[Row]) -> bool {
    let dated = rows.iter().all(|row| !row.date.is_empty());
    timed(rows) + usize::from(dated) >= FEWEST_ROWS
}

fn timed(rows: &[Row]) -> usize {
    rows.iter().filter(|row| row.is_timed()).count()
}

fn is_timeline(analysis: &Analysis<'_>, section: SectionId) -> bool {
    analysis.document.sections[section.index()].role == Role::Timeline
}

/// Returns the outermost section of the timeline that a section is part of.
fn whole(analysis: &Analysis<'_>, parents: &[SectionId], section: SectionId) -> SectionId {
    let outer = |&section: &SectionId| {
        let parent = parents[section.index()];
        let is_part = parent != section && is_timeline(analysis, section) && is_timeline(analysis, parent);
        is_part.then_some(parent)
    };
    iter::successors(Some(section), outer).last().unwrap_or(section)
}

/// Groups rows by `key` of their section, in document order.
fn grouped(found: &[(SectionId, Row)], key: impl Fn(SectionId) -> SectionId) -> Vec<Group> {
    let mut known: BTreeMap<SectionId, usize> = BTreeMap::new();
    let mut groups: Vec<Group> = Vec::new();
    for (section, row) in found {
        let section = key(*section);
        let at = *known.entry(section).or_insert(groups.len());
        if at == groups.len() {
            groups.push(Group { section, rows: Vec::new(), compared: Vec::new() });
        }
        groups[at].rows.push(row.clone());
    }
    groups
}
