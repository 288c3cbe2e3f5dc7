//! The page as Markdown, for a wiki or a pull request.

use crate::collection::{CollectionReport, IndexRow};
use crate::render::collection::page::{Cell, Fold, Part, Quote, Row, Section, Story, Table, Tone};
use crate::render::location;
use crate::render::markdown_escape::{bounded, code};
use crate::render::wording::verdict_id;

/// The first line, by which a later run knows that this is no postmortem.
const MARK: &str = "<!-- rcalint:collection v1 -->";

/// Number of characters of a full bar.
const BAR: usize = 24;

/// What is needed to write about documents.
struct Writer<'r> {
    report: &'r CollectionReport,
    link_base: Option<&'r str>,
    /// The folder that contains all documents; paths are shown without it.
    folder: &'r str,
}

/// Returns the whole document.
pub(super) fn document(sections: &[Section], report: &CollectionReport, link_base: Option<&str>) -> String {
    let writer = Writer { report, link_base, folder: common_folder(&report.documents) };
    let written: String = sections.iter().map(|section| writer.section(section)).collect();
    let title = bounded(&report.title);
    format!("{MARK}\n\n# {title}\n\n{}\n{written}{}", writer.about(), certainty(sections))
}

/// Returns the folder that contains all documents, with a `/` at its end, or nothing.
fn common_folder(documents: &[IndexRow]) -> &str {
    let mut paths = documents.iter().map(|row| row.path.as_str());
    let first = paths.next().unwrap_or_default();
    let common = paths.fold(first, |common, path| {
        let same = common.bytes().zip(path.bytes()).take_while(|(one, other)| one == other).count();
        &common[..common.floor_char_boundary(same)]
    });
    &common[..common.rfind('/').map_or(0, |slash| slash + 1)]
}

/// Returns how sure all numbers are, once for the whole document.
fn certainty(sections: &[Section]) -> String {
    let sure = |section: &Section| {
        let said = section.parts.iter().find_map(|part| match part {
            Part::Sure(text) => Some(bounded_sentences(text)),
            _ => None,
        });
        said.map(|said| format!("- {}: {said}\n", section.title))
    };
    let all: String = sections.iter().filter_map(sure).collect();
    if all.is_empty() { all } else { format!("\n## How sure it is\n\n{all}") }
}

