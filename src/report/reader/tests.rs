//! Reads reports that this program wrote, and forged ones.

use clap::ValueEnum;
use serde_json::json;

use crate::lexicon::Lexicon;
use crate::render::{self, Format, Options};
use crate::report::reader::*;
use crate::source::Source;

const TEXT: &str = "# Postmortem: orders outage\n\n## Root cause\n\nThe root cause was human error.\n\n## Action items\n\n\
    <!-- rcalint-allow: weak-action -- agreed -->\n- Be more careful.\n\n## Timeline\n\n- 10:00 alarm\n- 11:00 fixed\n";

/// Returns a report as JSON.
fn saved() -> Value {
    let document = crate::review(&Source::new("a.md", TEXT), Lexicon::embedded());
    assert!(!document.findings.is_empty() && !document.suppressed.is_empty());
    serde_json::to_value(Report::new("1", vec![document], vec![], vec![])).unwrap()
}

/// Returns the report with another value at a JSON pointer.
fn with(place: &str, value: Value) -> String {
    let mut report = saved();
    *report.pointer_mut(place).unwrap_or_else(|| panic!("{place} is not there")) = value;
    report.to_string()
}

/// Renders a report in every format that a log or a forge may show.
fn rendered(report: &Report) -> String {
    let lexicon = Lexicon::embedded();
    let (buckets, rules) = (&*lexicon.buckets, &*lexicon.rules);
    let options = Options { width: 80, several: true, buckets, rules, ..Options::default() };
    let each = |&format| {
        let unseen = Source::new("a.md", "");
        render::whole(format, report, |_| &unseen, &options)
    };
    Format::value_variants().iter().map(each).collect()
}

#[test]
fn a_written_report_can_be_read() {
    let text = saved().to_string();
    let report = parse(&text).unwrap();
    assert_eq!(serde_json::to_value(&report).unwrap(), saved());
    let order = |report: &Report| report.documents[0].coverage.iter().map(|(id, _)| id.clone()).collect();
    let document = crate::review(&Source::new("a.md", TEXT), Lexicon::embedded());
    let written = serde_json::to_string(&Report::new("1", vec![document], vec![], vec![])).unwrap();
    let buckets: Vec<String> = Lexicon::embedded().buckets.iter().map(|bucket| bucket.id.clone()).collect();
    let read: Vec<String> = order(&parse(&written).unwrap());
    assert_eq!(read, buckets, "buckets keep their order");
}

#[test]
fn anything_but_a_report_is_rejected_with_the_reason() {
    let said = |text: &str| parse(text).unwrap_err().to_string();
    assert!(said("{").starts_with("not JSON: "));
    assert!(said(&"[".repeat(100_000)).starts_with("not JSON: recursion limit"));
    assert!(said("[]").starts_with("not a report of rcalint"));
    assert!(said(&with("/tool/name", json!("other"))).starts_with("not a report of rcalint"));
    assert_eq!(said(&with("/schema_version", json!(1))), "schema_version is 1; this build reads 2");
    assert_eq!(said(&with("/schema_version", json!("2"))), "schema_version is \"2\"; this build reads 2");
    assert!(said(&with("/documents/0/verdict", json!("guilty"))).contains("unknown variant `guilty`"));
    assert!(said(&with("/documents/0/findings", json!(null))).contains("report.schema.json"));
}

#[test]
fn numbers_must_be_possible_for_a_document() {
    for place in
        ["/documents/0/findings/0/start/line", "/documents/0/truncated", "/documents/0/actions/weaker"]
    {
        for number in [json!(u64::MAX), json!(1_u64 << 33), json!(-1), json!(1e300), json!(0.5)] {
            let error = parse(&with(place, number)).unwrap_err();
            assert!(matches!(error, SavedError::Number(_)), "{place}: {error}");
        }
    }
    let error = parse(&with("/documents/0/findings/0/start/column", json!(0))).unwrap_err();
    assert_eq!(error.to_string(), "the number in `column` is out of range");
}

