//! The report on a collection as plain data: the contract of `rcalint report --format json`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::collection::period::By;
use crate::model::{Tier, Verdict};
use crate::report::{FileError, Skipped, SystemKind, Tool};

/// Incremented with every breaking change of the JSON.
pub const COLLECTION_SCHEMA_VERSION: u32 = 1;

/// What a collection of postmortems shows as a whole.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(title = "rcalint collection report")]
pub struct CollectionReport {
    /// Version of this format.
    #[schemars(extend("const" = COLLECTION_SCHEMA_VERSION))]
    pub schema_version: u32,
    /// The program that made the report.
    pub tool: Tool,
    /// The title of the report.
    pub title: String,
    /// What the periods are.
    pub by: By,
    /// The names of the periods; every list named `by_period` has one entry for each. The last one is `undated` if there
    /// are documents without a date.
    pub periods: Vec<String>,
    /// The collection at a glance.
    pub glance: Glance,
    /// The kinds of contributing factor, in the order of the lexicon.
    pub buckets: Vec<BucketSeries>,
    /// Products and services that are named in causes, the one in most documents first.
    pub systems: Vec<SystemSeries>,
    /// Factors met on the same system in documents of different dates, those met most often first.
    pub met_again: Vec<MetAgain>,
    /// Remedies by tier.
    pub remedies: RemedySeries,
    /// How incidents were noticed, and how long that and the repair took.
    pub noticing: Noticing,
    /// Findings by rule, the rule with findings in most documents first.
    pub rules: Vec<RuleSeries>,
    /// Questions that are open, those of most documents first.
    pub questions: Vec<AskedQuestion>,
    /// All documents, by date and path; `document` elsewhere is an index into this list, from 0.
    pub documents: Vec<IndexRow>,
    /// Files that were found but not read, in input order.
    pub skipped: Vec<Skipped>,
    /// Files that could not be read, in input order.
    pub errors: Vec<FileError>,
}

/// Words of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Place {
    /// The document, as an index into `documents`, from 0.
    pub document: usize,
    /// Line of the sentence, from 1.
    pub line: usize,
    /// The sentence on one line; a long one is cut around the words that count.
    pub quote: String,
}

/// The collection at a glance.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Glance {
    /// Number of documents.
    pub documents: usize,
    /// Of these, how many are in a language that is judged.
    pub judged: usize,
    /// Of these, how many have no date.
    pub undated: usize,
    /// The earliest date.
    pub first: Option<String>,
    /// The latest date.
    pub last: Option<String>,
    /// The first date that is included, as requested.
    pub since: Option<String>,
    /// The last date that is included, as requested.
    pub until: Option<String>,
    /// Number of documents left out because their date is not in the requested range.
    pub outside: usize,
    /// Number of documents left out because a range was requested and they have no date.
    pub outside_undated: usize,
    /// Documents by verdict.
    pub verdicts: VerdictCounts,
    /// The same by period.
    pub by_period: Vec<VerdictCounts>,
}

/// Documents by verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct VerdictCounts {
    /// The analysis concludes with human error.
    pub start_over: usize,
    /// A human act is part of the story, and conditions behind it are examined.
    pub examined: usize,
    /// A cause is given that does not stop at a person, as far as recognised.
    pub clear: usize,
    /// No cause is stated, or the document is not judged.
    pub undetermined: usize,
}

/// How often a bucket was examined.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BucketSeries {
    /// Bucket id.
    pub id: String,
    /// Its name; its id if this build does not know it.
    pub name: String,
    /// Number of documents that examine it.
    pub documents: usize,
    /// The same by period.
    pub by_period: Vec<usize>,
    /// Its factors that occur, the one in most documents first.
    pub factors: Vec<FactorSeries>,
}

/// How often a factor was stated.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FactorSeries {
    /// Factor id within its bucket; `other` if the words name none.
    pub id: String,
    /// What it covers.
    pub name: String,
    /// Number of documents that state it.
    pub documents: usize,
    /// The same by period.
    pub by_period: Vec<usize>,
    /// Its best place in each of these documents.
    pub places: Vec<Place>,
}

/// How often a product or service is named in causes.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SystemSeries {
    /// Its name, in the most common spelling.
    pub name: String,
    /// Whose it is.
    pub kind: SystemKind,
    /// Number of documents that name it in a cause or a factor.
    pub documents: usize,
    /// The same by period.
    pub by_period: Vec<usize>,
    /// The factors stated in the same sentences, the one in most documents first.
    pub factors: Vec<FactorCount>,
    /// Its first place in each of these documents.
    pub places: Vec<Place>,
}

/// In how many documents a factor is stated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FactorCount {
    /// Bucket id.
    pub bucket: String,
    /// Factor id.
    pub factor: String,
    /// Number of documents.
    pub documents: usize,
}

