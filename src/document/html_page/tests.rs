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
fn a_cell_that_spans_rows_keeps_the_others_in_their_columns() {
    let columns = |rows: &str| {
        let source = Source::new("a.html", &format!("<table>{rows}</table>"));
        let document = Document::parse(&source, &Lexicon::embedded().headings);
        let place = |block: &crate::document::Block| {
            let (cell, word) = (block.cell.unwrap(), block.span.of(&document.prose));
            format!("{word}{}{}", cell.row, cell.column)
        };
        document.blocks.iter().map(place).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(columns("<tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d<td>e"), "a10 b11 c21 d30 e31");
    assert_eq!(columns("<tr><td>a<td rowspan=2 colspan=2>b<td>c<tr><td>d<td>e"), "a10 b11 c13 d20 e23");
    assert_eq!(columns("<tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d"), "a10 b11 c21 d31");
    assert_eq!(columns("<tbody><tr><td rowspan=9>a<td>b<tbody><tr><td>c<td>d"), "a10 b11 c20 d21");
}

#[test]
fn a_tag_that_is_a_whole_element_hides_nothing_in_xml() {
    for before in ["<?xml version='1.0'?><html>", "<html xmlns='http://www.w3.org/1999/xhtml'>"] {
        for tag in [
            "<script src='a'/>",
            "<title/>",
            "<style/>",
            "<textarea/>",
            "<pre/>",
            "<div hidden='1'/>",
            "<br/>",
        ] {
            assert_eq!(blocks(&format!("{before}{tag}<p>one</p>")), "Paragraph 0 one", "{before}{tag}");
        }
        assert_eq!(blocks(&format!("{before}<p>one <![CDATA[two]]></p>")), "Paragraph 0 one two");
    }
    // Browsers read such a script in HTML to its end tag.
    assert_eq!(
        blocks("<p>one<script src='a'/><p>two</script><p>three"),
        "Paragraph 0 one\nParagraph 0 three"
    );
    assert_eq!(blocks("<p>one <svg><style/><title>two</svg>three"), "Paragraph 0 one three");
}

#[test]
fn the_source_of_a_generated_page_is_read_without_its_template() {
    let page = "---\ntitle: Outage\nauthor: b\n---\n{# b #}<p>one</p>{% comment %}b{% endcomment %}\n{{< card header='b' >}}\n<p>two</p>";
    assert_eq!(blocks(page), "FrontMatter 0 Outage\nParagraph 0 one\nParagraph 0 two");
}

#[test]
fn the_title_of_a_picture_is_not_the_title_of_the_page() {
    let title = |page: &str| {
        let source = Source::new("a.html", page);
        let document = Document::parse(&source, &Lexicon::embedded().headings);
        document.title.map(|title| title.of(&document.prose).to_owned())
    };
    assert_eq!(title("<svg><title>Icon</title></svg><p>one"), None);
    assert_eq!(title("<svg><title>Icon</title></svg><title>Outage</title><p>one").as_deref(), Some("Outage"));
}

#[test]
fn hidden_parts_are_not_read_at_any_depth() {
    for (start, end) in [("<div hidden>", "</div>"), ("<nav><nav></nav>", "</nav>"), ("<p hidden>", "<p>")] {
        for depth in [0, 250, 300, 1_000] {
            let page = format!("{}one{start}zero<b>zero</b>{end}two", "<div>".repeat(depth));
            assert!(!blocks(&page).contains("zero"), "{depth} {start}");
            assert!(blocks(&page).ends_with("two"), "{depth} {start}");
        }
    }
}

#[test]
fn any_page_is_a_valid_document() {
    let deep = "<div>".repeat(100_000);
    for page in ["<html>", "<p", "<!--", "</p></li>", "<table><td><table><tr>", "<b><p>a</b>", deep.as_str()]
    {
        blocks(page);
    }
}