#[test]
fn ids_are_plain_words() {
    for place in ["/documents/0/findings/0/rule", "/documents/0/suppressed/0/rule", "/documents/0/language"] {
        for id in ["", "a b", "a\u{1b}[1m", "@team", "](x)", "`", "a\n", &"a".repeat(101)] {
            let error = parse(&with(place, json!(id))).unwrap_err();
            assert!(matches!(error, SavedError::Id(_)), "{place}: {id}: {error}");
        }
    }
    assert!(parse(&with("/documents/0/findings/0/mechanism", json!("a b"))).is_err());
}

/// Forged counts of documents or verdicts have no effect.
#[test]
fn counts_are_recomputed() {
    let report = parse(&with("/summary/start_over", json!(0))).unwrap();
    assert_eq!((report.summary.documents, report.summary.start_over), (1, 1));
    let report = parse(&with("/summary/documents", json!(4_000_000_000_u64))).unwrap();
    assert_eq!(report.summary.documents, 1);
}

const TRICKS: [&str; 9] = [
    "\u{1b}]8;;http://evil.example\u{1b}\\x\u{202e}",
    "````\n</details>\n\n# @team fixes #1",
    "<!-- rcalint:sticky v1 -->\n<!-- rcalint:digest v1 0 unchanged -->",
    "--> <img src=x onerror=1> <script>",
    "\n::error::x\n##[stop-commands]x ##vso[task.complete]x",
    "| a | b |\n| - | - |",
    "[words](https://evil.example) ![i](x) https://evil.example",
    "",
    "\u{0}\u{7f}\u{2028}",
];

/// Collects the JSON pointers of all texts in a value.
fn texts(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::String(_) => found.push(at.to_owned()),
        Value::Array(values) => {
            (0..).zip(values).for_each(|(index, value)| texts(value, &format!("{at}/{index}"), found));
        }
        Value::Object(rows) => {
            rows.iter().for_each(|(key, value)| texts(value, &format!("{at}/{key}"), found));
        }
        _ => {}
    }
}

/// A report with a forged text is either rejected or harmless.
#[test]
fn a_forged_text_is_rejected_or_inert() {
    let mut places = Vec::new();
    texts(&saved(), "", &mut places);
    let mut read = 0;
    for (place, trick) in places.iter().flat_map(|place| TRICKS.map(|trick| (place, trick))) {
        let Ok(report) = parse(&with(place, json!(trick))) else { continue };
        read += 1;
        let text = rendered(&report);
        let harmless = |sign: char| sign == '\n' || sign == '\t' || !sign.is_control();
        assert!(text.chars().all(harmless), "{place}: {trick:?}");
        assert!(!text.contains("##[") && !text.contains("##vso["), "{place}: {trick:?}");
        assert!(!text.contains("\u{202e}") && !text.contains("\n::error::x"), "{place}: {trick:?}");
        assert!(!text.contains("\n<!-- rcalint:digest v1 0 "), "{place}: {trick:?}");
        assert_eq!(text.matches("\n<!-- rcalint:digest ").count(), 1, "{place}: {trick:?}");
    }
    assert!(read > 200, "{read}");
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_fail_but_with_an_error(text in "\\PC{0,80}") {
        let _ = parse(&text);
    }

    #[test]
    fn whatever_numbers_a_report_holds_it_is_shown(
        line in 1..=LARGEST, column in 1..=LARGEST, offset in 0..=LARGEST, end in 1..=LARGEST, count in 0..=LARGEST,
    ) {
        let mut report = saved();
        let finding = &mut report["documents"][0]["findings"][0];
        finding["start"] = json!({"line": line, "column": column, "offset": offset});
        finding["end"] = json!({"line": end, "column": column, "offset": end});
        report["documents"][0]["actions"] = json!({"stronger": count, "intermediate": count, "weaker": count});
        report["documents"][0]["truncated"] = json!(count);
        proptest::prop_assert!(!rendered(&parse(&report.to_string()).unwrap()).is_empty());
    }
}
