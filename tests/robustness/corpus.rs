//! Runs the checks of `fuzz/` on inputs that fuzzers found and on random ones.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]
#![expect(clippy::disallowed_methods, reason = "a test reads its own inputs")]

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::checks;

/// Minimum number of inputs per target.
const FEWEST: usize = 10;

fn inputs(target: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn every_check_passes_on_the_corpus() {
    for (target, check) in checks::CHECKS {
        let files = inputs(target);
        assert!(files.len() >= FEWEST, "{target}: {} inputs", files.len());
        for file in files {
            let bytes = fs::read(&file).unwrap();
            let held = std::panic::catch_unwind(|| check(&bytes)).is_ok();
            assert!(held, "{}", file.display());
        }
    }
}

#[test]
fn every_target_has_a_check_and_a_folder() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let names = |folder: &str, end: &str| {
        let names = fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> =
            names.map(|name| name.to_str().unwrap().trim_end_matches(end).to_owned()).collect();
        names.sort();
        names
    };
    let mut known = checks::CHECKS.map(|(name, _)| name.to_owned());
    known.sort();
    assert_eq!(names("fuzz_targets", ".rs"), known);
    assert_eq!(names("corpus", ""), known);
}

#[test]
fn both_parsers_read_every_scenario_alike() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(files.len() > 60, "{} scenarios", files.len());
    for file in files.into_iter().filter(|file| file.extension().is_some_and(|end| end == "md")) {
        let text = fs::read_to_string(&file).unwrap();
        assert_eq!(checks::oracle::difference(&text), None, "{}", file.display());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_harmless_in_every_format(
        path in "(\\PC|:|##\\[){0,20}",
        words in "(\\PC|[`*_<>#|~&$:=+@!%./0-9\\r\\n\t \\[\\]()\u{1b}\u{85}\u{202e}\u{2028}-]|https://|www\\.|-->|##\\[|::error){0,20}",
    ) {
        checks::render::check(format!("{path}\0{words}\0# {words}\n\n{words} human error {words}\n").as_bytes());
    }
}
