//! A collection of reviews read as a whole: which factors come back, where analyses stop, what remedies change, and what
//! was met again. Everything is counted by document, period, factor and system; nothing is ever grouped by person.

mod again;
mod buckets;
mod content_words;
mod data;
mod entry;
mod excerpt;
mod glance;
mod index;
mod notice;
mod noticing;
mod period;
mod remedies;
mod stops;
mod systems;

pub use crate::collection::data::{
    AskedQuestion, BucketSeries, COLLECTION_SCHEMA_VERSION, CollectionReport, FactorCount, FactorSeries,
    Glance, IndexRow, Median, MedianSeries, Meeting, MetAgain, NoticedIncident, Noticing, Place, Promise,
    QuestionExample, RemedySeries, RuleSeries, SystemSeries, TierCounts, VerdictCounts,
};
pub use crate::collection::entry::Entry;
pub use crate::collection::period::{By, DateRange, UNDATED};

use crate::collection::period::Periods;
use crate::lexicon::Lexicon;
use crate::report::{FileError, Skipped, Tool};

/// What a report on a collection is made from.
#[derive(Clone, Debug, Default)]
pub struct Collection {
    /// One for each document, in any order.
    pub entries: Vec<Entry>,
    /// Files that were found but not read.
    pub skipped: Vec<Skipped>,
    /// Files that could not be read.
    pub errors: Vec<FileError>,
}

/// How a collection is to be reported.
#[derive(Clone, Debug)]
pub struct Request {
    /// The title of the report.
    pub title: String,
    /// What the columns of its tables are; `None` chooses quarters, or years if there would be many quarters.
    pub by: Option<By>,
    /// The dates of the documents that are included.
    pub range: DateRange,
    /// The program that makes the report.
    pub tool: Tool,
}

/// Reads the collection as a whole, one part of the report per line. The lexicon gives buckets, factors and rules their
/// names.
pub fn report(collection: Collection, request: Request, lexicon: &Lexicon) -> CollectionReport {
    let (entries, left_out) = entry::within(collection.entries, &request.range);
    let periods = &Periods::new(&entries, request.by);
    CollectionReport {
        schema_version: COLLECTION_SCHEMA_VERSION,
        tool: request.tool,
        title: request.title,
        by: periods.by,
        periods: periods.labels(),
        glance: glance::glance(&entries, periods, request.range, left_out),
        buckets: buckets::over_time(&entries, periods, lexicon),
        systems: systems::named_as_causes(&entries, periods, lexicon),
        met_again: again::met_again(&entries, lexicon),
        remedies: remedies::over_time(&entries, periods),
        noticing: noticing::over_time(&entries, periods),
        rules: stops::rules_over_time(&entries, periods, lexicon),
        questions: stops::most_asked(&entries),
        documents: index::rows(&entries, periods, lexicon),
        skipped: collection.skipped,
        errors: collection.errors,
    }
}
