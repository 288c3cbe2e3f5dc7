//! Renders every format from one report of a hostile document.

use std::sync::LazyLock;

mod machines;
mod markdown;
mod text;

use crate::lexicon::kinds::BucketRole;
use crate::lexicon::{Factor, Lexicon};
use crate::model::{LineIndex, Position, Severity, Tier, TimelineEvent, Verdict};
use crate::render::*;
use crate::report::{
    About, Actions, BaselineReport, BucketReport, BucketStatus, ClaimHead, ClaimReport, Conflict, Evidence,
    Finding, Question, ReadAs, RemedyReport, SectionReport, StaleEntry, Suppressed, SuppressedBy,
    TimelineRow, Witness,
};

/// Emoji, a tab, CRLF, `%`, a mention, an issue, HTML, escapes, a hyperlink, a bidi override, backticks, commands, a
/// sentence over three lines and one very long line.
static TEXT: LazyLock<String> = LazyLock::new(|| {
    let long = "a word 🙈 ".repeat(20_000);
    format!(
        "\u{feff}# Outage 🙈 of `db`\r\n\
         \r\n\
         \tIt was \u{1b}]8;;http://evil.example\u{1b}\\human error\u{202e} by @team, 50 % ```` ##[add-mask]e <b>fixes #1</b> ##vso[task.complete]\r\n\
         ::error::The engineer\r\n\
         should have\r\n\
         checked\u{2028}twice.\r\n\
         {long}operator mistake {long}\r\n"
    )
});

const PATH: &str = "inc/a\n::error::b\u{1b}[31m 🙈.md";

fn source() -> Source {
    Source::new(PATH, &TEXT)
}

fn finding(source: &Source, rule: &str, severity: Severity, quote: &str) -> Finding {
    let (lines, start) = (LineIndex::new(&source.text, source.shift), source.text.find(quote).unwrap());
    Finding {
        evidence: vec![],
        rule: rule.into(),
        severity,
        cause: severity == Severity::Error,
        deepened: severity == Severity::Warning,
        section: "cause".into(),
        start: lines.position(&source.text, start),
        end: lines.position(&source.text, start + quote.len()),
        quote: quote.into(),
        sentence: quote.into(),
        message: format!("the text stops at \"{quote}\""),
        mechanism: None,
        questions: vec![],
        shape: Some("[condition] made \u{1b}[1m[act] likely".into()),
        fingerprint: format!("{rule}-fingerprint"),
        changed: None,
    }
}

fn question(text: &str) -> Question {
    Question {
        text: text.into(),
        pattern: String::new(),
        about: About::Document("single-cause".into()),
        source: "nobody".into(),
        asked_by: Vec::new(),
    }
}

fn claim(head: ClaimHead, line: usize) -> ClaimReport {
    let read_as = match head {
        ClaimHead::Human => Some(ReadAs::Cause),
        ClaimHead::Condition => Some(ReadAs::Condition),
        _ => None,
    };
    ClaimReport { head, line, quote: "…".into(), section: "cause".into(), read_as, evidence: vec![] }
}

fn coverage() -> Vec<(String, BucketReport)> {
    let evidence = |(line, quote): (usize, &str)| Evidence {
        sentence: String::new(),
        line,
        factor: "release".into(),
        quote: quote.into(),
        witness: Witness::Lexicon,
        points: 100,
    };
    let long = "nobody had rehearsed the way back since\r\n2021 \u{1b}[1m, so <b>@team</b> `tried` it";
    let found = [(3, "vacuum"), (3, "no check"), (5, "Cruise Control"), (6, long), (7, "no alert"), (8, "x")];
    let evidence = found.map(evidence).to_vec();
    let absent = BucketReport { status: BucketStatus::Absent, evidence: vec![] };
    vec![
        ("operational-maturity".into(), BucketReport { status: BucketStatus::Examined, evidence }),
        ("upstream".into(), absent.clone()),
        ("own\u{1b}[2J".into(), absent),
    ]
}

