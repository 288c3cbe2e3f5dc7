//! Packs the shipped lexicon at build time, so that no run needs to parse TOML. The library's own loader loads
//! `lexicon/`, and the result is serialised.
#![allow(dead_code, unused_imports, reason = "only the loader in the modules below is used here")]
#![allow(unreachable_pub, reason = "they are public in the library")]
#![expect(clippy::disallowed_methods, reason = "Cargo passes the output folder in the environment")]

#[path = "src/lexicon/mod.rs"]
mod lexicon;
#[path = "src/model/mod.rs"]
mod model;
#[path = "src/text/mod.rs"]
mod text;

use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Cargo also reruns this script if a module or a lexicon file changes, because it is compiled into the script.
    println!("cargo::rerun-if-changed=build.rs");
    let lexicon = lexicon::load::load(lexicon::embedded::FILES)?;
    let folder = PathBuf::from(std::env::var("OUT_DIR")?);
    std::fs::write(folder.join("lexicon.bin"), postcard::to_allocvec(&lexicon)?)?;
    Ok(())
}
