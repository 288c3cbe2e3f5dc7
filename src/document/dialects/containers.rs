//! Blocks between lines: `:::note` … `:::`, `/// note | Title` … `///`, `>>>` … `>>>`.

use std::collections::BTreeMap;

use crate::document::dialects::code::{Code, What, holds_code};
use crate::document::dialects::rewriter::{Rewriter, lines};
use crate::document::dialects::{Region, admonitions, callouts, titles};
use crate::model::Span;

/// Texts of which one occurs in every text with something to rewrite.
const MARKS: [&str; 11] = ["!!!", "???", "===", ":::", "///", ">>>", "[!", "{:", "{#", "*[", "\n:"];

/// True if a text may hold something to rewrite.
pub(super) fn may_occur(text: &str) -> bool {
    MARKS.iter().any(|mark| text.contains(mark))
}

/// Rewrites the lines of a text from byte `body` on.
pub(super) fn rewrite(text: &str, body: usize, regions: &mut Vec<Region>) -> String {
    let code = Code::find(text, body, What::CodeAndComments);
    let mut to = Rewriter::new(text);
    let mut open = Open::default();
    for line in lines(text, body) {
        let start = line.end - line.of(text).trim_start_matches([' ', '\t', '>']).len();
        if code.end_around(start.min(line.end.saturating_sub(1))).is_none() {
            open.line(&mut to, line, start, regions);
        }
    }
    open.finish(text.len(), regions);
    to.finish()
}

/// A container that is not closed yet.
struct Container {
    line: Span,
    is_code: bool,
}

/// What is open at a line.
#[derive(Default)]
struct Open {
    /// By their mark, innermost last.
    containers: BTreeMap<&'static str, Vec<Container>>,
    /// The line that begins a quote.
    quote: Option<Span>,
}

impl Open {
    fn line(&mut self, to: &mut Rewriter<'_>, line: Span, start: usize, regions: &mut Vec<Region>) {
        let source = Span::new(start, line.end).of(to.text);
        let is_quoted = to.text[line.start..start].contains('>');
        if line.of(to.text).trim() == ">>>" {
            self.quote(to, line, regions);
        } else if let Some(mark) = [":::", "///"].into_iter().find(|mark| source.starts_with(mark)) {
            self.container(to, line, start, mark, regions);
        } else if source.starts_with("{:") && source.trim_end().ends_with('}') || is_abbreviation(source) {
            to.blank(Span::new(start, line.end));
        } else if source.starts_with('#') {
            callouts::rewrite_heading(to, Span::new(start, line.end));
        } else if is_quoted && source.starts_with("[!") {
            callouts::rewrite(to, line, start);
        } else if source.starts_with(": ") && has_term(to.text, line) {
            to.write(start, "-"); // the definition of the term in the line above
        } else {
            let rest = Span::new((line.end + 1).min(to.text.len()), to.text.len());
            admonitions::rewrite(to, line, start, rest);
        }
    }

    /// Handles a line that begins or ends a quote.
    fn quote(&mut self, to: &mut Rewriter<'_>, line: Span, regions: &mut Vec<Region>) {
        let Some(first) = self.quote.take() else {
            self.quote = Some(line);
            return;
        };
        to.blank(first);
        to.blank(line);
        regions.push(Region { span: Span::new(first.end, line.start), is_quote: true });
    }

    fn container(
        &mut self,
        to: &mut Rewriter<'_>,
        line: Span,
        start: usize,
        mark: &'static str,
        regions: &mut Vec<Region>,
    ) {
        let marks = to.text[start..line.end].bytes().take_while(|byte| *byte == mark.as_bytes()[0]).count();
        let words = Span::new(start + marks, line.end);
        if words.of(to.text).trim().is_empty() {
            self.close(to, line, mark, regions);
        } else if let Some(name) = name(to.text, words, mark) {
            let is_code = holds_code(name.of(to.text));
            self.containers.entry(mark).or_default().push(Container { line, is_code });
            if !is_code {
                open(to, line, start, name, mark);
            }
        }
    }

    fn close(&mut self, to: &mut Rewriter<'_>, line: Span, mark: &str, regions: &mut Vec<Region>) {
        let Some(container) = self.containers.get_mut(mark).and_then(Vec::pop) else { return };
        if container.is_code {
            to.blank(Span::new(container.line.start, line.end));
        } else {
            to.blank(line);
            regions.push(Region { span: Span::new(container.line.start, line.start), is_quote: false });
        }
    }

    /// Ends the containers that are never closed with the text.
    fn finish(self, end: usize, regions: &mut Vec<Region>) {
        for container in self.containers.into_values().flatten().filter(|container| !container.is_code) {
            regions.push(Region { span: Span::new(container.line.start, end), is_quote: false });
        }
    }
}

/// True for a line that says what an abbreviation stands for, which readers see only when they point at it: `*[SLO]: …`.
fn is_abbreviation(line: &str) -> bool {
    let name = line.strip_prefix("*[").and_then(|rest| rest.split_once("]:")).map(|(name, _)| name);
    name.is_some_and(|name| !name.is_empty() && !name.contains(['[', ']']))
}

/// True if the line above has text.
fn has_term(text: &str, line: Span) -> bool {
    text[..line.start].lines().next_back().is_some_and(|above| !above.trim().is_empty())
}

/// Returns the name of a container in the words after its mark: `note`, `{note}`, `{.note}`.
fn name(text: &str, words: Span, mark: &str) -> Option<Span> {
    let source = words.of(text);
    let start = words.start + source.len() - source.trim_start().len();
    let rest = &text[start..words.end];
    let start = start + usize::from(rest.starts_with('{'));
    let rest = &text[start..words.end];
    let length = rest.find(|sign: char| !(sign.is_alphanumeric() || "-_.#+".contains(sign)));
    let name = Span::new(start, start + length.unwrap_or(rest.len()));
    // Three slashes also begin a comment in code.
    let after = text[name.end..words.end].trim_start();
    let is_known = mark == ":::" || after.is_empty() || after.starts_with('|');
    (is_known && !name.is_empty()).then_some(name)
}

/// Rewrites the line that begins a container.
fn open(to: &mut Rewriter<'_>, line: Span, start: usize, name: Span, mark: &str) {
    let after = to.text[name.end..line.end].find(|sign: char| mark == ":::" && sign == '}');
    let words = Span::new(after.map_or(name.end, |at| name.end + at + 1), line.end);
    let is_barred = mark == "///" && words.of(to.text).trim_start().starts_with('|');
    let bar = if is_barred { words.of(to.text).find('|').map_or(0, |at| at + 1) } else { 0 };
    let words = Span::new(words.start + bar, words.end);
    let attributes = words.of(to.text).rfind('{').filter(|_| words.of(to.text).trim_end().ends_with('}'));
    let end = attributes.unwrap_or(words.len());
    let plain =
        Span::new(words.start, words.start + words.of(to.text)[..end].trim_end_matches([':', ' ']).len());
    let title = titles::in_attribute(to.text, Span::new(name.start, line.end))
        .or_else(|| titles::bare(to.text, plain));
    match title {
        Some(title) => to.head(Span::new(start, title.start), title, line.end),
        None => to.blank(Span::new(start, line.end)),
    }
}