fn remedies() -> Vec<RemedyReport> {
    let remedy = |line, quote: &str, tier, words: Option<&str>| RemedyReport {
        line,
        quote: quote.into(),
        tier,
        words: words.map(str::to_owned),
        stronger: (tier == Some(Tier::Weaker)).then(|| "let @team's tool \u{1b}[1mrefuse it".to_owned()),
        done: false,
    };
    vec![
        remedy(9, "Be more careful with `prod`\u{202e}.", Some(Tier::Weaker), Some("Be more careful")),
        remedy(10, "Talk to @team about fixes #1.", None, None),
        remedy(11, "Alert on lag.", Some(Tier::Intermediate), Some("Alert on lag.")),
    ]
}

fn nasty(source: &Source) -> DocumentReport {
    let mut error = finding(source, "human-error", Severity::Error, "human error\u{202e}");
    error.questions =
        vec!["What made \"\u{1b}[1mdb\" look like \"test\" to @team at that moment, so that the step seemed the right one to take?".into()];
    let hindsight = "The engineer\r\nshould have\r\nchecked\u{2028}twice";
    let counterfactual = finding(source, "counterfactual", Severity::Warning, hindsight);
    let note = finding(source, "hindsight", Severity::Note, "operator mistake");
    let mut questions: Vec<Question> = vec![question(&error.questions[0])];
    questions.extend((1..=9).map(|at| question(&format!("What about \r\n ::set-output:: {at}?"))));
    DocumentReport {
        verdict_reasons: vec![],
        remedies: remedies(),
        path: source.path.clone(),
        title: Some("Outage 🙈 of `db`".into()),
        date: None,
        language: "en".into(),
        markup: None,
        verdict: Verdict::StartOver,
        claims: vec![claim(ClaimHead::Human, 3), claim(ClaimHead::Propagation, 4)],
        sections: vec![SectionReport { role: "cause".into(), heading: "Root cause".into(), line: 1 }],
        findings: vec![error, counterfactual, note],
        coverage: coverage(),
        actions: Actions { stronger: 0, intermediate: 1, weaker: 3 },
        systems: vec![],
        timeline: vec![TimelineRow {
            time: "14:02".into(),
            line: 2,
            quote: "14:02 `db` | ``` alarm <b>".into(),
            marks: vec![TimelineEvent::Onset],
            reason: None,
            minute: None,
        }],
        conflicts: vec![Conflict {
            theme: "remedies-ahead".into(),
            text: "The fixes of @team know\n::error::x more, fixes #1 <img src=x>.".into(),
            lines: vec![3],
        }],
        questions,
        suppressed: vec![
            suppressed("weak-action", 9, "agreed\u{7}\n::error::x", SuppressedBy::Comment),
            suppressed("hindsight\u{1b}[1m", 12, "said so ##[add-mask]e \u{202e}", SuppressedBy::Comment),
            suppressed("weak-action", 14, "baseline", SuppressedBy::Baseline),
            suppressed("weak-action", 15, "agreed\u{7}\n::error::x", SuppressedBy::Comment),
            suppressed("human-error", 16, "baseline", SuppressedBy::Baseline),
        ],
        truncated: 12,
    }
}

fn suppressed(rule: &str, line: usize, reason: &str, by: SuppressedBy) -> Suppressed {
    let (quote, offset) = ("Be more\r\ncareful\u{202e}", 100 * line);
    Suppressed {
        rule: rule.into(),
        line,
        start: Position { line, column: 3, offset, byte_column: 3 },
        end: Position { line: line + 1, column: 9, offset: offset + quote.len(), byte_column: 11 },
        reason: reason.into(),
        by,
        severity: Severity::Warning,
        quote: quote.into(),
        fingerprint: format!("{rule}-fingerprint"),
    }
}

