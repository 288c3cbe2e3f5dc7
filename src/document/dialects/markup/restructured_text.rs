//! reStructuredText.

use crate::document::dialects::markup::Becomes::{Marked, Nothing, Text};
use crate::document::dialects::markup::{Language, rule};
use crate::document::dialects::rewriter::{Rewriter, lines};
use crate::model::Markup;
use crate::model::Span;

pub(super) const LANGUAGE: Language = Language {
    name: Markup::ReStructuredText,
    sign: r"(?m)^\.\. (?:[\w-]+::|_[^\n]+:[ \t\r]*$)",
    rules: &[
        // Code, and what is not shown.
        rule(
            r"(?m)^\.\. (?:code-block|code|sourcecode|parsed-literal|literalinclude|highlight|math|graphviz|mermaid|uml|raw|image|include|toctree|contents)::[^\n]*(?:\n[ \t\r]*$|\n[ \t]+\S[^\n]*)*",
            Nothing,
        ),
        rule(
            r"(?m)^ {2,4}\.\. (?:code-block|code|sourcecode|image)::[^\n]*(?:\n[ \t\r]*$|\n {5,}\S[^\n]*)*",
            Nothing,
        ),
        rule(
            r"(?m)^[ \t]*(?:[^.\s][^\n]*)?::[ \t\r]*\n(?:[ \t\r]*\n)+(?P<hidden>(?:[ \t]+\S[^\n]*(?:\n|\z)|[ \t\r]*\n)+)",
            Nothing,
        ),
        rule(r"(?m)^\.\. _[^\n]*$", Nothing),
        rule(r"(?m)^[ \t]+(?P<hidden>:[a-z][a-z-]*:[^\n]*)$", Nothing),
        // Blocks with an indented body.
        rule(r"(?m)^(?P<marks>\.\. (?:admonition|topic|sidebar|rubric)::)[ \t]+\S", Marked("1) ######")),
        rule(r"(?m)^(?P<marks>\.\. [\w-]+::)[ \t\r]*$", Marked("1) #")),
        rule(r"(?m)^(?P<marks>\.\. [\w-]+::)", Marked("1) <b>")),
        rule(r"(?m)^\.\.(?:[ \t]+[^\[\s][^\n]*)?(?:\n[ \t]+\S[^\n]*)*$", Nothing),
        // Fields, lists and links.
        rule(r"(?m)^(?P<hidden>:)[A-Z][^:\n]*:[ \t]", Nothing),
        rule(r"(?m)^[ \t]*(?P<marks>#\.)[ \t]", Marked("-")),
        rule(r"(?m)^(?:\+[-=+]+\+|=+(?:[ \t]+=+)+)[ \t\r]*$", Nothing),
        rule(r":[\w:+-]+:`(?P<text>[^`<\n]+)(?:<[^>`\n]*>)?`", Text),
        rule(r"`(?P<text>[^`<\n]+)<[^>`\n]*>`_{1,2}", Text),
    ],
};

/// Signs of underlines that Markdown does not have.
const FOREIGN: &[u8] = b"~^\"'*+#";
/// All signs of underlines.
const UNDERLINES: &[u8] = b"=-~^\"'*+#";
/// A sign that also marks code, with code between two lines.
const FENCE: u8 = b'~';
/// Minimum length of an underline, beyond the shortest mark of code.
const SHORTEST: usize = 4;

/// Rewrites the titles of a text from byte `body` on, if it has one that is not underlined as in Markdown. There are two
/// levels of those, so deeper titles become lines of their own.
pub(super) fn rewrite_titles(text: &str, body: usize) -> Option<String> {
    if lines(text, body).any(|line| line.of(text).starts_with("## ")) {
        return None;
    }
    let titles = titles(text, body);
    if !titles.iter().any(|title| FOREIGN.contains(&title.sign(text))) {
        return None;
    }
    let mut to = Rewriter::new(text);
    let mut kinds: Vec<(u8, bool)> = Vec::new();
    for title in &titles {
        let kind = (title.sign(text), title.overline.is_some());
        let level = kinds.iter().position(|known| *known == kind).unwrap_or(kinds.len());
        if level == kinds.len() {
            kinds.push(kind);
        }
        title.write(&mut to, level);
    }
    Some(to.finish())
}

/// A title with the line of signs below it, and perhaps one above it.
struct Title {
    overline: Option<Span>,
    underline: Span,
}

impl Title {
    fn sign(&self, text: &str) -> u8 {
        text.as_bytes()[self.underline.start]
    }

    fn write(&self, to: &mut Rewriter<'_>, level: usize) {
        if let Some(overline) = self.overline {
            to.blank(overline);
        }
        to.blank(self.underline);
        match level {
            0 => to.write(self.underline.start, "==="),
            1 => to.write(self.underline.start, "---"),
            _ => {}
        }
    }
}

/// Returns the titles: single lines with a line of signs below them that is at least as long.
fn titles(text: &str, body: usize) -> Vec<Title> {
    let lines: Vec<Span> = lines(text, body).collect();
    let is_blank = |at: Option<usize>| {
        at.and_then(|at| lines.get(at)).is_none_or(|line| line.of(text).trim().is_empty())
    };
    let title = |at: usize| {
        let (words, underline) = (lines[at].of(text), lines[at + 1]);
        let sign = sign_of(underline.of(text))?;
        let is_title = !words.starts_with([' ', '\t'])
            && words.contains(char::is_alphanumeric)
            && underline.of(text).trim_end().len() >= words.trim_end().chars().count();
        let above = at.checked_sub(1);
        let overline = above.map(|above| lines[above]);
        let overline = overline.filter(|line| sign != FENCE && sign_of(line.of(text)) == Some(sign));
        let stands_alone = overline.is_some() || is_blank(above);
        (is_title && stands_alone).then_some(Title { overline, underline })
    };
    (0..lines.len().saturating_sub(1)).filter_map(title).collect()
}

/// Returns the sign of a line that consists of one sign only.
fn sign_of(line: &str) -> Option<u8> {
    let line = line.trim_end().as_bytes();
    let first = *line.first().filter(|first| UNDERLINES.contains(first))?;
    (line.len() >= SHORTEST && line.iter().all(|byte| *byte == first)).then_some(first)
}
