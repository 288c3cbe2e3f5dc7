//! Nothing in a rendered report acts: a Markdown converter of forges and the parser of browsers find only text, code,
//! our own structure and our own links.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]
#![expect(clippy::disallowed_methods, reason = "the environment asks for a long run")]

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use proptest::prelude::*;
use rcalint::lexicon::Lexicon;
use rcalint::render::{self, Format, Options};
use rcalint::report::Report;
use rcalint::source::Source;
use regex::Regex;
use serde_json::Value;

use super::checks;
use super::forged;
use super::tools::require;

/// The base of links to lines.
pub(super) const BASE: &str = "https://forge.example/team/repo/blob/0a1b2c3";

/// Number of reports in one run of the converter.
pub(super) const BATCH: usize = 100;

/// Separates the texts of one run of the converter.
const END: &str = "\n\n<!-- end of text -->\n\n";

/// The elements that we write.
const ELEMENTS: [&str; 19] = [
    "a", "code", "details", "h1", "h2", "h3", "input", "li", "ol", "p", "strong", "summary", "table",
    "tbody", "td", "th", "thead", "tr", "ul",
];

/// Text that GitHub or GitLab would convert to a mention, a reference, a link or markup of their own.
static LIVE: LazyLock<Regex> = LazyLock::new(|| {
    let kinds = [
        r"@\w",
        r"#\w",
        r"![0-9]",
        r"&\w",
        r#"%[0-9A-Za-z_"]"#,
        r#"~[\w"]"#,
        r"\$[\w`]",
        r"(?i)\bgh-[0-9]",
        r"\^\w",
        r"://",
        r"(?i)www\.",
        r"(?i)mailto:",
        r":\w+:",
        r"\[[A-Za-z_]+:",
        r"\*[A-Za-z_]+:",
        r"\[\[",
        r"\{[+-]",
        r"\[[+-]",
    ];
    Regex::new(&kinds.join("|")).unwrap()
});

/// What may be the hash of a commit, if there is a digit in it.
static COMMIT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b[0-9a-f]{7,64}\b").unwrap());

/// A Markdown text, with the number of its check boxes and of its hidden lines.
pub(super) struct Rendered {
    pub(super) markdown: String,
    pub(super) boxes: usize,
    pub(super) comments: usize,
    /// True if it has block quotes of ours.
    pub(super) quotes: bool,
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, max_shrink_iters: 0, ..ProptestConfig::default() })]

    /// 2,000 reports; with `PROPTEST_CASES=1000`, 100,000.
    #[test]
    fn nothing_in_a_forged_report_acts(reports in prop::collection::vec(forged::report(), BATCH)) {
        for report in &reports {
            checks::render::check_report(report);
        }
        if require(&["cmark-gfm"]) {
            let texts: Vec<Rendered> = reports.iter().flat_map(rendered).collect();
            assert_inert(&texts);
        }
    }
}

pub(super) fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(20)
}

#[test]
fn live_markup_is_found() {
    if !require(&["cmark-gfm"]) {
        return;
    }
    let is_inert = |markdown: &str| {
        let text = Rendered { markdown: format!("{markdown}\n"), boxes: 0, comments: 0, quotes: false };
        std::panic::catch_unwind(|| assert_inert(&[text])).is_ok()
    };
    assert!(is_inert("plain **text** with `@code`"));
    for live in [
        "![x](y.png)",
        "[x](https://evil.example)",
        "<img src=x>",
        "www.evil.example",
        "see https://evil.example",
        "ask @team",
        "fixes #12",
        "see !12",
        "see group/proj!12",
        "see &epic",
        "in %milestone",
        "with ~label",
        "/approve",
        "- [x] done",
        "<!-- rcalint:sticky v1 -->",
        "*stress*",
        "> quoted",
        "a1b2c3d4e5",
        "[issue:12]",
        ":boom:",
    ] {
        assert!(!is_inert(live), "{live}");
    }
}

/// Returns every text of a report that is Markdown.
fn rendered(report: &Report) -> Vec<Rendered> {
    let nothing = Source::new("a.md", "");
    let whole = |format| render::whole(format, report, |_| &nothing, &options());
    let boxes =
        report.documents.iter().map(|document| document.questions.len().min(render::QUESTIONS_SHOWN)).sum();
    let text = |markdown, boxes, comments| Rendered { markdown, boxes, comments, quotes: false };
    let mut texts = vec![text(whole(Format::Markdown), boxes, 3), text(whole(Format::StepSummary), boxes, 0)];
    texts.extend(report.documents.iter().map(|document| text(render::sheet(document, &options()), 0, 0)));
    let diagnostics: Value = serde_json::from_str(&whole(Format::Rdjson)).unwrap();
    let messages =
        diagnostics["diagnostics"].as_array().unwrap().iter().map(|one| one["message"].as_str().unwrap());
    texts.extend(messages.map(|message| text(format!("{message}\n"), 0, 0)));
    texts
}

