//! The differential oracle: another Markdown parser, independent of ours, must find the same headings and words.

use markdown::mdast::{InlineCode, Node};
use markdown::{Constructs, ParseOptions};
use rcalint::document::{Block, BlockKind, Document, plain_markdown};
use rcalint::lexicon::Lexicon;
use rcalint::model::CODE;
use rcalint::source::Source;

/// Pieces of Markdown that authors write; each input byte selects one.
///
/// Arbitrary bytes would only reveal differences between Markdown parsers that do not affect any postmortem.
const PIECES: [&str; 46] = [
    "a ",
    "the disk ",
    "human error",
    ". ",
    "Root cause: ",
    "10:42 ",
    "\n",
    "\n\n",
    "\n\n# ",
    "\n\n## ",
    "\n\nHead\n===\n\n",
    "\n\nHead\n---\n\n",
    "\n- c ",
    "\n\n- d ",
    "\n* e ",
    "\n\n1. f ",
    "\n  - g ",
    "\n- [ ] h ",
    "\n- [x] i ",
    "\n\n      ",
    "\n  ",
    "\n> j ",
    "\n\n> k ",
    "\n\n```\nl\n```\n\n",
    "\n\n~~~\nm\n~~~\n\n",
    "`t` ",
    // With a space before it, because the other parser counts an escaped backtick among those that open the code.
    " ``u`v`` ",
    "*",
    "**",
    "_",
    // One piece, because the parsers differ if strikethrough overlaps with emphasis.
    "~~k k~~ ",
    "[",
    // One piece, because the other parser does not accept an image or link around a line that is only a marker.
    "[v w](b) ",
    "]",
    "![v](b) ",
    "\\",
    "\n\n| a | b |\n|-|-|\n| n | o |\n\n",
    "&amp; ",
    "&#35; ",
    "q<b>",
    "r</b>",
    "\n\n<div>\np\n</div>\n\n",
    "<!-- a --> ",
    "s<br>",
    "\r\n",
    "\u{e9}\u{1f648} ",
];

/// Maximum length of a text in bytes, because the other parser takes quadratic time.
const LONGEST: usize = 2_000;

/// Reads a text made of pieces with both parsers.
pub fn check(bytes: &[u8]) {
    let mut text = String::new();
    for piece in bytes.iter().map(|&byte| PIECES[usize::from(byte) % PIECES.len()]) {
        if text.len() + piece.len() > LONGEST {
            break; // the parsers differ on an incomplete tag at the end, which no real document has
        }
        text.push_str(piece);
    }
    assert_eq!(first_difference(&text), None, "{text:?}");
}

/// Returns the first difference for an arbitrary text: in its words, or a heading that we do not find. Our additional
/// headings (bold lines and labels) do not count.
fn first_difference(text: &str) -> Option<String> {
    let source = Source::new("any.md", text);
    let (ours, theirs) = (ours(&source), theirs(&plain_markdown(&source.text))?);
    // Markup within a word splits it for the other parser, whose text nodes are read one by one.
    let alike = |one: &str, other: &str| one.replace(' ', "") == other.replace(' ', "");
    let mut known = ours.all_headings.iter();
    let missed = theirs.headings.iter().find(|heading| !known.any(|known| alike(known, heading)));
    let missed = missed.map(|heading| format!("no heading `{heading}` among {:?}", ours.all_headings));
    let differ = ours.words.concat() != theirs.words.concat();
    missed.or_else(|| differ.then(|| describe("words", &ours.words, &theirs.words)))
}

/// Returns the first difference between the two readings of a text.
pub fn difference(text: &str) -> Option<String> {
    let source = Source::new("any.md", text);
    let (ours, theirs) = (ours(&source), theirs(&plain_markdown(&source.text))?);
    [("headings", &ours.headings, &theirs.headings), ("words", &ours.words, &theirs.words)]
        .into_iter()
        .find(|(_, ours, theirs)| ours != theirs)
        .map(|(what, ours, theirs)| describe(what, ours, theirs))
}

/// Describes where two lists of words begin to differ.
pub fn describe(what: &str, ours: &[String], theirs: &[String]) -> String {
    let at = ours.iter().zip(theirs).take_while(|(a, b)| a == b).count();
    let near = |list: &[String]| list[at.min(list.len())..list.len().min(at + 8)].join(" ");
    format!("{what} differ at {at}: ours `{}`, theirs `{}`", near(ours), near(theirs))
}

/// The parts of a document that are compared.
#[derive(Default)]
struct Reading {
    /// The words of each Markdown heading.
    headings: Vec<String>,
    /// The words of each heading of any form; empty for the other parser.
    all_headings: Vec<String>,
    /// The words of the prose.
    words: Vec<String>,
}

fn ours(source: &Source) -> Reading {
    let document = Document::parse(source, &Lexicon::embedded().headings);
    let is_markdown = |block: &Block| {
        let section = &document[block.section];
        // Only we treat bold lines, labels and HTML headings as headings.
        let marked = block.kind == BlockKind::Heading && (1..=6).contains(&section.level);
        marked && !source.text[..block.span.start].ends_with('>')
    };
    let head = |block: &Block| words(block.span.of(&document.prose)).join(" ");
    let marked = document.blocks.iter().filter(|block| is_markdown(block));
    let any = document.blocks.iter().filter(|block| block.kind == BlockKind::Heading);
    let body = front_matter_len(&source.text);
    Reading {
        headings: marked.map(head).filter(|heading| !heading.is_empty()).collect(),
        all_headings: any.map(head).collect(),
        words: words(&document.prose[body..]),
    }
}

