//! What can be typed: commands, options and their help.

pub(crate) mod formats;
mod help;

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use anstream::ColorChoice;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::cli::args::formats::{FormatName, ListFormat, SheetFormat};
use crate::config::FailOn;

const USAGE: &str = "rcalint [PATH]...\n       rcalint <COMMAND> [OPTIONS]";

/// Review postmortems: find where the analysis stops at a person, and ask what made the act possible.
///
/// Each document gets one verdict: start over (it concludes with human error), examined, clear or undetermined;
/// with the places that led to it, the kinds of cause that nobody looked into, and the questions still open.
#[derive(Debug, Parser)]
#[command(name = "rcalint", version, override_usage = USAGE, after_help = help::WHOLE, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) global: Global,
}

/// Options of every command.
#[derive(Clone, Debug, Args)]
pub(crate) struct Global {
    /// Whether to use colour [auto: on a terminal, unless `NO_COLOR` is set]
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true, hide_default_value = true)]
    pub(crate) color: Color,
    /// Read settings from this file [default: the nearest rcalint.toml, from the current folder upward]
    #[arg(long, value_name = "FILE", global = true)]
    pub(crate) config: Option<PathBuf>,
    /// Read no settings at all
    #[arg(long, global = true, conflicts_with_all = ["config", "config_from"])]
    pub(crate) isolated: bool,
    /// Read settings as they stand at this commit or branch of git, so that a change cannot soften its own check
    #[arg(long, value_name = "REF", global = true)]
    pub(crate) config_from: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Review postmortems (the default: `rcalint PATH` means `rcalint check PATH`)
    #[command(after_help = help::CHECK)]
    Check(CheckArgs),
    /// Print the facilitator's sheet for one document: its story, what to ask, and room for answers
    #[command(after_help = help::QUESTIONS)]
    Questions(QuestionsArgs),
    /// Print a report that was saved as JSON in other formats
    #[command(after_help = crate::cli::commands::render::EXAMPLES)]
    Render(crate::cli::commands::render::RenderArgs),
    /// Explain a rule, a bucket or a factor; without a name, list them
    #[command(after_help = help::EXPLAIN)]
    Explain(ExplainArgs),
    /// List the rules
    #[command(after_help = help::RULES)]
    Rules(RulesArgs),
    /// Adopt rcalint on old documents: keep a list of what is known, and fail on what is new
    #[command(after_help = crate::cli::commands::baseline::EXAMPLES)]
    Baseline(crate::cli::commands::baseline::BaselineArgs),
    /// Print what a shell needs to complete commands and options
    #[command(after_help = crate::cli::commands::manual::COMPLETIONS_EXAMPLES)]
    Completions(crate::cli::commands::manual::CompletionsArgs),
    /// Print the manual page, or that of one command
    #[command(after_help = crate::cli::commands::manual::MAN_EXAMPLES)]
    Man(crate::cli::commands::manual::ManArgs),
    /// Write a commented rcalint.toml into the current folder, and show how to run rcalint in hooks and workflows
    Init,
    /// Show the settings that hold here, and where each comes from
    Config(ConfigArgs),
    /// Show or try out the lexicon
    #[command(subcommand)]
    Lexicon(LexiconCommand),
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) select: Selection,
    /// What the output looks like [default: text]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) format: Option<FormatName>,
    /// Write a format to a file as well, whole or not at all; may be given again, and `-` is standard output
    #[arg(long, value_name = "FORMAT=PATH", value_parser = crate::cli::output::targets::parse)]
    pub(crate) output: Vec<crate::cli::output::targets::Output>,
    /// The address that links to lines begin with in `markdown` and `step-summary`, up to the path of a document
    #[arg(long, value_name = "URL", value_parser = crate::cli::output::targets::parse_base)]
    pub(crate) link_base: Option<String>,
    /// The earlier comment, which `markdown` takes up: what is settled is ticked, what is new is marked
    #[arg(long, value_name = "FILE")]
    pub(crate) previous: Option<PathBuf>,
    /// The lowest severity that makes the exit status 1 [default: error, unless rcalint.toml says otherwise]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<FailOnName>,
    /// Exit with 0 even if something is found (2 stays 2)
    #[arg(long)]
    pub(crate) exit_zero: bool,
    /// Set aside the findings that a baseline knows (see `rcalint baseline`) [default: what rcalint.toml names]
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Review what changed since BASE (a commit or branch; `-`: since a unified diff on standard input). Only findings on
    /// changed lines, and the verdict, count for --fail-on
    #[arg(long, value_name = "BASE")]
    pub(crate) diff: Option<String>,
    /// Read documents from standard input, one {"path": …, "text": …} a line, and write one line of JSON for each
    #[arg(long, conflicts_with_all = ["paths", "files_from", "diff"])]
    pub(crate) jsonl_documents: bool,
    /// Print findings and nothing else: no summary, no questions (JSON stays whole)
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// What is reviewed.
#[derive(Clone, Debug, Args)]
pub(crate) struct Selection {
    /// Files and folders; `-` is standard input [default: the current folder]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Read paths from a file, one a line or separated by NUL; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) files_from: Vec<PathBuf>,
    /// The name of what comes from standard input
    #[arg(long, value_name = "PATH", default_value = "<stdin>", hide_default_value = true)]
    pub(crate) stdin_filename: String,
    /// Skip named files too, if they are no Markdown, are excluded or do not look like a postmortem
    #[arg(long)]
    pub(crate) force_filter: bool,
    /// Larger files are an error; `500k` is 500,000 bytes, `1MiB` is 1,048,576
    #[arg(long, value_name = "SIZE", default_value = "1MiB", value_parser = parse_size)]
    pub(crate) max_file_size: u64,
    /// Documents reviewed at the same time [default: one a core]; the output is the same
    #[arg(long, short, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
}

