//! `rcalint.toml`: whatever stands in it is settings or an error with its place, and settings can be reviewed with.

use rcalint::config::{Config, effective};
use rcalint::lexicon::Lexicon;
use rcalint::lexicon::error::LexiconError;
use rcalint::lexicon::files::LexiconSources;
use rcalint::lexicon::load::load_sources;

use super::lexicon::{error_holds, small, usable};

const NAME: &str = "rcalint.toml";

/// Reads any bytes as a configuration.
pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Err(error) = load(&text) {
        error_holds(&error, NAME);
    }
}

fn load(text: &str) -> Result<(), LexiconError> {
    let file = (NAME, text);
    let config = Config::parse(file)?;
    let lexicon = load_sources(LexiconSources { files: &small(), extra: &[], own: Some(config.own(file)) })?;
    effective(&config, Some(file), None, Lexicon::embedded());
    usable(&lexicon);
    Ok(())
}
