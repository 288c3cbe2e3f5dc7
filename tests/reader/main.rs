//! The learned reader as part of the program: what it adds to the lexicon, how it is turned off, and how its evidence is
//! weighed. The other tests run without it, so that new weights change none of their expectations.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]
#![expect(clippy::disallowed_methods, reason = "a test reads documents and starts the program")]

mod program;

use std::fs;
use std::path::Path;

use rcalint::lexicon::Lexicon;
use rcalint::model::Verdict;
use rcalint::reader::Reader;
use rcalint::report::{DocumentReport, VerdictQuestion, Witness};
use rcalint::source::Source;
use rcalint::{Witnesses, review};

/// A report in plain words: no pattern of the lexicon matches.
const PLAIN: &str = "\
# Lost orders

## Why

The new colleague in dispatch closed the queue before it was empty, against what she had been told at her induction.

We have spoken with her.
";

/// Number of training documents that the slower tests read.
const SAMPLE: usize = 25;

fn read(text: &str) -> DocumentReport {
    let witnesses = Witnesses { lexicon: Lexicon::embedded(), reader: Some(Reader::embedded()) };
    review(&Source::new("report.md", text), witnesses)
}

/// Returns the reports on some documents of the training data.
fn sample() -> Vec<DocumentReport> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("training/data/written/docs");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().step_by(paths.len() / SAMPLE).map(|path| read(&fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn blame_in_plain_words_is_found() {
    let alone = review(&Source::new("report.md", PLAIN), Lexicon::embedded());
    assert!(alone.findings.iter().all(|finding| finding.evidence.is_empty()));
    let report = read(PLAIN);
    assert_eq!(report.verdict, Verdict::StartOver);
    let finding = report.findings.iter().find(|finding| finding.rule == "blamed-action").unwrap();
    assert!(finding.cause && PLAIN.contains(&finding.quote));
    assert_eq!(finding.evidence.iter().map(|one| one.witness).collect::<Vec<_>>(), [Witness::Reader]);
}

#[test]
fn what_a_program_left_out_is_nobodys_omission() {
    let findings = |text: &str| read(&format!("# P\n\n## Root cause\n\n{text}\n")).findings;
    for (text, is_blame) in [
        ("The migration script did not consider empty rows.", false),
        ("The deployment checklist didn't verify the working directory.", false),
        ("`kubelet` did not check the free space before it started the pods.", false),
        ("`cleanup-job` did not renew the lease.", false),
        ("The database engineer did not consider empty rows.", true),
    ] {
        let found = findings(text);
        assert_eq!(found.iter().any(|finding| finding.rule == "blamed-omission"), is_blame, "{text}");
    }
}

#[test]
fn the_points_of_a_finding_add_up_to_zero_or_more() {
    for report in sample() {
        for finding in report.findings.iter().filter(|finding| !finding.evidence.is_empty()) {
            let points: i32 = finding.evidence.iter().map(|evidence| evidence.points).sum();
            assert!(points >= 0, "{}: {finding:?}", report.path);
        }
    }
}

#[test]
fn the_points_of_the_reasons_give_the_verdict() {
    for report in sample() {
        let holds = |about| {
            let reasons = report.verdict_reasons.iter().filter(|reason| reason.about == about);
            reasons.map(|reason| reason.points).sum::<i32>() >= 0
        };
        let expected = match (VerdictQuestion::Stated, VerdictQuestion::Person, VerdictQuestion::Examined) {
            (stated, ..) if !holds(stated) => Verdict::Undetermined,
            (_, person, _) if !holds(person) => Verdict::Clear,
            (.., examined) if holds(examined) => Verdict::Examined,
            _ => Verdict::StartOver,
        };
        assert_eq!(report.verdict, expected);
    }
}

#[test]
fn a_verdict_names_the_claims_it_rests_on() {
    for report in sample() {
        let based = report.claims.iter().any(|claim| claim.read_as.is_some());
        let blames = matches!(report.verdict, Verdict::StartOver | Verdict::Examined);
        assert!(based || !blames, "{:?} {:?}", report.title, report.verdict);
    }
}

#[test]
fn the_words_of_a_finding_are_whole_words() {
    for report in sample() {
        for finding in &report.findings {
            let at = finding.sentence.find(&finding.quote).unwrap_or_default();
            let before = finding.sentence[..at].chars().next_back();
            let after = finding.sentence[at + finding.quote.len()..].chars().next();
            let in_word = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
            assert!(!in_word(before) && !in_word(after), "{:?} in {:?}", finding.quote, finding.sentence);
        }
    }
}

#[test]
fn a_document_without_sentences_is_read() {
    for text in ["", "\n", "```\ncode\n```\n", "| |\n| - |\n"] {
        assert_eq!(read(text).verdict, Verdict::Undetermined, "{text:?}");
    }
}
