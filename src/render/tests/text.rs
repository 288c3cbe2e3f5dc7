//! Tests of the text output: its order, its width and its evidence.

use crate::model::DocumentTrait;
use crate::render::tests::*;
use crate::report::{Guard, GuardKind, Reason, VerdictQuestion};

/// Only the location of a finding may be wider: a path is not broken.
#[test]
fn no_line_is_wider_than_the_terminal() {
    for width in [50, 80, 120] {
        for why in [false, true] {
            let text = rendered(Format::Text, |options| (options.width, options.why) = (width, why));
            let wide = |line: &&str| wrap::columns(line) > width && !line.contains("-->");
            assert_eq!(text.lines().find(wide), None, "{width} columns");
        }
    }
}

#[test]
fn a_finding_that_is_a_long_sentence_fits_the_terminal() {
    let source = Source::new("x.md", &"the operator 🙈 took no care ".repeat(40));
    let mut report = nasty(&self::source());
    report.findings = vec![finding(&source, "human-error", Severity::Error, source.text.trim_end())];
    for width in [50, 80, 100] {
        let text = document(Format::Text, &report, &source, &Options { width, ..options() });
        let wide = text.lines().find(|line| wrap::columns(line) > width);
        assert_eq!(wide, None, "{width} columns");
    }
}

#[test]
fn a_path_that_is_a_colon_begins_no_command_of_a_log() {
    let guard = |line| Guard {
        kind: GuardKind::Allow,
        path: ":".into(),
        line: Some(line),
        message: "a new comment allows findings".into(),
    };
    let guards: Vec<Guard> = (1..40).map(guard).collect();
    let report = Report { guard: Some(guards), ..Report::new("2026.1", vec![], vec![], vec![]) };
    let text = closing(Format::Text, &report, &options());
    assert!(text.contains("Also changed: \\::1 ("), "{text}");
    assert_eq!(text.lines().find(|line| line.starts_with("::")), None);
}

#[test]
fn why_adds_points_and_remedies() {
    insta::assert_snapshot!("text_why", rendered(Format::Text, |options| options.why = true));
}

#[test]
fn a_draft_shows_the_verdict_and_the_questions() {
    let text = rendered(Format::Text, |options| options.parts = Parts::Questions);
    assert!(text.contains("Questions to ask:") && !text.contains("error["), "{text}");
    assert!(!text.contains("contributing factor") && !text.contains("actions:"), "{text}");
}

#[test]
fn a_verdict_without_claims_says_what_it_was_weighed_from() {
    let reason = |kind, points| Reason { about: VerdictQuestion::Stated, kind, value: 100, points };
    let reasons = [(None, 9), (Some(DocumentTrait::Length), 7), (Some(DocumentTrait::AnyCause), 6)];
    let verdict_reasons = reasons.map(|(kind, points)| reason(kind, points)).to_vec();
    let report = DocumentReport { claims: vec![], verdict_reasons, ..calm(Verdict::Clear) };
    let text = summary_of(&report).replace("\n  ", " ");
    let weighed = "(no single sentence was recognised as the cause; what counted most: any cause)";
    assert!(text.contains(weighed), "{text}");
}

#[test]
fn findings_are_ordered_by_weight() {
    let mut report = nasty(&source());
    report.findings.reverse();
    let text = summary_of(&report);
    let at = |title: &str| text.find(title).unwrap_or_else(|| panic!("no {title} in {text}"));
    assert!(at("error[") < at("warning[") && at("warning[") < at("note["), "{text}");
    assert!(at("start over: ") < at("Questions to ask:") && at("Questions to ask:") < at("error["), "{text}");
}

#[test]
fn the_words_of_a_bucket_are_the_best_ones() {
    let text = summary_of(&nasty(&source()));
    let rows = "    line 3 \"no check\"\n    line 6 \"nobody had rehearsed the way back since 2021 ␛[1m…\"\n    \
                line 7 \"no alert\"\n    and lines 5, 8\n";
    assert!(text.contains(rows), "{text}");
}

#[test]
fn a_report_for_another_text_has_no_snippets() {
    let nasty = nasty(&source());
    let options = Options { parts: Parts::Findings, ..options() };
    let text = document(Format::Text, &nasty, &Source::new("x.md", "short"), &options);
    assert!(text.contains("error[human-error]: the text stops at"));
}

/// A span that ends with the line has no characters to underline on the next one.
#[test]
fn a_span_over_a_line_end_is_shown() {
    let source = Source::new("x.md", "a \r\n\u{1093f} b\n");
    for quote in ["\r", "\r\n", "a \r\n", "\n", "\n\u{1093f}", "\u{1093f} b\n"] {
        let mut report = nasty(&self::source());
        report.findings = vec![finding(&source, "human-error", Severity::Error, quote)];
        let options = Options { width: 40, several: true, ..options() };
        assert_harmless(&document(Format::Text, &report, &source, &options));
    }
}
