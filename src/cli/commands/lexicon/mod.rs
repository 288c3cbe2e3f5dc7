//! `rcalint lexicon`: lists the lexicon, and tests a team's additions to it.

mod check;
mod evidence;
mod list;

pub(crate) use crate::cli::commands::lexicon::check::check;
pub(crate) use crate::cli::commands::lexicon::evidence::print as evidence;
pub(crate) use crate::cli::commands::lexicon::list::list;
