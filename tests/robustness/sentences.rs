//! Sentence by sentence: what we read is what another program shows, in the same order, and no word of it is left out.
#![expect(clippy::disallowed_methods, reason = "a test reads its own documents")]
#![expect(clippy::print_stdout, reason = "a corpus is measured")]

use std::fs;
use std::path::PathBuf;

use rcalint::document::{Document, plain_markdown};
use rcalint::lexicon::Lexicon;
use rcalint::model::Span;
use rcalint::source::Source;

use super::checks::oracle;
use super::oracle::documents;
use super::rendered::{Render, renderers, shown_blocks};

/// Folders of examples, cases and the corpus of training.
const FOLDERS: [&str; 4] =
    ["examples", "tests/scenarios", "tests/scenarios/dialects", "training/data/written/docs"];

/// Documents that differ, with the reason.
const EXCEPTIONS: [(&str, &str); 2] = [
    (
        "tests/scenarios/template-only.md",
        "`<title>` stands for a title to fill in, and hides what follows in HTML",
    ),
    ("training/data/written/docs/wh_30.md", "the same"),
];

/// Minimum number of sentences.
const FEWEST: usize = 5_000;

#[test]
fn every_sentence_is_one_that_readers_see() {
    let files: Vec<PathBuf> = FOLDERS.iter().flat_map(|folder| documents(folder)).collect();
    for (renderer, render) in renderers() {
        let mut read = 0;
        let mut wrong = Vec::new();
        for file in &files {
            let source = Source::new("a.md", &fs::read_to_string(file).unwrap());
            let is_exception = EXCEPTIONS.iter().any(|(name, _)| file.ends_with(name));
            match compare(&source, render) {
                Ok(_) if is_exception => wrong.push(format!("{}: no exception any more", file.display())),
                Err(_) if is_exception => {}
                Ok(sentences) => read += sentences,
                Err(found) => wrong.push(format!("{}: {found}", file.display())),
            }
        }
        println!("{renderer}: {read} sentences of {} documents", files.len() - EXCEPTIONS.len());
        assert!(wrong.is_empty(), "{renderer}:\n{}", wrong.join("\n"));
        assert!(read > FEWEST, "{renderer}: only {read} sentences");
    }
}

/// Words of a document in order, as their letters and digits, with the number of the sentence or block of each letter.
#[derive(Default)]
struct Letters {
    all: Vec<char>,
    part: Vec<usize>,
}

impl Letters {
    /// Adds the words of the next sentence or block.
    fn add(&mut self, text: &str) {
        let number = self.part.last().map_or(0, |last| last + 1);
        for letter in oracle::words(text).concat().chars() {
            self.all.push(letter);
            self.part.push(number);
        }
    }

    /// Returns the text around a letter.
    fn around(&self, at: usize) -> String {
        self.all[at.saturating_sub(20).min(self.all.len())..(at + 20).min(self.all.len())].iter().collect()
    }
}

/// Returns the number of sentences of a document.
///
/// # Errors
///
/// Describes the first place at which a sentence is not what the renderer shows, or not within one of its blocks.
fn compare(source: &Source, render: Render) -> Result<usize, String> {
    let body = oracle::front_matter_len(&source.text);
    let Some(page) = render(&plain_markdown(&source.text)[body..]) else { return Ok(0) };
    let document = Document::parse(source, &Lexicon::embedded().headings);
    let (mut ours, mut theirs) = (Letters::default(), Letters::default());
    let sentences = sentences(&document, body);
    for sentence in &sentences {
        ours.add(sentence.of(&document.prose));
    }
    for block in shown_blocks(&page) {
        theirs.add(&block);
    }
    let same = ours.all.iter().zip(&theirs.all).take_while(|(one, other)| one == other).count();
    if same < ours.all.len().max(theirs.all.len()) {
        return Err(format!("`{}` is shown as `{}`", ours.around(same), theirs.around(same)));
    }
    let torn =
        (1..same).find(|&at| ours.part[at] == ours.part[at - 1] && theirs.part[at] != theirs.part[at - 1]);
    torn.map_or(Ok(sentences.len()), |at| Err(format!("a sentence over two blocks: `{}`", ours.around(at))))
}

/// Returns the sentences of a document from byte `body` on, with the headings and labels between them.
fn sentences(document: &Document<'_>, body: usize) -> Vec<Span> {
    let sentences = document.sentences.iter().map(|sentence| sentence.span);
    let headings = document.sections.iter().filter_map(|section| section.heading);
    let labels = document.blocks.iter().filter_map(|block| block.label);
    let mut spans: Vec<Span> =
        sentences.chain(headings).chain(labels).filter(|span| span.start >= body).collect();
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut end = 0;
    spans.retain(|span| {
        let is_new = span.start >= end;
        end = end.max(span.end);
        is_new
    });
    spans
}
