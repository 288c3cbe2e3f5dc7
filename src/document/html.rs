//! HTML blocks: which parts are words, and which tags separate them.

use html5gum::{DefaultEmitter, Token, Tokenizer};

use crate::document::comments::{CLOSE, OPEN};
use crate::model::Span;

/// A part of an HTML block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum HtmlPiece {
    /// Words as they are in the source.
    Text(Span),
    /// Code.
    Code(Span),
    /// A character reference such as `&amp;`, and its meaning.
    Reference(Span, String),
    /// An opening tag that starts a new part.
    Open(Tag),
    /// `</blockquote>`.
    QuoteEnd,
    /// A closing tag, or an opening tag that only ends the preceding part.
    Close,
    /// `<br>`, with its offset.
    Break(usize),
    /// A comment that is closed.
    Comment(Span),
}

/// Tags that matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// `<h1>` to `<h6>`, and elements used as headings.
    Heading(u8),
    /// `<ul>`, `<ol>`, `<dl>`.
    List,
    /// `<li>`, `<dd>`.
    Item,
    /// `<table>`.
    Table,
    /// `<tr>`.
    Row,
    /// `<td>`, or `<th>` if true.
    Cell(bool),
    /// `<blockquote>`.
    Quote,
    /// Any other block.
    Block,
}

/// Tags that occur within a sentence; all others separate the words before them from those after them.
const INLINE: [&str; 26] = [
    "a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "img", "input", "ins", "kbd", "label",
    "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "var",
];

/// Elements whose content is not prose.
const HIDDEN: [&str; 3] = ["script", "style", "pre"];

/// Elements whose content is code within a sentence.
const CODE: [&str; 4] = ["code", "kbd", "samp", "tt"];

/// Length in bytes of the longest character reference, `&CounterClockwiseContourIntegral;`.
const LONGEST_REFERENCE: usize = 33;

/// True if this inline tag is a line break.
pub(super) fn is_break(tag: &str) -> bool {
    tag.get(..3).is_some_and(|head| head.eq_ignore_ascii_case("<br"))
        && !tag[3..].starts_with(char::is_alphanumeric)
}

/// True if this inline tag begins or ends a quotation, `<q>`, which is shown as a quotation mark.
pub(super) fn is_quotation(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    name.starts_with(['q', 'Q']) && !name[1..].starts_with(|sign: char| sign.is_alphanumeric() || sign == '-')
}

/// True if this inline tag begins code, false if it ends code; `None` for any other.
pub(super) fn begins_code(tag: &str) -> Option<bool> {
    let is_end = tag.starts_with("</");
    let name = tag.trim_matches(['<', '/', '>']).split(char::is_whitespace).next().unwrap_or_default();
    CODE.iter().any(|code| name.eq_ignore_ascii_case(code)).then_some(!is_end)
}

/// Returns the parts of the HTML block `block` of `text`, in order.
pub(super) fn pieces(text: &str, block: Span) -> Vec<HtmlPiece> {
    let mut reader = PieceReader { text, end: block.start, hidden: None, code: 0, pieces: Vec::new() };
    let mut emitter = DefaultEmitter::new_with_span();
    emitter.naively_switch_states(true); // `<` begins no tag in a script
    for Ok(token) in Tokenizer::new_with_emitter(block.of(text), emitter) {
        reader.token(token, block.start);
    }
    // A tag that is never closed is text, from its `<` onwards.
    if reader.hidden.is_none() {
        reader.words(Span::new(reader.end, block.end));
    }
    reader.pieces
}

struct PieceReader<'t> {
    text: &'t str,
    /// The end of the last token.
    end: usize,
    /// The element being skipped.
    hidden: Option<&'static str>,
    /// Number of open elements with code.
    code: usize,
    pieces: Vec<HtmlPiece>,
}