impl Writer<'_> {
    /// Says what is not here, and where the paths begin.
    fn about(&self) -> String {
        let folder = match self.folder {
            "" => String::new(),
            folder => format!(" Paths are below {}.", code(folder)),
        };
        format!("The main numbers with some quotes; the HTML page has more, and the JSON everything.{folder}")
    }

    /// Returns the path of a document, without the folder that contains all of them.
    fn path(&self, document: usize) -> &str {
        let path = &self.report.documents[document].path;
        path.strip_prefix(self.folder).unwrap_or(path)
    }

    fn title(&self, document: usize) -> String {
        let title = &self.report.documents[document].title;
        title.as_deref().map_or_else(|| code(self.path(document)), bounded)
    }

    fn section(&self, section: &Section) -> String {
        let parts = section.parts.iter().filter(|part| !matches!(part, Part::Sure(_)));
        let parts: Vec<String> = parts.map(|part| self.part(part)).collect();
        format!("\n## {}\n\n{}\n", section.title, parts.join("\n\n"))
    }

    fn part(&self, part: &Part) -> String {
        match part {
            Part::Text(text) => bounded_sentences(text),
            // Said once, at the end.
            Part::Sure(_) => String::new(),
            Part::Table(table) => self.table(table),
            Part::Fold(fold) => self.fold(fold),
            Part::Story(story) => self.story(story),
        }
    }

    fn table(&self, table: &Table) -> String {
        let head = cells(table.columns.iter().map(|column| without_pipes(&bounded(column.trim()))));
        let rule = cells(table.columns.iter().map(|_| "---".to_owned()));
        let rows: String = table.rows.iter().map(|row| self.row(row)).collect();
        let legend = table.legend.iter().map(|&(tone, name)| format!("`{}` {name}", sign(tone)));
        let legend = legend.collect::<Vec<_>>().join("; ");
        let legend = if legend.is_empty() { legend } else { format!("\n{legend}\n") };
        format!("{head}{rule}{rows}{legend}").trim_end().to_owned()
    }

    fn row(&self, row: &Row) -> String {
        let cell = |cell: &Cell| {
            let text = without_pipes(&self.cell(cell));
            if row.heads_group && !text.is_empty() { format!("**{text}**") } else { text }
        };
        cells(row.cells.iter().map(cell))
    }

    fn cell(&self, cell: &Cell) -> String {
        match cell {
            Cell::Text(text) => bounded(text),
            Cell::Code(text) => code(text),
            Cell::Count(0) | Cell::Shade { count: 0, .. } => String::new(),
            Cell::Count(count) | Cell::Shade { count, .. } => count.to_string(),
            Cell::Bar { parts, largest } => bar(parts, *largest),
            Cell::Document(at) => format!("{}, {}", self.title(*at), self.line(*at, 1)),
            Cell::Verdict(verdict) => verdict_id(*verdict).to_owned(),
        }
    }

    fn fold(&self, fold: &Fold) -> String {
        let summary = bounded_sentences(&fold.summary);
        if fold.quotes.is_empty() {
            return summary;
        }
        let mut lines = vec![format!("{summary}\n")];
        lines.extend(fold.quotes.iter().map(|quote| self.quote(quote)));
        if fold.more > 0 {
            lines.push(format!("- and {} more", fold.more));
        }
        lines.join("\n")
    }

    fn story(&self, story: &Story) -> String {
        let mut lines = vec![format!("### {}\n\n{}\n", bounded(&story.title), bounded(&story.name))];
        lines.extend(story.quotes.iter().map(|quote| self.quote(quote)));
        lines.join("\n")
    }

    fn quote(&self, quote: &Quote) -> String {
        let note = if quote.note.is_empty() { String::new() } else { format!(" ({})", quote.note) };
        if quote.nested {
            let path = &self.report.documents[quote.document].path;
            let line = location::line(self.link_base, path, quote.line.unwrap_or(1));
            return format!("  - {line}: {}{note}", code(&quote.words));
        }
        let row = &self.report.documents[quote.document];
        let date = row.date.as_deref().map(|date| format!("{date}, ")).unwrap_or_default();
        match quote.line {
            Some(line) => {
                format!("- {date}{}: {}{note}", self.place(quote.document, line), code(&quote.words))
            }
            None => format!("- {date}{}: {}{note}", self.title(quote.document), bounded(&quote.words)),
        }
    }

    /// Returns the path and the line of a place, or the title and the line as a link if there is a base URL.
    fn place(&self, document: usize, line: usize) -> String {
        let linked = self.line(document, line);
        if linked.starts_with('[') { format!("{}, {linked}", self.title(document)) } else { linked }
    }

    /// Returns the path and the line of a place, as a link if there is a base URL.
    fn line(&self, document: usize, line: usize) -> String {
        let path = &self.report.documents[document].path;
        let place = location::line(self.link_base, path, line);
        if place.starts_with('[') { place } else { format!("{} {place}", code(self.path(document))) }
    }
}

/// Escapes each sentence on its own, because a text of several may be longer than a bounded one.
fn bounded_sentences(text: &str) -> String {
    let sentences: Vec<String> =
        text.split_inclusive(". ").map(|sentence| bounded(sentence.trim_end())).collect();
    sentences.join(" ")
}

/// Escapes the pipes that are not yet escaped, because they would end a cell, also in code.
fn without_pipes(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    for sign in cell.chars() {
        if sign == '|' && !text.ends_with('\\') {
            text.push('\\');
        }
        text.push(sign);
    }
    text
}

fn cells(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
}

/// Returns a bar of signs, in proportion to the largest one.
fn bar(parts: &[(Tone, usize)], largest: usize) -> String {
    let length = |count: usize| (count * BAR).div_ceil(largest.max(1));
    let text: String = parts.iter().map(|&(tone, count)| sign(tone).repeat(length(count))).collect();
    if text.is_empty() { text } else { format!("`{text}`") }
}

const fn sign(tone: Tone) -> &'static str {
    match tone {
        Tone::StartOver | Tone::Weaker => "█",
        Tone::Examined | Tone::Intermediate => "▓",
        Tone::Clear | Tone::Stronger => "▒",
        Tone::Undetermined | Tone::Unknown => "░",
    }
}
