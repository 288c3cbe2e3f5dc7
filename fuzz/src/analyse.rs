//! The whole pipeline: no panics, and every location in a report is correct.

use rcalint::lexicon::Lexicon;
use rcalint::report::DocumentReport;
use rcalint::source::Source;

/// Enough English text for the document to be judged as English.
const ENGLISH: &str = "\n\n## Notes\n\nThe disk of the server was full, and it was not at all clear to us what the\n\
    alert of that night was about, so that it took a while until the service was up and the\n\
    queue was empty for all of the users who had been in it from the first of the two hours.\n";

/// Reviews the bytes, once alone and once as part of an English text.
pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (source, report) = review(&text);
    assert_locations(&source, &report);
    if report.language != "en" {
        let (source, report) = review(&format!("{text}{}", ENGLISH.repeat(1 + text.len() / ENGLISH.len())));
        assert_locations(&source, &report);
    }
}

/// Reviews a text with the shipped lexicon.
pub fn review(text: &str) -> (Source, DocumentReport) {
    let source = Source::new("any.md", text);
    let report = rcalint::review(&source, Lexicon::embedded());
    (source, report)
}

/// Panics if a location in the report is wrong.
pub fn assert_locations(source: &Source, report: &DocumentReport) {
    for found in &report.findings {
        let (start, end) = (found.start.offset - source.shift, found.end.offset - source.shift);
        assert_eq!(source.text.get(start..end), Some(&*found.quote), "{} at {start}", found.rule);
        assert!(start < end, "{} is empty", found.rule);
        let before = &source.text[..start];
        assert_eq!(found.start.line, before.matches('\n').count() + 1, "{} at {start}", found.rule);
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        assert_eq!(found.start.column, column, "{} at {start}", found.rule);
    }
    let lines = 1 + source.text.matches('\n').count();
    let sections = report.sections.iter().map(|section| section.line);
    let claims = report.claims.iter().map(|claim| claim.line);
    let evidence =
        report.coverage.iter().flat_map(|(_, bucket)| &bucket.evidence).map(|evidence| evidence.line);
    let rows = report.timeline.iter().map(|row| row.line);
    let conflicts = report.conflicts.iter().flat_map(|conflict| &conflict.lines).copied();
    let suppressed = report.suppressed.iter().map(|finding| finding.line);
    for line in sections.chain(claims).chain(evidence).chain(rows).chain(conflicts).chain(suppressed) {
        assert!((1..=lines).contains(&line), "line {line} of {lines}");
    }
}
