//! The lexicon is data, and data is tested like code: its examples hold, its texts keep to their form, its lists are
//! in order, and whoever breaks a file is told where.
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
use rcalint::lexicon::files::NamedText;
use rcalint::lexicon::{Lexicon, Rule};

/// The shipped lexicon.
fn lexicon() -> &'static Lexicon {
    Lexicon::embedded()
}

/// Rules about sentences; the others are about a document as a whole and have no patterns.
fn text_rules() -> impl Iterator<Item = &'static Rule> {
    lexicon().rules.iter().filter(|rule| rule.kind.is_text())
}

/// The shipped files below a folder of `lexicon/`, in order.
fn files_below(folder: &str) -> Vec<NamedText<'static>> {
    FILES.iter().copied().filter(|(name, _)| name.starts_with(folder)).collect()
}

/// A shipped file as TOML.
fn table(file: NamedText<'_>) -> toml::Table {
    file.1.parse().unwrap()
}

/// Where a lexicon file stands on disk.
fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicon").join(name)
}

/// Fails with all complaints, one a line.
#[track_caller]
fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}
