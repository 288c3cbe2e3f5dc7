//! Properties for any text: no panic, correct spans, and the same result for all kinds of line ends.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]
#![expect(clippy::disallowed_methods, reason = "a test reads the examples it mutates")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use jsonschema::Validator;
use proptest::prelude::*;
use proptest::sample::select;
use rcalint::lexicon::Lexicon;
use rcalint::report::{DocumentReport, Finding, Report};

use super::checks::analyse::{self, review};
use super::wrapping::wrapped;

/// Pieces of incident prose and of Markdown, which together cover more of the program than random letters do.
const PIECES: [&str; 47] = [
    "# Postmortem\n",
    "## Root cause\n\n",
    "## Timeline\n\n",
    "## Action items\n\n",
    "**Root cause:** ",
    "Root cause: ",
    "human error",
    "Human error. ",
    "The operator forgot to renew the certificate",
    "was accidentally deleted by an engineer ",
    "should have been tested ",
    "because the console shows no account id",
    "Be more careful. ",
    "In hindsight it was obvious. ",
    "Nobody noticed",
    "due to a typo, ",
    ", which led to ",
    "the carrier's circuit failed",
    "| Root cause | Operator mistake |\n",
    "|---|---|\n",
    "- [ ] Human error\n",
    "- [x] Human error\n",
    "1. Why? Because ",
    "> **ravi** 09:12\n> my mistake\n",
    "```\nhuman error\n",
    "```\n",
    "<details><summary>Root cause</summary>\n",
    "<!-- ",
    " -->",
    "<!-- rcalint-allow: human-error, weak-action -- because -->",
    "<!-- rcalint-allow-file: blamed-omission \u{2014} because -->\n",
    "<!-- rcalint-allow: hindsight -->",
    "---\n",
    "title: \"human error\"\n",
    "`code` ",
    "[link](https://example.com) ",
    "'s ",
    "\u{2019}",
    "\u{201c}",
    "\u{feff}",
    "\u{1f648}",
    "e\u{301}",
    "\t",
    "\r\n",
    "\n\n",
    ". ",
    "    ",
];

/// Returns the example documents, by name.
fn examples() -> &'static BTreeMap<String, String> {
    static EXAMPLES: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    EXAMPLES.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
        let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let markdown = paths.filter(|path| path.extension().is_some_and(|end| end == "md"));
        let named = |path: std::path::PathBuf| {
            (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap())
        };
        markdown.map(named).collect()
    })
}

fn prose() -> impl Strategy<Value = String> {
    let piece = prop_oneof![8 => select(&PIECES[..]).prop_map(str::to_owned), 1 => "\\PC{0,12}", 1 => any::<String>()];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Generates an example with some lines removed, doubled, swapped or shortened, and with strange pieces inserted.
fn mutated() -> impl Strategy<Value = String> {
    let names: Vec<String> = examples().keys().cloned().collect();
    let change = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..5_u8, select(&PIECES[..]));
    (select(names), prop::collection::vec(change, 1..8)).prop_map(|(name, changes)| {
        let mut lines: Vec<String> = examples()[&name].split_inclusive('\n').map(str::to_owned).collect();
        for (one, other, kind, piece) in changes {
            let (one, other) = (one.index(lines.len()), other.index(lines.len()));
            match kind {
                0 => lines[one].clear(),
                1 => {
                    let copy = lines[other].clone();
                    lines[one] = copy;
                }
                2 => lines.swap(one, other),
                3 => lines[one] = lines[one].chars().take(other).collect(),
                _ => lines[one].insert_str(0, piece),
            }
        }
        lines.concat()
    })
}

/// Returns a finding without its position: the rule, and the words with line ends as spaces.
fn essence(found: &Finding) -> (String, String, bool) {
    (found.rule.clone(), found.quote.split_whitespace().collect::<Vec<_>>().join(" "), found.cause)
}

fn essences(report: &DocumentReport) -> Vec<(String, String, bool)> {
    report.findings.iter().map(essence).collect()
}

/// Returns the rules and words of the text findings, which a later paragraph cannot remove.
fn text_findings(report: &DocumentReport) -> Vec<(String, usize)> {
    let is_text =
        |found: &&Finding| Lexicon::embedded().rule(&found.rule).is_some_and(|rule| rule.kind.is_text());
    report.findings.iter().filter(is_text).map(|found| (found.rule.clone(), found.start.offset)).collect()
}

/// Returns the published schema of the JSON.
fn schema() -> &'static Validator {
    static SCHEMA: OnceLock<Validator> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/report.schema.json");
        let schema = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        jsonschema::validator_for(&schema).unwrap()
    })
}

#[test]
fn a_choice_does_not_run_over_a_line_of_either_kind() {
    let text = "# P\n\n## Root cause\n\n| Hour | Activity |\nhuman error|---|---|\n";
    let (_, one) = review(text);
    let (_, other) = review(&text.replace('\n', "\r\n"));
    assert_eq!(one.verdict, other.verdict);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        analyse::check(text.as_bytes());
    }

    #[test]
    fn any_prose_is_read(text in prose()) {
        analyse::check(text.as_bytes());
    }

    #[test]
    fn any_change_of_an_example_is_read(text in mutated()) {
        analyse::check(text.as_bytes());
    }

    #[test]
    fn line_ends_do_not_matter(text in mutated()) {
        let unix = text.replace("\r\n", "\n").replace('\r', "\n");
        let (_, one) = review(&unix);
        let (_, other) = review(&unix.replace('\n', "\r\n"));
        prop_assert_eq!(essences(&one), essences(&other));
        prop_assert_eq!(one.verdict, other.verdict);
    }

    #[test]
    fn the_width_of_paragraphs_does_not_change_the_verdict(text in mutated(), width in 20..120_usize) {
        let (_, one) = review(&text);
        let (_, other) = review(&wrapped(&text, width));
        prop_assert_eq!(one.verdict, other.verdict);
    }

    #[test]
    fn every_report_agrees_with_the_schema(text in prose()) {
        let report = Report::new("x", vec![review(&text).1], vec![], vec![]);
        let report = serde_json::to_value(&report).unwrap();
        let wrong: Vec<String> = schema().iter_errors(&report).map(|error| error.to_string()).collect();
        prop_assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn a_paragraph_at_the_end_takes_no_finding_away(text in mutated()) {
        let (_, before) = review(&text);
        let (_, after) = review(&format!("{text}\n\n## Contact\n\nThe next review is on a Tuesday.\n"));
        let kept = text_findings(&after);
        for found in text_findings(&before) {
            prop_assert!(kept.contains(&found), "{found:?} is gone");
        }
    }

    #[test]
    fn the_same_text_gives_the_same_bytes(text in prose()) {
        let json = |report: &DocumentReport| serde_json::to_string(report).unwrap();
        prop_assert_eq!(json(&review(&text).1), json(&review(&text).1));
    }
}
