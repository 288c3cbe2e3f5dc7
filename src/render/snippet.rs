//! Renders a finding with its source lines, in the style of rustc.

use annotate_snippets::renderer::DEFAULT_LINE_NUM_STYLE;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::model::Severity;
use crate::render::escape::Terminal;
use crate::render::wording::said;
use crate::render::{Options, why, wrap};
use crate::report::Finding;
use crate::source::Source;

/// Maximum number of characters on each side of the finding; the renderer shortens this further to the width.
const MAX_CONTEXT: usize = 200;
/// Maximum number of lines of the finding itself.
const MAX_LINES: usize = 6;
/// Number of columns that a line of the finding leaves for its number and for ellipses: the renderer shortens only what
/// is around the finding.
const MARGIN: usize = 20;

/// Renders one finding, with its role in the document and a pattern for a better sentence.
pub(super) fn finding(
    found: &Finding,
    shape: Option<&str>,
    source: &Source,
    options: &Options<'_>,
) -> String {
    let title = title(found, options.width);
    let excerpt = Excerpt::new(found, source, options.width);
    let mut group =
        Group::with_title(level(found.severity).primary_title(&title).id(Terminal(&found.rule).to_string()));
    if let Some(excerpt) = &excerpt {
        group = group.element(excerpt.snippet());
    }
    let why = why::finding(found).filter(|_| options.why);
    let below = [("note", role(found).map(str::to_owned)), ("try", shape.map(str::to_owned)), ("why", why)];
    for (name, text) in below {
        let text = text.map(|text| indented(&text, name, options.width));
        group = group.elements(text.map(|text| Level::HELP.with_name(Some(name)).message(text)));
    }
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

/// Returns the role of the finding in the document. It is not a label in the excerpt, which would make lines too wide.
fn role(found: &Finding) -> Option<&'static str> {
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

/// Wraps a text that stands after a line number and a name.
fn indented(text: &str, name: &str, width: usize) -> String {
    wrap::lines(&said(text), width.saturating_sub("1234 = : ".len() + name.len())).join("\n")
}

/// Returns the parts of the line with the arrow: the indent, as wide as the widest line number, and `path:line:column`.
fn place(found: &Finding, source: &Source) -> (String, String) {
    let gutter = " ".repeat(found.start.line.max(found.end.line).to_string().len());
    let (line, column) = (found.start.line, found.start.column);
    (gutter, format!("{}:{line}:{column}", Terminal(&source.path)))
}

/// Inserts the location below the title.
///
/// The renderer would compute the column relative to its input, which may be part of a long line.
fn with_place(rendered: &str, title: usize, place: &(String, String), options: &Options<'_>) -> String {
    let end = rendered.match_indices('\n').nth(title.saturating_sub(1)).map_or(rendered.len(), |(at, _)| at);
    let (title, rest) = rendered.split_at(end);
    let arrow = options.paint(DEFAULT_LINE_NUM_STYLE, "-->");
    format!("{title}\n{}{arrow} {}{rest}\n", place.0, place.1)
}

/// The part of the source shown for a finding, escaped.
struct Excerpt {
    text: String,
    start: usize,
    end: usize,
    line: usize,
}

impl Excerpt {
    /// Returns the words of the finding with the surrounding text on their lines; `None` if the report is not for this
    /// source.
    fn new(found: &Finding, source: &Source, width: usize) -> Option<Self> {
        let start = found.start.offset.checked_sub(source.shift)?;
        let end = found.end.offset.checked_sub(source.shift)?;
        let (before, words, after) =
            (source.text.get(..start)?, source.text.get(start..end)?, source.text.get(end..)?);
        let lead = context_before(before.rsplit('\n').next()?);
        // A `\r` before the words may be the first character of a line end.
        let lead = if words.starts_with('\n') { lead.trim_end_matches('\r') } else { lead };
        // A line end cannot be underlined, and the text after it is on another line.
        let shown = words.trim_end_matches(['\r', '\n']);
        let marked = shortened(shown, width.saturating_sub(MARGIN));
        let is_whole = marked == words;
        let rest = if is_whole { after.split('\n').next()? } else { "" };
        let tail = context_after(rest.trim_end_matches('\r'));
        let marked = format!("{lead}{marked}");
        let (start, end) = (escaped(lead).len(), escaped(&marked).len());
        Some(Self { text: escaped(&(marked + tail)), start, end, line: found.start.line })
    }

    fn snippet(&self) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
        let mark = AnnotationKind::Primary.span(self.start..self.end);
        Snippet::source(self.text.as_str()).line_start(self.line).annotation(mark)
    }
}

/// Keeps line breaks and makes all other control characters visible. Escaping a character never depends on later ones:
/// the escaped prefix of a text is a prefix of the escaped text, so offsets can be mapped.
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

/// Returns the first lines of the words, each with at most `room` characters.
fn shortened(words: &str, room: usize) -> String {
    let lines: Vec<&str> = words.split('\n').collect();
    let shown = lines.iter().take(MAX_LINES).map(|line| wrap::cut(line, room)).collect::<Vec<_>>().join("\n");
    if lines.len() > MAX_LINES && !shown.ends_with('…') { shown + "…" } else { shown }
}
