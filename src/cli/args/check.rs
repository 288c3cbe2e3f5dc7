//! `rcalint check`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::args::output::OutputArgs;
use crate::cli::args::selection::Selection;
use crate::config::{FailOn, GivenOptions, Preset};

pub(crate) const HELP: &str = "\
Examples:
  rcalint check                           the postmortems in this folder and below
  rcalint check incidents/ notes.md       a folder and a file
  rcalint check --fail-on warning         fail on anything worth rewriting
  rcalint check --preset draft a.md       only the verdict and what to ask, while writing
  rcalint check --format json > out.json  everything, for a script
  rcalint check --format concise          one line per finding, for editors
  rcalint check --output sarif=out.sarif --output markdown=comment.md
                                          several formats in one run
  rcalint check - --stdin-filename a.md < a.md
  rcalint check --baseline rcalint-baseline.toml
                                          fail only on what is not in the baseline
  rcalint check --diff main --config-from main
                                          what a branch changes, with the settings of main
  rcalint check --jsonl-documents < documents.jsonl > results.jsonl
                                          many documents from another program

Folders are searched for files in Markdown or HTML that look like postmortems;
hidden files and those listed in .gitignore are left out. A file that is named
is always read, unless --force-filter is given.";

/// What is shown, and what fails.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct PresetArgs {
    /// What is shown and what fails, in one word [default: gate, unless rcalint.toml says otherwise]; other options take precedence
    #[arg(long, value_enum, value_name = "PRESET")]
    pub(crate) preset: Option<Preset>,
    /// The lowest severity that makes the exit status 1 [default: error, unless preset or rcalint.toml say otherwise]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<FailOn>,
}

impl From<PresetArgs> for GivenOptions {
    fn from(args: PresetArgs) -> Self {
        Self { preset: args.preset, fail_on: args.fail_on }
    }
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) selection: Selection,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) given: PresetArgs,
    /// Exit with 0 even if there are findings (2 stays 2)
    #[arg(long)]
    pub(crate) exit_zero: bool,
    /// Suppress the findings listed in this baseline (see `rcalint baseline`) [default: as rcalint.toml says]
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Review what changed since BASE (a commit or branch; `-`: a unified diff on standard input). Only findings on
    /// changed lines, and the verdict, count for --fail-on
    #[arg(long, value_name = "BASE")]
    pub(crate) diff: Option<String>,
    /// Read documents from standard input, one {"path": …, "text": …} per line, and write one line of JSON for each
    #[arg(long, conflicts_with_all = ["paths", "files_from", "diff"])]
    pub(crate) jsonl_documents: bool,
}
