//! A finding with the lines it is about, in the manner of rustc.

use annotate_snippets::renderer::DEFAULT_LINE_NUM_STYLE;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::model::Severity;
use crate::render::escape::Terminal;
use crate::render::text::said;
use crate::render::{Options, wrap};
use crate::report::Finding;
use crate::source::Source;

/// Characters shown at most to each side of the finding; the renderer trims further to the width.
const AROUND: usize = 200;
/// Characters and lines shown at most of the finding itself.
const WITHIN: usize = 400;
const LINES: usize = 6;

/// One finding, with those of its questions that are to be asked here, and a shape for saying it anew if it is new.
pub(super) fn finding(
    found: &Finding,
    asked: &[&str],
    shape: Option<&str>,
    source: &Source,
    options: &Options<'_>,
) -> String {
    let title = title(found, options.width);
    let view = View::of(found, source);
    let mut group =
        Group::with_title(level(found.severity).primary_title(&title).id(Terminal(&found.rule).to_string()));
    if let Some(view) = &view {
        group = group.element(view.snippet(label(found)));
    }
    let questions = asked.iter().map(|question| ask(question, options.width));
    let group = group.elements(questions.map(|text| Level::HELP.with_name(Some("ask")).message(text)));
    let shape = shape.map(|shape| hint(shape, options.width));
    let group = group.elements(shape.map(|text| Level::HELP.with_name(Some("shape")).message(text)));
    let rendered = renderer(options).render(&[group]);
    with_place(&rendered, title.lines().count(), &place(found, source), options)
}

fn renderer(options: &Options<'_>) -> Renderer {
    let renderer = if options.color { Renderer::styled().hyperlink(false) } else { Renderer::plain() };
    renderer.term_width(options.width)
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

/// What the finding is within the story of the document.
fn label(found: &Finding) -> Option<&'static str> {
    match (found.deepened, found.cause) {
        (true, _) => Some("the text goes on to the conditions"),
        (false, true) => Some("read as the cause"),
        (false, false) => None,
    }
}

fn title(found: &Finding, width: usize) -> String {
    let before = format!("warning[{}]: ", found.rule);
    wrap::lines(&said(&found.message), width.saturating_sub(before.len())).join("\n")
}

fn ask(question: &str, width: usize) -> String {
    wrap::lines(&said(question), width.saturating_sub("1234 = ask: ".len())).join("\n")
}

fn hint(shape: &str, width: usize) -> String {
    wrap::lines(&said(shape), width.saturating_sub("1234 = shape: ".len())).join("\n")
}

/// The arrow's line: `--> path:line:column`, after as many blanks as the widest line number has digits.
fn place(found: &Finding, source: &Source) -> (String, String) {
    let gutter = " ".repeat(found.start.line.max(found.end.line).to_string().len());
    let (line, column) = (found.start.line, found.start.column);
    (gutter, format!("{}:{line}:{column}", Terminal(&source.path)))
}

/// Puts the place below the title.
///
/// The renderer would count the column within the text it is given, which may be cut out of a long line.
fn with_place(rendered: &str, title: usize, place: &(String, String), options: &Options<'_>) -> String {
    let end = rendered.match_indices('\n').nth(title.saturating_sub(1)).map_or(rendered.len(), |(at, _)| at);
    let (title, rest) = rendered.split_at(end);
    let arrow = options.paint(DEFAULT_LINE_NUM_STYLE, "-->");
    format!("{title}\n{}{arrow} {}{rest}\n", place.0, place.1)
}

/// The part of the source that is shown for a finding, already escaped.
struct View {
    text: String,
    start: usize,
    end: usize,
    line: usize,
}

impl View {
    /// The finding's words and what stands around them on their lines; none if the report is not of this source.
    fn of(found: &Finding, source: &Source) -> Option<Self> {
        let start = found.start.offset.checked_sub(source.shift)?;
        let end = found.end.offset.checked_sub(source.shift)?;
        let (before, words, after) =
            (source.text.get(..start)?, source.text.get(start..end)?, source.text.get(end..)?);
        let lead = last(before.rsplit('\n').next()?);
        // Half a line end before the words is no character of its own.
        let lead = if words.starts_with('\n') { lead.trim_end_matches('\r') } else { lead };
        // A line end cannot be underlined, and what follows it stands on another line.
        let shown = words.trim_end_matches(['\r', '\n']);
        let rest = if shown.len() < words.len() { "" } else { after.split('\n').next()? };
        let tail = first(rest.trim_end_matches('\r'));
        let marked = format!("{lead}{}", short(shown));
        let (start, end) = (escaped(lead).len(), escaped(&marked).len());
        Some(Self { text: escaped(&(marked + tail)), start, end, line: found.start.line })
    }

    fn snippet(&self, label: Option<&'static str>) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
        let mark = AnnotationKind::Primary.span(self.start..self.end).label(label);
        Snippet::source(self.text.as_str()).line_start(self.line).annotation(mark)
    }
}

/// Lines stay lines; all else is made visible. What is escaped does not depend on what follows it, so the escaped
/// beginning of a text is as long as the beginning of the escaped text.
fn escaped(text: &str) -> String {
    let lines = text.replace("\r\n", "\n");
    lines.split('\n').map(|line| Terminal(line).to_string()).collect::<Vec<_>>().join("\n")
}

fn last(line: &str) -> &str {
    line.char_indices().rev().nth(AROUND - 1).map_or(line, |(at, _)| &line[at..])
}

fn first(line: &str) -> &str {
    line.char_indices().nth(AROUND).map_or(line, |(at, _)| &line[..at])
}

fn short(words: &str) -> String {
    let end = words.match_indices('\n').nth(LINES - 1).map_or(words.len(), |(at, _)| at);
    let shown = wrap::cut(&words[..end], WITHIN);
    if end < words.len() && !shown.ends_with('…') { shown + "…" } else { shown }
}