#[derive(Debug, Args)]
pub(crate) struct QuestionsArgs {
    /// The postmortem; `-` is standard input
    #[arg(value_name = "FILE")]
    pub(crate) path: PathBuf,
    /// What the output looks like
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "markdown")]
    pub(crate) format: SheetFormat,
    /// The name of what comes from standard input
    #[arg(long, value_name = "PATH", default_value = "<stdin>", hide_default_value = true)]
    pub(crate) stdin_filename: String,
    /// A larger file is an error; `500k` is 500,000 bytes, `1MiB` is 1,048,576
    #[arg(long, value_name = "SIZE", default_value = "1MiB", value_parser = parse_size)]
    pub(crate) max_file_size: u64,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// A rule, a bucket, or a factor of a bucket
    #[arg(value_name = "RULE|BUCKET|FACTOR")]
    pub(crate) name: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct RulesArgs {
    /// What the output looks like
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ListFormat,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct ConfigArgs {
    #[command(subcommand)]
    pub(crate) command: Option<ConfigCommand>,
    /// As for `check`, to see what would hold
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<FailOnName>,
    /// What the output looks like
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ListFormat,
}

#[derive(Clone, Copy, Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Print the JSON Schema of rcalint.toml, for editors
    Schema,
}

#[derive(Debug, Subcommand)]
pub(crate) enum LexiconCommand {
    /// Try out a team's own lexicon: everything has to load, `bad` examples have to be found and `good` ones not
    #[command(after_help = help::LEXICON)]
    Check(LexiconCheckArgs),
    /// Count what is known, and name it
    List(LexiconListArgs),
}

#[derive(Debug, Args)]
pub(crate) struct LexiconCheckArgs {
    /// A configuration file, a lexicon file, or a folder of such files [default: the settings that hold here]
    #[arg(value_name = "PATH")]
    pub(crate) path: Option<PathBuf>,
    /// Files of the folder take the place of shipped ones, as with `lexicon.replace`, rather than add to them
    #[arg(long, requires = "path")]
    pub(crate) replace: bool,
}

#[derive(Debug, Args)]
pub(crate) struct LexiconListArgs {
    /// What the output looks like
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ListFormat,
}

