//! Packs the shipped lexicon, so that a run reads tables instead of TOML: `lexicon/` is loaded by the very code that the
//! library uses, and what comes out is written down as it stands.
#![allow(dead_code, unused_imports, reason = "of the modules below only the loader is used here")]
#![allow(unreachable_pub, reason = "they are public in the library")]
#![expect(clippy::disallowed_methods, reason = "Cargo says in the environment where the tables belong")]

#[path = "src/lexicon/mod.rs"]
mod lexicon;
#[path = "src/model/mod.rs"]
mod model;
#[path = "src/text/mod.rs"]
mod text;

use std::path::PathBuf;

/// Why there are no tables.
type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    // Cargo builds this script anew when a module or a file of the lexicon changes: both are part of it.
    println!("cargo::rerun-if-changed=build.rs");
    let lexicon = lexicon::load::load(lexicon::embedded::FILES)?;
    let folder = PathBuf::from(std::env::var("OUT_DIR")?);
    std::fs::write(folder.join("lexicon.bin"), postcard::to_allocvec(&lexicon)?)?;
    Ok(())
}
