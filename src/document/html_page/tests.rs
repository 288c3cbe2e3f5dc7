//! Tests of pages in HTML.

use crate::document::Document;
use crate::lexicon::Lexicon;
use crate::source::Source;

/// Returns the kind and words of each block of a page, one a line.
fn blocks(body: &str) -> String {
    let source = Source::new("a.html", body);
    let document = Document::parse(&source, &Lexicon::embedded().headings);
    assert_eq!(document.prose.len(), source.text.len());
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = |block: &crate::document::Block| {
        format!("{:?} {} {}", block.kind, block.depth, words(block.span.of(&document.prose)))
    };
    document.blocks.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_readers_do_not_see_is_not_read() {
    for hidden in [
        "<script>if (a < b) c</script>",
        "<nav><ul><li>a</ul></nav>",
        "<footer>a</footer>",
        "<p hidden>a</p>",
        "<p aria-hidden=true>a</p>",
        "<p style='display: none'>a</p>",
        "<template><p>a</p></template>",
        "<noscript>a</noscript>",
        "<!-- a -->",
        "<img alt='a > b' title='a'>",
    ] {
        assert_eq!(
            blocks(&format!("<p>one</p>{hidden}<p>two</p>")),
            "Paragraph 0 one\nParagraph 0 two",
            "{hidden}"
        );
    }
}

#[test]
fn only_the_text_of_an_exported_page_is_read() {
    let page = "<title>S : Outage</title><div id=crumbs>a</div><h1>Outage</h1>\
                <div id='main-content'><p>one</div><div>a</div>";
    assert_eq!(blocks(page), "Heading 0 Outage\nParagraph 0 one");
}

#[test]
fn flat_lists_are_nested_by_their_classes() {
    let list = |depth: usize, word: &str| format!("<ul class='lst-kix_a-{depth}'><li>{word}</li></ul>");
    let page = [list(0, "one"), list(1, "two"), list(0, "three")].concat();
    assert_eq!(blocks(&page), "Item 1 one\nItem 2 two\nItem 1 three");
}

#[test]
fn any_page_is_a_valid_document() {
    let deep = "<div>".repeat(100_000);
    for page in ["<html>", "<p", "<!--", "</p></li>", "<table><td><table><tr>", "<b><p>a</b>", deep.as_str()]
    {
        blocks(page);
    }
}
