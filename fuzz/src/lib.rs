//! What must hold for any bytes at all, said once: the fuzz targets run these checks on what a fuzzer invents, and
//! `tests/corpus.rs` on what was worth keeping of it. A check panics where something does not hold.

pub mod analyse;
pub mod config;
pub mod document;
pub mod lexicon;
pub mod oracle;
pub mod render;

/// A check of any bytes.
pub type Check = fn(&[u8]);

/// Every check, by the name of its target and of its folder below `corpus/`.
pub const CHECKS: [(&str, Check); 6] = [
    ("document", document::check),
    ("analyse", analyse::check),
    ("render", render::check),
    ("lexicon", lexicon::check),
    ("config", config::check),
    ("oracle", oracle::check),
];
