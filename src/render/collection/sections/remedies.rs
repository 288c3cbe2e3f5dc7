//! What remedies change.

use crate::collection::{CollectionReport, TierCounts};
use crate::render::collection::extent::Extent;
use crate::render::collection::page::{Cell, Fold, Part, Row, Section, Table, Tone};
use crate::render::collection::sections::glance::period_name;
use crate::render::collection::shares::share;
use crate::render::counted;

/// What the parts of a bar stand for, in their order.
const LEGEND: [(Tone, &str); 4] = [
    (Tone::Weaker, "weaker: relies on memory and vigilance"),
    (Tone::Intermediate, "intermediate: supports memory and vigilance"),
    (Tone::Stronger, "stronger: works without memory and vigilance"),
    (Tone::Unknown, "not recognised"),
];

/// How sure it is.
const SURE: &str = "How often a tier is right has not been measured; a remedy whose words are not recognised has none. \
    Documents whose remedies all rely on memory are those with a finding of weak-actions-only: no remedy is stronger, and \
    no more of them are not recognised than are weaker.";

pub(super) fn section(report: &CollectionReport, extent: &Extent) -> Section {
    let series = &report.remedies;
    let mut parts = vec![Part::Text(what_is_seen(report))];
    if series.remedies.all() > 0 {
        parts.push(Part::Table(table(report)));
        parts.push(Part::Sure(SURE.to_owned()));
    }
    if !series.places.is_empty() {
        let summary = format!(
            "{} whose remedies all rely on memory: the first remedy of each",
            counted(series.only_weaker, "document")
        );
        parts.push(Part::Fold(Fold::of_places(summary, &series.places, extent.quotes)));
    }
    Section { id: "remedies", title: "What remedies change", parts }
}

fn what_is_seen(report: &CollectionReport) -> String {
    let series = &report.remedies;
    let TierCounts { stronger, weaker, .. } = series.remedies;
    if series.remedies.all() == 0 {
        return "No document lists remedies.".to_owned();
    }
    format!(
        "{}, of which {weaker} rely on memory and vigilance and {stronger} work without them. All remedies rely on memory \
         in {} documents with remedies of a known tier.",
        if series.remedies.all() == 1 {
            "1 remedy".to_owned()
        } else {
            format!("{} remedies", series.remedies.all())
        },
        share(series.only_weaker, series.documents)
    )
}

fn table(report: &CollectionReport) -> Table {
    let series = &report.remedies;
    let largest = series.by_period.iter().map(TierCounts::all).max().unwrap_or(0);
    let row = |at: usize| {
        let counts = &series.by_period[at];
        let parts = vec![
            (Tone::Weaker, counts.weaker),
            (Tone::Intermediate, counts.intermediate),
            (Tone::Stronger, counts.stronger),
            (Tone::Unknown, counts.unknown),
        ];
        let numbers = parts.iter().map(|&(_, count)| Cell::Count(count));
        let first = [Cell::Text(report.periods[at].clone()), Cell::Bar { parts: parts.clone(), largest }];
        let weak = Cell::Text(only_weaker(series.only_weaker_by_period[at], series.documents_by_period[at]));
        Row::of(first.into_iter().chain(numbers).chain([weak]).collect())
    };
    let rows = (0..report.periods.len()).map(row).collect();
    let columns = [
        period_name(report.by),
        "remedies",
        "weaker",
        "intermediate",
        "stronger",
        "not recognised",
        "documents with only weaker ones",
    ];
    Table { legend: LEGEND.to_vec(), ..Table::new("Remedies over time", &columns, rows) }
}

fn only_weaker(count: usize, of: usize) -> String {
    if of == 0 { String::new() } else { format!("{count} of {of}") }
}