impl PieceReader<'_> {
    /// Handles a token whose span is relative to byte `base` of the text.
    fn token(&mut self, token: Token<usize>, base: usize) {
        match token {
            Token::StartTag(tag) => {
                let span = self.take(tag.span, base);
                self.open(&String::from_utf8_lossy(&tag.name), span);
            }
            Token::EndTag(tag) => {
                let span = self.take(tag.span, base);
                self.close(&String::from_utf8_lossy(&tag.name), span);
            }
            Token::String(words) => {
                let span = self.take(words.span, base);
                self.words(span);
            }
            Token::Comment(comment) => {
                let span = self.take(comment.span, base);
                self.comment(span);
            }
            Token::Doctype(doctype) => {
                self.take(doctype.span, base);
            }
            Token::Error(_) => {}
        }
    }

    fn take(&mut self, span: html5gum::Span<usize>, base: usize) -> Span {
        self.end = base + span.end;
        Span::new(base + span.start, self.end)
    }

    fn open(&mut self, name: &str, span: Span) {
        if self.hidden.is_some() {
            return;
        }
        self.hidden = HIDDEN.into_iter().find(|hidden| *hidden == name);
        match name {
            _ if self.hidden.is_some() => {}
            "q" => self.quotation(span),
            _ if CODE.contains(&name) => self.code += 1,
            _ if INLINE.contains(&name) => {}
            "br" => self.pieces.push(HtmlPiece::Break(span.start)),
            _ => self.pieces.push(HtmlPiece::Open(tag(name))),
        }
    }

    fn quotation(&mut self, tag: Span) {
        self.pieces.push(HtmlPiece::Reference(tag, String::from("\"")));
    }

    fn close(&mut self, name: &str, span: Span) {
        if self.hidden.is_some_and(|hidden| hidden != name) {
            return;
        }
        self.hidden = None;
        match name {
            // The number of a list must not carry over to the next one.
            "ul" | "ol" | "dl" => self.pieces.push(HtmlPiece::Open(Tag::List)),
            "br" => {}
            "q" => self.quotation(span),
            _ if CODE.contains(&name) => self.code = self.code.saturating_sub(1),
            "blockquote" => self.pieces.push(HtmlPiece::QuoteEnd),
            _ if INLINE.contains(&name) => {}
            _ => self.pieces.push(HtmlPiece::Close),
        }
    }

    /// Adds a comment. Markup such as `<?php … ?>` is also a comment in HTML, but is ignored here.
    fn comment(&mut self, span: Span) {
        let comment = span.of(self.text);
        if self.hidden.is_none() && comment.starts_with(OPEN) && comment.ends_with(CLOSE) {
            self.pieces.push(HtmlPiece::Comment(span));
        }
    }

    fn words(&mut self, span: Span) {
        if self.hidden.is_some() {
            return;
        }
        if self.code > 0 {
            return self.pieces.push(HtmlPiece::Code(span));
        }
        text_pieces(self.text, span, |piece| self.pieces.push(piece));
    }
}

/// Calls `each` with the words and the character references in a span without tags, in order.
pub(super) fn text_pieces(text: &str, span: Span, mut each: impl FnMut(HtmlPiece)) {
    let mut start = span.start;
    for (at, _) in span.of(text).match_indices('&') {
        let at = span.start + at;
        if let Some((len, words)) = reference(&text[at..span.end]) {
            each(HtmlPiece::Text(Span::new(start, at)));
            each(HtmlPiece::Reference(Span::new(at, at + len), words));
            start = at + len;
        }
    }
    each(HtmlPiece::Text(Span::new(start, span.end)));
}

fn tag(name: &str) -> Tag {
    match name {
        "h1" => Tag::Heading(1),
        "h2" => Tag::Heading(2),
        "h3" => Tag::Heading(3),
        "h4" => Tag::Heading(4),
        "h5" => Tag::Heading(5),
        "h6" => Tag::Heading(6),
        "summary" | "dt" => Tag::Heading(7),
        "ul" | "ol" | "dl" => Tag::List,
        "li" | "dd" => Tag::Item,
        "table" => Tag::Table,
        "tr" => Tag::Row,
        "td" => Tag::Cell(false),
        "th" => Tag::Cell(true),
        "blockquote" => Tag::Quote,
        _ => Tag::Block,
    }
}

/// Returns the length in bytes and the meaning of the character reference at the start of `text`.
fn reference(text: &str) -> Option<(usize, String)> {
    let len = text.bytes().take(LONGEST_REFERENCE).position(|byte| byte == b';')? + 1;
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'#';
    if !text[1..len - 1].bytes().all(is_name) {
        return None;
    }
    let tokens = Tokenizer::new(&text[..len]);
    let words = tokens.filter_map(|Ok(token)| match token {
        Token::String(words) => String::from_utf8(words.value.into()).ok(),
        _ => None,
    });
    Some((len, words.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the words of a block, with a bar where a tag separates them.
    fn words(block: &str) -> String {
        let shown = |piece: &HtmlPiece| match piece {
            HtmlPiece::Text(span) => span.of(block).to_owned(),
            HtmlPiece::Reference(_, words) => words.clone(),
            HtmlPiece::Code(_) => String::from("`"),
            HtmlPiece::Open(_) | HtmlPiece::Close | HtmlPiece::QuoteEnd => String::from("|"),
            HtmlPiece::Break(_) => String::from("/"),
            HtmlPiece::Comment(_) => String::from("#"),
        };
        pieces(block, Span::new(0, block.len())).iter().map(shown).collect()
    }

    #[test]
    fn attributes_are_not_words() {
        assert_eq!(words("<td title=\"load > human error\">Full</td>"), "|Full|");
        assert_eq!(words("<p class='a>b'\ndata-x = c>Full</p>"), "|Full|");
    }

    #[test]
    fn references_are_resolved() {
        assert_eq!(
            words("a &amp; b&hellip; &#8217;&#x2026; &nosuch; &amp c & d"),
            "a & b\u{2026} \u{2019}\u{2026} &nosuch; &amp c & d"
        );
    }

    #[test]
    fn text_that_is_not_a_tag_is_kept() {
        assert_eq!(words("<p>a < b <3 c</p>"), "|a < b <3 c|");
        assert_eq!(words("a <td title=\"open and the rest"), "a <td title=\"open and the rest");
    }

    #[test]
    fn scripts_are_skipped() {
        assert_eq!(words("a<script>if (a<b) c</script>d<pre>e<b>f</pre>g<style>"), "a|d|g");
    }

    #[test]
    fn comments_that_are_closed_are_kept() {
        assert_eq!(words("a<!-- b -->c<?php d ?>e<br/>f<!-- g"), "a#ce/f");
    }
}
