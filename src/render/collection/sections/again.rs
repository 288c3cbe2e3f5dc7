//! Conditions that were met again.

use crate::collection::{CollectionReport, Meeting, MetAgain, Promise};
use crate::render::collection::extent::Extent;
use crate::render::collection::page::{Part, Quote, Section, Story};
use crate::render::summary::tier;

/// How sure it is.
const SURE: &str = "Whether two sentences are about the same condition has not been measured: compare the quotes. Only sentences that \
    name the system count, so that others are missed. A remedy that was promised may have been done and not have been enough; the \
    documents rarely tell.";

pub(super) fn section(report: &CollectionReport, extent: &Extent) -> Section {
    let met = &report.met_again;
    let mut parts = vec![Part::Text(what_is_seen(report, extent))];
    if !met.is_empty() {
        parts.push(Part::Sure(SURE.to_owned()));
    }
    parts.extend(met.iter().take(extent.met_again).map(|met| Part::Story(story(met, extent))));
    Section { id: "again", title: "Met again", parts }
}

fn what_is_seen(report: &CollectionReport, extent: &Extent) -> String {
    let met = &report.met_again;
    if met.is_empty() {
        return "No factor was met on the same system in documents of two dates.".to_owned();
    }
    let promised = met.iter().filter(|met| met.meetings.iter().any(|meeting| !meeting.remedies.is_empty()));
    let more = met.len().saturating_sub(extent.met_again);
    let more = if more > 0 {
        format!(" The first {} are shown, the JSON has all.", extent.met_again)
    } else {
        String::new()
    };
    format!(
        "At least {} met again: the same factor on the same system, in documents of different dates. For {} of them, an \
         earlier document lists remedies.{more}",
        if met.len() == 1 { "1 condition was".to_owned() } else { format!("{} conditions were", met.len()) },
        promised.count()
    )
}

fn story(met: &MetAgain, extent: &Extent) -> Story {
    let title = format!("{}: {}", met.system, met.factor);
    let quotes = met.meetings.iter().flat_map(|meeting| quotes(meeting, extent));
    Story { title, name: met.name.clone(), quotes: quotes.collect() }
}

fn quotes(meeting: &Meeting, extent: &Extent) -> Vec<Quote> {
    let shown = &meeting.remedies[..meeting.remedies.len().min(extent.promises)];
    let hidden = meeting.more + meeting.remedies.len() - shown.len();
    let is_last = |nth: usize| nth + 1 == shown.len();
    let more =
        |nth: usize| if hidden > 0 && is_last(nth) { format!("; and {hidden} more") } else { String::new() };
    let promised = |(nth, promise): (usize, &Promise)| Quote {
        document: meeting.place.document,
        line: Some(promise.line),
        words: promise.quote.clone(),
        note: format!("{}, {}{}", standing(promise), tier(promise.tier), more(nth)),
        nested: true,
    };
    std::iter::once(Quote::from(&meeting.place)).chain(shown.iter().enumerate().map(promised)).collect()
}

const fn standing(promise: &Promise) -> &'static str {
    if promise.done { "already done" } else { "promised" }
}
