//! Starts `rcalint lsp` for Zed. Everything that is said about a document comes from the server.

use zed_extension_api as zed;

struct Rcalint;

impl zed::Extension for Rcalint {
    fn new() -> Self {
        Self
    }

    fn language_server_command(
        &mut self,
        _: &zed::LanguageServerId,
        worktree: &zed::Worktree,
    ) -> zed::Result<zed::Command> {
        let command = worktree.which("rcalint").ok_or("rcalint is not on the PATH")?;
        Ok(zed::Command { command, args: vec!["lsp".into()], env: Vec::new() })
    }
}

zed::register_extension!(Rcalint);