fn options() -> Options<'static> {
    let options = Options { width: 80, several: true, link_base: Some(BASE), ..Options::default() };
    options.with_lexicon(Lexicon::embedded())
}

/// Panics if a text contains anything but text, code, and what we write around them.
pub(super) fn assert_inert(texts: &[Rendered]) {
    let all: String = texts.iter().map(|text| text.markdown.clone() + END).collect();
    let parser = html5ever::parse_document(RcDom::default(), html5ever::ParseOpts::default());
    let dom = parser.one(format!("<!DOCTYPE html><body>{}", converted(&all)).as_str());
    let body = body(&dom.document);
    let children = body.children.borrow();
    let is_end = |node: &Handle| matches!(&node.data, NodeData::Comment { contents } if contents.trim() == "end of text");
    let parts: Vec<&[Handle]> = children.split(is_end).collect();
    assert_eq!(parts.len(), texts.len() + 1, "a text left its place in\n{all}");
    for (text, nodes) in texts.iter().zip(parts) {
        assert_quick_actions(&text.markdown);
        let mut seen = Seen { text, boxes: 0, comments: 0 };
        for node in nodes {
            seen.node(node);
        }
        assert_eq!(
            (seen.boxes, seen.comments),
            (text.boxes, text.comments),
            "boxes, comments of\n{}",
            text.markdown
        );
    }
}

/// Panics if a line begins with a command of GitLab or of a bot.
fn assert_quick_actions(markdown: &str) {
    let first = |line: &str| line.trim_start_matches([' ', '\t', '>', '-', '*']).chars().next();
    assert!(markdown.lines().all(|line| first(line) != Some('/')), "a quick action in\n{markdown}");
}

/// What was seen of one text.
struct Seen<'t> {
    text: &'t Rendered,
    boxes: usize,
    comments: usize,
}

impl Seen<'_> {
    fn node(&mut self, node: &Handle) {
        match &node.data {
            NodeData::Element { name, attrs, .. } => {
                let attributes: Vec<(String, String)> = attrs
                    .borrow()
                    .iter()
                    .map(|one| (one.name.local.to_string(), one.value.to_string()))
                    .collect();
                self.element(&name.local, &attributes);
                if &*name.local != "code" {
                    node.children.borrow().iter().for_each(|child| self.node(child));
                }
            }
            NodeData::Text { contents } => {
                let contents = contents.borrow();
                assert_eq!(live(&contents), None, "in\n{}", self.text.markdown);
            }
            NodeData::Comment { contents } => {
                assert!(contents.starts_with(" rcalint:"), "{contents} in\n{}", self.text.markdown);
                self.comments += 1;
            }
            other => panic!("{other:?} in\n{}", self.text.markdown),
        }
    }

    fn element(&mut self, name: &str, attributes: &[(String, String)]) {
        let is_quote = self.text.quotes && name == "blockquote";
        assert!(is_quote || ELEMENTS.contains(&name), "<{name}> in\n{}", self.text.markdown);
        self.boxes += usize::from(name == "input");
        for (key, value) in attributes {
            let is_ours = match (name, key.as_str()) {
                ("a", "href") => is_below_base(value),
                ("input", "type") => value == "checkbox",
                ("input", "checked" | "disabled") => value.is_empty(),
                ("td" | "th", "align") | ("ol", "start") => true,
                _ => false,
            };
            assert!(is_ours, "<{name} {key}={value}> in\n{}", self.text.markdown);
        }
    }
}

/// Returns the first words in a text that a forge would convert.
fn live(text: &str) -> Option<&str> {
    let commit =
        COMMIT.find_iter(text).find(|found| found.as_str().contains(|sign: char| sign.is_ascii_digit()));
    LIVE.find(text).or(commit).map(|found| found.as_str())
}

/// True if an address does not leave our base.
pub(super) fn is_below_base(address: &str) -> bool {
    address.starts_with(BASE) && !address.split(['/', '?']).any(|part| part == "..")
}

/// Converts Markdown as forges do, but leaves HTML in it as it is.
pub(super) fn converted(markdown: &str) -> String {
    let mut command = Command::new("cmark-gfm");
    command.arg("--unsafe");
    command.args(
        ["footnotes", "table", "strikethrough", "autolink", "tasklist"]
            .iter()
            .flat_map(|name| ["--extension", name]),
    );
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (mut stdin, text) = (child.stdin.take().unwrap(), markdown.to_owned());
    let writer = std::thread::spawn(move || stdin.write_all(text.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Returns the body of a document.
fn body(document: &Handle) -> Handle {
    let is_element = |node: &Handle, wanted: &str| matches!(&node.data, NodeData::Element { name, .. } if &*name.local == wanted);
    let child = |node: &Handle, wanted: &str| {
        node.children.borrow().iter().find(|child| is_element(child, wanted)).cloned().unwrap()
    };
    child(&child(document, "html"), "body")
}
