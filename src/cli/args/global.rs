//! Options of every command.

use std::path::PathBuf;

use anstream::ColorChoice;
use clap::builder::FalseyValueParser;
use clap::{Args, ValueEnum};

use crate::settings::SettingsOptions;

/// Options of every command.
#[derive(Clone, Debug, Args)]
pub(crate) struct GlobalArgs {
    /// When to use colour [default: on a terminal, unless `NO_COLOR` is set]
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true, hide_default_value = true)]
    pub(crate) color: Color,
    /// Read settings from this file [default: the nearest rcalint.toml, from the current folder upward]
    #[arg(long, value_name = "FILE", global = true)]
    pub(crate) config: Option<PathBuf>,
    /// Read no settings
    #[arg(long, global = true, conflicts_with_all = ["config", "config_from"])]
    pub(crate) isolated: bool,
    /// Read settings as they are at this git commit or branch, so that a change cannot weaken its own check
    #[arg(long, value_name = "REF", global = true)]
    pub(crate) config_from: Option<String>,
    /// Judge by the lexicon alone, without the learned reader
    #[arg(long, global = true, env = "RCALINT_NO_READER", value_parser = FalseyValueParser::new(), hide_env = true)]
    pub(crate) no_reader: bool,
    /// Use the weights in this file for the reader, as training/train.py writes them
    #[arg(long, value_name = "FILE", global = true, conflicts_with = "no_reader")]
    pub(crate) reader: Option<PathBuf>,
}

impl GlobalArgs {
    /// Returns the options about settings.
    pub(crate) fn settings(&self) -> SettingsOptions {
        SettingsOptions {
            config: self.config.clone(),
            isolated: self.isolated,
            config_from: self.config_from.clone(),
            no_reader: self.no_reader,
            reader: self.reader.clone(),
        }
    }
}

/// When to use colour.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless the environment says otherwise
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl From<Color> for ColorChoice {
    fn from(color: Color) -> Self {
        match color {
            Color::Auto => Self::Auto,
            Color::Always => Self::Always,
            Color::Never => Self::Never,
        }
    }
}
