//! Parsing: every span is inside the source and its parent, and on character boundaries.

use rcalint::document::Document;
use rcalint::lexicon::Lexicon;
use rcalint::model::Span;
use rcalint::source::Source;

/// Parses the bytes as a document.
pub fn check(bytes: &[u8]) {
    let source = Source::new("any.md", &String::from_utf8_lossy(bytes));
    assert_spans(&Document::parse(&source, &Lexicon::embedded().headings));
}

/// Panics if a span of the document is invalid.
pub fn assert_spans(document: &Document<'_>) {
    let text = &document.source.text;
    assert_eq!(document.prose.len(), text.len(), "an offset of the prose is one of the source");
    let headings = document.sections.iter().filter_map(|section| section.heading);
    let labels = document.blocks.iter().filter_map(|block| block.label);
    let comments =
        document.comments.iter().flat_map(|comment| std::iter::once(comment.span).chain(comment.scope));
    for span in document.title.into_iter().chain(headings).chain(labels).chain(comments) {
        holds(document, span);
    }
    assert_block_spans(document);
    assert_sentence_spans(document);
}

fn assert_block_spans(document: &Document<'_>) {
    let mut next = 0;
    for block in &document.blocks {
        holds(document, block.span);
        assert!(block.section.index() < document.sections.len(), "{block:?}");
        assert_eq!(block.sentences.start, next, "sentences are dealt out in order: {block:?}");
        next = block.sentences.end;
    }
    assert_eq!(next, document.sentences.len());
}

fn assert_sentence_spans(document: &Document<'_>) {
    for (index, sentence) in document.sentences.iter().enumerate() {
        holds(document, sentence.span);
        assert!(!sentence.span.is_empty(), "{sentence:?}");
        let block = &document[sentence.block];
        assert!(block.span.contains(sentence.span), "{sentence:?} is not in {block:?}");
        assert!(block.sentences.contains(&index), "{sentence:?} is not counted by {block:?}");
    }
    let pairs = document.sentences.windows(2);
    let apart = |pair: &[rcalint::document::Sentence]| pair[0].span.end <= pair[1].span.start;
    assert!(pairs.into_iter().all(apart), "sentences are in order and share nothing");
}

fn holds(document: &Document<'_>, span: Span) {
    let text = &document.source.text;
    assert!(span.start <= span.end, "{span:?}");
    assert!(text.get(span.start..span.end).is_some(), "{span:?} in {} bytes", text.len());
    assert!(document.prose.get(span.start..span.end).is_some(), "{span:?} of the prose");
    let place = document.lines.position(text, span.start);
    assert_eq!(place.offset, span.start + document.source.shift);
    assert!(place.column <= place.byte_column, "{place:?}");
}
