use crate::lexicon::Lexicon;
use crate::source::Source;
use crate::suppress::baseline::*;

const TEXT: &str = "\
# Outage \"one\" of C:\\db

## Root cause

The root cause was human error. Somebody forgot to renew the certificate.

## Lessons

Somebody forgot to renew the certificate.
";

fn report(text: &str) -> DocumentReport {
    crate::review::examine(&Source::new("a.md", text), Lexicon::embedded())
}

fn baseline(text: &str) -> Baseline {
    let mut baseline = Baseline::default();
    baseline.add("inc/a b\u{7}.md".into(), KnownFindings::from_report(&report(text)));
    baseline
}

#[track_caller]
fn assert_broken(text: &str, expected: &str) {
    assert_eq!(Baseline::parse(text).unwrap_err().to_string(), expected);
}

#[test]
fn a_baseline_is_read_as_it_was_written() {
    let baseline = baseline(TEXT);
    assert_eq!(Baseline::parse(&baseline.to_text()), Ok(baseline.clone()));
    insta::assert_snapshot!(baseline.to_text());
}

#[test]
fn only_known_findings_are_suppressed() {
    let known = KnownFindings::from_report(&report(TEXT));
    let mut same = report(TEXT);
    assert_eq!(known.suppress(&mut same).count(), 0);
    assert!(same.findings.is_empty() && same.suppressed.len() == known.count());
    let mut more = report(&format!("{TEXT}\nSomebody  forgot to renew\nthe **certificate**.\n"));
    assert_eq!(known.suppress(&mut more).count(), 0);
    let rules: Vec<&str> = more.findings.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!(rules, ["blamed-omission"], "the third of three equal sentences is new");
}

#[test]
fn entries_without_a_match_are_stale() {
    let known = KnownFindings::from_report(&report(TEXT));
    let mut fixed = report(&TEXT.replace("The root cause was human error. ", ""));
    let left = known.suppress(&mut fixed);
    let rules: Vec<&str> = left.entries.keys().map(|key| key.rule.as_str()).collect();
    assert_eq!(rules, ["concludes-with-human-error", "human-error"]);
    assert_eq!(known.without(&left).count() + left.count(), known.count());
}

#[test]
fn a_moved_document_is_recognised_by_its_title() {
    let (baseline, here) = (baseline(TEXT), report(TEXT));
    assert!(baseline.gone(|_| true).path_of(&here).is_some());
    assert!(baseline.gone(|_| false).path_of(&here).is_none(), "the old file is still there");
    let other = report(&TEXT.replace("Outage", "Another outage"));
    assert!(baseline.gone(|_| true).path_of(&other).is_none(), "the same sentences in another incident");
}

#[test]
fn anything_but_a_baseline_is_reported() {
    assert_broken(
        "version = 2\nnew = true",
        "made by a newer rcalint: version 2 of the file, and this one reads up to 1",
    );
    assert_broken("", "not a baseline: line 1: missing field `version`");
    assert_broken("{}", "not a baseline: line 1: invalid key-value pair, expected key");
    assert_broken(
        "version = 1\n\n[[documents]]",
        "not a baseline: line 3: unknown field `documents`, expected `version` or `document`",
    );
}

#[test]
fn two_entries_of_one_document_count_as_one() {
    let text = baseline(TEXT).to_text();
    let (head, document) = text.split_once("[[document]]").unwrap();
    let twice = format!("{head}[[document]]{document}\n[[document]]{document}");
    assert_eq!(Baseline::parse(&twice), Ok(baseline(TEXT)));
}

#[test]
fn counts_of_any_size_add_up_without_wrapping() {
    let text = baseline(TEXT).to_text();
    let most = text.replace(", count = 2", "").replace(", excerpt", ", count = 9223372036854775807, excerpt");
    let most = Baseline::parse(&most).unwrap();
    assert_eq!(most.count(), usize::MAX);
    assert_eq!(Baseline::parse(&text).unwrap().grown_since(&most), 0);
    assert!(most.grown_since(&Baseline::default()) > most.count() / 2);
}
