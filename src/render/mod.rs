//! Renders a report as text, with one module per format. Renderers use the report and, for snippets, the source; they
//! print nothing.

mod agenda;
pub mod collection;
mod concise;
pub mod escape;
mod evidence;
pub mod folder_sheet;
mod format;
mod github;
mod gitlab;
pub mod hover;
mod json;
mod junit;
mod location;
mod markdown;
mod markdown_escape;
pub mod page;
mod question_sheet;
mod rdjson;
mod sarif;
mod snippet;
mod summary;
mod text;
mod why;
mod wording;
pub mod wrap;

pub use crate::render::format::Format;
pub use crate::render::markdown::EarlierComment;
pub(crate) use crate::render::wording::{counted, severity_name};

pub use annotate_snippets::renderer::{AnsiColor, Effects, Style};

use crate::lexicon::kinds::{RuleKind, ThemeSubject};
use crate::lexicon::questions::Theme;
use crate::lexicon::{Bucket, Lexicon, Rule};
use crate::model::Severity;
use crate::report::{DocumentReport, FileError, Report, Skipped, Tool};
use crate::source::Source;

/// Maximum number of questions shown for one document, because nobody answers a longer list.
pub const QUESTIONS_SHOWN: usize = 7;

/// The parts of a review that are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Parts {
    /// All of them.
    #[default]
    All,
    /// The findings, without verdict and questions.
    Findings,
    /// The verdict and the questions, without findings.
    Questions,
}

/// The settings of a renderer.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// The column at which to wrap.
    pub width: usize,
    /// True to use escape sequences for colour.
    pub color: bool,
    /// What is shown in the formats for people.
    pub parts: Parts,
    /// True to print what each judgement rests on.
    pub why: bool,
    /// True if the document is one of several, so that its path is shown.
    pub several: bool,
    /// The buckets, for their names.
    pub buckets: &'a [Bucket],
    /// The rules, for formats with explanations.
    pub rules: &'a [Rule],
    /// The themes of questions about the whole document.
    pub themes: &'a [Theme],
    /// The lowest severity that fails the run, if any does.
    pub failing: Option<Severity>,
    /// The base URL of links to lines, without a trailing `/`.
    pub link_base: Option<&'a str>,
    /// The hidden state of an earlier comment.
    pub previous: Option<&'a EarlierComment>,
}

impl<'a> Options<'a> {
    /// Returns the options with the buckets, rules and themes of a lexicon.
    #[must_use]
    pub fn with_lexicon(self, lexicon: &'a Lexicon) -> Self {
        let (buckets, rules, themes) = (&lexicon.buckets, &lexicon.rules, &lexicon.questions.theme);
        Self { buckets, rules, themes, ..self }
    }

    /// Returns a text in a style, if colour is used.
    pub fn paint(&self, style: Style, text: &str) -> String {
        if self.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    /// True if the verdict and the questions are shown.
    fn shows_questions(&self) -> bool {
        self.parts != Parts::Findings
    }

    /// True if the findings are shown.
    fn shows_findings(&self) -> bool {
        self.parts != Parts::Questions
    }

    /// Returns the kind of a rule, if it is in the lexicon.
    fn rule_kind(&self, id: &str) -> Option<RuleKind> {
        self.rules.iter().find(|rule| rule.id == id).map(|rule| rule.kind)
    }

    /// Returns the subject of the questions of a theme.
    fn theme_subject(&self, id: &str) -> ThemeSubject {
        self.themes.iter().find(|theme| theme.id == id).map(|theme| theme.about).unwrap_or_default()
    }

    /// Returns the name of a bucket, or its id if it is not in the lexicon.
    fn bucket_name<'s>(&'s self, id: &'s str) -> &'s str {
        self.buckets.iter().find(|bucket| bucket.id == id).map_or(id, |bucket| bucket.name.as_str())
    }
}

/// Returns the text before a [`document`]; `first` is true for the first one.
pub fn before(format: Format, first: bool, tool: &Tool) -> String {
    if format == Format::Json { json::before(first, tool) } else { String::new() }
}

/// Returns the text for a document, which can be printed as soon as it has been reviewed.
pub fn document(format: Format, report: &DocumentReport, source: &Source, options: &Options<'_>) -> String {
    match format {
        Format::Text => text::document(report, source, options),
        Format::Concise => concise::document(report, options),
        Format::Json => json::document(report),
        Format::Jsonl => json::line(&json::JsonLine::Document(report)),
        Format::Sarif
        | Format::Github
        | Format::Gitlab
        | Format::Rdjson
        | Format::Junit
        | Format::Markdown
        | Format::StepSummary => String::new(),
    }
}

/// Returns the facilitator's sheet for a document, as Markdown.
pub fn sheet(report: &DocumentReport, options: &Options<'_>) -> String {
    question_sheet::document(report, options)
}

/// Returns the text for a skipped file.
pub fn skipped(format: Format, skipped: &Skipped) -> String {
    if format == Format::Jsonl { json::line(&json::JsonLine::Skipped(skipped)) } else { String::new() }
}

/// Returns the text for a file that cannot be read, in addition to the line on standard error.
pub fn error(format: Format, error: &FileError) -> String {
    if format == Format::Jsonl { json::line(&json::JsonLine::Error(error)) } else { String::new() }
}

/// Returns the text at the end of a run.
pub fn closing(format: Format, report: &Report, options: &Options<'_>) -> String {
    match format {
        Format::Text => text::closing(report, options),
        Format::Concise => String::new(),
        Format::Json => json::end(report),
        Format::Jsonl => json::line(&json::JsonLine::summary(report)),
        Format::Sarif => sarif::log(report, options),
        Format::Github => github::annotations(report, options),
        Format::Gitlab => gitlab::report(report, options),
        Format::Rdjson => rdjson::report(report, options),
        Format::Junit => junit::report(report, options),
        Format::Markdown => markdown::comment(report, options),
        Format::StepSummary => markdown::step_summary(report, options),
    }
}

/// Returns the complete text for a report whose documents were reviewed from these sources.
pub fn whole<'s>(
    format: Format,
    report: &Report,
    source: impl Fn(&DocumentReport) -> &'s Source,
    options: &Options<'_>,
) -> String {
    let one = |(nth, reviewed): (usize, &DocumentReport)| {
        before(format, nth == 0, &report.tool) + &document(format, reviewed, source(reviewed), options)
    };
    let documents: String = report.documents.iter().enumerate().map(one).collect();
    let skipped = report.skipped.iter().map(|one| skipped(format, one));
    let errors = report.errors.iter().map(|one| error(format, one));
    documents + &skipped.chain(errors).collect::<String>() + &closing(format, report, options)
}

#[cfg(test)]
mod tests;
