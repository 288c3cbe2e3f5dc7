//! One module per command.

pub(crate) mod baseline;
pub(crate) mod check;
pub(crate) mod config;
pub(crate) mod explain;
pub(crate) mod init;
pub(crate) mod lexicon;
pub(crate) mod lsp;
pub(crate) mod manual;
pub(crate) mod questions;
pub(crate) mod render;
pub(crate) mod report;
pub(crate) mod rules;
