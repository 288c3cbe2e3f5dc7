//! Tests of the document stage: Markdown in, a compact outline out.

mod attribution;
mod forms;
mod prose;

use crate::document::{Attribution, BlockKind, Document};
use crate::lexicon::Lexicon;
use crate::source::Source;

/// Returns one line per block: `role kind | sentence ‖ sentence`, with anything unusual before the text.
fn outline(text: &str) -> String {
    let source = Source::new("test.md", text);
    let document = Document::parse(&source, &Lexicon::embedded().headings);
    check(&document);
    (0..document.blocks.len()).map(|number| line(&document, number)).collect::<Vec<_>>().join("\n")
}

/// Asserts that the outline of `text` is `expected`. Its lines may be indented.
#[track_caller]
fn reads(text: &str, expected: &str) {
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(outline(text), expected.join("\n"), "\n--- of\n{text}");
}

fn line(document: &Document<'_>, number: usize) -> String {
    let block = &document.blocks[number];
    let label = block.label.map(|label| format!("<{}>", label.of(&document.prose)));
    let voice = (block.attribution != Attribution::Author).then(|| format!("{:?}", block.attribution));
    let task = block.task.map(|done| if done { "[x]" } else { "[ ]" }.to_owned());
    let depth = (block.kind == BlockKind::Item).then(|| "*".repeat(block.depth));
    let head = [Some(name(block.role)), Some(format!("{:?}", block.kind)), label, voice, task, depth];
    let head: Vec<String> = head.into_iter().flatten().collect();
    format!("{} | {}", head.join(" "), sentences(document, number).join(" \u{2016} "))
}

fn name(role: super::Role) -> String {
    serde_json::to_value(role).unwrap().as_str().unwrap().to_owned()
}

fn sentences(document: &Document<'_>, number: usize) -> Vec<String> {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").replace('\u{1a}', "`");
    document.sentences[document.blocks[number].sentences.clone()]
        .iter()
        .map(|sentence| plain(sentence.span.of(&document.prose)))
        .collect()
}

