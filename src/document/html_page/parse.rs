//! Reads a page: the tags, words and comments of `html5gum`, which knows their places, go to the parser of `html5ever`,
//! which knows what lies in what.

use std::borrow::Cow;

use html5ever::tokenizer::{self, TagKind, TokenSink};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5gum::{DefaultEmitter, EndTag, StartTag, State, Token, Tokenizer};

use crate::document::comments::{CLOSE, OPEN};
use crate::document::html_page::deep::HiddenPart;
use crate::document::html_page::elements::Tag;
use crate::document::html_page::page::{Element, Page};
use crate::document::html_page::styles::Styles;
use crate::document::html_page::tree::{Handle, Tree, encode};
use crate::model::Span;

/// The depth from which elements are no longer nested in each other, because finding the open ones takes time.
const DEEPEST: usize = 256;

/// Elements that contain no tags. They are not shown.
const RAW: [&str; 8] = ["iframe", "noembed", "noscript", "script", "style", "textarea", "title", "xmp"];

/// Elements that say nothing about the text, or begin a page of another kind.
const IGNORED: [&str; 2] = ["frameset", "noframes"];

/// Elements whose end tag is not the end of an element: none, one of their own, or the end of the element around.
const ENDLESS: [&str; 3] = ["br", "math", "svg"];

/// Names of the attributes that say what a `<meta>` element is about.
const META_NAMES: [&str; 3] = ["name", "property", "itemprop"];

/// What a `<meta>` element with the date of a page is about.
const DATES: [&str; 8] = [
    "date",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "article:published_time",
    "datepublished",
    "datecreated",
    "created",
];

/// The namespace of pages that are XML.
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// The marks around text without tags in XML.
const CDATA: (&str, &str) = ("<![CDATA[", "]]>");

/// Reads a page in linear time. Any text is a page. In XML a tag such as `<script/>` is a whole element; in HTML it
/// begins one.
pub(super) fn parse(text: &str, is_xml: bool) -> Page {
    let mut reader = PageReader::new(text, is_xml);
    let mut emitter = DefaultEmitter::new_with_span();
    emitter.naively_switch_states(true); // `<` begins no tag in a script
    let mut tokenizer = Tokenizer::new_with_emitter(text, emitter);
    while let Some(Ok(token)) = tokenizer.next() {
        let is_start = matches!(token, Token::StartTag(_));
        reader.token(token);
        if is_start && reader.raw.is_none() {
            tokenizer.set_state(State::Data);
        }
    }
    reader.send(tokenizer::EOFToken);
    let page = Page::new(reader.builder.sink.take(), text);
    Page { title: reader.title, date: reader.date, time: reader.time, ..page }
}

struct PageReader<'t> {
    text: &'t str,
    builder: TreeBuilder<Handle, Tree>,
    styles: Styles,
    is_xml: bool,
    /// The open element that contains no tags.
    raw: Option<&'static str>,
    /// The open element that readers do not see, if it is too deep for the tree.
    hidden: Option<HiddenPart>,
    title: Option<Span>,
    date: Option<Span>,
    time: Option<Span>,
}

impl<'t> PageReader<'t> {
    fn new(text: &'t str, is_xml: bool) -> Self {
        let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
        let builder = TreeBuilder::new(Tree::new(), options);
        let (styles, raw, hidden) = (Styles::default(), None, None);
        Self { text, builder, styles, is_xml, raw, hidden, title: None, date: None, time: None }
    }

    fn token(&mut self, token: Token<usize>) {
        match token {
            Token::StartTag(tag) => self.start(&tag),
            Token::EndTag(tag) => self.end(&tag),
            Token::String(words) => self.words(span(words.span)),
            Token::Comment(comment) => self.comment(span(comment.span)),
            Token::Doctype(_) | Token::Error(_) => {}
        }
    }

    fn start(&mut self, start: &StartTag<usize>) {
        let tag = Tag::new(start);
        self.is_xml |= tag.name == "html" && tag.get("xmlns").is_some_and(|space| space == XHTML);
        if self.hidden.is_some() {
            self.hidden.take_if(|part| part.start(&tag.name));
        } else {
            self.note(&tag, span(start.span));
            self.start_shown(&tag, start);
        }
    }

