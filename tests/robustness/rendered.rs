//! One text, one reading: the words that we read are those that other programs show.
//!
//! The crate `markdown` renders each document, and so does `cmark-gfm` where it is installed. `ONE_READING` names further
//! folders, separated by colons:
//!
//! ```sh
//! ONE_READING=/path/to/postmortems cargo test --test robustness one_reading -- --nocapture
//! ```
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]
#![expect(clippy::disallowed_methods, reason = "a test reads its own documents")]
#![expect(clippy::print_stdout, reason = "a corpus is measured")]

use std::fs;
use std::path::{Path, PathBuf};

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};
use rcalint::document::Document;
use rcalint::lexicon::Lexicon;
use rcalint::source::Source;

use super::checks::oracle;
use super::live::converted;
use super::oracle::{FOLDERS, documents};
use super::tools::require;

#[test]
fn the_project_has_one_reading() {
    let files: Vec<PathBuf> = FOLDERS.iter().flat_map(|folder| documents(folder)).collect();
    for (renderer, render) in renderers() {
        let (read, wrong) = differences(&files, render);
        println!("{renderer}: {} of {read} documents read alike", read - wrong.len());
        assert!(wrong.is_empty(), "{renderer}:\n{}", wrong.join("\n"));
    }
}

#[test]
fn corpora_have_one_reading() {
    let folders = std::env::var("ONE_READING").unwrap_or_default();
    let mut files = Vec::new();
    folders
        .split(':')
        .filter(|folder| !folder.is_empty())
        .for_each(|folder| collect(Path::new(folder), &mut files));
    for (renderer, render) in renderers() {
        let (read, wrong) = differences(&files, render);
        println!("{renderer}: {} of {read} documents read alike\n{}", read - wrong.len(), wrong.join("\n"));
    }
}

/// Renders Markdown as HTML; `None` if it fails, as the crate does for some mixed lists.
pub(super) type Render = fn(&str) -> Option<String>;

/// Returns the programs that render Markdown, those of them that are installed.
pub(super) fn renderers() -> Vec<(&'static str, Render)> {
    let mut renderers: Vec<(&str, Render)> = vec![("markdown", with_markdown)];
    if require(&["cmark-gfm"]) {
        // In this version, two hyphens end no comment but show it, if it is within a line.
        renderers.push(("cmark-gfm", |text| Some(converted(&text.replace(" -- ", " - ")))));
    }
    renderers
}

fn with_markdown(text: &str) -> Option<String> {
    std::panic::catch_unwind(|| {
        let mut options = markdown::Options::gfm();
        options.compile.allow_dangerous_html = true;
        options.compile.gfm_tagfilter = false;
        markdown::to_html_with_options(text, &options).ok()
    })
    .ok()?
}

/// Adds the Markdown files in a folder and below it.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            collect(&entry, files);
        } else if entry.extension().is_some_and(|end| end == "md") {
            files.push(entry);
        }
    }
}

/// Returns how many of these files the renderer renders, and those of them that differ.
fn differences(files: &[PathBuf], render: Render) -> (usize, Vec<String>) {
    let mut read = 0;
    let mut wrong = Vec::new();
    for file in files {
        let source = Source::new("a.md", &fs::read_to_string(file).unwrap());
        if source.text.contains("<title>") {
            continue; // in HTML, it hides what follows
        }
        let body = &source.text[oracle::front_matter_len(&source.text)..];
        let Some(page) = render(body) else { continue };
        read += 1;
        wrong.extend(difference(&source, &page).map(|found| format!("{}: {found}", file.display())));
    }
    (read, wrong)
}

/// Returns the first difference between the words that we read and those of a rendered page.
fn difference(source: &Source, page: &str) -> Option<String> {
    let document = Document::parse(source, &Lexicon::embedded().headings);
    let mut ours = oracle::words(&document.prose[oracle::front_matter_len(&source.text)..]);
    let mut theirs = oracle::words(&shown(page));
    if page.contains("data-footnote-backref") {
        // A page shows footnotes at its end.
        ours.sort();
        theirs.sort();
    }
    // Markup within a word splits it for one of the two.
    (ours.concat() != theirs.concat()).then(|| oracle::describe("words", &ours, &theirs))
}

/// Elements whose text we do not read as prose.
const NOT_PROSE: [&str; 7] = ["code", "del", "pre", "script", "style", "s", "strike"];

/// Attributes of the links between a footnote and the text, whose numbers the renderer makes.
const FOOTNOTE_MARKS: [&[u8]; 2] = [b"data-footnote-ref", b"data-footnote-backref"];

/// Elements within a block. The end of any other one ends a block.
const INLINE: [&str; 22] = [
    "a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "img", "input", "ins", "kbd", "mark", "q", "s",
    "small", "span", "strong", "sub", "sup", "u",
];

/// Returns the text of a page in HTML, without what we do not read as prose. Each tag of a block separates words.
fn shown(page: &str) -> String {
    shown_blocks(page).join(" ")
}

/// Returns the text of each block of a page in HTML, without what we do not read as prose. Each tag separates words.
pub(super) fn shown_blocks(page: &str) -> Vec<String> {
    let mut blocks = vec![String::new()];
    let mut hidden: Vec<Vec<u8>> = Vec::new();
    let mut emitter = DefaultEmitter::<()>::new_with_span();
    emitter.naively_switch_states(true);
    for Ok(token) in Tokenizer::new_with_emitter(page, emitter) {
        match token {
            Token::StartTag(tag) => {
                if is_hidden(&tag) && !tag.self_closing {
                    hidden.push(tag.name.to_vec());
                }
                separate(&mut blocks, &tag.name);
            }
            Token::EndTag(tag) => {
                let last = hidden.iter().rposition(|name| *name == *tag.name);
                hidden.truncate(last.unwrap_or(hidden.len()));
                separate(&mut blocks, &tag.name);
            }
            Token::String(words) if hidden.is_empty() || is_name(&hidden, &words, page) => {
                blocks.last_mut().unwrap().push_str(&String::from_utf8_lossy(&words));
            }
            _ => {}
        }
    }
    blocks
}

/// True if the text of an element is no prose.
fn is_hidden(tag: &StartTag<()>) -> bool {
    let class = tag.attributes.get(b"class".as_slice());
    class.is_some_and(|class| class.as_slice() == b"sr-only")
        || FOOTNOTE_MARKS.iter().any(|mark| tag.attributes.contains_key(*mark))
        || NOT_PROSE.iter().any(|name| name.as_bytes() == tag.name.as_slice())
}

/// True for code that names a person: `@jane`, or `jane` where the page says `@jane` elsewhere.
fn is_name(hidden: &[Vec<u8>], words: &[u8], page: &str) -> bool {
    let words = String::from_utf8_lossy(words);
    let is_known = || page.contains(&format!("@{words} "));
    hidden == [b"code"] && !words.contains(' ') && (words.starts_with('@') || is_known())
}

/// Begins a new block, or only a new word within a block.
fn separate(blocks: &mut Vec<String>, tag: &[u8]) {
    if INLINE.iter().any(|name| name.as_bytes() == tag) {
        blocks.last_mut().unwrap().push(' ');
    } else {
        blocks.push(String::new());
    }
}
