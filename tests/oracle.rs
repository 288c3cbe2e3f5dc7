//! The differential oracle: another Markdown parser, independent of ours, must find the same headings and words.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use markdown::mdast::Node;
use markdown::{Constructs, ParseOptions};
use rcalint::document::{BlockKind, CODE, Document};
use rcalint::input::Source;
use rcalint::lexicon::sections::Headings;

#[test]
fn both_parsers_find_the_same_headings_and_words() {
    let headings = Headings::embedded();
    let files = files();
    let differing: Vec<String> = files.iter().filter_map(|file| difference(file, &headings)).collect();
    let agreeing = files.len() - differing.len();
    assert!(differing.is_empty(), "{agreeing} of {} agree:\n{}", files.len(), differing.join("\n"));
}

/// The examples, and a folder of real documents beside the crate where there is one.
fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [
        root.join("examples"),
        root.join("../shared/eval/dev/docs"),
        root.join("../shared/eval/dev/templates"),
    ];
    let mut files = BTreeSet::new();
    for folder in folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()) {
        let paths = folder.filter_map(Result::ok).map(|entry| entry.path());
        files.extend(paths.filter(|path| path.extension().is_some_and(|end| end == "md")));
    }
    files.into_iter().collect()
}

fn difference(file: &Path, headings: &Headings) -> Option<String> {
    let source = Source::new(file.to_string_lossy(), &text_of(file));
    let (ours, theirs) = (ours(&source, headings), theirs(&source.text));
    [("headings", &ours.headings, &theirs.headings), ("words", &ours.words, &theirs.words)]
        .into_iter()
        .find(|(_, ours, theirs)| ours != theirs)
        .map(|(what, ours, theirs)| describe(file, what, ours, theirs))
}

#[expect(clippy::disallowed_methods, reason = "a test reads its own examples")]
fn text_of(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap_or_default()
}

fn describe(file: &Path, what: &str, ours: &[String], theirs: &[String]) -> String {
    let at = ours.iter().zip(theirs).take_while(|(a, b)| a == b).count();
    let near = |list: &[String]| list[at.min(list.len())..list.len().min(at + 8)].join(" ");
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    format!("{name}: {what} differ at {at}: ours `{}`, theirs `{}`", near(ours), near(theirs))
}

/// What is compared.
#[derive(Default)]
struct Reading {
    /// Words of each heading.
    headings: Vec<String>,
    /// Words of prose.
    words: Vec<String>,
}

fn ours(source: &Source, headings: &Headings) -> Reading {
    let document = Document::parse(source, headings);
    let is_markdown = |block: &rcalint::document::Block| {
        let section = &document.sections[block.section];
        // Bold lines and labels are headings to us alone, and so are those in HTML.
        let marked = block.kind == BlockKind::Heading && (1..=6).contains(&section.level);
        marked && !source.text[..block.span.start].ends_with('>')
    };
    let heads = document.blocks.iter().filter(|block| is_markdown(block));
    let body = front_matter_len(&source.text);
    Reading {
        headings: heads.map(|block| words(block.span.of(&document.prose)).join(" ")).collect(),
        words: words(&document.prose[body..]),
    }
}

/// Front matter is read line by line by us and not at all by the other.
fn front_matter_len(text: &str) -> usize {
    let Some(fence) = text.get(..3).filter(|fence| matches!(*fence, "---" | "+++")) else { return 0 };
    let Some(end) = text[3..].find(&format!("\n{fence}")) else { return 0 };
    if text[3..].trim_start_matches([' ', '\t', '\r']).starts_with('\n') { end + 3 + 4 } else { 0 }
}

fn theirs(text: &str) -> Reading {
    let mut reading = Reading::default();
    if let Ok(tree) = markdown::to_mdast(text, &options()) {
        read(&tree, &mut reading);
    }
    reading
}

fn options() -> ParseOptions {
    let constructs = Constructs { frontmatter: true, ..Constructs::gfm() };
    ParseOptions { constructs, ..ParseOptions::gfm() }
}

fn read(node: &Node, reading: &mut Reading) {
    // Text that is struck out is no prose to us.
    if matches!(node, Node::Delete(_)) {
        return;
    }
    match node {
        Node::Text(text) => reading.words.extend(words(&text.value)),
        Node::Html(html) => reading.words.extend(words(&without_tags(&html.value))),
        Node::Heading(_) => reading.headings.push(heading(node)),
        _ => {}
    }
    node.children().into_iter().flatten().for_each(|child| read(child, reading));
}

fn heading(node: &Node) -> String {
    let mut inner = Reading::default();
    node.children().into_iter().flatten().for_each(|child| read(child, &mut inner));
    inner.words.join(" ")
}

/// The words of a piece of HTML, by a scan that knows comments and tags only.
fn without_tags(html: &str) -> String {
    let mut words = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        words.push_str(&rest[..at]);
        let end = if rest[at..].starts_with("<!--") { "-->" } else { ">" };
        rest = rest[at..].find(end).map_or("", |found| &rest[at + found + end.len()..]);
        words.push(' ');
    }
    words + rest
}

/// Letters and digits in order. Bare addresses are no prose to us, and links to the other: both leave them out.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| c.is_whitespace() || c == char::from(CODE))
        // A mail address in angle brackets is a link's address, a bare one is text to us and a link to the other.
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

/// What stands before the address in a piece without white space.
fn address_start(piece: &str, colon: usize) -> &str {
    piece[..colon].trim_end_matches(|c: char| c.is_ascii_alphanumeric())
}
