//! Scenarios: each is a short postmortem that ends with the result that a careful reader expects.
//!
//! Each `<!-- expect: … -->` line of `tests/scenarios/*.md` and `*.html` is one of these:
//!
//! - `verdict start-over`
//! - `finding blamed-action "the words"`: a finding of that rule touches these words
//! - `allowed blamed-action "the words"`: a comment in the text allows that finding
//! - `no finding`: no text rule finds anything
//! - `bucket upstream examined`
//!
//! A text finding that no line expects is also a failure. `<!-- known gap: reason -->` marks a scenario that does not
//! pass yet. It is skipped and counted; when it passes, it fails, so that the mark is removed.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]
#![expect(clippy::disallowed_methods, reason = "a test reads its own scenarios")]
#![expect(clippy::print_stdout, reason = "the gaps are counted where a person looks for them")]

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use rcalint::lexicon::Lexicon;
use rcalint::report::{DocumentReport, Finding, Suppressed};
use rcalint::review;
use rcalint::source::Source;
use regex::Regex;

/// Minimum number of scenarios.
const FEWEST: usize = 60;

#[test]
fn every_scenario_passes() {
    let files = scenarios();
    assert!(files.len() >= FEWEST, "only {} scenarios are read", files.len());
    let mut wrong = Vec::new();
    let mut gaps = Vec::new();
    for file in &files {
        let name = file.file_stem().unwrap().to_string_lossy();
        let scenario = Scenario::read(&file.to_string_lossy(), &fs::read_to_string(file).unwrap());
        let failures = scenario.failures();
        match (&scenario.gap, failures.is_empty()) {
            (None, true) => {}
            (None, false) => wrong.push(format!("{name}:\n  {}", failures.join("\n  "))),
            (Some(why), false) => gaps.push(format!("{name}: {why}")),
            (Some(_), true) => wrong.push(format!("{name}: holds now; take its `known gap` line away")),
        }
    }
    println!("{} scenarios, {} known gaps:\n{}", files.len(), gaps.len(), gaps.join("\n"));
    assert!(wrong.is_empty(), "{} of {} do not hold:\n{}", wrong.len(), files.len(), wrong.join("\n"));
}

fn scenarios() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    // Those in other dialects of Markdown have a folder of their own, because no other parser reads them alike.
    let folders = [folder.join("dialects"), folder];
    let entries =
        folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path());
    let is_scenario = |path: &PathBuf| path.extension().is_some_and(|end| end == "md" || end == "html");
    let mut files: Vec<_> = entries.filter(is_scenario).collect();
    files.sort();
    files
}

/// An expectation of a scenario.
enum Expectation {
    Verdict(String),
    Finding { rule: String, words: String },
    Allowed { rule: String, words: String },
    NoFinding,
    Bucket { id: String, status: String },
}

impl Expectation {
    #[track_caller]
    fn parse(text: &str) -> Self {
        let parts: Vec<&str> = text.splitn(3, ' ').collect();
        match parts[..] {
            ["verdict", verdict] => Self::Verdict(verdict.to_owned()),
            ["no", "finding"] => Self::NoFinding,
            ["bucket", id, status] => Self::Bucket { id: id.to_owned(), status: status.to_owned() },
            ["finding" | "allowed", rule, words]
                if words.len() > 2 && words.starts_with('"') && words.ends_with('"') =>
            {
                let (rule, words) = (rule.to_owned(), words[1..words.len() - 1].to_owned());
                if parts[0] == "allowed" {
                    Self::Allowed { rule, words }
                } else {
                    Self::Finding { rule, words }
                }
            }
            _ => panic!("`{text}` is no expectation"),
        }
    }
}

struct Scenario {
    text: String,
    expected: Vec<Expectation>,
    gap: Option<String>,
    report: DocumentReport,
}

