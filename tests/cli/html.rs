//! Pages in HTML, named on the command line.

use super::*;

const PAGE: &str = "\
<!DOCTYPE html>
<html>
<head><title>Postmortem: orders database outage</title></head>
<body>
<nav><a href=\"/\">Human error</a></nav>
<h1>Postmortem: orders database outage</h1>
<h2>Root cause</h2>
<p>The root cause was <b>human</b> error.</p>
<script>say(\"the operator made a mistake\")</script>
</body>
</html>
";

#[test]
fn a_page_is_read_as_its_readers_see_it() {
    let folder = Folder::new();
    for name in ["a.html", "a.HTM", "a.xhtml", "page"] {
        folder.write(name, PAGE);
        let run = folder.run(&[name, "--format", "json"]).code(1);
        let document = &run.json()["documents"][0];
        assert_eq!(document["title"], "Postmortem: orders database outage");
        let findings = document["findings"].as_array().unwrap().iter();
        let at = |finding: &Value| {
            let (start, end) = (&finding["start"], &finding["end"]);
            let place = [&start["line"], &start["column"], &end["line"], &end["column"]];
            (finding["rule"].as_str().unwrap().to_owned(), place.map(|number| number.as_u64().unwrap()))
        };
        let found: Vec<_> = findings.map(at).filter(|(rule, _)| rule == "human-error").collect();
        assert_eq!(found, [(String::from("human-error"), [8, 26, 8, 41])], "{name}");
    }
}

#[test]
fn folders_are_searched_for_pages() {
    let folder = Folder::new();
    folder.write("export/INC-7.html", PAGE);
    folder.write("book/page.html", GENERATED);
    folder.write("book/coverage.htm", [b"<html>".as_slice(), &[0xff]].concat());
    folder.write("book/report.html", "<p>human error".repeat(100_000));
    let run = folder.run(&["--format", "json"]).code(1);
    assert_eq!(run.paths("documents"), ["export/INC-7.html"]);
    let reasons =
        run.json()["skipped"].as_array().unwrap().iter().map(|skip| skip["reason"].clone()).collect();
    let expected = ["not-utf-8", "not-a-postmortem", "too-large"].map(Value::from);
    assert_eq!(Value::Array(reasons), Value::from(expected.to_vec()));
    // A page that was named is read, or it is said that it was not.
    for options in [&["book/report.html"][..], &["book/report.html", "--force-filter"]] {
        folder.run(options).fails("book/report.html: larger than 1 MiB (see --max-file-size)");
    }
}

/// A browser reads such a page as XML if it is served as XML, and then the script hides nothing.
#[test]
fn a_page_in_xml_is_read() {
    let folder = Folder::new();
    let page = PAGE.replace("<head>", "<head><script src=\"a.js\"/>").replace("<!DOCTYPE html>\n", "");
    let space = page.replace("<html>", "<html xmlns=\"http://www.w3.org/1999/xhtml\">");
    let prologue = format!("<?xml version=\"1.0\"?>\n<!-- exported -->\n{page}");
    for (name, page) in [("a.xhtml", &page), ("a.html", &space), ("b.html", &prologue), ("page", &prologue)] {
        folder.write(name, page);
        let run = folder.run(&[name, "--format", "json"]).code(1);
        assert_eq!(run.json()["documents"][0]["title"], "Postmortem: orders database outage", "{name}");
    }
}

/// A page of a generated book, whose navigation names more than the page holds.
const GENERATED: &str = "\
<!DOCTYPE html>
<html><head><title>Guide - The handbook</title></head><body>
<nav id=\"sidebar\" class=\"sidebar\"><ol class=\"chapter\">
<li><a href=\"a.html\">Root cause</a></li><li><a href=\"b.html\">Timeline</a></li><li><a href=\"c.html\">Impact</a></li>
</ol></nav>
<div class=\"sphinxsidebar\" role=\"navigation\"><h3>Root cause</h3><h3>Timeline</h3><h3>Action items</h3></div>
<main><h1>Guide</h1><p>How to write about an outage.</p></main>
</body></html>
";

#[test]
fn a_comment_allows_a_finding_of_a_page() {
    let folder = Folder::new();
    let comment = "<!-- rcalint-allow: human-error, concludes-with-human-error -- agreed -->\n";
    folder.write("a.html", PAGE.replace("<p>The", &format!("{comment}<p>The")));
    let run = folder.run(&["a.html", "--format", "json"]);
    let suppressed = &run.json()["documents"][0]["suppressed"];
    assert!(
        suppressed.as_array().unwrap().iter().any(|found| found["rule"] == "human-error"),
        "{suppressed}"
    );
    assert!(!run.out.contains("\"unused-allow\""), "{}", run.out);
}

#[test]
fn known_findings_of_a_page_stay_known() {
    let folder = Folder::new();
    folder.write("a.html", PAGE);
    folder.run(&["baseline", "create", "a.html"]).code(0);
    folder.write("a.html", PAGE.replace("<h2>", "<p>Search was down.</p>\n<h2>"));
    folder.run(&["a.html", "--baseline", "rcalint-baseline.toml"]).code(0);
}

/// Every format says where the words stand in the file.
#[test]
fn every_format_says_where_the_words_are() {
    let folder = Folder::new();
    folder.write("a.html", PAGE);
    for (format, place) in [
        ("text", "a.html:8:26"),
        ("concise", "a.html:8:26:"),
        ("github", "file=a.html,line=8,endLine=8,col=26,endColumn=41"),
        ("sarif", r#"{"endColumn":41,"endLine":8,"startColumn":26,"startLine":8}"#),
        ("rdjson", r#"{"end":{"column":41,"line":8},"start":{"column":26,"line":8}}"#),
        ("jsonl", r#""start":{"line":8,"column":26,"#),
        ("gitlab", r#""lines":{"begin":8"#),
        ("markdown", "`human-error`,line8:"),
    ] {
        let run = folder.run(&["a.html", "--format", format]).code(1);
        let out: String = run.out.split_whitespace().collect();
        assert!(out.contains(place), "{format}: {}", run.out);
    }
}

/// Confluence and Google Docs change class names with each export.
#[test]
fn words_are_quoted_without_markup() {
    let folder = Folder::new();
    folder.write("a.html", PAGE);
    folder.write("b.html", PAGE.replace("<b>human</b> error", "<span class=\"c7\">human</span> error"));
    let run = folder.run(&["a.html", "b.html", "--format", "json"]).code(1);
    let json = run.json();
    let found = |at: usize| {
        let findings = json["documents"][at]["findings"].as_array().unwrap().iter();
        let found = findings.filter(|finding| finding["rule"] == "human-error");
        found
            .map(|finding| [&finding["quote"], &finding["sentence"], &finding["fingerprint"]])
            .next()
            .unwrap()
    };
    assert_eq!(found(0)[..2], ["human error", "The root cause was human error."]);
    assert_eq!(found(0), found(1));
}
