//! Conditions that were met again.

use crate::collection::{CollectionReport, Meeting, MetAgain, Promise};
use crate::render::collection::page::{Part, Quote, Section, Story};
use crate::render::summary::tier;

/// Maximum number of conditions shown.
const MOST_SHOWN: usize = 20;

/// How sure it is.
const SURE: &str = "Whether two sentences are about the same condition has not been measured: compare the quotes. Where only the \
    title names the system, that is said. A remedy that was promised may have been done and not have been enough; the \
    documents rarely tell.";

pub(super) fn section(report: &CollectionReport) -> Section {
    let met = &report.met_again;
    let mut parts = vec![Part::Text(what_is_seen(report))];
    if !met.is_empty() {
        parts.push(Part::Sure(SURE.to_owned()));
    }
    parts.extend(met.iter().take(MOST_SHOWN).map(|met| Part::Story(story(met))));
    Section { id: "again", title: "Met again", parts }
}

fn what_is_seen(report: &CollectionReport) -> String {
    let met = &report.met_again;
    if met.is_empty() {
        return "No factor was met on the same system in documents of two dates.".to_owned();
    }
    let promised = met.iter().filter(|met| met.meetings.iter().any(|meeting| !meeting.remedies.is_empty()));
    let more = met.len().saturating_sub(MOST_SHOWN);
    let more = if more > 0 {
        format!(" The first {MOST_SHOWN} are shown, the JSON has all.")
    } else {
        String::new()
    };
    format!(
        "{} met again: the same factor on the same system, in documents of different dates. For {} of them, an earlier \
         document had promised remedies.{more}",
        if met.len() == 1 { "1 condition was".to_owned() } else { format!("{} conditions were", met.len()) },
        promised.count()
    )
}

fn story(met: &MetAgain) -> Story {
    let title = format!("{}: {}", met.system, met.factor);
    Story { title, name: met.name.clone(), quotes: met.meetings.iter().flat_map(quotes).collect() }
}

fn quotes(meeting: &Meeting) -> Vec<Quote> {
    let note = if meeting.in_sentence { "" } else { "the title names the system" };
    let first = Quote { note: note.to_owned(), ..Quote::from(&meeting.place) };
    let more = |nth: usize| match meeting.more {
        more if more > 0 && nth + 1 == meeting.remedies.len() => format!("; and {more} more"),
        _ => String::new(),
    };
    let promised = |(nth, promise): (usize, &Promise)| Quote {
        document: meeting.place.document,
        line: Some(promise.line),
        words: promise.quote.clone(),
        note: format!("promised, {}{}", tier(promise.tier), more(nth)),
        nested: true,
    };
    std::iter::once(first).chain(meeting.remedies.iter().enumerate().map(promised)).collect()
}
