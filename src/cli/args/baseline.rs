//! `rcalint baseline`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::args::selection::Selection;

pub(crate) const HELP: &str = "\
Examples:
  rcalint baseline create                 write rcalint-baseline.toml for this folder and below
  rcalint check --baseline rcalint-baseline.toml
                                          known findings are counted separately; new ones fail
  rcalint baseline prune                  remove what has been fixed, and follow moved files
  rcalint baseline create --force         start again from today's findings

Findings are matched by document, rule and sentence, so text may be moved and
reflowed. Commit the file: changes to it can be reviewed line by line.";

#[derive(Debug, Args)]
pub(crate) struct BaselineArgs {
    #[command(subcommand)]
    pub(crate) command: BaselineCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum BaselineCommand {
    /// List all current findings in a new baseline
    #[command(after_help = HELP)]
    Create(BaselineCreateArgs),
    /// Remove entries that no longer match a finding; nothing is added
    #[command(after_help = HELP)]
    Prune(BaselinePruneArgs),
}

#[derive(Debug, Args)]
pub(crate) struct BaselineCreateArgs {
    #[command(flatten)]
    pub(crate) selection: Selection,
    /// The file to write; paths in it start from its folder [default: as rcalint.toml says, or rcalint-baseline.toml]
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Replace the file if it exists
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, Args)]
pub(crate) struct BaselinePruneArgs {
    #[command(flatten)]
    pub(crate) selection: Selection,
    /// The baseline [default: as rcalint.toml says, or rcalint-baseline.toml]
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
}
