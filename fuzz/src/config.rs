//! `rcalint.toml`: any input gives settings that work in a review, or an error with its location.

use rcalint::config::{Config, GivenOptions, effective};
use rcalint::lexicon::Lexicon;
use rcalint::lexicon::error::LexiconError;
use rcalint::lexicon::files::LexiconSources;
use rcalint::lexicon::load::load_sources;

use super::lexicon::{assert_error_location, assert_usable, small};

const NAME: &str = "rcalint.toml";

/// Reads the bytes as `rcalint.toml`.
pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Err(error) = load(&text) {
        assert_error_location(&error, NAME);
    }
}

fn load(text: &str) -> Result<(), LexiconError> {
    let file = (NAME, text);
    let config = Config::parse(file)?;
    let lexicon = load_sources(LexiconSources { files: &small(), extra: &[], own: Some(config.own(file)) })?;
    effective(&config, Some(file), GivenOptions::default(), Lexicon::embedded());
    assert_usable(&lexicon);
    Ok(())
}