fn baseline() -> BaselineReport {
    let entry = |path: &str, count| StaleEntry {
        path: path.into(),
        rule: "human-error".into(),
        excerpt: "Human\u{1b}[1m error…".into(),
        count,
    };
    BaselineReport { path: PATH.into(), known: 2, stale: vec![entry(PATH, 2), entry("gone.md", 1)] }
}

fn calm(verdict: Verdict) -> DocumentReport {
    let examined = BucketReport { status: BucketStatus::Examined, evidence: vec![] };
    DocumentReport {
        path: "b.md".into(),
        claims: vec![
            claim(ClaimHead::Human, 8),
            claim(ClaimHead::Condition, 9),
            claim(ClaimHead::Condition, 12),
        ],
        verdict,
        findings: vec![],
        coverage: vec![("upstream".into(), examined)],
        actions: Actions::default(),
        remedies: vec![],
        systems: vec![],
        timeline: vec![],
        conflicts: Vec::new(),
        questions: vec![],
        suppressed: vec![],
        truncated: 0,
        ..nasty(&source())
    }
}

static BUCKETS: LazyLock<Vec<Bucket>> = LazyLock::new(|| {
    let bucket = |id: &str, name: &str| Bucket {
        id: id.into(),
        role: BucketRole::Outside,
        name: name.into(),
        summary: String::new(),
        why: String::new(),
        references: vec![],
        unless: vec![],
        factors: vec![Factor {
            id: "release".into(),
            summary: String::new(),
            aftermath: false,
            counts: vec![],
            silent: vec![],
        }],
    };
    vec![bucket("operational-maturity", "operational maturity"), bucket("upstream", "upstream")]
});

fn options() -> Options<'static> {
    Options {
        width: 80,
        buckets: &BUCKETS,
        themes: &Lexicon::embedded().questions.theme,
        ..Options::default()
    }
}

