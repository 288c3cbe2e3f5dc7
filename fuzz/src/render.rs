//! Rendering: the text of a document, path or configuration is inert in every format.

use pulldown_cmark::{Event, Options as Extensions, Parser, Tag};
use rcalint::model::Position;
use rcalint::model::{Severity, TimelineEvent};
use rcalint::render::{self, EarlierComment, Format, Options};
use rcalint::report::{
    About, BaselineReport, Conflict, DocumentReport, FileError, Guard, GuardKind, Question, Report,
    SectionReport, Skipped, StaleEntry, Suppressed, SuppressedBy, TimelineRow,
};
use rcalint::review;
use rcalint::source::Source;
use serde_json::Value;

use super::lexicon::loaded;

/// The base of links to lines.
const BASE: &str = "https://forge.example/team/repo/blob/0a1b2c3";

/// A document with findings, in which the words are inserted.
const BLAMES: &str = "# Orders down\n\n## Root cause\n\nHuman error, because the server has no page: the operator\n\
    accidentally forgot to check the console.\n\n## Action items\n\n- Be careful.\n";

/// The properties that an annotation may have.
const PROPERTIES: [&str; 6] = ["file", "line", "endLine", "col", "endColumn", "title"];

/// The elements that a `JUnit` report may have.
const ELEMENTS: [&str; 7] =
    ["testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out"];

/// Renders the bytes in every format. The bytes up to the first NUL are a path, those up to the second are words for
/// every field of a report, and the rest is a document.
pub fn check(bytes: &[u8]) {
    let all = String::from_utf8_lossy(bytes);
    let mut parts = all.splitn(3, '\0');
    let mut part = || parts.next().unwrap_or_default();
    let (path, words, text) = (part(), part(), part());
    let (fuzzed, plain) = (Source::new(path, text), Source::new(path, BLAMES));
    // The lexicon does not matter for rendering, and the small one is fast.
    let (given, said) = (review(&fuzzed, loaded()), with_words(review(&plain, loaded()), words));
    for (source, document) in [(&fuzzed, &given), (&plain, &said)] {
        check_documents(source, document);
    }
    check_closing(&report(vec![given, said], path, words));
}

/// Returns a report of these documents with the words in all its own fields.
fn report(documents: Vec<DocumentReport>, path: &str, words: &str) -> Report {
    let said = || words.to_owned();
    let skipped = Skipped { path: path.to_owned(), reason: said() };
    let error = FileError { path: path.to_owned(), message: said() };
    let guard = Guard { kind: GuardKind::Allow, path: path.to_owned(), line: Some(3), message: said() };
    let stale = StaleEntry { path: path.to_owned(), rule: said(), excerpt: said(), count: 2 };
    let mut report = Report::new(words, documents, vec![skipped], vec![error]);
    report.baseline = Some(BaselineReport { path: path.to_owned(), known: 1, stale: vec![stale] });
    report.guard = Some(vec![guard]);
    report
}

/// Returns the report with the words in every field that can come from a document or configuration.
fn with_words(mut report: DocumentReport, words: &str) -> DocumentReport {
    let said = || words.to_owned();
    report.title = Some(said());
    report.date = Some(said());
    for claim in &mut report.claims {
        claim.quote = said();
    }
    for finding in &mut report.findings {
        (finding.quote, finding.sentence) = (said(), said());
        finding.message = format!("this stops at \"{words}\"");
        finding.questions = vec![said()];
        finding.shape = Some(said());
        finding.mechanism = Some(said());
    }
    for (id, bucket) in &mut report.coverage {
        if bucket.evidence.is_empty() {
            *id = said();
        }
        for evidence in &mut bucket.evidence {
            evidence.quote = said();
        }
    }
    report.sections.push(SectionReport { role: "other".to_owned(), heading: said(), line: 1 });
    report.timeline.push(TimelineRow {
        time: said(),
        line: 1,
        quote: said(),
        marks: vec![TimelineEvent::Onset],
        reason: None,
        minute: None,
    });
    report.conflicts.push(Conflict { theme: said(), text: said(), lines: vec![1] });
    let about = [About::Document(said()), About::Bucket(said()), About::Finding(said())];
    report.questions.extend(about.map(|about| Question {
        text: said(),
        pattern: said(),
        about,
        source: said(),
        asked_by: Vec::new(),
    }));
    report.suppressed.extend([SuppressedBy::Comment, SuppressedBy::Baseline].map(|by| set_aside(words, by)));
    report
}

fn set_aside(words: &str, by: SuppressedBy) -> Suppressed {
    Suppressed {
        rule: words.to_owned(),
        line: 1,
        start: position(1),
        end: position(2),
        reason: words.to_owned(),
        by,
        severity: Severity::Warning,
        quote: words.to_owned(),
        fingerprint: "0123456789abcdef".to_owned(),
    }
}

/// Returns a position in the first line.
fn position(column: usize) -> Position {
    Position { line: 1, column, offset: column - 1, byte_column: column }
}

fn options() -> Options<'static> {
    let options = Options {
        width: 80,
        several: true,
        failing: Some(Severity::Warning),
        link_base: Some(BASE),
        ..Options::default()
    };
    options.with_lexicon(loaded())
}

