//! A finding with its source lines, in the style of rustc.

use annotate_snippets::renderer::DEFAULT_LINE_NUM_STYLE;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::model::Severity;
use crate::render::escape::Terminal;
use crate::render::text::said;
use crate::render::{Options, wrap};
use crate::report::Finding;
use crate::source::Source;

/// Characters shown on each side of the finding at most; the renderer trims further to the width.
const MAX_CONTEXT: usize = 200;
/// Characters and lines shown of the finding itself at most.
const MAX_QUOTE: usize = 400;
const MAX_LINES: usize = 6;

/// One finding, with the questions to show below it, and a pattern for a better sentence.
pub(super) fn finding(
    found: &Finding,
    asked: &[&str],
    shape: Option<&str>,
    source: &Source,
    options: &Options<'_>,
) -> String {
    let title = title(found, options.width);
    let excerpt = Excerpt::new(found, source);
    let mut group =
        Group::with_title(level(found.severity).primary_title(&title).id(Terminal(&found.rule).to_string()));
    if let Some(excerpt) = &excerpt {
        group = group.element(excerpt.snippet(label(found)));
    }
    let questions = asked.iter().map(|question| ask(question, options.width));
    let group = group.elements(questions.map(|text| Level::HELP.with_name(Some("ask")).message(text)));
    let shape = shape.map(|shape| hint(shape, options.width));
    let group = group.elements(shape.map(|text| Level::HELP.with_name(Some("try")).message(text)));
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

/// The part that the finding plays in the document.
fn label(found: &Finding) -> Option<&'static str> {
    match (found.cause, found.deepened) {
        (true, true) => Some("given as the cause; the text goes on to the conditions behind it"),
        (true, false) => Some("given as the cause"),
        (false, true) => Some("the text goes on to the conditions behind it"),
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
    wrap::lines(&said(shape), width.saturating_sub("1234 = try: ".len())).join("\n")
}

/// The arrow's line: the indent, which is as wide as the widest line number, and `path:line:column`.
fn place(found: &Finding, source: &Source) -> (String, String) {
    let gutter = " ".repeat(found.start.line.max(found.end.line).to_string().len());
    let (line, column) = (found.start.line, found.start.column);
    (gutter, format!("{}:{line}:{column}", Terminal(&source.path)))
}

/// Puts the place below the title.
///
/// The renderer would count the column within the text it gets, which may be part of a long line.
fn with_place(rendered: &str, title: usize, place: &(String, String), options: &Options<'_>) -> String {
    let end = rendered.match_indices('\n').nth(title.saturating_sub(1)).map_or(rendered.len(), |(at, _)| at);
    let (title, rest) = rendered.split_at(end);
    let arrow = options.paint(DEFAULT_LINE_NUM_STYLE, "-->");
    format!("{title}\n{}{arrow} {}{rest}\n", place.0, place.1)
}

/// The part of the source that is shown for a finding, already escaped.
struct Excerpt {
    text: String,
    start: usize,
    end: usize,
    line: usize,
}

impl Excerpt {
    /// The finding's words with the text around them on their lines; `None` if the report is not of this source.
    fn new(found: &Finding, source: &Source) -> Option<Self> {
        let start = found.start.offset.checked_sub(source.shift)?;
        let end = found.end.offset.checked_sub(source.shift)?;
        let (before, words, after) =
            (source.text.get(..start)?, source.text.get(start..end)?, source.text.get(end..)?);
        let lead = context_before(before.rsplit('\n').next()?);
        // A `\r` before the words may be the first half of a line end.
        let lead = if words.starts_with('\n') { lead.trim_end_matches('\r') } else { lead };
        // A line end cannot be underlined, and what follows it is on another line.
        let shown = words.trim_end_matches(['\r', '\n']);
        let rest = if shown.len() < words.len() { "" } else { after.split('\n').next()? };
        let tail = context_after(rest.trim_end_matches('\r'));
        let marked = format!("{lead}{}", shortened(shown));
        let (start, end) = (escaped(lead).len(), escaped(&marked).len());
        Some(Self { text: escaped(&(marked + tail)), start, end, line: found.start.line })
    }

    fn snippet(&self, label: Option<&'static str>) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
        let mark = AnnotationKind::Primary.span(self.start..self.end).label(label);
        Snippet::source(self.text.as_str()).line_start(self.line).annotation(mark)
    }
}

/// Keeps line breaks and makes all other controls visible. Escaping never depends on what follows, so the escaped
/// prefix of a text is a prefix of the escaped text: offsets can be mapped.
fn escaped(text: &str) -> String {
    let lines = text.replace("\r\n", "\n");
    lines.split('\n').map(|line| Terminal(line).to_string()).collect::<Vec<_>>().join("\n")
}

fn context_before(line: &str) -> &str {
    line.char_indices().rev().nth(MAX_CONTEXT - 1).map_or(line, |(at, _)| &line[at..])
}

fn context_after(line: &str) -> &str {
    line.char_indices().nth(MAX_CONTEXT).map_or(line, |(at, _)| &line[..at])
}

fn shortened(words: &str) -> String {
    let end = words.match_indices('\n').nth(MAX_LINES - 1).map_or(words.len(), |(at, _)| at);
    let shown = wrap::cut(&words[..end], MAX_QUOTE);
    if end < words.len() && !shown.ends_with('…') { shown + "…" } else { shown }
}
