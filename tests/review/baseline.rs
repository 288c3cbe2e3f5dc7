//! A baseline survives edits that do not change the content of a text: rewrapping, moving sections, changing line ends.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]
#![expect(clippy::disallowed_methods, reason = "a test reads the examples it rewrites")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use proptest::prelude::*;
use proptest::sample::select;
use rcalint::lexicon::Lexicon;
use rcalint::report::{DocumentReport, Finding};
use rcalint::review::examine;
use rcalint::source::Source;
use rcalint::suppress::baseline::{Baseline, KnownFindings};

use super::wrapping::wrapped;

fn report(text: &str) -> DocumentReport {
    examine(&Source::new("any.md", text), Lexicon::embedded())
}

fn is_text_rule(rule: &str) -> bool {
    Lexicon::embedded().rule(rule).is_some_and(|rule| rule.kind.is_text())
}

/// Returns the examples that contain a finding.
fn examples() -> &'static [String] {
    static EXAMPLES: OnceLock<Vec<String>> = OnceLock::new();
    EXAMPLES.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
        let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.is_file());
        paths.sort();
        let texts = paths.iter().map(|path| fs::read_to_string(path).unwrap().replace("\r\n", "\n"));
        texts.filter(|text| report(text).findings.iter().any(|found| is_text_rule(&found.rule))).collect()
    })
}

/// Returns the sections of a text in another order; the text before the first section stays there.
fn moved(text: &str, order: &[prop::sample::Index]) -> String {
    let mut sections: Vec<&str> = text.split("\n## ").collect();
    let head = sections.remove(0);
    let mut out = head.to_owned();
    for index in order.iter().cycle().take(sections.len().min(40)) {
        let section = sections.remove(index.index(sections.len()));
        out += "\n\n## ";
        out += section.trim_end();
    }
    out + "\n"
}

/// Counts how often each rule finds each sentence, ignoring case, white space and punctuation.
fn counts<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> BTreeMap<(String, String), usize> {
    let mut counts = BTreeMap::new();
    for found in findings {
        let letters: String =
            found.sentence.to_lowercase().chars().filter(|sign| sign.is_alphanumeric()).collect();
        *counts.entry((found.rule.clone(), letters)).or_default() += 1;
    }
    counts
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 40, ..ProptestConfig::default() })]

    /// Rules about the whole document are left out, because they may give another result for the rewrapped text.
    #[test]
    fn a_rewrapped_text_is_known(text in select(examples()), width in 30..200_usize, windows: bool) {
        let known = KnownFindings::from_report(&report(&text));
        let text = wrapped(&text, width);
        let mut after = report(&if windows { text.replace('\n', "\r\n") } else { text });
        let left = known.suppress(&mut after);
        let new: Vec<&Finding> = after.findings.iter().filter(|found| is_text_rule(&found.rule)).collect();
        prop_assert!(new.is_empty(), "new: {new:#?}");
        let gone: Vec<_> = left.entries.keys().filter(|key| is_text_rule(&key.rule)).collect();
        prop_assert!(gone.is_empty(), "gone: {gone:#?}");
        prop_assert_eq!(after.suppressed.len(), known.count() - left.count());
    }

    #[test]
    fn line_ends_and_blank_lines_do_not_matter(text in select(examples()), blank in 1..4_usize) {
        let known = KnownFindings::from_report(&report(&text));
        let mut after = report(&text.replace("\n\n", &"\n".repeat(blank + 1)).replace('\n', "\r\n"));
        let left = known.suppress(&mut after);
        prop_assert!(left.entries.keys().all(|key| !is_text_rule(&key.rule)), "{left:#?}");
        prop_assert!(after.findings.iter().all(|found| !is_text_rule(&found.rule)), "{:#?}", after.findings);
    }

    #[test]
    fn moved_sections_are_known(text in select(examples()), order: [prop::sample::Index; 9]) {
        let before = report(&text);
        let mut after = report(&moved(&text, &order));
        let (old, new) = (counts(&before.findings), counts(&after.findings));
        let _ = KnownFindings::from_report(&before).suppress(&mut after);
        let fresh: BTreeMap<_, _> = new
            .into_iter()
            .map(|(key, count)| (key.clone(), count.saturating_sub(old.get(&key).copied().unwrap_or_default())))
            .filter(|(_, count)| *count > 0)
            .collect();
        prop_assert_eq!(counts(&after.findings), fresh);
    }

    #[test]
    fn what_is_new_is_never_known(text in select(examples()), host in 1000..9999_u32) {
        let known = KnownFindings::from_report(&report(&text));
        let sentence = format!("The operator forgot to renew the certificate of host {host}.");
        let mut after = report(&format!("{text}\n\n## Root cause\n\n{sentence}\n"));
        let _ = known.suppress(&mut after);
        prop_assert!(after.findings.iter().any(|found| found.sentence == sentence));
    }

    #[test]
    fn any_baseline_is_read_as_it_was_written(path in "\\PC{1,20}", title: Option<String>, noise in "\\PC{0,20}") {
        let text = format!("# Outage\n\n## Root cause\n\nHuman error {noise} was the cause.\n");
        let mut report = report(&text);
        report.title = title;
        let mut baseline = Baseline::default();
        baseline.add(path, KnownFindings::from_report(&report));
        prop_assert_eq!(Baseline::parse(&baseline.to_text()), Ok(baseline));
    }
}
