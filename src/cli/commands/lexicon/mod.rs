//! `rcalint lexicon`: what is in the lexicon, and whether a team's additions to it work.

mod check;
mod list;

pub(crate) use crate::cli::commands::lexicon::check::check;
pub(crate) use crate::cli::commands::lexicon::list::list;
