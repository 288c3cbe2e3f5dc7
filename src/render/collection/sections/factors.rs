//! Contributing factors over time.

use crate::collection::{BucketSeries, CollectionReport, FactorSeries};
use crate::render::collection::certainty;
use crate::render::collection::extent::Extent;
use crate::render::collection::page::{Cell, Fold, Part, Row, Section, Table};
use crate::render::collection::shares::share;
use crate::render::counted;
use crate::report::OTHER_FACTOR;

/// A bucket is hardly ever looked into if fewer than one in so many judged documents examine it.
const HARDLY: usize = 5;

pub(super) fn section(report: &CollectionReport, extent: &Extent) -> Section {
    let mut parts = vec![Part::Text(what_is_seen(report))];
    if report.glance.judged > 0 {
        parts.push(Part::Text(hardly_ever(report)));
    }
    if report.buckets.iter().any(|bucket| bucket.documents > 0) {
        parts.push(Part::Table(table(report, extent)));
        parts.push(Part::Sure(certainty::of_factors(&report.tool)));
    }
    let often = recurring(report).into_iter().take(extent.factors);
    parts.extend(often.map(|factor| quotes(report, extent, factor)));
    Section { id: "factors", title: "Which factors come back", parts }
}

/// Returns the named factors of more than one document, those of most documents first.
fn recurring(report: &CollectionReport) -> Vec<(&BucketSeries, &FactorSeries)> {
    let all =
        report.buckets.iter().flat_map(|bucket| bucket.factors.iter().map(move |factor| (bucket, factor)));
    let mut often: Vec<_> =
        all.filter(|(_, factor)| factor.documents > 1 && factor.id != OTHER_FACTOR).collect();
    often.sort_by_key(|(_, factor)| std::cmp::Reverse(factor.documents));
    often
}

fn what_is_seen(report: &CollectionReport) -> String {
    let often = recurring(report);
    let Some((_, first)) = often.first() else {
        return "No factor is stated in more than one document.".into();
    };
    let of = share(first.documents, report.glance.judged);
    let next = often.get(1).map_or_else(String::new, |(_, next)| {
        format!(" Next comes {}: {}.", next.id, share(next.documents, report.glance.judged))
    });
    format!(
        "{} are stated in more than one document. The one in most is {} ({}): {of}.{next}",
        counted(often.len(), "factor"),
        first.id,
        first.name
    )
}

fn hardly_ever(report: &CollectionReport) -> String {
    let judged = report.glance.judged;
    let rarely = |bucket: &&BucketSeries| bucket.documents * HARDLY < judged;
    let named = |bucket: &BucketSeries| format!("{} ({})", bucket.name, share(bucket.documents, judged));
    let all: Vec<String> = report.buckets.iter().filter(rarely).map(named).collect();
    if all.is_empty() {
        return "Every bucket is examined in at least one in five documents.".to_owned();
    }
    format!(
        "Hardly ever looked into: {}. That may be because it played no part; few documents say so.",
        all.join(", ")
    )
}

fn table(report: &CollectionReport, extent: &Extent) -> Table {
    let factors = report.buckets.iter().flat_map(|bucket| &bucket.factors);
    let is_shown = |factor: &&FactorSeries| factor.documents >= extent.fewest_documents;
    let largest = factors.flat_map(|factor| &factor.by_period).copied().max().unwrap_or(0);
    let rows = report.buckets.iter().flat_map(|bucket| {
        let head = Row { heads_group: true, ..bucket_row(report, bucket) };
        let factors = bucket.factors.iter().filter(is_shown);
        std::iter::once(head).chain(factors.map(move |factor| factor_row(factor, largest)))
    });
    let mut columns = vec!["factor".to_owned()];
    columns.extend(report.periods.iter().cloned());
    columns.push("all".to_owned());
    Table { columns, ..Table::new("Documents that state each factor", &[], rows.collect()) }
}

fn bucket_row(report: &CollectionReport, bucket: &BucketSeries) -> Row {
    let name = format!("{}: examined in", bucket.name);
    let counts = bucket.by_period.iter().map(|&count| Cell::Count(count));
    let all = Cell::Text(format!("{} of {}", bucket.documents, report.glance.judged));
    Row::of(std::iter::once(Cell::Text(name)).chain(counts).chain([all]).collect())
}

fn factor_row(factor: &FactorSeries, largest: usize) -> Row {
    let shades = factor.by_period.iter().map(|&count| Cell::Shade { count, largest });
    let first = Cell::Text(factor.id.clone());
    Row::of(std::iter::once(first).chain(shades).chain([Cell::Count(factor.documents)]).collect())
}

fn quotes(
    report: &CollectionReport,
    extent: &Extent,
    (bucket, factor): (&BucketSeries, &FactorSeries),
) -> Part {
    let of = share(factor.documents, report.glance.judged);
    let summary = format!("{} ({}): {}; {of}", factor.id, bucket.name, factor.name);
    Part::Fold(Fold::of_places(summary, &factor.places, extent.quotes))
}