/// Checks the output for each document.
fn check_documents(source: &Source, document: &DocumentReport) {
    let printed = |format, options: &Options<'_>| render::document(format, document, source, options);
    let text = printed(Format::Text, &options());
    assert_harmless(&text);
    let colored = printed(Format::Text, &Options { color: true, ..options() });
    assert_eq!(anstream::adapter::strip_str(&colored).to_string(), text, "colour is ours alone");
    let concise = printed(Format::Concise, &options());
    assert_harmless(&concise);
    assert_eq!(concise.lines().count(), document.findings.len() + 1, "a line each: {concise}");
    json_lines(&printed(Format::Jsonl, &options()), 1);
    let sheet = render::sheet(document, &options());
    assert_harmless(&sheet);
    assert_no_foreign_markup(&sheet);
}

/// Checks the output for a whole report.
pub fn check_report(report: &Report) {
    let nothing = Source::new("a.md", "");
    for document in &report.documents {
        check_documents(&nothing, document);
    }
    check_closing(report);
}

/// Checks the output at the end of a run.
fn check_closing(report: &Report) {
    let printed = |format| render::closing(format, report, &options());
    assert_harmless(&printed(Format::Text));
    json_lines(&printed(Format::Jsonl), 1);
    let nothing = Source::new("a.md", "");
    let printed = |format| render::whole(format, report, |_| &nothing, &options());
    for format in [Format::Json, Format::Sarif, Format::Gitlab, Format::Rdjson] {
        let text = printed(format);
        assert_harmless(&text);
        assert!(serde_json::from_str::<Value>(&text).is_ok(), "{format:?} is no JSON: {text}");
    }
    assert_annotations(&printed(Format::Github));
    assert_junit(&printed(Format::Junit));
    for format in [Format::Markdown, Format::StepSummary] {
        let text = printed(format);
        assert_harmless(&text);
        assert_no_foreign_markup(&text);
    }
    assert_comment_is_read_back(report);
}

/// Panics unless a comment can be read back, and a second one of the same report is unchanged.
fn assert_comment_is_read_back(report: &Report) {
    let first = render::closing(Format::Markdown, report, &options());
    let memory = EarlierComment::parse(&first);
    assert!(memory.is_some(), "{first}");
    let again = Options { previous: memory.as_ref(), ..options() };
    let again = render::closing(Format::Markdown, report, &again);
    assert!(again.lines().nth(1).is_some_and(|line| line.ends_with(" unchanged -->")), "{again}");
}

/// Panics if a terminal or CI log would interpret something in the text.
fn assert_harmless(text: &str) {
    let hidden = |sign: char| matches!(sign, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let obeyed = |sign: char| sign.is_control() && !matches!(sign, '\n' | '\t') || hidden(sign);
    assert_eq!(text.chars().find(|&sign| obeyed(sign)), None, "a character that is obeyed: {text}");
    let lower = text.to_ascii_lowercase();
    assert!(!lower.contains("##[") && !lower.contains("##vso["), "a command of a log: {text}");
    assert!(text.lines().all(|line| !line.trim_start().starts_with("::")), "a command of a log: {text}");
}

fn json_lines(text: &str, lines: usize) {
    assert_harmless(text);
    assert_eq!(text.lines().count(), lines, "{text}");
    assert!(text.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()), "{text}");
}

/// Panics unless every line is one of our workflow commands with the expected properties.
fn assert_annotations(text: &str) {
    assert!(!text.contains(['\u{1b}', '\r']) && !text.contains("##["), "{text}");
    for line in text.lines() {
        let command = ["::error ", "::warning ", "::notice "].iter().find_map(|kind| line.strip_prefix(kind));
        let properties = command.and_then(|rest| rest.split_once("::")).map(|(properties, _)| properties);
        assert!(properties.is_some(), "{line}");
        for property in properties.into_iter().flat_map(|list| list.split(',')) {
            let name = property.split('=').next().unwrap_or_default();
            assert!(PROPERTIES.contains(&name), "{property} in {line}");
        }
    }
}

/// Panics unless the text is valid XML with only our elements.
fn assert_junit(text: &str) {
    assert_harmless(text);
    match roxmltree::Document::parse(text) {
        Err(error) => panic!("{error}: {text}"),
        Ok(tree) => {
            let mut elements = tree.descendants().filter(roxmltree::Node::is_element);
            assert!(elements.all(|element| ELEMENTS.contains(&element.tag_name().name())), "{text}");
        }
    }
}

/// Panics if the Markdown contains markup that rcalint did not write.
fn assert_no_foreign_markup(text: &str) {
    let extensions =
        Extensions::ENABLE_TABLES | Extensions::ENABLE_TASKLISTS | Extensions::ENABLE_STRIKETHROUGH;
    for event in Parser::new_ext(text, extensions) {
        match event {
            Event::Html(html) => assert!(is_ours(html.trim()), "{html} in\n{text}"),
            Event::Start(Tag::Link { dest_url, .. }) => assert!(dest_url.starts_with(BASE), "{dest_url}"),
            Event::Text(words) => {
                assert!(!words.contains(['@', '#']) && !words.contains("://"), "{words} in\n{text}");
            }
            Event::Start(
                Tag::Image { .. }
                | Tag::CodeBlock(_)
                | Tag::BlockQuote(_)
                | Tag::Strikethrough
                | Tag::Emphasis,
            )
            | Event::InlineHtml(_)
            | Event::Rule
            | Event::HardBreak => panic!("{event:?} in\n{text}"),
            _ => {}
        }
    }
}

fn is_ours(html: &str) -> bool {
    let summary = html.strip_prefix("<summary>").and_then(|html| html.strip_suffix("</summary>"));
    let constant = summary.is_some_and(|text| !text.contains(['<', '&', '`', '@', '#']));
    html.starts_with("<!-- rcalint:") || html == "<details>" || html == "</details>" || constant
}
