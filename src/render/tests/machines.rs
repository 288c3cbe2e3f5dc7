//! Formats for other programs, rendered from the hostile report.

use serde_json::Value;

use crate::lexicon::kinds::{DocumentRole, RuleKind, TextKind};
use crate::lexicon::{Level, Rule};
use crate::render::tests::*;

/// A rule like the shipped ones, and a rule of a team without explanations.
static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let rule = |id: &str, kind, severity, why: &str, better: &str, references: &[&str]| Rule {
        mechanism: None,
        exemptions: vec![],
        id: id.into(),
        kind,
        severity,
        level: Level::default(),
        summary: String::new(),
        message: String::new(),
        why: why.into(),
        better: better.into(),
        references: references.iter().map(|&reference| reference.into()).collect(),
        bad: vec![],
        good: vec![],
        patterns: vec![],
    };
    let (why, references) = ("It is a symptom,\nnot a cause.", ["Author, A Title (2002): a chapter"]);
    vec![
        rule(
            "human-error",
            RuleKind::Text(TextKind::Error),
            Severity::Warning,
            why,
            "[a] made `b` likely",
            &references,
        ),
        rule(
            "uncovered-bucket",
            RuleKind::Document(DocumentRole::MissingBuckets),
            Severity::Note,
            "",
            "",
            &[],
        ),
    ]
});

/// Adds a finding that belongs to no line to a document with other findings.
fn with_uncovered(mut report: DocumentReport) -> DocumentReport {
    report.findings.push(finding(&source(), "uncovered-bucket", Severity::Note, "Outage 🙈"));
    report
}

fn report_of(documents: Vec<DocumentReport>) -> Report {
    let skip = Skipped { path: "a\u{1b}.md".into(), reason: "not-a-postmortem".into() };
    let fail = FileError { path: PATH.into(), message: "is 100 %\n empty".into() };
    Report::new("2026.1", documents, vec![skip], vec![fail])
}

fn both() -> Report {
    report_of(vec![with_uncovered(nasty(&source())), calm(Verdict::Clear)])
}

fn printed(format: Format, report: &Report) -> String {
    let options = Options { rules: &RULES, failing: Some(Severity::Warning), ..options() };
    closing(format, report, &options)
}

fn json(format: Format, report: &Report) -> Value {
    serde_json::from_str(&printed(format, report)).unwrap()
}

#[test]
fn sarif_meets_the_requirements_of_code_scanning() {
    let text = printed(Format::Sarif, &both());
    assert_harmless(&text);
    insta::assert_snapshot!("sarif", without_version(&text));
}

/// Code scanning rejects a file with empty texts.
#[test]
fn required_texts_in_sarif_are_not_empty() {
    let log = json(Format::Sarif, &both());
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let texts = ["/id", "/shortDescription/text", "/fullDescription/text", "/help/text", "/help/markdown"];
    for rule in run["tool"]["driver"]["rules"].as_array().unwrap() {
        for place in texts {
            let text = rule.pointer(place).and_then(Value::as_str).unwrap();
            assert!(!text.is_empty() && text.chars().count() <= 1024, "{place}: {text}");
        }
    }
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 4 + 5, "findings, and the suppressed ones");
    for result in results {
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        assert!(!result["partialFingerprints"]["rcalint/v1"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        assert!(!place["artifactLocation"]["uri"].as_str().unwrap().contains(['\n', ' ', ':', '\u{1b}']));
        let [from, to] = ["startLine", "endLine"].map(|name| place["region"][name].as_u64().unwrap());
        assert_eq!(from, to, "a region is shown in a diff that holds all of its lines");
        assert!(place["region"]["startColumn"].as_u64() <= place["region"]["endColumn"].as_u64());
    }
}

#[test]
fn text_of_documents_is_not_a_link_in_sarif() {
    let mut report = nasty(&source());
    for (message, shown) in [
        ("see [this](https://evil.example)", r"see \[this\](https"),
        (r"see \[this\](https://evil.example)", r"see \\\[this\\\](https"),
    ] {
        report.findings[0].message = message.into();
        let log = json(Format::Sarif, &report_of(vec![report.clone()]));
        let text = log["runs"][0]["results"][0]["message"]["text"].as_str().unwrap();
        assert!(text.starts_with(shown), "{text}");
    }
}

#[test]
fn annotations_are_only_commands() {
    let text = printed(Format::Github, &both());
    let command =
        |line: &str| ["::error ", "::warning ", "::notice "].iter().any(|kind| line.starts_with(kind));
    assert!(text.lines().all(command));
    assert!(!text.contains("##[") && !text.contains("##vso[") && !text.contains(['\u{1b}', '\r']));
    assert!(!text.contains("uncovered-bucket"), "an uncovered bucket has no line of its own");
    insta::assert_snapshot!("github", text);
}

/// The runner keeps ten annotations of each kind, and drops the others without a message.
#[test]
fn there_are_nine_annotations_and_the_worst_come_first() {
    let mut report = nasty(&source());
    let note = report.findings.pop().unwrap();
    report.findings.splice(0..0, vec![note; 20]);
    let text = printed(Format::Github, &Report::new("1", vec![report], vec![], vec![]));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 10);
    assert!(lines[0].starts_with("::error ") && lines[1].starts_with("::warning "), "{text}");
    assert!(lines[9].contains("::13 more findings in the report"), "{}", lines[9]);
    let calm = Report::new("1", vec![calm(Verdict::Clear)], vec![], vec![]);
    assert_eq!(printed(Format::Github, &calm), "");
}

