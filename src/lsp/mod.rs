//! The language server: the findings of `check` in an editor, while a document is written.
//!
//! The main thread talks to the client (`connection`) and keeps the open texts and their newest analyses (`session`). One
//! other thread judges them (`worker`), with the settings of the folder that they are in (`workspace`). A third one reviews
//! whole folders (`survey`), while a request about them is open (`folder_requests`).

mod actions;
mod allow;
mod capabilities;
mod client;
mod commands;
mod completion;
mod connection;
mod context;
mod diagnostics;
mod documents;
mod folder_answers;
mod folder_requests;
mod generated_files;
mod hover;
mod insertion;
mod lens;
mod notifications;
mod outgoing;
mod outline;
mod position;
mod problems;
mod progress;
mod queries;
mod requests;
mod session;
mod survey;
mod symbols;
mod toml_completion;
mod transport;
mod uri;
mod view;
mod worker;
mod workspace;

use crate::lsp::connection::Server;
use crate::lsp::transport::Transport;
use crate::settings::SettingsOptions;

/// Serves a client over standard input and output until it leaves. Returns true if it has asked the server to shut down
/// before.
pub(crate) fn run(options: &SettingsOptions) -> bool {
    let transport = Transport::stdio();
    let is_clean = Server::new(&transport, options.clone()).run();
    transport.close();
    is_clean
}
