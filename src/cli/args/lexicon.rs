//! `rcalint lexicon`, `rcalint rules` and `rcalint explain`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::args::ListFormat;

pub(crate) const HELP: &str = "\
Examples:
  rcalint lexicon check                   what the effective rcalint.toml adds
  rcalint lexicon check team/rcalint.toml a configuration file
  rcalint lexicon check team/lexicon      a folder laid out like lexicon/ in the source

Exit status: 0 all is well, 1 an example fails, 2 something does not load.";

pub(crate) const EXPLAIN_HELP: &str = "\
Examples:
  rcalint explain                         everything that can be explained
  rcalint explain hindsight               a rule: why, what to write instead, examples
  rcalint explain upstream                a bucket, with its factors
  rcalint explain human/hand-over         a factor of a bucket
  rcalint explain judgement               how a judgement is made";

pub(crate) const RULES_HELP: &str = "\
Examples:
  rcalint rules                           id, severity and summary of each rule
  rcalint rules --format json             everything about each rule, for a script";

#[derive(Debug, Subcommand)]
pub(crate) enum LexiconCommand {
    /// Test a team's own lexicon: all of it must load, `bad` examples must be found and `good` ones must not
    #[command(after_help = HELP)]
    Check(LexiconCheckArgs),
    /// Count and list what is in the lexicon
    List(LexiconListArgs),
    /// Print what each witness says about every sentence of documents, as JSON lines: what training/weigh.py reads
    #[command(hide = true)]
    Evidence(LexiconEvidenceArgs),
}

#[derive(Debug, Args)]
pub(crate) struct LexiconCheckArgs {
    /// A configuration file, a lexicon file, or a folder of such files [default: the effective settings]
    #[arg(value_name = "PATH")]
    pub(crate) path: Option<PathBuf>,
    /// Let the files replace shipped ones of the same name, as `lexicon.replace` does, rather than add to them
    #[arg(long, requires = "path")]
    pub(crate) replace: bool,
}

#[derive(Debug, Args)]
pub(crate) struct LexiconListArgs {
    /// Output format
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ListFormat,
}

#[derive(Debug, Args)]
pub(crate) struct LexiconEvidenceArgs {
    /// Documents
    #[arg(value_name = "FILE", required = true)]
    pub(crate) paths: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// A rule, a bucket, a factor of a bucket, or `judgement`
    #[arg(value_name = "RULE|BUCKET|FACTOR")]
    pub(crate) name: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct RulesArgs {
    /// Output format
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ListFormat,
}