/// Checks the invariants of every document.
fn check(document: &Document<'_>) {
    assert_eq!(document.prose.len(), document.source.text.len());
    let feeds = |text: &str| text.match_indices('\n').map(|(at, _)| at).collect::<Vec<_>>();
    assert_eq!(feeds(&document.prose), feeds(&document.source.text));
    assert!(document.sections[0].heading.is_none());
    for (number, block) in document.blocks.iter().enumerate() {
        assert!(block.section.index() < document.sections.len());
        for sentence in &document.sentences[block.sentences.clone()] {
            assert!(block.span.contains(sentence.span) && sentence.block.index() == number);
            let words = sentence.span.of(&document.prose);
            assert!(!words.is_empty() && words == words.trim());
        }
    }
    assert!(document.sentences.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
}

fn parsed(text: &str) -> (Option<String>, Option<String>) {
    let source = Source::new("test.md", text);
    let document = Document::parse(&source, &Lexicon::embedded().headings);
    (document.title.map(|title| title.of(&document.prose).to_owned()), document.date)
}

#[test]
fn the_first_heading_is_the_title_and_has_no_role() {
    reads(
        "# Postmortem: root cause of the March outage\n\nText.\n",
        "other Heading | Postmortem: root cause of the March outage
         other Paragraph | Text.",
    );
    assert_eq!(parsed("# Postmortem\n").0.as_deref(), Some("Postmortem"));
    assert_eq!(parsed("**RCA for the mail outage**\n\nText").0.as_deref(), Some("RCA for the mail outage"));
    assert_eq!(parsed("## Summary\n\nText\n").0, None);
    assert_eq!(
        parsed("---\ntitle: 'Mail: down'\ndate: '2024-11-19'\n---\n# Other\n").0.as_deref(),
        Some("Mail: down")
    );
    assert_eq!(parsed("---\ntitle: \"Mail was down\"\n---\n# Other\n").0.as_deref(), Some("Mail was down"));
}

#[test]
fn dates_come_from_front_matter_then_title_then_opening() {
    let date = |text| parsed(text).1;
    assert_eq!(date("---\ndate: 2023-01-02 10:00\n---\n# 2020-05-06\n").as_deref(), Some("2023-01-02"));
    assert_eq!(
        date("---\ntitle: 'Mail: down'\ndate: '2024-11-19'\n---\nText\n").as_deref(),
        Some("2024-11-19")
    );
    let post = "export const post = {\n  date: '2024-11-19',\n}\n\n# Outage of 2020-05-06\n";
    assert_eq!(date(post).as_deref(), Some("2024-11-19"));
    assert_eq!(date("exports failed on 2020-05-06\n").as_deref(), Some("2020-05-06"));
    assert_eq!(date("# Outage of 2026/1/2\n").as_deref(), Some("2026-01-02"));
    assert_eq!(date("# Outage\n\nOn 4 October 2023 we lost power.\n").as_deref(), Some("2023-10-04"));
    assert_eq!(date("# Outage\n\nJan 3rd, 2023\n").as_deref(), Some("2023-01-03"));
    assert_eq!(date("# Outage\n\nVersion 1.24.0 on 30 nodes\n"), None);
}

#[test]
fn any_text_is_a_valid_document() {
    for text in [
        "",
        "\n",
        "\u{feff}",
        "\u{feff}# A",
        "---\n",
        "+++\n+++\n",
        "***\n",
        "|",
        "\u{1a}",
        "\0",
        "- \n- ",
        "<",
    ] {
        outline(text);
    }
}

#[test]
fn hostile_input_takes_linear_time() {
    let many = 200_000;
    for piece in
        [">", "[", "*a ", "<", "<a", "&", "- ", "a:\n", "`", "|\n", "<!--", "**a**\n", "http://", ". ", "</"]
    {
        outline(&piece.repeat(many / piece.len()));
    }
    let deep: String = (0..600).flat_map(|depth| [" ".repeat(2 * depth), "- a\n".to_owned()]).collect();
    outline(&deep);
    outline(&format!("|a|b|\n|-|-|\n{}", "|10:00|x|\n".repeat(20_000)));
}

proptest::proptest! {
    #[test]
    fn no_text_breaks_the_rules_of_a_document(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES.to_vec()), 0..60),
    ) {
        outline(&pieces.concat());
    }

    #[test]
    fn no_characters_do_either(text in "(?s).{0,200}") {
        outline(&text);
    }
}

/// Pieces of hostile and careless Markdown.
const PIECES: [&str; 62] = [
    "# ",
    "## ",
    "- ",
    "* ",
    "1. ",
    "> ",
    "\n",
    "\n\n",
    "\r\n",
    "  ",
    "    ",
    "\t",
    "**",
    "*",
    "_",
    "`",
    "```\n",
    "~~",
    "[",
    "](",
    ")",
    "![",
    "[^1]",
    "[x] ",
    "|",
    "|-|-|\n",
    "<",
    ">",
    "<td>",
    "<tr>",
    "<table>",
    "</table>",
    "<li>",
    "<ul>",
    "<h2>",
    "<br>",
    "<!--",
    "-->",
    "<script>",
    "</",
    "&amp;",
    "&",
    "\\",
    "---\n",
    "+++\n",
    "===\n",
    "https://",
    "Root cause",
    ":",
    ": ",
    " - ",
    ".",
    "? ",
    "10:02 ",
    "2026-01-02",
    "e.g. ",
    "word ",
    "Zo\u{eb}",
    "\u{1f525}",
    "\u{201c}",
    "\u{1a}",
    "\u{3002}",
];

#[test]
fn no_text_is_read_twice() {
    let source = Source::new("test.md", "-   \n    <td>---\n\t**");
    let document = Document::parse(&source, &Lexicon::embedded().headings);
    check(&document);
}
