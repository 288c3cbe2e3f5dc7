//! A small scanner for blocks of HTML: which parts are words, and which tags part them.

use memchr::{memchr, memchr_iter};

use crate::document::comments::{CLOSE, OPEN};
use crate::model::Span;

/// What the scanner meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Words.
    Text(Span),
    /// A character reference such as `&amp;`.
    Entity(Span),
    /// An opening tag that begins something.
    Open(Tag),
    /// A closing tag, or an opening one that only ends what was before it.
    Close,
    /// `<br>`, with its offset.
    Break(usize),
    /// A comment that is closed.
    Comment(Span),
}

/// Tags that matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// `<h1>` to `<h6>`, and what serves as a heading.
    Heading(u8),
    /// `<ul>`, `<ol>`, `<dl>`.
    List,
    /// `<li>`, `<dd>`.
    Item,
    /// `<table>`.
    Table,
    /// `<tr>`.
    Row,
    /// `<td>` or, with true, `<th>`.
    Cell(bool),
    /// Any other block.
    Block,
}

/// Tags that stand within a sentence; all others part what is before from what is after.
const INLINE: [&[u8]; 26] = [
    b"a", b"abbr", b"b", b"big", b"cite", b"code", b"del", b"em", b"font", b"i", b"img", b"input", b"ins",
    b"kbd", b"label", b"mark", b"q", b"s", b"samp", b"small", b"span", b"strong", b"sub", b"sup", b"u",
    b"var",
];

/// Whether `name`, in small letters, is a tag that may stand at the head of a line of prose.
pub(super) fn is_inline_tag(name: &str) -> bool {
    name == "br" || INLINE.contains(&name.as_bytes())
}

/// Whether this inline tag is a line break.
pub(super) fn is_break(tag: &str) -> bool {
    tag.get(..3).is_some_and(|head| head.eq_ignore_ascii_case("<br"))
        && !tag[3..].starts_with(char::is_alphanumeric)
}

/// Reads one block of HTML, which is the whole of `block` in `text`.
pub(super) fn scan(text: &str, block: Span, mut sink: impl FnMut(Piece)) {
    let mut scanner = Scanner { text, at: block.start, end: block.end, closable: true };
    while scanner.at < scanner.end {
        scanner.step(&mut sink);
    }
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    end: usize,
    /// Whether a `>` may still follow; once none did, none is looked for again.
    closable: bool,
}

impl Scanner<'_> {
    fn step(&mut self, sink: &mut impl FnMut(Piece)) {
        let rest = &self.text[self.at..self.end];
        if rest.starts_with(OPEN) {
            self.comment(sink);
        } else if is_tag(rest) && self.closable {
            self.tag(sink);
        } else {
            let len = self.text_len(rest);
            self.words(len, sink);
        }
    }

    /// Length of the words at the head of `rest`. Any `<` that begins no tag parts words from words; on one line, those
    /// after the first are taken along, since a text may be made of nothing else.
    fn text_len(&self, rest: &str) -> usize {
        let bytes = rest.as_bytes();
        let from = usize::from(bytes.first() == Some(&b'<'));
        let mut looked = from;
        let parts = |at: &usize| {
            let between = &bytes[looked..*at];
            looked = *at;
            let opens = rest[*at..].starts_with(OPEN) || is_tag(&rest[*at..]) && self.closable;
            from == 0 || opens || memchr(b'\n', between).is_some()
        };
        memchr_iter(b'<', &bytes[from..]).map(|at| from + at).find(parts).unwrap_or(bytes.len())
    }

    fn comment(&mut self, sink: &mut impl FnMut(Piece)) {
        let (start, rest) = (self.at, &self.text[self.at..self.end]);
        let closed = rest.find(CLOSE).map(|found| start + found + CLOSE.len());
        self.at = closed.unwrap_or(self.end);
        if let Some(end) = closed {
            sink(Piece::Comment(Span::new(start, end)));
        }
    }

    fn words(&mut self, len: usize, sink: &mut impl FnMut(Piece)) {
        let mut start = self.at;
        let stop = self.at + len;
        while let Some(entity) = next_entity(self.text, start, stop) {
            sink(Piece::Text(Span::new(start, entity.start)));
            sink(Piece::Entity(entity));
            start = entity.end;
        }
        sink(Piece::Text(Span::new(start, stop)));
        self.at = stop;
    }

    fn tag(&mut self, sink: &mut impl FnMut(Piece)) {
        let rest = &self.text[self.at..self.end];
        let Some(len) = memchr(b'>', rest.as_bytes()) else {
            self.closable = false;
            return;
        };
        let (start, tag) = (self.at, &rest[1..len]);
        self.at += len + 1;
        let closing = tag.starts_with('/');
        let mut room = Room::default();
        match name_of(tag.trim_start_matches('/'), &mut room) {
            name @ (b"script" | b"style" | b"pre") if !closing => self.skip_element(name),
            b"br" => sink(Piece::Break(start)),
            inline if INLINE.contains(&inline) => {}
            block if closing => sink(close(block)),
            block => sink(Piece::Open(open(block))),
        }
    }

    fn skip_element(&mut self, name: &[u8]) {
        let rest = &self.text[self.at..self.end];
        let mut room = Room::default();
        let found = rest.match_indices("</").find(|(at, _)| name_of(&rest[at + 2..], &mut room) == name);
        self.at = found.map_or(self.end, |(at, _)| self.at + at);
    }
}