#[test]
fn code_quality_is_an_array_of_rows() {
    let text = printed(Format::Gitlab, &both());
    assert_harmless(&text);
    insta::assert_snapshot!("gitlab", text);
    assert_eq!(printed(Format::Gitlab, &Report::new("1", vec![], vec![], vec![])), "[]\n");
}

/// Rows with the same fingerprint are merged, and a line number in it would make all findings below an edit new.
#[test]
fn code_quality_fingerprints_depend_on_the_document_and_not_on_the_line() {
    let prints = |report: &Report| -> Vec<String> {
        let rows = json(Format::Gitlab, report);
        let print = |row: &Value| row["fingerprint"].as_str().unwrap().to_owned();
        rows.as_array().unwrap().iter().map(print).collect()
    };
    let (here, mut there, mut moved) = (nasty(&source()), nasty(&source()), nasty(&source()));
    there.path = "other.md".into();
    let all = prints(&report_of(vec![here.clone(), there]));
    assert_eq!(all.iter().collect::<std::collections::BTreeSet<_>>().len(), 3 + 3 + 1);
    moved.findings.iter_mut().for_each(|finding| finding.start.line += 7);
    moved.path = format!("./{}", moved.path);
    assert_eq!(prints(&report_of(vec![here])), prints(&report_of(vec![moved])));
}

#[test]
fn diagnostics_for_reviewdog_count_bytes() {
    let text = printed(Format::Rdjson, &both());
    assert_harmless(&text);
    insta::assert_snapshot!("rdjson", text);
    let range = &json(Format::Rdjson, &both())["diagnostics"][0]["location"]["range"];
    let line = TEXT.lines().nth(2).unwrap();
    let from = line.find("human error").unwrap() + 1;
    assert_eq!(range["start"]["column"], from);
    assert_eq!(range["end"]["column"], from + "human error\u{202e}".len());
}

#[test]
fn a_test_report_fails_where_the_run_fails() {
    let text = printed(Format::Junit, &both());
    assert_harmless(&text);
    insta::assert_snapshot!("junit", text);
    let failures = |failing| {
        let options = Options { width: 80, failing, ..Options::default() };
        closing(Format::Junit, &both(), &options).matches("<failure ").count()
    };
    let levels = [None, Some(Severity::Error), Some(Severity::Warning), Some(Severity::Note)];
    assert_eq!(levels.map(failures), [0, 1, 2, 4]);
}

proptest::proptest! {
    /// Log runners interpret lines, and parsers of XML and JSON reject invalid input.
    #[test]
    fn any_text_of_a_document_stays_text(
        text in "(\\PC|[\\r\\n\t :,%#\\[\\]<>&\"\u{0}-\u{9f}\u{2028}\u{202e}\u{fffe}🙈]){0,40}",
    ) {
        let mut report = nasty(&source());
        report.path.clone_from(&text);
        report.findings[0].message.clone_from(&text);
        report.findings[0].quote.clone_from(&text);
        report.findings[0].questions = vec![text.clone()];
        report.suppressed[0].reason.clone_from(&text);
        let report = report_of(vec![report]);
        for line in printed(Format::Github, &report).lines() {
            proptest::prop_assert!(line.starts_with("::") && !line.contains("##["), "{line}");
            let properties = line.trim_start_matches(':').split("::").next().unwrap();
            proptest::prop_assert!(properties.matches(',').count() <= 5, "{line}");
        }
        for format in [Format::Sarif, Format::Gitlab, Format::Rdjson] {
            assert_harmless(&printed(format, &report));
            json(format, &report);
        }
        let xml = printed(Format::Junit, &report);
        assert_harmless(&xml);
        proptest::prop_assert_eq!(xml.matches('<').count(), xml.matches('>').count());
        proptest::prop_assert!(!xml.contains('\u{fffe}'), "XML cannot hold it");
    }
}
