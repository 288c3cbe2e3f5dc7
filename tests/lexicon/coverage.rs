//! Tests the buckets: each sentence of a factor in `lexicon/buckets/` is reviewed as a postmortem.
//!
//! A sentence under `counts` makes its bucket examined, with evidence on the line of that sentence. A sentence under
//! `silent` is no evidence for its bucket: a mere mention, a remedy alone, a record, or a person's mistake.

use rcalint::lexicon::{Bucket, Example, Factor, Lexicon};
use rcalint::report::{BucketReport, BucketStatus};
use rcalint::review::review;
use rcalint::source::Source;

/// Line of the sentence in [`coverage_of`], from 1.
const SENTENCE: usize = 5;

#[test]
fn a_sentence_that_states_a_factor_counts() {
    let missed =
        examples(|factor| &factor.counts, |bucket, example| !is_shown(&coverage_of(bucket, example)));
    assert!(missed.is_empty(), "no evidence in:\n{}", missed.join("\n"));
}

#[test]
fn a_sentence_that_only_mentions_a_factor_does_not_count() {
    let claimed =
        examples(|factor| &factor.silent, |bucket, example| is_examined(&coverage_of(bucket, example)));
    assert!(claimed.is_empty(), "wrongly taken for evidence:\n{}", claimed.join("\n"));
}

#[test]
fn a_sentence_is_filed_under_the_factor_that_it_shows() {
    let filed = |bucket: &str, text: &str| {
        let bucket = Lexicon::embedded().buckets.iter().find(|known| known.id == bucket).expect("a bucket");
        let example = Example { text: text.to_owned(), under: "cause".to_owned() };
        coverage_of(bucket, &example).evidence.into_iter().map(|found| found.factor).collect::<Vec<_>>()
    };
    for (bucket, text, factor) in [
        ("operational-maturity", "There was no check of the tonnage.", "change-control-and-guardrails"),
        ("operational-maturity", "The broker has no admission limit.", "capacity-and-limits"),
        ("operational-maturity", "There was insufficient capacity planning.", "capacity-and-limits"),
        ("operational-maturity", "There was no fallback for the core router.", "redundancy-and-blast-radius"),
        ("operational-maturity", "Migrations run on all the ferries at once.", "release-and-rollout"),
        ("integrations", "RDS had an outage.", "provider-outage"),
        ("integrations", "AWS replaced a node as part of maintenance.", "cloud-behaviour"),
        ("integrations", "There was an issue with MSK: our disk filled up.", "cloud-behaviour"),
        ("integrations", "The supplier confirmed that this is intended.", "third-party-services"),
    ] {
        assert_eq!(filed(bucket, text), [factor], "{text}");
    }
}

#[test]
fn every_factor_has_examples_that_count_and_that_do_not() {
    let lacking = |factor: &&Factor| factor.counts.is_empty() || factor.silent.is_empty();
    let lacking: Vec<&str> =
        factors().map(|(_, factor)| factor).filter(lacking).map(|factor| factor.id.as_str()).collect();
    assert!(lacking.is_empty(), "without examples: {lacking:?}");
}

#[test]
fn a_mistake_is_never_evidence_for_conditions_around_people() {
    for text in [
        "An engineer made a mistake.",
        "The root cause was human error.",
        "The operator forgot the last step.",
        "The on-call engineer was careless.",
        "The outage was caused by a typo.",
    ] {
        let human =
            Lexicon::embedded().buckets.iter().find(|bucket| bucket.id == "human").expect("a bucket `human`");
        let example = Example { text: text.to_owned(), under: "cause".to_owned() };
        assert!(!is_examined(&coverage_of(human, &example)), "{text}");
    }
}

#[test]
fn a_document_without_causes_examines_nothing() {
    let text = "# Outage\n\n## Timeline\n\n- 10:00 site down\n- 10:20 site up\n\n## Root cause\n\nTBD\n";
    let report = review(&Source::new("outage.md", text), Lexicon::embedded());
    assert!(report.coverage.iter().all(|(_, bucket)| !is_examined(bucket)), "{:?}", report.coverage);
}

fn factors() -> impl Iterator<Item = (&'static Bucket, &'static Factor)> {
    Lexicon::embedded()
        .buckets
        .iter()
        .flat_map(|bucket| bucket.factors.iter().map(move |factor| (bucket, factor)))
}

/// Returns the examples of all factors for which `fails` is true, as lines for a message.
fn examples(of: impl Fn(&Factor) -> &Vec<Example>, fails: impl Fn(&Bucket, &Example) -> bool) -> Vec<String> {
    let mut failed = Vec::new();
    for (bucket, factor) in factors() {
        let bad = of(factor).iter().filter(|example| fails(bucket, example));
        failed.extend(
            bad.map(|example| {
                format!("{}/{} under {}: {}", bucket.id, factor.id, example.under, example.text)
            }),
        );
    }
    failed
}

fn coverage_of(bucket: &Bucket, example: &Example) -> BucketReport {
    let text = format!("# Incident\n\n## {}\n\n{}\n", heading(&example.under), example.text);
    let report = review(&Source::new("incident.md", &text), Lexicon::embedded());
    let found = report.coverage.into_iter().find(|(id, _)| *id == bucket.id);
    found.map(|(_, report)| report).expect("every bucket is reported")
}

fn is_examined(report: &BucketReport) -> bool {
    report.status == BucketStatus::Examined
}

fn is_shown(report: &BucketReport) -> bool {
    is_examined(report) && report.evidence.iter().any(|evidence| evidence.line == SENTENCE)
}

fn heading(under: &str) -> &str {
    match under {
        "cause" => "Root cause",
        "contributing-factors" => "Contributing factors",
        "actions" => "Action items",
        "timeline" => "Timeline",
        "resolution" => "Resolution",
        "background" => "Background",
        "impact" => "Impact",
        "went-wrong" => "What went wrong",
        "summary" => "Summary",
        other => panic!("`{other}` is no heading of an example"),
    }
}
