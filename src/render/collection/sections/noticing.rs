//! How incidents were noticed, and how long it took.

use crate::collection::{CollectionReport, Median, NoticedIncident, Noticing};
use crate::render::collection::extent::Extent;
use crate::render::collection::page::{Cell, Fold, Part, Quote, Row, Section, Table};
use crate::render::collection::sections::glance::period_name;
use crate::render::collection::shares::{duration, share};
use crate::render::counted;

/// How sure it is.
const SURE: &str = "Only what timelines say counts. Nine in ten first notices are the right rows; that was checked by hand on forty of \
    them. The times are medians; with few documents, one more can change them a lot. They do not rank anybody.";

pub(super) fn section(report: &CollectionReport, extent: &Extent) -> Section {
    let noticing = &report.noticing;
    let mut parts = vec![Part::Text(what_is_seen(report))];
    if !noticing.incidents.is_empty() {
        parts.push(Part::Table(table(report)));
        parts.push(Part::Sure(SURE.to_owned()));
        parts.push(Part::Fold(list(&noticing.incidents, extent)));
    }
    Section { id: "noticing", title: "How incidents were noticed", parts }
}

fn what_is_seen(report: &CollectionReport) -> String {
    let noticing = &report.noticing;
    let told = noticing.noticed;
    let timelines = counted(noticing.timelines, "document");
    if told == 0 {
        return format!("{timelines} with a timeline; none says when the incident was noticed.");
    }
    format!(
        "{timelines} with a timeline, of which {told} say when the incident was noticed: by users first in {}. Median time \
         until noticed: {}; from there to the fix: {}{}.{}",
        share(noticing.by_users, told),
        median(noticing.unnoticed.all),
        median(noticing.repair.all),
        only_resolved(noticing),
        left_out(noticing)
    )
}

/// Says how many times end with the resolution, since the fix is not told.
fn only_resolved(noticing: &Noticing) -> String {
    match noticing.incidents.iter().filter(|incident| incident.until_resolved).count() {
        0 => String::new(),
        some => format!(", in {some} to the end of the incident, since its fix is not told"),
    }
}

/// Says which times are not part of the medians.
fn left_out(noticing: &Noticing) -> String {
    match noticing.unnoticed.left_out + noticing.repair.left_out {
        0 => String::new(),
        1 => " 1 time of more than 90 days is left out: a date may be mistyped.".to_owned(),
        more => format!(" {more} times of more than 90 days are left out: a date may be mistyped."),
    }
}

/// Returns a median with the number of documents that give it.
fn median(median: Median) -> String {
    let documents = counted(median.documents, "document");
    median
        .minutes
        .map_or_else(|| "not given".to_owned(), |minutes| format!("{} ({documents})", duration(minutes)))
}

fn table(report: &CollectionReport) -> Table {
    let noticing = &report.noticing;
    let row = |at: usize| {
        let (unnoticed, repair) = (noticing.unnoticed.by_period[at], noticing.repair.by_period[at]);
        let time = |median: Median| Cell::Text(median.minutes.map_or_else(String::new, duration));
        let cells = vec![
            Cell::Text(report.periods[at].clone()),
            Cell::Count(unnoticed.documents),
            time(unnoticed),
            Cell::Count(repair.documents),
            time(repair),
        ];
        Row::of(cells)
    };
    let is_given = |&at: &usize| {
        noticing.unnoticed.by_period[at].documents + noticing.repair.by_period[at].documents > 0
    };
    let rows = (0..report.periods.len()).filter(is_given).map(row).collect();
    let columns = [
        period_name(report.by),
        "documents",
        "median until noticed",
        "documents ",
        "median from notice to fix",
    ];
    Table::new("Times over time", &columns, rows)
}

/// Returns the first notices by date. Where not all fit, those by users come first.
fn list(incidents: &[NoticedIncident], extent: &Extent) -> Fold {
    let mut sorted: Vec<&NoticedIncident> = incidents.iter().collect();
    if incidents.len() > extent.notices {
        sorted.sort_by_key(|incident| !incident.by_users);
    }
    let quotes = sorted.into_iter().take(extent.notices).map(quote).collect();
    let summary = format!("The first notice in {}", counted(incidents.len(), "timeline"));
    Fold { summary, quotes, more: incidents.len().saturating_sub(extent.notices) }
}

fn quote(incident: &NoticedIncident) -> Quote {
    let who = incident.by_users.then(|| "users first".to_owned());
    let unnoticed = incident.unnoticed.map(|minutes| format!("after {}", duration(minutes)));
    let end = if incident.until_resolved { "resolved" } else { "fixed" };
    let repair = incident.repair.map(|minutes| format!("{end} {} later", duration(minutes)));
    let said: Vec<String> = [who, unnoticed, repair].into_iter().flatten().collect();
    Quote { note: said.join(", "), ..Quote::from(&incident.noticed) }
}
