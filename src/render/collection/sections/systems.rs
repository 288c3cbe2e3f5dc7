//! Products and services that are named in causes.

use crate::collection::{CollectionReport, FactorCount, SystemSeries};
use crate::render::collection::extent::Extent;
use crate::render::collection::page::{Cell, Fold, Part, Row, Section, Table};
use crate::render::counted;
use crate::report::SystemKind;

/// Maximum number of factors beside a system.
const MOST_FACTORS: usize = 4;

/// How sure it is.
const SURE: &str = "How often a name is missed or wrong has not been measured. Names come from a list of products, and from \
    inline code next to a word such as “service”. A system named in a cause need not be at fault.";

pub(super) fn section(report: &CollectionReport, extent: &Extent) -> Section {
    let often: Vec<&SystemSeries> = report.systems.iter().filter(|system| system.documents > 1).collect();
    let mut parts = vec![Part::Text(what_is_seen(report, extent, &often))];
    if !often.is_empty() {
        let rows = often.iter().take(extent.systems).map(|system| row(system)).collect();
        let columns = ["system", "whose", "documents", "factors in the same sentences"];
        parts.push(Part::Table(Table::new("Systems named in more than one document", &columns, rows)));
        parts.push(Part::Sure(SURE.to_owned()));
        parts.extend(often.iter().take(extent.quoted_systems).map(|system| quotes(system, extent)));
    }
    Section { id: "systems", title: "Which systems are named in causes", parts }
}

fn what_is_seen(report: &CollectionReport, extent: &Extent, often: &[&SystemSeries]) -> String {
    let once = report.systems.len() - often.len();
    let Some(first) = often.first() else {
        return format!("No system is named in the causes of more than one document; {once} in one.");
    };
    let hidden = often.len().saturating_sub(extent.systems);
    let hidden = if hidden > 0 {
        format!(" The {hidden} in the fewest documents are not listed here.")
    } else {
        String::new()
    };
    format!(
        "{} are named in the causes of more than one document, first {} in {}; {once} more in one document each.{hidden}",
        counted(often.len(), "system"),
        first.name,
        first.documents
    )
}

fn row(system: &SystemSeries) -> Row {
    let factors = system.factors.iter().take(MOST_FACTORS).map(beside);
    Row::of(vec![
        Cell::Code(system.name.clone()),
        Cell::Text(whose(system.kind).to_owned()),
        Cell::Count(system.documents),
        Cell::Text(factors.collect::<Vec<_>>().join(", ")),
    ])
}

fn beside(factor: &FactorCount) -> String {
    if factor.documents == 1 {
        factor.factor.clone()
    } else {
        format!("{} ({})", factor.factor, factor.documents)
    }
}

const fn whose(kind: SystemKind) -> &'static str {
    match kind {
        SystemKind::Own => "own",
        SystemKind::OpenSource => "free software",
        SystemKind::Vendor => "a vendor",
        SystemKind::Cloud => "a provider",
    }
}

fn quotes(system: &SystemSeries, extent: &Extent) -> Part {
    let summary = format!("{}: {}", system.name, counted(system.documents, "document"));
    Part::Fold(Fold::of_places(summary, &system.places, extent.quotes))
}
