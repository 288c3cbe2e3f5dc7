//! `rcalint completions` and `rcalint man`.

use clap::Args;
use clap_complete::Shell;

pub(crate) const COMPLETIONS_HELP: &str = "\
Examples:
  rcalint completions bash > ~/.local/share/bash-completion/completions/rcalint
  rcalint completions zsh > ~/.zfunc/_rcalint
  rcalint completions fish > ~/.config/fish/completions/rcalint.fish";

pub(crate) const MAN_HELP: &str = "\
Examples:
  rcalint man > rcalint.1                 the page for rcalint itself
  rcalint man check > rcalint-check.1     the page for one command
  rcalint man baseline-create > rcalint-baseline-create.1
  man ./rcalint.1                         read it";

#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub(crate) shell: Shell,
}

#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// A command, with hyphens as in the name of its page
    #[arg(value_name = "COMMAND")]
    pub(crate) command: Option<String>,
}
