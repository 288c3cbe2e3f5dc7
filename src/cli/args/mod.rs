//! The command line: commands, options and their help, with one module per command group.

pub(crate) mod baseline;
pub(crate) mod check;
pub(crate) mod config;
mod default_command;
mod global;
pub(crate) mod lexicon;
pub(crate) mod lsp;
pub(crate) mod manual;
pub(crate) mod output;
pub(crate) mod questions;
pub(crate) mod render;
pub(crate) mod report;
pub(crate) mod selection;
mod size;

pub(crate) use crate::cli::args::default_command::{similar_command, with_command};
pub(crate) use crate::cli::args::global::GlobalArgs;

use clap::{Parser, Subcommand, ValueEnum};

const USAGE: &str = "rcalint [PATH]...\n       rcalint <COMMAND> [OPTIONS]";

const HELP: &str = "\
Examples:
  rcalint                                 review the postmortems in this folder and below
  rcalint incidents/2026-01-02.md         review one draft, whatever it looks like
  rcalint check - < draft.md              review standard input
  git diff --name-only --diff-filter=d main | rcalint check --files-from - --force-filter
                                          review what a branch adds and changes
  rcalint questions incidents/2026-01-02.md > sheet.md
                                          prepare the review meeting
  rcalint report incidents/ --output report.html
                                          what all postmortems have in common
  rcalint explain human-error             why a finding matters, and what to write instead
  rcalint rules                           all rules in one table
  rcalint baseline create                 adopt it for old documents: only new findings fail
  rcalint lsp                             serve an editor (docs/editor.md shows how to set it up)
  rcalint init                            write a commented rcalint.toml to edit
  rcalint config                          the effective settings and their sources
  rcalint lexicon check                   test what rcalint.toml adds to the lexicon

Settings are read from the nearest rcalint.toml: in the current folder or above
it, but never above the root of the repository (where .git is).

To review a path that is also the name of a command, add its folder: ./rules

Exit status:
  0  nothing at or above --fail-on
  1  something at or above it
  2  wrong usage or configuration, or a file could not be read (all others are
     still reported)

Nothing leaves this machine.";

/// Review postmortems: find where the analysis stops at a person, and ask what made the act possible.
///
/// Each document gets one verdict: start over (it concludes with human error), examined, clear or undetermined; with
/// the passages that led to it, the kinds of contributing factor that were not examined, and the questions that are still open.
#[derive(Debug, Parser)]
#[command(name = "rcalint", version, override_usage = USAGE, after_help = HELP, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) global: GlobalArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Review postmortems (the default: `rcalint PATH` means `rcalint check PATH`)
    #[command(after_help = check::HELP)]
    Check(check::CheckArgs),
    /// Print the facilitator's sheet for one document: its story, what to ask, and room for answers
    #[command(after_help = questions::HELP)]
    Questions(questions::QuestionsArgs),
    /// Report on a whole collection: which factors come back, where analyses stop, what remedies change
    #[command(after_help = report::HELP)]
    Report(report::ReportArgs),
    /// Print a report that was saved as JSON in other formats
    #[command(after_help = render::HELP)]
    Render(render::RenderArgs),
    /// Explain a rule, a bucket, a factor, or how a judgement is made; without a name, list them
    #[command(after_help = lexicon::EXPLAIN_HELP)]
    Explain(lexicon::ExplainArgs),
    /// List the rules
    #[command(after_help = lexicon::RULES_HELP)]
    Rules(lexicon::RulesArgs),
    /// Adopt rcalint for old documents: list their findings, and fail only on new ones
    #[command(after_help = baseline::HELP)]
    Baseline(baseline::BaselineArgs),
    /// Serve an editor: findings, explanations and actions while a document is written
    #[command(after_help = lsp::HELP)]
    Lsp(lsp::LspArgs),
    /// Print a completion script for a shell
    #[command(after_help = manual::COMPLETIONS_HELP)]
    Completions(manual::CompletionsArgs),
    /// Print the manual page of rcalint or of one command
    #[command(after_help = manual::MAN_HELP)]
    Man(manual::ManArgs),
    /// Write a commented rcalint.toml to the current folder, and show how to run rcalint in hooks and workflows
    Init,
    /// Show the effective settings, and where each comes from
    Config(config::ConfigArgs),
    /// List or test the lexicon
    #[command(subcommand)]
    Lexicon(lexicon::LexiconCommand),
}

/// Formats of a list.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ListFormat {
    /// A table
    Text,
    /// JSON with everything about each entry
    Json,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
