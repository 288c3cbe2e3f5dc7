//! `rcalint lsp`: the language server.

use crate::cli::args::GlobalArgs;
use crate::cli::console::fail;
use crate::cli::exit::Exit;
use crate::lsp;

/// Serves an editor until it leaves.
pub(crate) fn run(global: &GlobalArgs) -> Exit {
    if global.config_from.is_some() {
        return fail(
            &"--config-from is for checks of a change; an editor uses the settings in its workspace",
        );
    }
    if lsp::run(&global.settings()) { Exit::Clean } else { Exit::Findings }
}
