//! The page as one HTML file that loads nothing.
//!
//! maud escapes all text. The content security policy allows only the style and the script of this file, by their
//! hashes; without the script, the index is not sortable and nothing else is missing. Pictures are SVG inside the tables
//! that they show, so that each has its numbers beside it.

mod tables;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::collection::{CollectionReport, IndexRow};
use crate::render::collection::page::{Fold, Part, Quote, Section, Story};
use crate::render::escape::prose;
use crate::render::location;

/// The comment by which a later run knows that this is no postmortem.
const MARK: &str = "<!-- rcalint:collection v1 -->\n";

const STYLE: &str = include_str!("style.css");

const SCRIPT: &str = include_str!("sort.js");

/// What is needed to write about documents.
struct Writer<'r> {
    report: &'r CollectionReport,
    link_base: Option<&'r str>,
}

/// Returns the whole page.
pub(super) fn document(sections: &[Section], report: &CollectionReport, link_base: Option<&str>) -> String {
    let writer = Writer { report, link_base };
    let title = prose(&report.title);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                meta name="generator" content={ (report.tool.name) " " (report.tool.version) };
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (with_code(&title)) }
                    p.made { (made_by(report)) }
                    nav aria-label="Sections" { (contents(sections)) }
                }
                main { @for section in sections { (writer.section(section)) } }
                footer { p { "Quotes are the documents’ own words. Nothing on this page is counted by person." } }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    MARK.to_owned() + &page.into_string() + "\n"
}

/// Returns the content security policy: nothing is loaded, and only the style and script of the page are used.
fn policy() -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
}

fn made_by(report: &CollectionReport) -> String {
    let tool = &report.tool;
    let reader = match &tool.reader {
        Some(reader) => format!("reader {reader}"),
        None => "without the reader".to_owned(),
    };
    prose(&format!("Made by {} {}, lexicon {}, {reader}.", tool.name, tool.version, tool.lexicon))
}

fn contents(sections: &[Section]) -> Markup {
    html! {
        ul { @for section in sections { li { a href={ "#" (section.id) } { (section.title) } } } }
    }
}

impl Writer<'_> {
    fn section(&self, section: &Section) -> Markup {
        html! {
            section id=(section.id) aria-labelledby={ (section.id) "-title" } {
                h2 id={ (section.id) "-title" } { (section.title) }
                @for part in &section.parts { (self.part(part)) }
            }
        }
    }

    fn part(&self, part: &Part) -> Markup {
        match part {
            Part::Text(text) => html! { p { (with_code(text)) } },
            Part::Sure(text) => html! { p.sure { strong { "How sure: " } (with_code(text)) } },
            Part::Table(table) => self.table(table),
            Part::Fold(fold) => self.fold(fold),
            Part::Story(story) => self.story(story),
        }
    }

    fn fold(&self, fold: &Fold) -> Markup {
        html! {
            details {
                summary { (with_code(&fold.summary)) }
                (self.quotes(&fold.quotes))
                @if fold.more > 0 { p.more { "and " (fold.more) " more, in the JSON" } }
            }
        }
    }

    fn story(&self, story: &Story) -> Markup {
        html! {
            article.story {
                h3 { (with_code(&story.title)) }
                p.about { (with_code(&story.name)) }
                (self.quotes(&story.quotes))
            }
        }
    }

    fn quotes(&self, quotes: &[Quote]) -> Markup {
        html! {
            ul.quotes {
                @for quote in quotes {
                    li.nested[quote.nested] { (self.quote(quote)) }
                }
            }
        }
    }

    fn quote(&self, quote: &Quote) -> Markup {
        let row = &self.report.documents[quote.document];
        html! {
            @if !quote.nested {
                @if let Some(date) = &row.date { time datetime=(date) { (date) } " " }
                a href={ "#d" (quote.document) } { (title(row)) }
                ", "
            }
            @if let Some(line) = quote.line {
                (self.line(quote.document, line)) ": "
                q { (with_code(&quote.words)) }
            } @else {
                (with_code(&quote.words))
            }
            @if !quote.note.is_empty() { " " span.note { "(" (quote.note) ")" } }
        }
    }

    /// Returns `line 12`, as a link if there is a base URL.
    fn line(&self, document: usize, line: usize) -> Markup {
        self.linked(document, line, &format!("line {line}"))
    }

    /// Returns a text, as a link to a line if there is a base URL.
    fn linked(&self, document: usize, line: usize, text: &str) -> Markup {
        let path = &self.report.documents[document].path;
        let address = location::address(self.link_base, path, line);
        html! { @if let Some(address) = address { a href=(address) { (text) } } @else { (text) } }
    }
}

fn title(row: &IndexRow) -> Markup {
    with_code(row.title.as_deref().unwrap_or(&row.path))
}

/// Returns text with its inline code marked as such. Characters that would hide or reorder text are made visible.
fn with_code(text: &str) -> Markup {
    let text = prose(text);
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) || text.contains("``") {
        return html! { (text) };
    }
    html! {
        @for (at, part) in parts.iter().enumerate() {
            @if at % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}