fn rendered(format: Format, change: impl Fn(&mut Options<'_>)) -> String {
    let source = source();
    let mut options = Options { several: true, ..options() };
    change(&mut options);
    let report = nasty(&source);
    let skip = Skipped { path: "a\u{1b}.md".into(), reason: "not-a-postmortem".into() };
    let fail = FileError { path: PATH.into(), message: "is empty".into() };
    let report = Report::new("2026.1", vec![report, calm(Verdict::Clear)], vec![skip], vec![fail]);
    let report = Report { baseline: Some(baseline()), ..report };
    whole(format, &report, |_| &source, &options)
}

fn summary_of(report: &DocumentReport) -> String {
    document(Format::Text, report, &source(), &options())
}

/// Panics if the text contains anything that must never reach a terminal or a log.
#[track_caller]
fn assert_harmless(text: &str) {
    let harmless = |sign: char| sign == '\n' || sign == '\t' || !sign.is_control();
    assert!(text.chars().all(harmless), "a control character is obeyed");
    assert!(!text.contains(['\u{202e}', '\u{2028}']), "text is reordered or broken");
    assert!(!text.contains("##[") && !text.contains("##vso["), "a workflow command");
    assert!(text.lines().all(|line| !line.trim_start().starts_with("::")), "a workflow command");
}

#[test]
fn text_is_readable_and_harmless() {
    let text = rendered(Format::Text, |_| {});
    assert_harmless(&text);
    insta::assert_snapshot!("text", text);
}

#[test]
fn narrow_text_is_wrapped() {
    let text = rendered(Format::Text, |options| options.width = 50);
    assert_harmless(&text);
    insta::assert_snapshot!("text_narrow", text);
}

#[test]
fn quiet_text_is_findings_only() {
    insta::assert_snapshot!("text_quiet", rendered(Format::Text, |options| options.parts = Parts::Findings));
}

#[test]
fn only_our_own_colours_are_used() {
    let text = rendered(Format::Text, |options| options.color = true);
    assert!(text.contains("\u{1b}[") && text.contains('␛'));
    assert_harmless(&anstream::adapter::strip_str(&text).to_string());
    assert_eq!(anstream::adapter::strip_str(&text).to_string(), rendered(Format::Text, |_| {}));
}

#[test]
fn concise_has_one_line_per_finding() {
    let text = rendered(Format::Concise, |_| {});
    assert_harmless(&text);
    insta::assert_snapshot!("concise", text);
    insta::assert_snapshot!(
        "concise_quiet",
        rendered(Format::Concise, |options| options.parts = Parts::Findings)
    );
}

#[test]
fn json_follows_the_contract() {
    let text = rendered(Format::Json, |_| {});
    assert_harmless(&text);
    insta::assert_snapshot!("json", without_version(&text));
}

#[test]
fn jsonl_has_one_object_per_line() {
    let text = rendered(Format::Jsonl, |_| {});
    let kinds: Vec<String> = text.lines().map(kind_of).collect();
    assert_eq!(kinds, ["document", "document", "skipped", "error", "summary"]);
    assert_harmless(&text);
    insta::assert_snapshot!("jsonl", without_version(&text));
}

#[test]
fn the_sheet_is_markdown_with_space_for_answers() {
    let text = sheet(&nasty(&source()), &options()) + &sheet(&calm(Verdict::Clear), &options());
    assert_harmless(&text);
    insta::assert_snapshot!("sheet", text);
}

#[test]
fn a_calm_sheet_is_short() {
    insta::assert_snapshot!("sheet_calm", sheet(&calm(Verdict::Clear), &options()));
}

/// Removes the version, because a release does not change the format.
fn without_version(json: &str) -> String {
    json.replace(env!("CARGO_PKG_VERSION"), "[version]")
}

fn kind_of(line: &str) -> String {
    let object: serde_json::Value = serde_json::from_str(line).unwrap();
    object["type"].as_str().unwrap().to_owned()
}

#[test]
fn calm_documents_are_short() {
    let all = [Verdict::Clear, Verdict::Examined, Verdict::Undetermined];
    insta::assert_snapshot!("calm", all.map(|verdict| summary_of(&calm(verdict))).join("---\n"));
}

#[test]
fn an_old_document_without_news_takes_two_lines() {
    let known = suppressed("human-error", 3, "baseline", SuppressedBy::Baseline);
    let allowed = suppressed("hindsight", 5, "agreed", SuppressedBy::Comment);
    let report = DocumentReport { suppressed: vec![known, allowed], ..calm(Verdict::StartOver) };
    insta::assert_snapshot!("known", summary_of(&report));
}

#[test]
fn other_languages_are_not_judged() {
    let report = DocumentReport { language: "und".into(), ..calm(Verdict::Undetermined) };
    assert_eq!(summary_of(&report), "not judged: rcalint reads English only\n");
}

#[test]
fn a_very_long_sentence_is_shown_in_part() {
    let source = Source::new("x.md", &"human error ".repeat(100_000));
    let mut report = nasty(&self::source());
    report.findings = vec![finding(&source, "human-error", Severity::Error, &source.text)];
    let options = Options { parts: Parts::Findings, ..options() };
    for format in [Format::Text, Format::Concise] {
        assert!(document(format, &report, &source, &options).len() < 2_000);
    }
}

proptest::proptest! {
    #[test]
    fn any_text_and_any_span_is_shown_harmlessly(
        text in "(\\PC|[\\r\\n\t :#\\[\u{0}-\u{9f}\u{2028}\u{202e}漢🙈]){0,60}",
        from in 0..60_usize,
        length in 0..20_usize,
        width in 40..100_usize,
    ) {
        let source = Source::new("x.md", &text);
        let quote: String = source.text.chars().skip(from).take(length).collect();
        let mut report = nasty(&self::source());
        report.findings = vec![finding(&source, "human-error", Severity::Error, &quote)];
        report.questions[0].text.clone_from(&source.text);
        report.findings[0].questions = vec![source.text.clone()];
        let options = Options { width, several: true, ..options() };
        for format in [Format::Text, Format::Concise, Format::Jsonl] {
            assert_harmless(&document(format, &report, &source, &options));
        }
    }
}
