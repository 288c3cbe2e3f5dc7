//! Tests of the lexicon: its examples pass, its texts have the required form, its lists are sorted, and errors in its
//! files are reported with their location.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]
#![expect(
    clippy::disallowed_methods,
    reason = "a test reads, and on request rewrites, the files it holds in order"
)]

mod coverage;
mod errors;
mod examples;
mod order;
mod own_entries;
mod registry;
#[path = "../support/rust_code.rs"]
mod rust_code;

use std::path::{Path, PathBuf};

use rcalint::lexicon::embedded::FILES;
use rcalint::lexicon::named_text::NamedText;
use rcalint::lexicon::{Lexicon, Rule};

/// Returns the shipped lexicon.
fn lexicon() -> &'static Lexicon {
    Lexicon::embedded()
}

/// Returns the rules about sentences. The others are about a document as a whole and have no patterns.
fn text_rules() -> impl Iterator<Item = &'static Rule> {
    lexicon().rules.iter().filter(|rule| rule.kind.is_text())
}

/// Returns the shipped files below a folder of `lexicon/`, in order.
fn files_below(folder: &str) -> Vec<NamedText<'static>> {
    FILES.iter().copied().filter(|(name, _)| name.starts_with(folder)).collect()
}

/// Returns a shipped file as TOML.
fn table(file: NamedText<'_>) -> toml::Table {
    file.1.parse().unwrap()
}

/// Returns the path of a lexicon file on disk.
fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicon").join(name)
}

/// Fails with all complaints, one per line.
#[track_caller]
fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}
