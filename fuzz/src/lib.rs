//! Checks that must pass for any input. The fuzz targets run them on generated inputs, and
//! `tests/robustness/corpus.rs` on the inputs in `corpus/`. A check panics if it fails.

pub mod analyse;
pub mod config;
pub mod diff;
pub mod document;
pub mod lexicon;
pub mod oracle;
pub mod page;
pub mod reader;
pub mod render;
pub mod saved;

/// A check of arbitrary bytes.
pub type Check = fn(&[u8]);

/// Every check, with the name of its target and of its folder in `corpus/`.
pub const CHECKS: [(&str, Check); 10] = [
    ("document", document::check),
    ("analyse", analyse::check),
    ("render", render::check),
    ("lexicon", lexicon::check),
    ("config", config::check),
    ("diff", diff::check),
    ("oracle", oracle::check),
    ("page", page::check),
    ("reader", reader::check),
    ("saved", saved::check),
];