/// A factor met on the same system in documents of different dates.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MetAgain {
    /// Name of the system.
    pub system: String,
    /// Whose it is.
    pub kind: SystemKind,
    /// Bucket id.
    pub bucket: String,
    /// Factor id.
    pub factor: String,
    /// What the factor covers.
    pub name: String,
    /// The documents, by date: two or more.
    pub meetings: Vec<Meeting>,
}

/// One document of several in which the same factor was met.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Meeting {
    /// Where it states the factor and names the system.
    pub place: Place,
    /// What it promised, for all but the last: first the remedies that share words with the factor.
    pub remedies: Vec<Promise>,
    /// Number of its other remedies.
    pub more: usize,
}

/// A remedy that a document promised, or had done already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Promise {
    /// Its line, from 1.
    pub line: usize,
    /// Its sentence on one line, cut if it is long.
    pub quote: String,
    /// Its tier; null if it is not recognised.
    pub tier: Option<Tier>,
    /// True if the document says that it has been done.
    pub done: bool,
}

/// Remedies by tier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TierCounts {
    /// They work without memory and vigilance.
    pub stronger: usize,
    /// They support memory and vigilance.
    pub intermediate: usize,
    /// They rely on memory and vigilance.
    pub weaker: usize,
    /// Their tier is not recognised.
    pub unknown: usize,
}

/// What remedies change.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RemedySeries {
    /// All remedies.
    pub remedies: TierCounts,
    /// The same by period.
    pub by_period: Vec<TierCounts>,
    /// Number of documents with a remedy of a known tier.
    pub documents: usize,
    /// The same by period.
    pub documents_by_period: Vec<usize>,
    /// Of these, how many have only remedies that rely on memory and vigilance, as the rule `weak-actions-only` judges it:
    /// none is stronger, and no more of them are not recognised than are weaker.
    pub only_weaker: usize,
    /// The same by period.
    pub only_weaker_by_period: Vec<usize>,
    /// The first remedy of each of these.
    pub places: Vec<Place>,
}

/// How incidents were noticed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Noticing {
    /// Number of documents with a timeline.
    pub timelines: usize,
    /// Of these, how many say when the trouble was noticed.
    pub noticed: usize,
    /// Of these, how many say that users noticed first.
    pub by_users: usize,
    /// Time from the beginning of the trouble until it was noticed.
    pub unnoticed: MedianSeries,
    /// Time from the notice to the fix.
    pub repair: MedianSeries,
    /// The documents whose timelines say how the incident was noticed, by date.
    pub incidents: Vec<NoticedIncident>,
}

/// What a timeline says about one incident.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct NoticedIncident {
    /// The row of the first notice.
    pub noticed: Place,
    /// True if users noticed first.
    pub by_users: bool,
    /// Minutes from the beginning of the trouble to the notice; null if the timeline does not give both.
    pub unnoticed: Option<i64>,
    /// Minutes from the notice to the fix, or else to the end of the incident; null if the timeline does not give both.
    pub repair: Option<i64>,
    /// True if the timeline gives only the end of the incident.
    pub until_resolved: bool,
}

/// A median, over all documents and by period.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MedianSeries {
    /// Over all documents.
    pub all: Median,
    /// By period.
    pub by_period: Vec<Median>,
    /// Number of documents left out because their time is longer than ninety days, so that a date may be mistyped.
    pub left_out: usize,
}

/// The median of a number of minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Median {
    /// Number of documents that give it.
    pub documents: usize,
    /// The median in minutes, rounded down; null without documents.
    pub minutes: Option<i64>,
}

/// How often a rule has findings.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RuleSeries {
    /// Rule id.
    pub id: String,
    /// What it flags; its id if this build does not know it.
    pub summary: String,
    /// Number of findings.
    pub findings: usize,
    /// Number of documents with a finding.
    pub documents: usize,
    /// The same by period.
    pub by_period: Vec<usize>,
    /// The first finding of each of these documents.
    pub places: Vec<Place>,
}

/// A question that is open in several documents.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AskedQuestion {
    /// The question, with `…` for words of the document.
    pub pattern: String,
    /// Number of documents that are asked it.
    pub documents: usize,
    /// The question as each of these documents is asked it.
    pub examples: Vec<QuestionExample>,
}

/// A question in a document's own words.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct QuestionExample {
    /// The document, as an index into `documents`, from 0.
    pub document: usize,
    /// The question.
    pub text: String,
}

/// One document.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct IndexRow {
    /// Its path, as given.
    pub path: String,
    /// Its title.
    pub title: Option<String>,
    /// Its date, as `2026-01-02`.
    pub date: Option<String>,
    /// Its period, as an index into `periods`, from 0.
    pub period: usize,
    /// `en`, or `und` if it is in a language that is not judged.
    pub language: String,
    /// What it concludes.
    pub verdict: Verdict,
    /// Ids of the buckets that it examines.
    pub examined: Vec<String>,
    /// Number of findings of the rules that are listed in `rules`.
    pub findings: usize,
    /// Its remedies.
    pub remedies: TierCounts,
    /// The most valuable question that is open.
    pub first_question: Option<String>,
}
