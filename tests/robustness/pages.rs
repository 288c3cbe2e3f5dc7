//! A document reads the same in Markdown and as the page in HTML that its parser renders.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]
#![expect(clippy::disallowed_methods, reason = "a test reads its own documents")]

use std::path::Path;

use proptest::prelude::*;
use pulldown_cmark::{Options, Parser, html};
use rcalint::document::Document;
use rcalint::lexicon::Lexicon;
use rcalint::model::CODE;
use rcalint::source::Source;

use super::checks::{oracle, page as pieces};
use super::oracle::{FOLDERS, documents};

/// Minimum number of documents that are compared.
const FEWEST: usize = 50;

#[test]
fn a_document_reads_the_same_as_a_page() {
    let files: Vec<_> = FOLDERS.iter().flat_map(|folder| documents(folder)).collect();
    let texts = files.iter().map(|file| (file, std::fs::read_to_string(file).unwrap()));
    // A renderer of Markdown does not show front matter, and `<title>` in HTML hides what follows.
    let is_alike =
        |text: &str| !text.starts_with("---") && !text.starts_with("+++") && !text.contains("<title>");
    let texts: Vec<_> = texts.filter(|(_, text)| is_alike(text)).collect();
    assert!(texts.len() > FEWEST, "only {} documents", texts.len());
    let differing: Vec<String> = texts.iter().filter_map(|(file, text)| difference(file, text)).collect();
    let agreeing = texts.len() - differing.len();
    assert!(differing.is_empty(), "{agreeing} of {} agree:\n{}", texts.len(), differing.join("\n"));
}

/// Returns the first difference between a document and its page.
fn difference(file: &Path, text: &str) -> Option<String> {
    let read = |source: Source| {
        let report = rcalint::review(&source, Lexicon::embedded());
        let verdict = serde_json::to_value(report.verdict).unwrap().to_string();
        // What is quoted is the source, with its markup.
        let findings = report.findings.iter().map(|found| {
            let words = oracle::words(&oracle::without_tags(&found.quote)).join(" ");
            format!("{} `{words}`", found.rule)
        });
        std::iter::once(verdict).chain(sentences(&source)).chain(findings).collect::<Vec<String>>()
    };
    let (document, page) = (read(Source::new("a.md", text)), read(Source::new("a.html", &page(text))));
    let at = document.iter().zip(&page).take_while(|(one, other)| one == other).count();
    let (one, other) = (document.get(at), page.get(at));
    (one != other).then(|| format!("{}:\n  Markdown {one:?}\n  HTML     {other:?}", file.display()))
}

/// Returns the page that the parser of Markdown renders.
fn page(text: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM;
    let mut page = String::new();
    html::push_html(&mut page, Parser::new_ext(text, options));
    page
}

/// Returns the sentences of a document, with each piece of inline code as one sign.
fn sentences(source: &Source) -> Vec<String> {
    let document = Document::parse(source, &Lexicon::embedded().headings);
    let code = char::from(CODE);
    let text = |span: rcalint::model::Span| {
        let mut before = None;
        let mut text = span.of(&document.prose).to_owned();
        text.retain(|sign| before.replace(sign) != Some(code) || sign != code);
        // Tags stand between code and the words next to it.
        let text = text.replace(code, &format!(" {code} "));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    document.sentences.iter().map(|sentence| text(sentence.span)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_word_of_a_page_is_read_once(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        pieces::check(&bytes);
    }
}
