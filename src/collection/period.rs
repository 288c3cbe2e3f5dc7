//! The periods by which documents are counted.

use std::collections::BTreeSet;

use clap::ValueEnum;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use crate::collection::entry::Entry;

/// The name of the period of documents without a date.
pub const UNDATED: &str = "undated";

/// The name of the folder of documents whose paths have none.
const NO_FOLDER: &str = ".";

/// More quarters than this are shown as years, unless quarters are requested.
const MANY_QUARTERS: i32 = 12;

/// Periods without documents are shown if there are at most so many periods in all. A mistyped date must not add
/// hundreds.
const MOST_FILLED: i32 = 60;

/// What a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// Three months
    Quarter,
    /// A month
    Month,
    /// A year
    Year,
    /// The folder of the document, instead of its date
    Folder,
}

/// The dates that are included, both ends inclusive. Each is a year, a month or a day: `2026`, `2026-01`, `2026-01-02`.
#[derive(Clone, Debug, Default)]
pub struct DateRange {
    /// The first one.
    pub since: Option<String>,
    /// The last one.
    pub until: Option<String>,
}

impl DateRange {
    /// True if every document is included, whatever its date.
    pub const fn is_everything(&self) -> bool {
        self.since.is_none() && self.until.is_none()
    }

    /// True if it ends before it begins.
    pub fn is_reversed(&self) -> bool {
        let ends = self.since.as_deref().zip(self.until.as_deref());
        ends.is_some_and(|(since, until)| since > until && !since.starts_with(until))
    }

    /// True if a date such as `2026-01-02` is included. In this form, dates sort like texts.
    pub fn contains(&self, date: &str) -> bool {
        let late_enough = self.since.as_deref().is_none_or(|since| date >= since);
        late_enough && self.until.as_deref().is_none_or(|until| date <= until || date.starts_with(until))
    }
}

/// A period, in the order in which periods are shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Period {
    /// A number that rises by one with every month, quarter or year.
    Time(i32),
    Folder(String),
    Undated,
}

/// All periods of a collection.
#[derive(Clone, Debug)]
pub(super) struct Periods {
    /// What they are.
    pub(super) by: By,
    shown: Vec<Period>,
}

impl Periods {
    /// Returns the periods of these documents, in order. Those without documents are among them, unless they are many.
    pub(super) fn new(entries: &[Entry], by: Option<By>) -> Self {
        let by = by.unwrap_or_else(|| usual(entries));
        let known: BTreeSet<Period> = entries.iter().map(|entry| period(by, entry)).collect();
        let times = || known.iter().filter_map(Period::time);
        let filled = match times().next().zip(times().next_back()) {
            Some((first, last)) if last - first < MOST_FILLED => first..last + 1,
            _ => 0..0,
        };
        let shown: BTreeSet<Period> = filled.map(Period::Time).chain(known).collect();
        Self { by, shown: shown.into_iter().collect() }
    }

    /// Returns their names.
    pub(super) fn labels(&self) -> Vec<String> {
        self.shown.iter().map(|period| period.label(self.by)).collect()
    }

    /// Returns the number of periods.
    pub(super) fn count(&self) -> usize {
        self.shown.len()
    }

    /// Returns the index of the period of a document.
    pub(super) fn of(&self, entry: &Entry) -> usize {
        self.shown.binary_search(&period(self.by, entry)).unwrap_or_default()
    }

    /// Counts documents by period.
    pub(super) fn tally<'e>(&self, entries: impl Iterator<Item = &'e Entry>) -> Vec<usize> {
        let mut counts = vec![0; self.count()];
        entries.for_each(|entry| counts[self.of(entry)] += 1);
        counts
    }
}

impl Period {
    const fn time(&self) -> Option<i32> {
        if let Self::Time(number) = self { Some(*number) } else { None }
    }

    fn label(&self, by: By) -> String {
        match (self, by) {
            (Self::Undated, _) => UNDATED.to_owned(),
            (Self::Folder(path), _) => path.clone(),
            (Self::Time(number), By::Quarter) => {
                format!("{} Q{}", number.div_euclid(4), number.rem_euclid(4) + 1)
            }
            (Self::Time(number), By::Month) => {
                format!("{}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1)
            }
            (Self::Time(number), By::Year | By::Folder) => number.to_string(),
        }
    }
}

fn period(by: By, entry: &Entry) -> Period {
    if by == By::Folder {
        let folder = entry.path.rsplit_once('/').map_or(NO_FOLDER, |(folder, _)| folder);
        return Period::Folder(folder.to_owned());
    }
    entry.day().map_or(Period::Undated, |day| Period::Time(number(by, day)))
}

fn number(by: By, day: Date) -> i32 {
    let (year, month) = (i32::from(day.year()), i32::from(day.month()) - 1);
    match by {
        By::Month => year * 12 + month,
        By::Quarter => year * 4 + month / 3,
        By::Year | By::Folder => year,
    }
}

/// Returns quarters, or years if there would be many quarters.
fn usual(entries: &[Entry]) -> By {
    let quarters = || entries.iter().filter_map(|entry| Some(number(By::Quarter, entry.day()?)));
    let many = quarters().max().zip(quarters().min()).is_some_and(|(max, min)| max - min >= MANY_QUARTERS);
    if many { By::Year } else { By::Quarter }
}
