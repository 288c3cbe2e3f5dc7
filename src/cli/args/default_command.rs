//! Makes `rcalint PATH` mean `rcalint check PATH`.

use std::ffi::OsString;

use clap::CommandFactory;

use crate::cli::args::Cli;
use crate::lexicon::did_you_mean::nearest;

/// Inserts `check` unless the arguments contain a command or an option for help or version.
pub(crate) fn with_command(mut args: Vec<OsString>) -> Vec<OsString> {
    let top_level = ["-h", "--help", "-V", "--version"];
    let first = args.get(1).and_then(|arg| arg.to_str()).unwrap_or_default();
    if !top_level.contains(&first) && !names_command(&args) {
        args.insert(1.min(args.len()), "check".into());
    }
    args
}

/// Returns the command whose name is similar to this word.
pub(crate) fn similar_command(word: &str) -> Option<String> {
    let command = Cli::command();
    let names = command.get_subcommands().map(clap::Command::get_name);
    nearest(word, names).map(str::to_owned)
}

/// True if the first argument that is neither an option nor the value of one is the name of a command.
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

/// True if the next argument is the value of this option.
fn takes_value(command: &clap::Command, option: &str) -> bool {
    let check = command.find_subcommand("check").into_iter().flat_map(clap::Command::get_arguments);
    let mut known = command.get_arguments().chain(check);
    known.any(|arg| {
        let long = arg.get_long().is_some_and(|long| option.strip_prefix("--") == Some(long));
        let short = arg.get_short().is_some_and(|short| option == format!("-{short}"));
        (long || short) && arg.get_action().takes_values()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_typo_is_similar_to_a_command() {
        assert_eq!(similar_command("chekc").as_deref(), Some("check"));
        assert_eq!(similar_command("question").as_deref(), Some("questions"));
        assert_eq!(similar_command("incident"), None);
    }

    #[test]
    fn explicit_commands_are_kept() {
        assert_command("rcalint rules", "rcalint rules");
        assert_command("rcalint --color never rules", "rcalint --color never rules");
        assert_command("rcalint --config check rules", "rcalint --config check rules");
        assert_command("rcalint help check", "rcalint help check");
        assert_command("rcalint --help", "rcalint --help");
        assert_command("rcalint -V", "rcalint -V");
        assert_command("rcalint baseline create a.md", "rcalint baseline create a.md");
    }
}
