//! `rcalint lsp`.

use clap::Args;

pub(crate) const HELP: &str = "\
An editor starts this command and talks to it in the Language Server Protocol,
over standard input and output. It reads the settings of each folder of the
workspace as `rcalint check` does, and gives the same findings.

Exit status:
  0  the editor asked it to shut down
  1  the editor left without asking";

#[derive(Debug, Args)]
pub(crate) struct LspArgs {
    /// Accepted, because many editors pass it; there is no other way to talk to the server
    #[arg(long)]
    pub(crate) stdio: bool,
}
