//! The format of `sections.toml` and `abbreviations.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::lexicon::headings::{Announced, Field};
use crate::lexicon::records::{Pattern, RecordEntry, RecordShapes, any_of};
use crate::model::Role;
use crate::text::datetime::DateTimeNames;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SectionsFile {
    pub(super) section: Vec<SectionEntry>,
    pub(super) record: Vec<RecordEntry>,
    pub(super) labels: Labels,
    pub(super) tables: Tables,
    pub(super) documents: Documents,
    pub(super) announced: AnnouncedHeadings,
    pub(super) guidance: Guidance,
    pub(super) actions: Actions,
    pub(super) form: Form,
    pub(super) quotes: Quotes,
    pub(super) records: Records,
    pub(super) front_matter: FrontMatterFields,
    pub(super) dates: Dates,
}

/// A file that adds headings and record forms.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MoreSections {
    #[serde(default)]
    pub(super) section: Vec<SectionEntry>,
    #[serde(default)]
    pub(super) record: Vec<RecordEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SectionEntry {
    pub(super) role: Role,
    pub(super) also: Option<Role>,
    #[serde(default)]
    pub(super) whole: Vec<String>,
    #[serde(default)]
    pub(super) begins: Vec<String>,
    #[serde(default)]
    pub(super) ends: Vec<String>,
    #[serde(default)]
    pub(super) anywhere: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Labels {
    pub(super) articles: Vec<String>,
    pub(super) joins: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tables {
    pub(super) time_columns: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Documents {
    pub(super) names: Vec<String>,
    pub(super) keys: Vec<String>,
    pub(super) values: Vec<String>,
    pub(super) folders: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AnnouncedHeadings {
    works: Vec<String>,
    examples: Vec<String>,
}

impl AnnouncedHeadings {
    /// Returns each heading with what it announces.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, Announced)> {
        let works = self.works.iter().map(|heading| (heading.as_str(), Announced::Works));
        works.chain(self.examples.iter().map(|heading| (heading.as_str(), Announced::Examples)))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Guidance {
    pub(super) titles: Vec<String>,
    pub(super) unfilled: Vec<String>,
    pub(super) questions: Vec<String>,
    pub(super) instructions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Actions {
    pub(super) undecided: Vec<String>,
    pub(super) done: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Form {
    pub(super) fields: Vec<Pattern>,
    pub(super) instructing: Vec<String>,
    pub(super) may_instruct: Vec<String>,
    pub(super) objects: Vec<String>,
    pub(super) asking: Vec<String>,
    pub(super) addressing: Vec<String>,
    pub(super) measures: Vec<String>,
    pub(super) texts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Quotes {
    pub(super) introductions: Vec<String>,
    pub(super) citing: Vec<String>,
    pub(super) senders: Vec<String>,
    pub(super) callouts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Records {
    levels: Vec<String>,
    never: Vec<Pattern>,
    parts: BTreeMap<String, String>,
}

impl Records {
    /// Returns the record forms before any `[[record]]` table is added: only what their patterns may refer to.
    pub(super) fn shapes(self, dates: &DateTimeNames) -> RecordShapes {
        let capitals: Vec<String> = self.levels.iter().map(|level| level.to_uppercase()).collect();
        let any_case = |pattern: String| format!("(?i-u:{pattern})");
        let words = [
            ("level", any_case(any_of(&self.levels))),
            ("LEVEL", any_of(&capitals)),
            ("month", any_case(any_of(dates.months.keys()))),
            ("weekday", any_case(any_of(&dates.weekdays))),
        ];
        let words = words.map(|(name, pattern)| (name.to_owned(), pattern));
        RecordShapes::new(self.parts.into_iter().chain(words).collect(), self.never)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrontMatterFields {
    pub(super) title: Vec<String>,
    pub(super) summary: Vec<String>,
    pub(super) cause: Vec<String>,
}

impl FrontMatterFields {
    /// Returns the field that each key denotes; `kind` are the keys of [`Field::Kind`].
    pub(super) fn fields(&self, kind: &[String]) -> BTreeMap<String, Field> {
        let fields = [
            (self.title.as_slice(), Field::Title),
            (&self.summary, Field::Summary),
            (&self.cause, Field::Cause),
            (kind, Field::Kind),
        ];
        fields
            .into_iter()
            .flat_map(|(keys, field)| keys.iter().map(move |key| (key.clone(), field)))
            .collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Dates {
    months: Vec<Vec<String>>,
    weekdays: Vec<String>,
    clock_words: Vec<String>,
    #[serde(default)]
    lead_words: Vec<String>,
    zones: BTreeMap<String, String>,
}

impl Dates {
    pub(super) fn names(&self) -> DateTimeNames {
        DateTimeNames {
            months: self.month_numbers(),
            weekdays: self.weekdays.iter().cloned().collect(),
            zones: self.zones.clone(),
            clock_words: self.clock_words.iter().cloned().collect(),
            lead_words: self.lead_words.iter().cloned().collect(),
        }
    }

    fn month_numbers(&self) -> BTreeMap<String, i8> {
        (1..)
            .zip(&self.months)
            .flat_map(|(number, names)| names.iter().map(move |name| (name.clone(), number)))
            .collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AbbreviationsFile {
    pub(super) never: Vec<String>,
    pub(super) before_small_letter: Vec<String>,
    pub(super) before_number: Vec<String>,
}