impl Selection {
    /// How many things standard input is asked to be. To name it twice as a document is no more than once.
    pub(crate) fn stdin_uses(&self) -> usize {
        let is_stdin = |path: &&PathBuf| path.as_os_str() == "-";
        usize::from(self.paths.iter().any(|path| is_stdin(&path)))
            + self.files_from.iter().filter(is_stdin).count()
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

/// The lowest severity that fails a run.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum FailOnName {
    /// Start over
    Error,
    /// Worth rewriting
    Warning,
    /// Worth knowing
    Note,
    /// Nothing fails
    Never,
}

impl From<FailOnName> for FailOn {
    fn from(name: FailOnName) -> Self {
        match name {
            FailOnName::Error => Self::Error,
            FailOnName::Warning => Self::Warning,
            FailOnName::Note => Self::Note,
            FailOnName::Never => Self::Never,
        }
    }
}

/// Inserts `check` unless a command, or the help or version of the whole, is asked for.
pub(crate) fn with_command(mut args: Vec<OsString>) -> Vec<OsString> {
    let whole = ["-h", "--help", "-V", "--version"];
    let first = args.get(1).and_then(|arg| arg.to_str()).unwrap_or_default();
    if !whole.contains(&first) && !names_command(&args) {
        args.insert(1.min(args.len()), "check".into());
    }
    args
}

/// Whether the first argument that is neither an option nor the value of one is the name of a command.
fn names_command(args: &[OsString]) -> bool {
    let command = Cli::command();
    let mut words = args.iter().skip(1).map(|arg| arg.to_str().unwrap_or_default());
    while let Some(word) = words.next() {
        if word == "--" {
            return false;
        }
        if word == "-" || !word.starts_with('-') {
            return word == "help" || command.find_subcommand(word).is_some();
        }
        if takes_value(&command, word) {
            words.next();
        }
    }
    false
}

/// Whether the next argument belongs to this option.
fn takes_value(command: &clap::Command, option: &str) -> bool {
    let check = command.find_subcommand("check").into_iter().flat_map(clap::Command::get_arguments);
    let mut known = command.get_arguments().chain(check);
    known.any(|arg| {
        let long = arg.get_long().is_some_and(|long| option.strip_prefix("--") == Some(long));
        let short = arg.get_short().is_some_and(|short| option == format!("-{short}"));
        (long || short) && arg.get_action().takes_values()
    })
}

/// A number of bytes: `1048576`, `500k`, `1MiB`.
pub(crate) fn parse_size(text: &str) -> Result<u64, String> {
    let end = text.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(text.len());
    let (digits, unit) = text.split_at(end);
    let number: u64 = digits.parse().map_err(|_| "a size is a number with or without a unit".to_owned())?;
    let factor = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1_000,
        "kib" => 1 << 10,
        "m" | "mb" => 1_000_000,
        "mib" => 1 << 20,
        _ => return Err("known units are k, KiB, M and MiB".to_owned()),
    };
    let size = number.checked_mul(factor).filter(|size| *size < MOST_BYTES);
    size.ok_or_else(|| "sizes are below 4 GiB".to_owned())
}

/// What an offset in a document stays below.
const MOST_BYTES: u64 = 1 << 32;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[track_caller]
    fn assert_command(line: &str, expected: &str) {
        let args = line.split(' ').map(OsString::from).collect();
        let with: Vec<_> = with_command(args).into_iter().map(|arg| arg.into_string().unwrap()).collect();
        assert_eq!(with.join(" "), expected);
    }

    #[test]
    fn check_is_the_default_command() {
        assert_command("rcalint", "rcalint check");
        assert_command("rcalint a.md rules", "rcalint check a.md rules");
        assert_command("rcalint --format json rules.md", "rcalint check --format json rules.md");
        assert_command("rcalint --fail-on check", "rcalint check --fail-on check");
        assert_command("rcalint -", "rcalint check -");
        assert_command("rcalint -- rules", "rcalint check -- rules");
        assert_command("rcalint ./rules", "rcalint check ./rules");
        assert_command("rcalint -q --help", "rcalint check -q --help");
    }

    #[test]
    fn commands_stay() {
        assert_command("rcalint rules", "rcalint rules");
        assert_command("rcalint --color never rules", "rcalint --color never rules");
        assert_command("rcalint --config check rules", "rcalint --config check rules");
        assert_command("rcalint help check", "rcalint help check");
        assert_command("rcalint --help", "rcalint --help");
        assert_command("rcalint -V", "rcalint -V");
        assert_command("rcalint baseline create a.md", "rcalint baseline create a.md");
    }

    #[test]
    fn sizes_have_units() {
        assert_eq!(parse_size("12"), Ok(12));
        assert_eq!(parse_size("500k"), Ok(500_000));
        assert_eq!(parse_size("1MiB"), Ok(1 << 20));
        assert_eq!(parse_size("2 KiB"), Ok(2048));
        assert!(parse_size("MiB").is_err());
        assert!(parse_size("1 furlong").is_err());
        assert!(parse_size("99999999999999999999").is_err());
        assert!(parse_size("18446744073709551615k").is_err());
        assert!(parse_size("4096MiB").is_err());
        assert_eq!(parse_size("4095MiB"), Ok(4095 << 20));
    }
}