impl Scenario {
    #[track_caller]
    fn read(path: &str, text: &str) -> Self {
        let mark = Regex::new(r"<!-- (expect|known gap): (.*?) -->").unwrap();
        let marks = |kind: &'static str| {
            let found = mark.captures_iter(text).filter(move |found| &found[1] == kind);
            found.map(|found| found[2].to_owned())
        };
        let expected: Vec<Expectation> = marks("expect").map(|text| Expectation::parse(&text)).collect();
        assert!(!expected.is_empty(), "a scenario without an expectation: {text}");
        let gap = marks("known gap").next();
        let report = review(&Source::new(path, text), Lexicon::embedded());
        Self { text: text.to_owned(), expected, gap, report }
    }

    fn failures(&self) -> Vec<String> {
        let expected = self.expected.iter().filter_map(|expectation| self.failure(expectation));
        expected.chain(self.surprises()).collect()
    }

    fn failure(&self, expectation: &Expectation) -> Option<String> {
        match expectation {
            Expectation::Verdict(verdict) => {
                let found = id(&self.report.verdict);
                (found != *verdict).then(|| format!("verdict {found}, not {verdict}; {}", self.claims()))
            }
            Expectation::Finding { rule, words } => {
                let places = self.places(words);
                assert!(!places.is_empty(), "`{words}` does not stand in the text");
                let found = self.text_findings().any(|found| found.rule == *rule && touches(&places, found));
                (!found).then(|| format!("no {rule} at `{words}`"))
            }
            Expectation::Allowed { rule, words } => {
                let touches = |quote: &str| quote.contains(words) || words.contains(quote);
                let same = |found: &Suppressed| found.rule == *rule && touches(&found.quote);
                let found = self.report.suppressed.iter().any(same);
                (!found).then(|| format!("no {rule} is allowed at `{words}`"))
            }
            Expectation::NoFinding => None,
            Expectation::Bucket { id: bucket, status } => {
                let (_, report) = self.report.coverage.iter().find(|(id, _)| id == bucket).unwrap();
                let found = id(&report.status);
                let quotes: Vec<_> = report.evidence.iter().map(|evidence| &evidence.quote).collect();
                (found != *status).then(|| format!("{bucket} is {found}, not {status}: {quotes:?}"))
            }
        }
    }

    /// Returns the text findings that no line expects.
    fn surprises(&self) -> impl Iterator<Item = String> {
        let expected = |found: &Finding| {
            self.expected.iter().any(|expectation| match expectation {
                Expectation::Finding { rule, words } => {
                    found.rule == *rule && touches(&self.places(words), found)
                }
                _ => false,
            })
        };
        let surprises = self.text_findings().filter(move |found| !expected(found));
        surprises.map(|found| format!("unexpected {} at `{}`", found.rule, found.quote))
    }

    fn text_findings(&self) -> impl Iterator<Item = &Finding> {
        let rule = |id: &str| Lexicon::embedded().rule(id);
        let is_text = move |found: &&Finding| rule(&found.rule).is_some_and(|rule| rule.kind.is_text());
        self.report.findings.iter().filter(is_text)
    }

    /// Returns the positions of the words in the text, ignoring the white space between them.
    fn places(&self, words: &str) -> Vec<Range<usize>> {
        let words: Vec<String> = words.split_whitespace().map(regex::escape).collect();
        let place = Regex::new(&words.join(r"\s+")).unwrap();
        let marks = ["<!-- known gap:", "<!-- expect:"].iter().filter_map(|mark| self.text.find(mark));
        let body = marks.min().unwrap_or(self.text.len());
        place.find_iter(&self.text[..body]).map(|found| found.range()).collect()
    }

    fn claims(&self) -> String {
        let claims = &self.report.claims;
        let claims: Vec<String> =
            claims.iter().map(|claim| format!("{} `{}`", id(&claim.head), claim.quote)).collect();
        format!("read from: {}", claims.join(", "))
    }
}

fn touches(places: &[Range<usize>], found: &Finding) -> bool {
    places.iter().any(|place| place.start < found.end.offset && found.start.offset < place.end)
}

/// Returns the public name of a verdict, a status or a head.
fn id(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}