    /// Reads a start tag that is not in a hidden part beyond the tree.
    fn start_shown(&mut self, tag: &Tag<'_>, start: &StartTag<usize>) {
        let is_drawn = self.builder.adjusted_current_node_present_but_not_in_html_namespace();
        let is_whole = start.self_closing && (self.is_xml || is_drawn);
        let raw = RAW.into_iter().find(|raw| tag.name == *raw && !is_drawn);
        self.raw = raw.filter(|_| !is_whole);
        if raw.is_some() || IGNORED.contains(&tag.name.as_ref()) {
            return;
        }
        let element = Element::new(tag, &self.styles, start.span.start);
        if self.is_deep() {
            self.hidden = (element.hidden && !is_whole).then(|| HiddenPart::begin(&tag.name));
            return;
        }
        self.builder.sink.read_next(start.span.start, Some((tag.name.clone().into_owned(), element)));
        self.send_tag(TagKind::StartTag, &tag.name, start.self_closing);
        if is_whole && !is_drawn && !ENDLESS.contains(&tag.name.as_ref()) {
            self.send_tag(TagKind::EndTag, &tag.name, false);
        }
    }

    fn end(&mut self, end: &EndTag<usize>) {
        let name = String::from_utf8_lossy(&end.name);
        if self.hidden.is_some() {
            self.hidden.take_if(|part| part.end(&name));
            return;
        }
        // The page may go on after the end of its body.
        if self.raw.take() != Some(name.as_ref()) && !matches!(name.as_ref(), "body" | "html") {
            self.builder.sink.read_next(end.span.start, None);
            self.send_tag(TagKind::EndTag, &name, false);
        }
    }

    fn words(&mut self, span: Span) {
        match self.raw {
            _ if self.hidden.is_some() => {}
            None => {
                self.builder.sink.read_next(span.start, None);
                self.send(tokenizer::CharacterTokens(encode(span)));
            }
            Some("style") => self.styles.add(span.of(self.text)),
            Some("title") if self.title.is_none() => self.title = Some(span),
            Some(_) => {}
        }
    }

    fn comment(&mut self, span: Span) {
        let comment = span.of(self.text);
        if comment.starts_with(OPEN) && comment.ends_with(CLOSE) {
            self.send(tokenizer::CommentToken(encode(span)));
        } else if self.is_xml && comment.starts_with(CDATA.0) {
            let end = comment.strip_suffix(CDATA.1).unwrap_or(comment).len();
            self.words(Span::new(span.start + CDATA.0.len(), span.start + end.max(CDATA.0.len())));
        }
    }

    fn send_tag(&mut self, kind: TagKind, name: &str, self_closing: bool) {
        // Attributes stay here: otherwise elements that are never closed would be opened again by the thousand.
        let tag = tokenizer::Tag {
            kind,
            name: name.into(),
            self_closing,
            attrs: Vec::new(),
            had_duplicate_attributes: false,
        };
        self.send(tokenizer::TagToken(tag));
    }

    fn send(&mut self, token: tokenizer::Token) {
        // The answer is for the tokenizer of `html5ever`, which is not used.
        let _ = self.builder.process_token(token, 1);
    }

    /// True if so many elements are open that the next one is not nested in them.
    fn is_deep(&mut self) -> bool {
        if self.builder.sink.depth() >= DEEPEST {
            // The last node may be in an element that has been closed; this one is not.
            self.send(tokenizer::CommentToken(encode(Span::default())));
        }
        self.builder.sink.depth() >= DEEPEST
    }

    /// Notes what a tag says about the page.
    fn note(&mut self, tag: &Tag<'_>, span: Span) {
        match tag.name.as_ref() {
            "meta" if self.date.is_none() && gives_date(tag) => self.date = Some(span),
            "time" if self.time.is_none() && tag.get("datetime").is_some() => self.time = Some(span),
            _ => {}
        }
    }
}

fn gives_date(tag: &Tag<'_>) -> bool {
    let is_date = |about: Cow<'_, str>| DATES.contains(&about.trim().to_ascii_lowercase().as_str());
    META_NAMES.into_iter().filter_map(|name| tag.get(name)).any(is_date)
}

fn span(span: html5gum::Span<usize>) -> Span {
    Span::new(span.start, span.end)
}
