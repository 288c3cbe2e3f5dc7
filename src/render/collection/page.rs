//! What HTML and Markdown show: sections with sentences, tables and quotes. Pictures are part of their tables.

use crate::collection::Place;
use crate::model::Verdict;

/// A section with a heading.
pub(super) struct Section {
    /// The anchor of its heading.
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) parts: Vec<Part>,
}

/// A part of a section.
pub(super) enum Part {
    /// Sentences about what is to be seen.
    Text(String),
    /// How sure it is.
    Sure(String),
    Table(Table),
    /// Quotes that can be folded away.
    Fold(Fold),
    /// A heading with quotes below it.
    Story(Story),
}

/// A table, perhaps with bars or shades of numbers in it.
pub(super) struct Table {
    pub(super) caption: String,
    /// The names of its columns. The first one names the rows.
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Row>,
    /// What the parts of its bars stand for.
    pub(super) legend: Vec<(Tone, &'static str)>,
    /// True if its rows can be sorted.
    pub(super) sortable: bool,
}

/// A row of a table.
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    /// True if it stands above the rows that follow it.
    pub(super) heads_group: bool,
}

/// A cell of a table.
pub(super) enum Cell {
    /// Words of this program, of the lexicon or of a document, which are escaped in any case.
    Text(String),
    /// An id or the name of a system.
    Code(String),
    /// A number, or nothing if it is zero.
    Count(usize),
    /// A number with a shade: its share of the largest one.
    Shade {
        count: usize,
        largest: usize,
    },
    /// A bar with parts; a full one stands for `largest`.
    Bar {
        parts: Vec<(Tone, usize)>,
        largest: usize,
    },
    /// A document, as an index, with its title and path.
    Document(usize),
    Verdict(Verdict),
}

/// What a part of a bar stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    StartOver,
    Examined,
    Clear,
    Undetermined,
    Weaker,
    Intermediate,
    Stronger,
    Unknown,
}

/// Quotes below a summary.
pub(super) struct Fold {
    pub(super) summary: String,
    pub(super) quotes: Vec<Quote>,
    /// Number of further quotes, which the JSON has.
    pub(super) more: usize,
}

/// Quotes below a heading.
pub(super) struct Story {
    pub(super) title: String,
    pub(super) name: String,
    pub(super) quotes: Vec<Quote>,
}

/// Words of a document.
pub(super) struct Quote {
    pub(super) document: usize,
    /// Its line, from 1; `None` for a question about the whole document.
    pub(super) line: Option<usize>,
    pub(super) words: String,
    /// What this program adds: whether a remedy was promised, and its tier.
    pub(super) note: String,
    /// True if it belongs to the quote before it.
    pub(super) nested: bool,
}

impl Fold {
    /// Returns the first places below a summary, as many as there are to be shown.
    pub(super) fn of_places(summary: String, places: &[Place], most: usize) -> Self {
        let quotes = places.iter().take(most).map(Quote::from).collect();
        Self { summary, quotes, more: places.len().saturating_sub(most) }
    }
}

impl From<&Place> for Quote {
    fn from(place: &Place) -> Self {
        let (document, line) = (place.document, Some(place.line));
        Self { document, line, words: place.quote.clone(), note: String::new(), nested: false }
    }
}

impl Row {
    /// Returns a plain row.
    pub(super) const fn of(cells: Vec<Cell>) -> Self {
        Self { cells, heads_group: false }
    }
}

impl Table {
    /// Returns a table without bars.
    pub(super) fn new(caption: &str, columns: &[&str], rows: Vec<Row>) -> Self {
        let columns = columns.iter().map(|&column| column.to_owned()).collect();
        Self { caption: caption.to_owned(), columns, rows, legend: Vec::new(), sortable: false }
    }
}