fn is_tag(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next() == Some(b'<')
        && bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?'))
}

/// Room for the name of a tag; a longer one is none that matters.
type Room = [u8; 12];

/// The name at the head of a tag, in small letters.
fn name_of<'r>(tag: &str, room: &'r mut Room) -> &'r [u8] {
    let letters = tag.bytes().take_while(u8::is_ascii_alphanumeric);
    let len = room.iter_mut().zip(letters).map(|(place, byte)| *place = byte.to_ascii_lowercase()).count();
    &room[..len]
}

fn close(name: &[u8]) -> Piece {
    // A list that ends must not leave its number to the next one.
    if matches!(name, b"ul" | b"ol" | b"dl") { Piece::Open(Tag::List) } else { Piece::Close }
}

fn open(name: &[u8]) -> Tag {
    match name {
        [b'h', level @ b'1'..=b'6'] => Tag::Heading(level - b'0'),
        b"summary" | b"dt" => Tag::Heading(7),
        b"ul" | b"ol" | b"dl" => Tag::List,
        b"li" | b"dd" => Tag::Item,
        b"table" => Tag::Table,
        b"tr" => Tag::Row,
        b"td" => Tag::Cell(false),
        b"th" => Tag::Cell(true),
        _ => Tag::Block,
    }
}

fn next_entity(text: &str, start: usize, stop: usize) -> Option<Span> {
    let mut at = start;
    while let Some(found) = memchr(b'&', &text.as_bytes()[at..stop]) {
        let from = at + found;
        let name = text[from + 1..stop]
            .bytes()
            .take(10)
            .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#');
        let end = from + 1 + name.count();
        if text[end..stop].starts_with(';') {
            return Some(Span::new(from, end + 1));
        }
        at = end;
    }
    None
}

/// What the commonest character references stand for; the rest is left blank.
pub(super) fn entity(name: &str) -> &'static str {
    match name {
        "&amp;" => "&",
        "&lt;" => "<",
        "&gt;" => ">",
        "&quot;" => "\"",
        "&apos;" | "&#39;" | "&#x27;" => "'",
        "&rsquo;" | "&#8217;" => "\u{2019}",
        "&lsquo;" | "&#8216;" => "\u{2018}",
        "&ldquo;" | "&#8220;" => "\u{201c}",
        "&rdquo;" | "&#8221;" => "\u{201d}",
        "&ndash;" | "&#8211;" => "\u{2013}",
        "&mdash;" | "&#8212;" => "\u{2014}",
        "&hellip;" | "&#8230;" => "\u{2026}",
        _ => "",
    }
}