/// Returns the length of the front matter in bytes. We read it line by line; the other parser ignores it.
pub fn front_matter_len(text: &str) -> usize {
    let Some(fence) = text.get(..3).filter(|fence| matches!(*fence, "---" | "+++")) else { return 0 };
    let Some(end) = text[3..].find(&format!("\n{fence}")) else { return 0 };
    if text[3..].trim_start_matches([' ', '\t', '\r']).starts_with('\n') { end + 3 + 4 } else { 0 }
}

/// Returns the reading of the other parser, or `None` if it fails, as it does for some mixed lists.
fn theirs(text: &str) -> Option<Reading> {
    let tree = std::panic::catch_unwind(|| markdown::to_mdast(text, &options())).ok()?.ok()?;
    let mut reading = Reading::default();
    read(&tree, text, &mut reading);
    Some(reading)
}

fn options() -> ParseOptions {
    let constructs = Constructs { frontmatter: true, ..Constructs::gfm() };
    ParseOptions { constructs, ..ParseOptions::gfm() }
}

fn read(node: &Node, text: &str, reading: &mut Reading) {
    // We do not treat struck-out text as prose.
    if matches!(node, Node::Delete(_)) {
        return;
    }
    match node {
        Node::Text(piece) => reading.words.extend(words(&piece.value)),
        // A handle in code is read as the name of a person, as is one that the text mentions with its mark.
        Node::InlineCode(code) if is_name(&code.value, text) => {
            reading.words.extend(words(&code.value));
        }
        Node::InlineCode(code) => {
            reading.words.extend(words(between_apostrophes(code, text).unwrap_or_default()));
        }
        Node::Html(html) => reading.words.extend(words(&without_tags(&html.value))),
        // We ignore headings without words.
        Node::Heading(_) => {
            reading.headings.extend(Some(heading(node, text)).filter(|heading| !heading.is_empty()));
        }
        _ => {}
    }
    node.children().into_iter().flatten().for_each(|child| read(child, text, reading));
}

fn is_name(code: &str, text: &str) -> bool {
    !code.contains(' ') && (code.starts_with('@') || text.contains(&format!(" @{code} ")))
}

/// Returns the source of code whose marks we take for apostrophes, as in "it wasn`t me, I didn`t look": with a space, directly
/// between two letters.
fn between_apostrophes<'t>(code: &InlineCode, text: &'t str) -> Option<&'t str> {
    let place = code.position.as_ref()?;
    let (start, end) = (place.start.offset, place.end.offset);
    let is_between =
        text[..start].ends_with(char::is_alphabetic) && text[end..].starts_with(char::is_alphabetic);
    (is_between && code.value.contains(' ')).then(|| &text[start..end])
}

fn heading(node: &Node, text: &str) -> String {
    let mut inner = Reading::default();
    node.children().into_iter().flatten().for_each(|child| read(child, text, &mut inner));
    inner.words.join(" ")
}

/// Returns the text of a piece of HTML without comments and tags, whose attributes may be quoted.
pub fn without_tags(html: &str) -> String {
    let mut words = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        words.push_str(&rest[..at]);
        rest = &rest[at + markup_len(&rest[at..])..];
        words.push(' ');
    }
    words.push_str(rest);
    ["&amp;", "&#35;"].iter().fold(words, |words, entity| words.replace(entity, " "))
}

/// Returns the length in bytes of the comment or tag at the start of `html`; of the whole text if the tag has no end.
fn markup_len(html: &str) -> usize {
    if html.starts_with("<!--") {
        return html.find("-->").map_or(html.len(), |at| at + 3);
    }
    let mut quote = None;
    let ends = |sign: char| {
        match quote {
            None if matches!(sign, '"' | '\'') => quote = Some(sign),
            Some(open) if sign == open => quote = None,
            None => return sign == '>',
            Some(_) => {}
        }
        false
    };
    html.find(ends).map_or(html.len(), |at| at + 1)
}

/// Returns the words of a text, as letters and digits. Bare URLs are left out: we do not treat them as prose, and the other
/// parser treats them as links.
pub fn words(text: &str) -> Vec<String> {
    text.split(|c: char| c.is_whitespace() || c == char::from(CODE))
        // An e-mail address in angle brackets is a link; a bare one is text to us and a link to the other parser.
        .filter(|piece| !is_mail(piece))
        .map(|piece| piece.find("://").map_or(piece, |at| address_start(piece, at)))
        .flat_map(|piece| piece.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn is_mail(piece: &str) -> bool {
    piece
        .split_once('@')
        .is_some_and(|(name, host)| name.ends_with(char::is_alphanumeric) && host.contains('.'))
}

/// Returns the text before the URL in a piece without white space.
fn address_start(piece: &str, colon: usize) -> &str {
    piece[..colon].trim_end_matches(|c: char| c.is_ascii_alphanumeric())
}
