//! Finds what plain Markdown shows as code or hides in a comment.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

use crate::document::comments::OPEN;
use crate::document::markdown::options;
use crate::model::Span;

/// Names of containers and tags whose content is code.
const CODE: [&str; 16] = [
    "chart",
    "code",
    "code-block",
    "code-cell",
    "codeblock",
    "d2",
    "dot",
    "eval-rst",
    "graphviz",
    "katex",
    "latex",
    "math",
    "mermaid",
    "plantuml",
    "prism",
    "uml",
];

/// True if a container or a pair of tags of this name holds code.
pub(super) fn holds_code(name: &str) -> bool {
    CODE.contains(&name)
}

/// Spans of a text, in order.
pub(in crate::document) struct Code(Vec<Span>);

/// What is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::document) enum What {
    /// Fenced code and code spans.
    Code,
    /// Comments as well.
    CodeAndComments,
}

impl Code {
    /// Finds fenced code and code spans, and perhaps comments, from byte `body` on. Indented code is left out, because it
    /// may be the body of a block of another dialect.
    pub(in crate::document) fn find(text: &str, body: usize, what: What) -> Self {
        let spans =
            Parser::new_ext(&text[body..], options()).into_offset_iter().filter_map(|(event, range)| {
                let span = Span::new(range.start + body, range.end + body);
                let found =
                    is_code(&event) || what == What::CodeAndComments && is_comment(&event, span.of(text));
                found.then_some(span)
            });
        Self(spans.collect())
    }

    /// Returns the end of the span around a byte, if there is one.
    pub(in crate::document) fn end_around(&self, at: usize) -> Option<usize> {
        let next = self.0.partition_point(|span| span.end <= at);
        self.0.get(next).filter(|span| span.start <= at).map(|span| span.end)
    }
}

fn is_code(event: &Event<'_>) -> bool {
    matches!(event, Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) | Event::Code(_))
}

fn is_comment(event: &Event<'_>, source: &str) -> bool {
    matches!(event, Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_))
        && source.trim_start().starts_with(OPEN)
}
